// SPDX-License-Identifier: Apache-2.0
// What is over: answers kept for repeats of a request, ids of messages too old to come again, erasures that the law delayed and whose day has come, and sessions, one-time values and attempts to sign
// in that are good for nothing any more. Safe to repeat.

import { type Day, parseIsoDay } from '@rapport/core/values/date.ts';
import { windowMinutes } from '../access/sign-in-limits.ts';
import { erasuresDue } from '../store/erasure-rows.ts';
import { removeAnswered } from '../store/idempotent-rows.ts';
import { removeExpired } from '../store/session-rows.ts';
import { removeAttemptsBefore } from '../store/sign-in-rows.ts';
import type { Context } from './context.ts';
import { eraseNow } from './erase-person.ts';

/** Gives the parties that were erased. */
export async function keepHouse(context: Context, workspace: number): Promise<readonly string[]> {
  const { store, clock } = context;
  const now = clock();
  await store.accessing(async (query) => {
    await removeExpired(query, now);
    await removeAttemptsBefore(query, new Date(now.getTime() - windowMinutes * 60_000));
  });
  const dayAgo = new Date(now.getTime() - 24 * 60 * 60_000);
  await store.within(workspace, (scope) => removeAnswered(scope, dayAgo));
  const today = parseIsoDay(now.toISOString().slice(0, 10)) as Day;
  const due = await store.within(workspace, (scope) => erasuresDue(scope, today));
  for (const { party, actor, reason } of due) await eraseNow(context, workspace, { party, actor, reason });
  return due.map(({ party }) => party);
}
