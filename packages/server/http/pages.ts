// SPDX-License-Identifier: Apache-2.0
// The pages: files of the built folder, and for every address of a page the same index with a nonce of its own. Files
// whose names carry a hash of their content may be kept for ever.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pagePolicy, securePage } from './security.ts';

const noncePlace = '__CSP_NONCE__';

/** Answers with the page, or null where the address is none of a page. */
export type Page = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | null;

/** Without a folder there are no pages: the installation is an API. */
export async function servePages(app: FastifyInstance, folder: string | null): Promise<Page> {
  if (folder === null) return () => null;
  const index = readFileSync(join(folder, 'index.html'), 'utf8');
  await app.register(staticFiles, {
    root: folder,
    index: false,
    wildcard: false,
    dotfiles: 'ignore',
    cacheControl: false,
    globIgnore: ['**/index.html'],
    setHeaders: (response, path) => {
      const isNamedByContent = /[/\\]assets[/\\]/.test(path);
      response.setHeader(
        'cache-control',
        isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
      // A worker obeys the policy of its own file.
      response.setHeader('content-security-policy', pagePolicy(null));
    },
  });
  const page: Page = (request, reply) => {
    if (!isPage(request)) return null;
    const nonce = randomBytes(18).toString('base64');
    securePage(reply, nonce, request.protocol === 'https');
    return reply.code(200).type('text/html; charset=utf-8').send(index.replaceAll(noncePlace, nonce));
  };
  app.get('/', (request, reply) => page(request, reply) ?? reply.callNotFound());
  return page;
}

/** A browser asks for a page: no address of the API, no file. */
function isPage({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split('?')[0]!;
  const isOther = /^\/(api|health|metrics)(\/|$)/.test(path) || /\.\w+$/.test(path);
  const takesPages = /text\/html|\*\/\*/.test(headers.accept ?? '');
  return (method === 'GET' || method === 'HEAD') && takesPages && !isOther;
}
