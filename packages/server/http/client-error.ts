// SPDX-License-Identifier: Apache-2.0
// What is answered before a request could be read: headers too long, lines that are no HTTP, a client that is too
// slow. The socket is closed afterwards.
import type { Socket } from 'node:net';
import { refusal } from '../actions/outcome.ts';
import { problemMediaType, problemOf } from '../wire/problem.ts';
import type { Limits } from './limits.ts';

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  413: 'Content Too Large',
};

export function answerClientError(limits: Limits) {
  return (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
      socket.destroy();
      return;
    }
    const found =
      error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? refusal('request_timed_out', { seconds: `${Math.ceil(limits.requestMs / 1000)}` })
        : error.code === 'HPE_HEADER_OVERFLOW'
          ? refusal('body_too_large', { limit: '16384' })
          : refusal('request_malformed');
    const body = JSON.stringify(problemOf(found));
    const head = [
      `HTTP/1.1 ${found.status} ${reasons[found.status] ?? 'Refused'}`,
      `Content-Type: ${problemMediaType}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ].join('\r\n');
    socket.end(`${head}\r\n\r\n${body}`);
  };
}
