// SPDX-License-Identifier: Apache-2.0
// Payments, read from the log: each with its place in it and who recorded it.

import type { Commitment } from '@rapport/core/ledger/book-entry.ts';
import { sql } from 'kysely';
import { entryOfText } from './log-entry.ts';
import type { Scope } from './open.ts';

export interface PaymentFilter {
  readonly agreement: string;
  readonly payee?: string | undefined;
  /** Only of these payees: a team. */
  readonly payees?: readonly string[] | undefined;
  /** Label of the period that they pay. */
  readonly period?: string | undefined;
  /** The page continues below this sequence. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface PaymentRow {
  readonly commitment: Commitment;
  readonly sequence: number;
  readonly actor: string;
}

/** The newest first. */
export async function paymentRows(
  { workspace, query }: Scope,
  { agreement, payee, payees, period, before, limit }: PaymentFilter,
): Promise<readonly PaymentRow[]> {
  let rows = query
    .selectFrom('commitment')
    .innerJoin('log', (join) =>
      join
        .onRef('log.workspace', '=', 'commitment.workspace')
        .onRef('log.sequence', '=', 'commitment.sequence'),
    )
    .select(['log.body', 'log.sequence', 'log.actor'])
    .where('commitment.workspace', '=', workspace)
    .where('commitment.agreement', '=', agreement)
    .where('commitment.what', '=', 'payment');
  if (payee !== undefined) rows = rows.where('commitment.party', '=', payee);
  if (payees !== undefined) rows = rows.where('commitment.party', 'in', [...payees, '']);
  if (before !== undefined) rows = rows.where('commitment.sequence', '<', before);
  if (period !== undefined) rows = rows.where(sql`log.body::jsonb #>> '{commitment,period}'`, '=', period);
  const found = await rows.orderBy('commitment.sequence', 'desc').limit(limit).execute();
  return found.flatMap(({ body, sequence, actor }) => {
    const entry = entryOfText(body);
    return entry.kind === 'commitment' ? [{ commitment: entry.commitment, sequence, actor }] : [];
  });
}
