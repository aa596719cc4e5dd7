// SPDX-License-Identifier: Apache-2.0
// Erasures that happened and those that wait for their day, and what an erasure takes beside the personal values.

import { type Day, isoDay } from '@rapport/core/values/date.ts';
import { sql } from 'kysely';
import type { Scope } from './open.ts';
import type { Row } from './tables.ts';

export type ErasureRequestRow = Row<'erasure_request'>;

/** When the party was erased; null when it was not. */
export async function erasedAt({ workspace, query }: Scope, party: string): Promise<Date | null> {
  const row = await query
    .selectFrom('erasure')
    .select('at')
    .where('workspace', '=', workspace)
    .where('party', '=', party)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Those of the parties that were erased. */
export async function erasedAmong(
  { workspace, query }: Scope,
  parties: readonly string[],
): Promise<ReadonlySet<string>> {
  if (parties.length === 0) return new Set();
  const rows = await query
    .selectFrom('erasure')
    .select('party')
    .where('workspace', '=', workspace)
    .where('party', '=', sql<string>`any(${parties}::text[])`)
    .execute();
  return new Set(rows.map(({ party }) => party));
}

/** Asking again keeps the later day. */
export async function requestErasure(
  { workspace, query }: Scope,
  request: { readonly party: string; readonly dueOn: Day; readonly actor: string; readonly reason: string },
): Promise<void> {
  const { party, actor, reason } = request;
  const due_on = isoDay(request.dueOn);
  await query
    .insertInto('erasure_request')
    .values({ workspace, party, due_on, actor, reason })
    .onConflict((conflict) => conflict.columns(['workspace', 'party']).doUpdateSet({ due_on, actor, reason }))
    .execute();
}

export async function erasuresDue(
  { workspace, query }: Scope,
  day: Day,
): Promise<readonly ErasureRequestRow[]> {
  return await query
    .selectFrom('erasure_request')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('due_on', '<=', sql<Day>`${isoDay(day)}::date`)
    .orderBy('party')
    .execute();
}

/** The day of an erasure that waits; null when none does. */
export async function erasureDueOn({ workspace, query }: Scope, party: string): Promise<Day | null> {
  const row = await query
    .selectFrom('erasure_request')
    .select('due_on')
    .where('workspace', '=', workspace)
    .where('party', '=', party)
    .executeTakeFirst();
  return row?.due_on ?? null;
}

export async function dropErasureRequest({ workspace, query }: Scope, party: string): Promise<void> {
  await query
    .deleteFrom('erasure_request')
    .where('workspace', '=', workspace)
    .where('party', '=', party)
    .execute();
}

/** The day on which the last statement of a payee was issued; null when none was. */
export async function lastStatementOn({ workspace, query }: Scope, payee: string): Promise<Date | null> {
  const row = await query
    .selectFrom('statement')
    .select(({ fn }) => fn.max('issued_at').as('at'))
    .where('workspace', '=', workspace)
    .where('payee', '=', payee)
    .executeTakeFirst();
  return (row?.at as Date | null | undefined) ?? null;
}

/** Facts that wait and name the person by one of these references: taken away, since nothing of them is recorded yet. */
export async function dropWaitingNaming(
  { workspace, query }: Scope,
  references: readonly string[],
): Promise<number> {
  if (references.length === 0) return 0;
  const dropped = await query
    .deleteFrom('waiting_fact')
    .where('workspace', '=', workspace)
    .where(
      sql<boolean>`exists (select from jsonb_each(data -> 'fields') as field (name, value)
        where jsonb_typeof(field.value) = 'string' and field.value #>> '{}' = any(${references}::text[]))`,
    )
    .executeTakeFirst();
  return Number(dropped.numDeletedRows);
}

/**
 * Answers that were kept for repeats, messages about rows that were refused, and uploaded files: each may show what was
 * sent. A file goes as a whole; what was taken from it stands in the log, under the random id.
 */
export async function dropCopies({ workspace, query }: Scope, texts: readonly string[]): Promise<void> {
  if (texts.length === 0) return;
  const patterns = texts.map((text) => `%${text.replace(/[\\%_]/g, '\\$&')}%`);
  await query
    .deleteFrom('idempotent_request')
    .where('workspace', '=', workspace)
    .where('body', 'like', sql<string>`any(${patterns}::text[])`)
    .execute();
  await query
    .updateTable('feed_row')
    .set({ facts: null })
    .where('workspace', '=', workspace)
    .where(sql<boolean>`facts::text like any(${patterns}::text[])`)
    .execute();
  await query
    .deleteFrom('feed_file')
    .where('workspace', '=', workspace)
    .where(
      sql<boolean>`exists (select from unnest(${texts}::text[]) as given (word)
        where position(convert_to(given.word, 'UTF8') in content) > 0)`,
    )
    .execute();
}
