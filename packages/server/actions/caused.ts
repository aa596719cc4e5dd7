// SPDX-License-Identifier: Apache-2.0
// What entries of the log brought about in the books, as postings: one line per agreement, clause, payee, period and
// asset, with what it changed in what is due and held.
import { amountText } from '@rapport/core/values/asset.ts';
import type { TransferRow } from '../store/tables.ts';
import type { Amount } from '../wire/values.ts';
import type { Declared } from './declared.ts';

export interface PostingLine {
  readonly sequence: number;
  readonly ordinal: number;
  readonly agreement: string;
  readonly clause: string;
  readonly component: string;
  readonly payee: string;
  readonly period: string;
  readonly accounting: string;
  readonly asset: string;
  readonly due: bigint;
  readonly held: bigint;
}

/** Postings of transfers in their order; holds and payments of our own are none. */
export function postingLines(rows: readonly TransferRow[]): readonly PostingLine[] {
  const lines = new Map<string, PostingLine>();
  for (const row of rows) {
    if (row.part === 'own') continue;
    const { sequence, agreement, clause, payee, period, asset } = row;
    const key = JSON.stringify([sequence, agreement, clause, payee, period, asset]);
    const { ordinal, component, accounting } = row;
    const change = row.raises ? row.amount : -row.amount;
    const before = lines.get(key) ?? {
      ...{ sequence, ordinal, agreement, clause, component, payee, period, accounting, asset },
      due: 0n,
      held: 0n,
    };
    lines.set(key, { ...before, [row.part]: before[row.part] + change });
  }
  return [...lines.values()];
}

/** Smallest units as the wire shows them. */
export function wireAmount(declared: Declared, minor: bigint, asset: string): Amount {
  return { amount: amountText(minor, declared.asset(asset)), asset };
}
