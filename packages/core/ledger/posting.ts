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

/** From the payer's cost to what is due to the payee, and to what is held for it; the other way for less. */
export function transfersOf({ payee, asset, due, held }: Difference, payer: string): readonly Transfer[] {
  const cost: Account = { party: payer, asset, purpose: 'cost' };
  return [
    transferOf(due, cost, { party: payee, asset, purpose: 'due' }),
    transferOf(held, cost, { party: payee, asset, purpose: 'held' }),
  ].filter((transfer) => transfer !== null);
}
