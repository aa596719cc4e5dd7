// SPDX-License-Identifier: Apache-2.0
// Holds: pending → posted | voided | timed out, once. The same end again is a repeat; another end is refused. What a hold
// of money moves, it moves for good when it is posted; points that are posted are due again and used by their wallet.

import type { Day } from '../values/date.ts';
import type { Account, Transfer } from './accounts.ts';
import type { Hold, Refusal } from './book-entry.ts';
import { isSameContent } from './same-content.ts';

export type HoldState = 'pending' | 'posted' | 'voided' | 'timed out';

export interface HeldAmount extends Hold {
  state: HoldState;
}

/** The holds of one set of books; changes in place through the functions below. */
export type Holds = Map<string, HeldAmount>;

export type HoldOutcome =
  | { readonly kind: 'done'; readonly transfers: readonly Transfer[] }
  | { readonly kind: 'repeated' }
  | Refusal;

const repeated = { kind: 'repeated' } as const;

/** Sets the amount aside: from due to in flight. */
export function placeHold(holds: Holds, hold: Hold): HoldOutcome {
  const known = holds.get(hold.id);
  if (known !== undefined) {
    const { state: _, ...content } = known;
    return isSameContent(content, hold)
      ? repeated
      : { kind: 'refused', code: 'same_hold_other_content', facts: { id: hold.id } };
  }
  if (hold.amount <= 0n)
    return { kind: 'refused', code: 'amount_not_positive', facts: { id: hold.id, amount: `${hold.amount}` } };
  holds.set(hold.id, { ...hold, state: 'pending' });
  return { kind: 'done', transfers: [transfer(hold, 'due', 'in flight')] };
}

/** Ends a hold: posted money is paid, anything else is due again. `isInLots`: what it holds are lots of a wallet. */
export function resolveHold(
  holds: Holds,
  id: string,
  end: 'posted' | 'voided',
  isInLots: boolean,
): HoldOutcome {
  const hold = holds.get(id);
  if (hold === undefined) return { kind: 'refused', code: 'hold_unknown', facts: { id } };
  if (hold.state === end) return repeated;
  if (hold.state !== 'pending')
    return { kind: 'refused', code: 'hold_already_resolved', facts: { id, state: hold.state } };
  hold.state = end;
  const to = end === 'posted' && !isInLots ? 'paid' : 'due';
  return { kind: 'done', transfers: [transfer(hold, 'in flight', to)] };
}

/** A hold that ended because its last day was over, with the transfer that makes it due again. */
export interface TimedOut {
  readonly hold: string;
  readonly transfer: Transfer;
}

/** Ends, in the order of their ids, the pending holds whose last day is before `day`. */
export function timeOutHolds(holds: Holds, day: Day): readonly TimedOut[] {
  return [...holds.values()]
    .filter(({ state, through }) => state === 'pending' && through !== null && through < day)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((hold) => {
      hold.state = 'timed out';
      return { hold: hold.id, transfer: transfer(hold, 'in flight', 'due') };
    });
}

function transfer(
  { party, asset, amount }: Hold,
  from: Account['purpose'],
  to: Account['purpose'],
): Transfer {
  return { debit: { party, asset, purpose: from }, credit: { party, asset, purpose: to }, asset, amount };
}
