// SPDX-License-Identifier: Apache-2.0
// Facts whose kind no agreement in force declares: kept as they came, under the same identity as in the log, until one
// does. A repeat changes nothing; other content under the same identity is told.
import { sql } from 'kysely';
import type { Scope } from './open.ts';
import type { Json, Row } from './tables.ts';

export type WaitingRow = Row<'waiting_fact'>;

export interface WaitingFact {
  readonly kind: string;
  readonly id: string;
  readonly revision: number;
  readonly data: Json;
  readonly reason: string;
  readonly source: string;
}

/** Adds those that are not there; gives every one of the same identity whose content differs, as it is kept. */
export async function addWaiting(
  { workspace, query }: Scope,
  facts: readonly WaitingFact[],
): Promise<readonly WaitingRow[]> {
  if (facts.length === 0) return [];
  const text = JSON.stringify(facts);
  await sql`
    insert into waiting_fact (workspace, kind, id, revision, data, reason, source)
    select ${workspace}, given.kind, given.id, given.revision, given.data, given.reason, given.source
    from jsonb_to_recordset(${text}::jsonb)
      as given (kind text, id text, revision integer, data jsonb, reason text, source text)
    on conflict do nothing`.execute(query);
  const differing = await sql<WaitingRow>`
    select kept.* from waiting_fact kept
    join jsonb_to_recordset(${text}::jsonb) as given (kind text, id text, revision integer, data jsonb)
      on kept.kind = given.kind and kept.id = given.id and kept.revision = given.revision
    where kept.workspace = ${workspace} and kept.data <> given.data`.execute(query);
  return differing.rows;
}

export async function listWaitingRows(
  { workspace, query }: Scope,
  page: {
    readonly kind?: string | undefined;
    readonly after?: Pick<WaitingRow, 'kind' | 'id' | 'revision'> | undefined;
    readonly limit: number;
  },
): Promise<readonly WaitingRow[]> {
  let rows = query.selectFrom('waiting_fact').selectAll().where('workspace', '=', workspace);
  if (page.kind !== undefined) rows = rows.where('kind', '=', page.kind);
  const { after } = page;
  if (after !== undefined)
    rows = rows.where(sql<boolean>`(kind, id, revision) > (${after.kind}, ${after.id}, ${after.revision})`);
  return await rows.orderBy('kind').orderBy('id').orderBy('revision').limit(page.limit).execute();
}

/** After they were recorded in the log. */
export async function dropWaiting(
  { workspace, query }: Scope,
  facts: readonly Pick<WaitingRow, 'kind' | 'id' | 'revision'>[],
): Promise<void> {
  if (facts.length === 0) return;
  await sql`
    delete from waiting_fact kept
    using jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as given (kind text, id text, revision integer)
    where kept.workspace = ${workspace}
      and kept.kind = given.kind and kept.id = given.id and kept.revision = given.revision`.execute(query);
}

/** How many wait, by kind. */
export async function countWaiting({
  workspace,
  query,
}: Scope): Promise<readonly { readonly kind: string; readonly facts: number }[]> {
  return await query
    .selectFrom('waiting_fact')
    .where('workspace', '=', workspace)
    .groupBy('kind')
    .orderBy('kind')
    .select(['kind', ({ fn }) => fn.countAll<number>().as('facts')])
    .execute();
}
