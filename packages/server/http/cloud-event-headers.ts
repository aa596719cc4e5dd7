// SPDX-License-Identifier: Apache-2.0
// CloudEvents in binary mode: the attributes stand in headers `ce-…`, percent-encoded, and the body is the data. It is
// put together to what structured mode would have brought.
import type { FastifyRequest } from 'fastify';

export function eventOfRequest({ headers, body }: Pick<FastifyRequest, 'headers' | 'body'>): unknown {
  if (headers['ce-specversion'] === undefined) return body;
  const event: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers))
    if (name.startsWith('ce-') && typeof value === 'string') event[name.slice(3)] = decoded(value);
  return { ...event, data: body ?? undefined };
}

/** A malformed sequence stays as it is: what is wrong with it is said where the value is checked. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
