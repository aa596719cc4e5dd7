// SPDX-License-Identifier: Apache-2.0
// The header Idempotency-Key: a request that is sent again under the same key is answered as the first time, word for
// word. A key belongs to one caller; a key with another request is refused.
import { createHash } from 'node:crypto';
import type { Caller } from '../access/caller.ts';
import type { Context } from '../actions/context.ts';
import { beginRequest, endRequest, forgetRequest } from '../actions/idempotent-request.ts';
import { type Refusal, refusal } from '../actions/outcome.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}
export type Kept =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly isRepeat: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

interface Asked {
  readonly key: string;
  readonly caller: Caller;
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

/** Runs the request, or answers it from before. What failed on our side is not kept. */
export async function onceByKey(context: Context, asked: Asked, run: () => Promise<Answer>): Promise<Kept> {
  const { caller, key } = asked;
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    return { kind: 'refused', refusal: refusal('request_malformed', {}, { errors: [headerFinding] }) };
  const named = { workspace: caller.workspace, key: `${caller.actor} ${key}` };
  const digest = createHash('sha256')
    .update(JSON.stringify([asked.method, asked.url, asked.body ?? null]))
    .digest('hex');
  const before = await beginRequest(context, named, digest);
  switch (before.kind) {
    case 'other':
      return { kind: 'refused', refusal: refusal('idempotency_key_reused', { key }) };
    case 'running':
      return { kind: 'refused', refusal: refusal('idempotency_key_running', { key }) };
    case 'answered':
      return {
        kind: 'answer',
        answer: { status: before.status, body: JSON.parse(before.body) },
        isRepeat: true,
      };
    case 'new':
      break;
  }
  try {
    const answer = await run();
    if (answer.status >= 500) await forgetRequest(context, named);
    else await endRequest(context, named, { status: answer.status, body: JSON.stringify(answer.body) });
    return { kind: 'answer', answer, isRepeat: false };
  } catch (error) {
    await forgetRequest(context, named);
    throw error;
  }
}

const headerFinding = {
  code: 'header_malformed',
  place: '/headers/idempotency-key',
  detail: 'must be 1 to 200 printable ASCII characters without spaces',
  remedy: null,
};
