// SPDX-License-Identifier: Apache-2.0
// What is thrown, as a refusal: mistakes that the framework found in a request, a database that is away or full, and
// everything else as our own mistake. Nothing of the inside leaves: no message, no stack, no statement.
import type { FastifyError } from 'fastify';
import { type Refusal, refusal } from '../actions/outcome.ts';

/** Codes of PostgreSQL and of sockets that mean: not now. */
const awayCodes = /^(08...|57P0[1-5]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;
const fullCodes = /^(53100|ENOSPC)$/;

export interface FailureContext {
  readonly mediaType: string;
  readonly taken: readonly string[];
  readonly limit: number;
}

export function refusalOfThrown(error: unknown, { mediaType, taken, limit }: FailureContext): Refusal {
  const { code = '', statusCode, name } = error as Partial<FastifyError> & { readonly name?: string };
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
    case 'FST_PARTS_LIMIT':
    case 'FST_FILES_LIMIT':
    case 'FST_FIELDS_LIMIT':
      return refusal('body_too_large', { limit: `${limit}` });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refusal('media_type_unknown', { mediaType, taken: taken.join(', ') });
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return refusal('body_not_json');
  }
  if (name === 'WorkspaceOwnedElsewhere') return refusal('owned_by_another');
  if (name === 'WriterEnded' && (error as { isDiskFull?: boolean }).isDiskFull === true)
    return refusal('disk_full');
  if (name === 'WriterEnded') return refusal('busy');
  if (name === 'SyntaxError' && statusCode === 400) return refusal('body_not_json');
  if (fullCodes.test(code)) return refusal('disk_full');
  if (awayCodes.test(code) || isAway(error)) return refusal('database_away');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return refusal('request_malformed');
  return refusal('failed');
}

/** The driver says these without a code. */
function isAway(error: unknown): boolean {
  const { message = '' } = error as { readonly message?: string };
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    message,
  );
}
