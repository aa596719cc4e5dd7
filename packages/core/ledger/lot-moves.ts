// SPDX-License-Identifier: Apache-2.0
// The single steps that every move of a wallet is made of: points go from one state of their lot to another, each step
// with its movement. Which steps a move takes, and when, is decided in `lots.ts` and `wallet-holds.ts`.

import type { Day } from '../values/date.ts';
import {
  compareUse,
  freeOf,
  type Lot,
  type MovementKind,
  type Part,
  type Source,
  type Wallet,
} from './wallet.ts';

/** Takes `amount`, which is there, from the open lots in the order of use. */
export function take(
  wallet: Wallet,
  amount: bigint,
  state: 'spent' | 'held' | 'reversed',
  day: Day,
  cause: Source | null,
): Part[] {
  const parts: Part[] = [];
  let rest = amount;
  for (const lot of wallet.open) {
    if (rest === 0n) break;
    const amount = least(rest, freeOf(wallet, lot));
    if (amount === 0n) continue;
    const part = move(wallet, lot, state, amount, day, cause);
    rest -= part.amount;
    parts.push(part);
  }
  if (rest !== 0n) throw new RangeError('More points are taken than there are.');
  removeClosed(wallet);
  return parts;
}

/** Takes points that are usable out of their lot. */
export function move(
  wallet: Wallet,
  lot: Lot,
  state: 'spent' | 'held' | 'reversed',
  amount: bigint,
  day: Day,
  cause: Source | null,
): Part {
  lot.active -= amount;
  lot[state] += amount;
  if (state === 'held') wallet.inFlight.add(lot.id);
  record(wallet, state, lot, amount, day, cause);
  return { lot: lot.id, amount };
}

/** Puts points back into their lot, at its place in the order of use; they expire at once if its last day is over. */
export function reopen(
  wallet: Wallet,
  lot: Lot,
  amount: bigint,
  kind: 'released' | 'given back',
  day: Day,
  cause: Source | null,
): void {
  if (lot.active === 0n && !isOver(lot, day)) {
    lot.active += amount;
    insert(wallet.open, lot, (a, b) => compareUse(wallet.order, a, b));
  } else lot.active += amount;
  record(wallet, kind, lot, amount, day, cause);
  if (isOver(lot, day)) expireLot(wallet, lot, 'active', day);
}

/** Takes from what is active now what an earlier reversal did not find. */
export function settleShortage(wallet: Wallet, day: Day): void {
  const amount = least(wallet.shortage, freeIn(wallet));
  if (amount === 0n) return;
  const used = least(wallet.shortOfUse, amount);
  take(wallet, used, 'spent', day, null);
  take(wallet, amount - used, 'reversed', day, null);
  wallet.shortOfUse -= used;
  wallet.shortage -= amount;
}

/** Notes what was not found: owed, or given up, as the agreement says. */
export function fallShort(wallet: Wallet, amount: bigint, by: 'used' | 'taken back'): void {
  const used = by === 'used' ? amount : 0n;
  if (wallet.shortageMode === 'waived') {
    wallet.waived += amount;
    wallet.waivedUse += used;
  } else {
    wallet.shortage += amount;
    wallet.shortOfUse += used;
  }
}

/** What of a lot was promised to nobody expires. */
export function expireLot(wallet: Wallet, lot: Lot, from: 'active' | 'pending', day: Day): void {
  const amount = from === 'active' ? freeOf(wallet, lot) : lot[from];
  if (amount === 0n) return;
  lot[from] -= amount;
  lot.expired += amount;
  record(wallet, 'expired', lot, amount, day, null);
}

/** Notes a movement. */
export function record(
  wallet: Wallet,
  kind: MovementKind,
  lot: Lot,
  amount: bigint,
  day: Day,
  cause: Source | null,
): void {
  wallet.movements.push({ kind, lot: lot.id, amount, day, cause });
}

/** Takes lots with nothing left out of those that can be used. */
export function removeClosed(
  wallet: Wallet,
  isClosed: (lot: Lot) => boolean = (lot) => lot.active === 0n,
): void {
  let kept = 0;
  for (const lot of wallet.open) if (!isClosed(lot)) wallet.open[kept++] = lot;
  wallet.open.length = kept;
}

/** Puts a lot at its place in an ordered list. */
export function insert(list: Lot[], lot: Lot, order: (a: Lot, b: Lot) => number): void {
  let at = list.length;
  while (at > 0 && order(lot, list[at - 1]!) < 0) at -= 1;
  list.splice(at, 0, lot);
}

/** The lot of a hold, with so much less held; asking for more than is held is our own mistake. */
export function unheld(wallet: Wallet, { lot: id, amount }: Part): Lot {
  const lot = wallet.lots.get(id);
  if (lot === undefined || lot.held < amountOf(amount))
    throw new RangeError('More is resolved than is held.');
  lot.held -= amount;
  if (lot.held === 0n) wallet.inFlight.delete(id);
  return lot;
}

/** The first day on which a lot can be used. */
export function firstDayOf(lot: Lot): Day {
  return lot.usableFrom === null ? lot.issuedOn : Math.max(lot.usableFrom, lot.issuedOn);
}

/** Whether the last day of a lot lies before the day. */
export function isOver(lot: Lot, day: Day): boolean {
  return lot.usableThrough !== null && lot.usableThrough < day;
}

/** What of all lots is usable and promised to nobody. */
export function freeIn(wallet: Wallet): bigint {
  return wallet.open.reduce((sum, lot) => sum + freeOf(wallet, lot), 0n);
}

export function sumOf(parts: readonly Part[]): bigint {
  return parts.reduce((sum, part) => sum + part.amount, 0n);
}

export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** The amount, which is not below zero: anything else is our own mistake. */
export function amountOf(amount: bigint): bigint {
  if (amount < 0n) throw new RangeError('An amount of points is below zero.');
  return amount;
}
