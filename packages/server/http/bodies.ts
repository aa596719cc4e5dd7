// SPDX-License-Identifier: Apache-2.0
// How bodies are read. JSON in the media types of CloudEvents is JSON; files arrive as bytes, through multipart or as
// the body itself. A key such as `__proto__` in JSON is refused.
import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';

const jsonTypes = ['application/cloudevents+json', 'application/cloudevents-batch+json'];
const fileTypes = ['text/csv', 'application/jsonl', 'application/x-ndjson', 'application/octet-stream'];

/** Files of one upload, and how long their names may be. */
export const filesMax = 20;

declare module 'fastify' {
  interface FastifyRequest {
    /** A JSON body as it came: signatures are over this text. */
    bodyText?: string;
  }
}

export function acceptBodies(app: FastifyInstance): void {
  app.removeContentTypeParser(['text/plain', 'application/json']);
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    request.bodyText = body;
    return parse(request, body, done);
  });
  app.addContentTypeParser(jsonTypes, { parseAs: 'string' }, parse);
  app.addContentTypeParser(fileTypes, { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  app.register(multipart, {
    limits: { files: filesMax, fields: 20, fieldNameSize: 100, fieldSize: 10_000, headerPairs: 100 },
  });
}
