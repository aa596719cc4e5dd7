// SPDX-License-Identifier: Apache-2.0
// What is posted under each key by now, with its state. Derived: the writer rebuilds it from the log and the books.

import type { PostedTotal } from '@rapport/core/ledger/differences.ts';
import { type SqlBool, sql } from 'kysely';
import type { Scope } from './open.ts';
import type { PostedRow } from './tables.ts';

export type PostedKey = Pick<PostedRow, 'agreement' | 'clause' | 'payee' | 'period' | 'asset'>;

export interface PostedFilter {
  readonly agreement?: string | undefined;
  readonly payee?: string | undefined;
  readonly period?: string | undefined;
  /** The page continues after this key. */
  readonly after?: PostedKey | undefined;
  readonly limit: number;
}

/** In the order of their keys. */
export async function listPosted(
  { workspace, query }: Scope,
  filter: PostedFilter,
): Promise<readonly PostedRow[]> {
  const { agreement, payee, period, after } = filter;
  let rows = query.selectFrom('posted').selectAll().where('workspace', '=', workspace);
  if (agreement !== undefined) rows = rows.where('agreement', '=', agreement);
  if (payee !== undefined) rows = rows.where('payee', '=', payee);
  if (period !== undefined) rows = rows.where('period', '=', period);
  if (after !== undefined) {
    rows = rows.where(
      sql<SqlBool>`(agreement, clause, payee, period, asset) >
        (${after.agreement}, ${after.clause}, ${after.payee}, ${after.period}, ${after.asset})`,
    );
  }
  return await rows
    .orderBy('agreement')
    .orderBy('clause')
    .orderBy('payee')
    .orderBy('period')
    .orderBy('asset')
    .limit(filter.limit)
    .execute();
}

/** What the transfers of an agreement add up to, by key: what this table is derived from. Zeros are left out. */
export async function postedByTransfers(
  { workspace, query }: Scope,
  agreement: string,
): Promise<readonly PostedTotal[]> {
  const { rows } = await sql<PostedTotal>`
    select clause, payee, period, asset,
      (array_agg(component order by sequence desc, ordinal desc))[1] as component,
      sum(case when part = 'held' then 0 when raises then amount else -amount end) as due,
      sum(case when part <> 'held' then 0 when raises then amount else -amount end) as held
    from transfer where workspace = ${workspace} and agreement = ${agreement} and part <> 'own'
    group by clause, payee, period, asset order by clause, payee, period, asset`.execute(query);
  return rows.filter(({ due, held }) => due !== 0n || held !== 0n);
}
