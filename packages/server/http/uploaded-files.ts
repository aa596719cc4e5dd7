// SPDX-License-Identifier: Apache-2.0
// The files of an upload: the parts of a form, or the body itself under the name that the query gives.
import type { FastifyRequest } from 'fastify';
import type { FeedFile } from '../actions/feeds/upload-feed.ts';
import type { Limits } from './limits.ts';

export async function uploadedFiles(
  request: FastifyRequest,
  name: string | undefined,
  { fileBytes }: Pick<Limits, 'fileBytes'>,
): Promise<readonly FeedFile[]> {
  if (Buffer.isBuffer(request.body)) return [{ name: name ?? 'upload', content: request.body }];
  if (!request.isMultipart()) return [];
  const files: FeedFile[] = [];
  for await (const part of request.parts({ limits: { fileSize: fileBytes } })) {
    if (part.type === 'file') files.push({ name: part.filename, content: await part.toBuffer() });
  }
  return files;
}
