// SPDX-License-Identifier: Apache-2.0
// Points in flight: they leave what is usable when their use begins, and end as used, or back in their lots. A hold keeps
// the lots that it took. While it lasts they do not expire and nothing else takes them; released, they return to their
// place in the order of use, and expire at once if their last day is over.

import type { Day } from '../values/date.ts';
import {
  amountOf,
  freeIn,
  least,
  move,
  record,
  removeClosed,
  reopen,
  settleShortage,
  sumOf,
  take,
  unheld,
} from './lot-moves.ts';
import { advance, free, releaseLots, useOrOwe } from './lots.ts';
import { freeOf, type Part, type Source, type Wallet } from './wallet.ts';

/** Sets points aside, as far as they go, in the order of use. */
export function holdUpTo(
  wallet: Wallet,
  amount: bigint,
  day: Day,
  cause: Source | null = null,
): readonly Part[] {
  const available = free(wallet, day);
  const most = least(amountOf(amount), available);
  return most <= 0n ? [] : take(wallet, most, 'held', day, cause);
}

/**
 * Sets the lots of a hold aside again, whatever has happened to them since: first the named lots, which were promised to
 * it, then others in the order of use. What is not there is no part of what it gives back.
 */
export function holdCommitted(
  wallet: Wallet,
  parts: readonly Part[],
  day: Day,
  cause: Source | null = null,
): readonly Part[] {
  advance(wallet, day);
  const taken: Part[] = [];
  for (const part of parts) {
    const lot = wallet.lots.get(part.lot);
    const amount = lot === undefined ? 0n : least(amountOf(part.amount), lot.active);
    releaseLots(wallet, [part]);
    if (lot !== undefined && amount > 0n) taken.push(move(wallet, lot, 'held', amount, day, cause));
  }
  removeClosed(wallet);
  const missing = sumOf(parts) - sumOf(taken);
  return [...taken, ...take(wallet, least(missing, freeIn(wallet)), 'held', day, cause)];
}

/** Sets the lots of a hold aside that has ended without a use: as far as nothing else was promised them. */
export function holdPassing(
  wallet: Wallet,
  parts: readonly Part[],
  day: Day,
  cause: Source | null = null,
): readonly Part[] {
  advance(wallet, day);
  const taken: Part[] = [];
  for (const part of parts) {
    const lot = wallet.lots.get(part.lot);
    const amount = lot === undefined ? 0n : least(amountOf(part.amount), freeOf(wallet, lot));
    if (lot !== undefined && amount > 0n) taken.push(move(wallet, lot, 'held', amount, day, cause));
  }
  removeClosed(wallet);
  return taken;
}

/** Turns held points into used ones; `missing` was promised with them, but not there to be held: it is used now. */
export function postHold(
  wallet: Wallet,
  parts: readonly Part[],
  day: Day,
  cause: Source | null = null,
  missing = 0n,
): void {
  advance(wallet, day);
  for (const part of parts) {
    const lot = unheld(wallet, part);
    lot.spent += part.amount;
    record(wallet, 'posted', lot, part.amount, day, cause);
  }
  useOrOwe(wallet, missing, day, cause);
}

/** Gives held points back to their lots; those of a lot whose last day is over expire at once. */
export function releaseHold(
  wallet: Wallet,
  parts: readonly Part[],
  day: Day,
  cause: Source | null = null,
): void {
  advance(wallet, day);
  for (const part of parts) reopen(wallet, unheld(wallet, part), part.amount, 'released', day, cause);
  settleShortage(wallet, day);
}
