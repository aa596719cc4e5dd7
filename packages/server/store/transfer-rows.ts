// SPDX-License-Identifier: Apache-2.0
// Transfers, the rows of the books, read: of a payee, of an entry of the log, as they come, and summed per account.

import { type SqlBool, sql } from 'kysely';
import type { Scope } from './open.ts';
import type { TransferRow } from './tables.ts';

/** A place in the books. */
export interface TransferPlace {
  readonly sequence: number;
  readonly ordinal: number;
}

export interface TransferFilter {
  readonly agreement?: string | undefined;
  readonly payee?: string | undefined;
  /** Only of these payees: a team. */
  readonly payees?: readonly string[] | undefined;
  /** Label of the accounting period. */
  readonly accounting?: string | undefined;
}

/** Newest first; the page continues before the place of the last row seen. */
export async function listTransfers(
  scope: Scope,
  filter: TransferFilter & { readonly before?: TransferPlace; readonly limit: number },
): Promise<readonly TransferRow[]> {
  let rows = filtered(scope, filter);
  if (filter.before !== undefined) {
    const { sequence, ordinal } = filter.before;
    rows = rows.where(sql<SqlBool>`(sequence, ordinal) < (${sequence}, ${ordinal})`);
  }
  return await rows.orderBy('sequence', 'desc').orderBy('ordinal', 'desc').limit(filter.limit).execute();
}

/** Oldest first, after a place: what follows the books as they grow. */
export async function transfersAfter(
  scope: Scope,
  filter: TransferFilter & { readonly after: TransferPlace; readonly limit: number },
): Promise<readonly TransferRow[]> {
  const { sequence, ordinal } = filter.after;
  return await filtered(scope, filter)
    .where(sql<SqlBool>`(sequence, ordinal) > (${sequence}, ${ordinal})`)
    .orderBy('sequence')
    .orderBy('ordinal')
    .limit(filter.limit)
    .execute();
}

/** What these entries of the log brought about, in order. */
export async function transfersOf(
  { workspace, query }: Scope,
  sequences: readonly number[],
): Promise<readonly TransferRow[]> {
  if (sequences.length === 0) return [];
  return await query
    .selectFrom('transfer')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('sequence', 'in', sequences)
    .orderBy('sequence')
    .orderBy('ordinal')
    .execute();
}

export interface AccountBalance {
  readonly agreement: string;
  readonly party: string;
  readonly purpose: string;
  readonly asset: string;
  /** What came in less what went out, smallest units. */
  readonly balance: bigint;
}

/** The balance of every account, of one party where given. Per asset they add up to zero. */
export async function accountBalances(
  { workspace, query }: Scope,
  { party }: { readonly party?: string } = {},
): Promise<readonly AccountBalance[]> {
  const side = sql<AccountBalance>`select agreement, party, purpose, asset, sum(amount) as balance from (
      select agreement, credit_party as party, credit_purpose as purpose, asset, amount from transfer
        where workspace = ${workspace}
      union all
      select agreement, debit_party, debit_purpose, asset, -amount from transfer where workspace = ${workspace}
    ) sides where ${party ?? null}::text is null or party = ${party ?? null}
    group by agreement, party, purpose, asset order by agreement, party, purpose, asset`;
  return (await side.execute(query)).rows;
}

function filtered({ workspace, query }: Scope, { agreement, payee, payees, accounting }: TransferFilter) {
  let rows = query.selectFrom('transfer').selectAll().where('workspace', '=', workspace);
  if (agreement !== undefined) rows = rows.where('agreement', '=', agreement);
  if (payee !== undefined) rows = rows.where('payee', '=', payee);
  if (payees !== undefined) rows = rows.where('payee', 'in', [...payees, '']);
  if (accounting !== undefined) rows = rows.where('accounting', '=', accounting);
  return rows;
}
