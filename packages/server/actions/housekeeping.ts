// SPDX-License-Identifier: Apache-2.0
// What is over: messages that have left, answers kept for repeats of a request, ids of messages too old to come again, jobs
// that have long ended, erasures that the law delayed and whose day has come, and sessions, one-time values and attempts
// to sign in that are good for nothing any more. Safe to repeat.

import { type Day, parseIsoDay } from '@rapport/core/values/date.ts';
import { windowMinutes } from '../access/sign-in-limits.ts';
import { erasuresDue } from '../store/erasure-rows.ts';
import {
  type RemoveOver,
  removeAnswers,
  removeDeliveries,
  removeInbound,
  removeJobs,
  removeMessages,
} from '../store/over-rows.ts';
import { removeExpired } from '../store/session-rows.ts';
import { removeAttemptsBefore } from '../store/sign-in-rows.ts';
import type { Context } from './context.ts';
import { eraseNow } from './erase-person.ts';

const days = 24 * 60 * 60_000;

/** What is kept for how many milliseconds, in the order in which it goes. */
export const keptFor: readonly (readonly [RemoveOver, number])[] = [
  // A failure is still there to be looked at after a weekend.
  [removeDeliveries, 7 * days],
  [removeMessages, 7 * days],
  [removeAnswers, 1 * days],
  // Longer than any sender goes on trying: a signature older than minutes is refused, but a sender may sign anew.
  [removeInbound, 14 * days],
  [removeJobs, 90 * days],
];
const rowsAtOnce = 5_000;

/** Gives the parties that were erased. */
export async function keepHouse(context: Context, workspace: number): Promise<readonly string[]> {
  const { store, clock } = context;
  const now = clock();
  await store.accessing(async (query) => {
    await removeExpired(query, now);
    await removeAttemptsBefore(query, new Date(now.getTime() - windowMinutes * 60_000));
  });
  for (const [remove, milliseconds] of keptFor) {
    const over = { before: new Date(now.getTime() - milliseconds), limit: rowsAtOnce };
    while ((await store.within(workspace, (scope) => remove(scope, over))) === rowsAtOnce);
  }
  const today = parseIsoDay(now.toISOString().slice(0, 10)) as Day;
  const due = await store.within(workspace, (scope) => erasuresDue(scope, today));
  for (const { party, actor, reason } of due) await eraseNow(context, workspace, { party, actor, reason });
  return due.map(({ party }) => party);
}
