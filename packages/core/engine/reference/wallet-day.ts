// SPDX-License-Identifier: Apache-2.0
// What happens to a wallet at the beginning and at the end of a day that no clause does: holds that end, points that
// somebody redeemed, exchanges that were booked at facts that have gone, holds that are placed. Whatever is given back
// comes first, then what is used, then what is set aside.
import { burnCommitted, burnUpTo } from '../../ledger/lots.ts';
import type { Use } from '../../program/promise.ts';
import type { Day } from '../../values/date.ts';
import { isDayUnderVersion } from './amendment.ts';
import { placeHolds, postHolds, releaseHolds } from './promised-holds.ts';
import { nameLots, usesLeft } from './promised-uses.ts';
import type { WalletView } from './scope.ts';
import { bookExchange, type WalletClause, type WalletState } from './wallet-acts.ts';
import type { World } from './world.ts';

/** The end of a day. */
export function endDay(
  clauses: readonly WalletClause[],
  day: Day,
  state: WalletState,
  view: WalletView,
  world: World,
): void {
  const { wallet, holds } = state;
  releaseHolds(holds, wallet, { day, at: 'end' });
  bookUsesLeft(clauses, day, state, view, world);
  placeHolds(holds, wallet, day);
  for (const amount of postHolds(holds, wallet, day)) state.used.push({ record: null, amount });
}

/** Books what was redeemed, and what was exchanged at facts that have gone or count on another day by now. */
function bookUsesLeft(
  clauses: readonly WalletClause[],
  day: Day,
  state: WalletState,
  view: WalletView,
  world: World,
): void {
  for (const use of usesLeft(state.uses, day)) {
    const { by } = use;
    if (by === null) redeem(use, state);
    else {
      const own = clauses.filter(({ clause }) => clause.id === by.clause);
      const walletClause = own.find(({ scope }) => isDayUnderVersion(scope, day)) ?? own.at(-1);
      const record = by.fact === null ? null : world.recordsById.get(by.fact.kind)?.get(by.fact.id);
      if (walletClause !== undefined) bookExchange(walletClause, use, record ?? null, state, view);
    }
  }
}

/** Points that somebody redeemed: from the lots that were named, or in the order of use, and then they are named. */
function redeem(use: Use, state: WalletState): void {
  const cause = { kind: 'redemption', id: use.id };
  if (use.lots.length > 0) {
    burnCommitted(state.wallet, use.lots, state.day, cause);
    state.used.push({ record: null, amount: use.amount });
    return;
  }
  const lots = burnUpTo(state.wallet, use.amount, state.day, cause);
  nameLots(state.uses, use, lots);
  state.used.push({ record: null, amount: lots.reduce((sum, { amount }) => sum + amount, 0n) });
}
