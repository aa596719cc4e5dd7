// SPDX-License-Identifier: Apache-2.0
// Messages that are to leave: written in the transaction of what they tell, delivered at least once. A message that is
// being delivered is locked, so that of several deliverers one has it; what is not marked as done comes again.

import type { Scope } from './open.ts';
import type { Json, Row } from './tables.ts';

export type OutboxRow = Row<'outbox'>;

/** Puts a message that no batch of a writer brings. */
export async function putMessage(
  { workspace, query }: Scope,
  { sequence, topic, body }: { readonly sequence: number; readonly topic: string; readonly body: Json },
): Promise<void> {
  await query
    .insertInto('outbox')
    .values({ workspace, sequence, topic, body: JSON.stringify(body) })
    .execute();
}

/** Due messages, the oldest first, locked until the end of the transaction. */
export async function takeDue(
  { workspace, query }: Scope,
  { now, limit, topic }: { readonly now: Date; readonly limit: number; readonly topic?: string },
): Promise<readonly OutboxRow[]> {
  let rows = query
    .selectFrom('outbox')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('done_at', 'is', null)
    .where('next_at', '<=', now);
  if (topic !== undefined) rows = rows.where('topic', '=', topic);
  return await rows.orderBy('next_at').orderBy('id').limit(limit).forUpdate().skipLocked().execute();
}

export async function markDelivered(
  { workspace, query }: Scope,
  { id, at }: { readonly id: number; readonly at: Date },
): Promise<void> {
  await query
    .updateTable('outbox')
    .set(({ eb }) => ({ done_at: at, attempts: eb('attempts', '+', 1) }))
    .where('workspace', '=', workspace)
    .where('id', '=', id)
    .execute();
}

/** It is tried again at `nextAt`. */
export async function markFailed(
  { workspace, query }: Scope,
  { id, nextAt }: { readonly id: number; readonly nextAt: Date },
): Promise<void> {
  await query
    .updateTable('outbox')
    .set(({ eb }) => ({ next_at: nextAt, attempts: eb('attempts', '+', 1) }))
    .where('workspace', '=', workspace)
    .where('id', '=', id)
    .execute();
}
