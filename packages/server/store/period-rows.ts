// SPDX-License-Identifier: Apache-2.0
// Accounting periods of an agreement as the books know them: what is posted in each, to how many, and which statements
// were issued.
import { sql } from 'kysely';
import type { Scope } from './open.ts';

export interface AccountingTotal {
  /** Label of the accounting period. */
  readonly accounting: string;
  readonly asset: string;
  /** What it raised in what is due to payees, smallest units. */
  readonly due: bigint;
  readonly payees: readonly string[];
}

/** By label and asset. Holds and payments of our own are no postings and are left out. */
export async function accountingTotals(
  { workspace, query }: Scope,
  agreement: string,
): Promise<readonly AccountingTotal[]> {
  const { rows } = await sql<AccountingTotal>`
    select accounting, asset,
      sum(case when credit_purpose = 'due' then amount when debit_purpose = 'due' then -amount else 0 end) as due,
      array_agg(distinct payee) as payees
    from transfer
    where workspace = ${workspace} and agreement = ${agreement} and part <> 'own'
    group by accounting, asset order by accounting, asset`.execute(query);
  return rows;
}

/** The latest statement of each payee in each period, by its place in the log. */
export async function statementPlaces(
  { workspace, query }: Scope,
  agreement: string,
): Promise<readonly { readonly period: string; readonly payee: string; readonly sequence: number }[]> {
  return await query
    .selectFrom('statement')
    .select(['period', 'payee', ({ fn }) => fn.max('sequence').as('sequence')])
    .where('workspace', '=', workspace)
    .where('agreement', '=', agreement)
    .groupBy(['period', 'payee'])
    .execute();
}
