// SPDX-License-Identifier: Apache-2.0
// Requests that carry a key of their own, kept with their answers for a day.
import {
  type BegunRequest,
  beginIdempotentRequest,
  endIdempotentRequest,
  forgetIdempotentRequest,
  type NamedRequest,
} from '../store/idempotent-rows.ts';
import type { Context } from './context.ts';

/** A request that began so long ago and has no answer was cut off: it may be tried again. */
const abandonedAfterMs = 120_000;

export function beginRequest(
  { store, clock }: Context,
  named: NamedRequest,
  digest: string,
): Promise<BegunRequest> {
  const abandonedBefore = new Date(clock().getTime() - abandonedAfterMs);
  return store.within(named.workspace, (scope) =>
    beginIdempotentRequest(scope, { key: named.key, digest, abandonedBefore, now: clock() }),
  );
}

export function endRequest(
  { store }: Context,
  named: NamedRequest,
  answer: { readonly status: number; readonly body: string },
): Promise<void> {
  return store.within(named.workspace, (scope) => endIdempotentRequest(scope, named.key, answer));
}

export function forgetRequest({ store }: Context, named: NamedRequest): Promise<void> {
  return store.within(named.workspace, (scope) => forgetIdempotentRequest(scope, named.key));
}
