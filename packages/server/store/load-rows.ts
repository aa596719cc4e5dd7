// SPDX-License-Identifier: Apache-2.0
// Loads of feeds: each with its account, and what became of every source row, so that counts and sums can be compared.

import { sql } from 'kysely';
import { arrayText } from './array-text.ts';
import type { Scope } from './open.ts';
import type { Json, Row } from './tables.ts';

export type LoadRow = Row<'feed_load'>;
export type LoadedRow = Row<'feed_row'>;
export type Outcome = LoadedRow['outcome'];

export interface NewLoad {
  readonly feed: string;
  readonly fileName: string;
  readonly contentHash: string;
  readonly state: string;
  readonly rows: number;
  readonly totals: Json;
  readonly effect: Json;
  readonly actor: string;
}

/** The number of the new load. */
export async function createLoad({ workspace, query }: Scope, load: NewLoad): Promise<number> {
  const row = await query
    .insertInto('feed_load')
    .values({
      workspace,
      feed: load.feed,
      file_name: load.fileName,
      content_hash: load.contentHash,
      state: load.state,
      rows: load.rows,
      totals: JSON.stringify(load.totals),
      effect: JSON.stringify(load.effect),
      actor: load.actor,
    })
    .returning('load')
    .executeTakeFirstOrThrow();
  return row.load;
}

/** Moves a load from one state to the next; false when it was not in `from` any more, as when two approve at once. */
export async function moveLoad(
  { workspace, query }: Scope,
  move: {
    readonly load: number;
    readonly from: string;
    readonly to: string;
    readonly approvedBy?: string | undefined;
    readonly totals?: Json | undefined;
  },
): Promise<boolean> {
  const row = await query
    .updateTable('feed_load')
    .set({
      state: move.to,
      ...(move.approvedBy === undefined ? {} : { approved_by: move.approvedBy }),
      ...(move.totals === undefined ? {} : { totals: JSON.stringify(move.totals) }),
    })
    .where('workspace', '=', workspace)
    .where('load', '=', move.load)
    .where('state', '=', move.from)
    .returning('load')
    .executeTakeFirst();
  return row !== undefined;
}

export async function findLoad({ workspace, query }: Scope, load: number): Promise<LoadRow | null> {
  const row = await query
    .selectFrom('feed_load')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('load', '=', load)
    .executeTakeFirst();
  return row ?? null;
}

/** Newest first; the page continues below `before`. */
export async function listLoads(
  { workspace, query }: Scope,
  {
    feed,
    state,
    before,
    limit,
  }: {
    readonly feed?: string | undefined;
    readonly state?: string | undefined;
    readonly before?: number | undefined;
    readonly limit: number;
  },
): Promise<readonly LoadRow[]> {
  let rows = query.selectFrom('feed_load').selectAll().where('workspace', '=', workspace);
  if (feed !== undefined) rows = rows.where('feed', '=', feed);
  if (state !== undefined) rows = rows.where('state', '=', state);
  if (before !== undefined) rows = rows.where('load', '<', before);
  return await rows.orderBy('load', 'desc').limit(limit).execute();
}

/** What became of rows of a load; any number of them in one statement. */
export async function addLoadedRows(
  { workspace, query }: Scope,
  load: number,
  rows: readonly Omit<LoadedRow, 'load'>[],
): Promise<void> {
  if (rows.length === 0) return;
  const text = (values: readonly unknown[]) => arrayText('text', values);
  await sql`insert into feed_row (workspace, load, row, outcome, code, facts, fact_kind, fact_id)
    select ${workspace}::integer, ${load}::bigint, * from unnest(
      ${arrayText(
        'integer',
        rows.map(({ row }) => row),
      )}::integer[],
      ${text(rows.map(({ outcome }) => outcome))}::text[], ${text(rows.map(({ code }) => code))}::text[],
      ${arrayText(
        'jsonb',
        rows.map(({ facts }) => (facts === null ? null : JSON.stringify(facts))),
      )}::jsonb[],
      ${text(rows.map((row) => row.fact_kind))}::text[], ${text(rows.map((row) => row.fact_id))}::text[])`.execute(
    query,
  );
}

/** In the order of the source; the page continues after `after`. */
export async function listLoadedRows(
  { workspace, query }: Scope,
  {
    load,
    outcome,
    after,
    limit,
  }: {
    readonly load: number;
    readonly outcome?: Outcome | undefined;
    readonly after?: number | undefined;
    readonly limit: number;
  },
): Promise<readonly LoadedRow[]> {
  let rows = query
    .selectFrom('feed_row')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('load', '=', load);
  if (outcome !== undefined) rows = rows.where('outcome', '=', outcome);
  if (after !== undefined) rows = rows.where('row', '>', after);
  return await rows.orderBy('row').limit(limit).execute();
}

/** How many rows of each feed came to what, over all loads that were recorded. */
export async function countOutcomes({
  workspace,
  query,
}: Scope): Promise<readonly { readonly feed: string; readonly outcome: Outcome; readonly rows: number }[]> {
  return await query
    .selectFrom('feed_row')
    .innerJoin('feed_load', (join) =>
      join
        .onRef('feed_load.workspace', '=', 'feed_row.workspace')
        .onRef('feed_load.load', '=', 'feed_row.load'),
    )
    .where('feed_row.workspace', '=', workspace)
    .where('feed_load.state', '=', 'recorded')
    .groupBy(['feed', 'outcome'])
    .orderBy('feed')
    .orderBy('outcome')
    .select(['feed', 'outcome', ({ fn }) => fn.countAll<number>().as('rows')])
    .execute();
}
