// SPDX-License-Identifier: Apache-2.0
// A posting: one difference with its three dates, what caused it, and the transfers that book it. It is only ever
// added. The earned period is the key's own `period`.

import { type Account, type Transfer, transferOf } from './accounts.ts';
import type { Cause } from './book-entry.ts';
import type { Difference } from './differences.ts';
import type { BookRules, Role } from './roles.ts';

export interface Posting extends Difference {
  /** Label of the accounting period: the earliest one open when it was recorded. */
  readonly accounting: string;
  /** Place in the log of the entry that brought it about; a key has at most one posting there. */
  readonly recorded: number;
  readonly causes: readonly Cause[];
  readonly transfers: readonly Transfer[];
}

/** The two sides of a transfer that raises what the key says. */
interface Sides {
  readonly debit: Account;
  readonly credit: Account;
}

/** How a difference is booked: its due part by its role, and what is held from the payer's cost. */
export function transfersOf(difference: Difference, rules: BookRules): readonly Transfer[] {
  const { payee, asset, due, held, clause } = difference;
  const cost: Account = { party: rules.payerOf(clause), asset, purpose: 'cost' };
  const { debit, credit } = sidesOf(difference, rules.roleOf(difference), cost);
  return [
    transferOf(due, debit, credit),
    transferOf(held, cost, { party: payee, asset, purpose: 'held' }),
  ].filter((transfer) => transfer !== null);
}

function sidesOf({ payee, asset }: Difference, role: Role, cost: Account): Sides {
  const account = (purpose: Account['purpose']): Account => ({ party: payee, asset, purpose });
  switch (role.kind) {
    case 'owed':
      return { debit: cost, credit: account('due') };
    case 'settled':
      return { debit: cost, credit: account('earned') };
    case 'settlement':
      return { debit: account('earned'), credit: account('due') };
    case 'used':
      return { debit: account('due'), credit: account('paid') };
    case 'waived':
      return { debit: cost, credit: account('due') };
    case 'expired':
      return { debit: account('due'), credit: cost };
    case 'moved':
      return { debit: account(`account ${role.from}`), credit: account(`account ${role.to}`) };
    case 'shown':
      throw new RangeError('What is only shown is not booked.');
  }
}
