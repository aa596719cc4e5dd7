// SPDX-License-Identifier: Apache-2.0
// The addresses of the sign-in library, and signing in and out under our own: the same gate stands before both. What
// the library answers is passed on with its cookies; a refusal becomes a problem document like any other.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '../access/open-access.ts';
import type { Answer } from '../access/sign-in-guard.ts';
import { authPath } from '../access/sign-in-library.ts';
import { type Refusal, refusal } from '../actions/outcome.ts';
import { problemMediaType, problemOf } from '../wire/problem.ts';

interface Mounted {
  readonly access: Access;
  readonly publicUrl: string;
}

export function serveAuthentication(app: FastifyInstance, mounted: Mounted): void {
  app.route({
    method: ['GET', 'POST'],
    url: `${authPath}/*`,
    handler: async (request, reply) => {
      const answer = await askLibrary(mounted, request, request.url, request.method, request.body);
      if (answer.kind === 'refused') return sendRefusal(reply, refusal(answer.code, answer.facts));
      passCookies(answer.response, reply);
      const location = answer.response.headers.get('location');
      if (location !== null) reply.header('location', location);
      return reply
        .code(answer.response.status)
        .type(answer.response.headers.get('content-type') ?? 'application/json')
        .send(await answer.response.text());
    },
  });
}

/** Asks the library as if the request had come to `path`; `body` is data. */
export function askLibrary(
  { access, publicUrl }: Mounted,
  request: FastifyRequest,
  path: string,
  method: string,
  body: unknown,
): Promise<Answer> {
  const headers = new Headers();
  for (const name of ['cookie', 'origin', 'sec-fetch-site', 'user-agent', 'accept'])
    if (typeof request.headers[name] === 'string') headers.set(name, request.headers[name]);
  const hasBody = method === 'POST';
  if (hasBody) headers.set('content-type', 'application/json');
  const asked = new Request(new URL(path, publicUrl), {
    method,
    headers,
    ...(hasBody ? { body: JSON.stringify(body ?? {}) } : {}),
  });
  return access.handle(asked, request.ip);
}

/** Each cookie as a header of its own. */
export function passCookies(response: Response, reply: FastifyReply): void {
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) reply.header('set-cookie', cookies);
}

function sendRefusal(reply: FastifyReply, found: Refusal): FastifyReply {
  return reply
    .code(found.status)
    .type(problemMediaType)
    .send(JSON.stringify(problemOf(found, reply.request.id)));
}
