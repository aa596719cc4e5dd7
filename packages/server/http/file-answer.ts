// SPDX-License-Identifier: Apache-2.0
// A file as an answer. Its name comes from data, so it is cut down to signs that no header, shell or file system reads
// as anything else; browsers get the whole name in the encoded form of RFC 6266.
import type { FastifyReply } from 'fastify';
import type { Outcome } from '../actions/outcome.ts';
import type { FileAnswer } from './route.ts';

const nameMax = 120;

export function safeFileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(-nameMax);
  return plain === '' ? 'file' : plain;
}

export function sendFile(reply: FastifyReply, { mediaType, fileName, bytes }: FileAnswer): FastifyReply {
  const encoded = encodeURIComponent(fileName.replace(/\p{C}/gu, '').slice(0, nameMax)).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return reply
    .header(
      'content-disposition',
      `attachment; filename="${safeFileName(fileName)}"; filename*=UTF-8''${encoded}`,
    )
    .type(mediaType)
    .send(typeof bytes === 'string' ? bytes : Buffer.from(bytes));
}

/** What an action made as a file, or its refusal. */
export function fileOf(
  outcome: Outcome<Omit<FileAnswer, 'kind'>>,
): FileAnswer | (Outcome<never> & { readonly kind: 'refused' }) {
  return outcome.kind === 'refused' ? outcome : { kind: 'file', ...outcome.value };
}
