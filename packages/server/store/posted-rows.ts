// SPDX-License-Identifier: Apache-2.0
// What is posted under each key by now, with its state. Derived: the writer rebuilds it from the log and the books.

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
