// SPDX-License-Identifier: Apache-2.0
// A posting: one difference with its three dates, what caused it, and the transfers that book it. It is only ever
// added. The earned period is the key's own `period`.

import { type Account, type Transfer, transferOf } from './accounts.ts';
import type { Cause } from './book-entry.ts';
import type { Difference } from './differences.ts';

export interface Posting extends Difference {
  /** Label of the accounting period: the earliest one open when it was recorded. */
  readonly accounting: string;
  /** Place in the log of the entry that brought it about; a key has at most one posting there. */
  readonly recorded: number;
  readonly causes: readonly Cause[];
  readonly transfers: readonly Transfer[];
}

/** What a key of a wallet says; null for every other key. Issued points are keys of the clauses that issue them. */
export function walletPart({ clause, asset }: Pick<Difference, 'clause' | 'asset'>): string | null {
  return clause.startsWith(`${asset}/`) ? clause.slice(asset.length + 1) : null;
}

/** What was used or has expired is posted; what is open or pending follows from it and is only shown. */
export function isPosted(key: Pick<Difference, 'clause' | 'asset'>): boolean {
  const part = walletPart(key);
  return part === null || part === 'used' || part === 'expired';
}

/** By how much a difference raises what is due: points that are used or expire lower it. */
export function dueEffect(difference: Pick<Difference, 'clause' | 'asset' | 'due'>): bigint {
  return walletPart(difference) === null ? difference.due : -difference.due;
}

/**
 * From the payer's cost to what is due to the payee, and to what is held for it; the other way for less. Used points
 * go from due to paid, expired ones back to the payer.
 */
export function transfersOf(difference: Difference, payer: string): readonly Transfer[] {
  const { payee, asset, held } = difference;
  const account = (purpose: Account['purpose'], party = payee): Account => ({ party, asset, purpose });
  const other = walletPart(difference) === 'used' ? account('paid') : account('cost', payer);
  return [
    transferOf(dueEffect(difference), other, account('due')),
    transferOf(held, account('cost', payer), account('held')),
  ].filter((transfer) => transfer !== null);
}
