// SPDX-License-Identifier: Apache-2.0
// What a wallet is: lots of points, each with its own dates and states, and what is still owed for a shortage.
// For every lot, and so in sum: issued = pending + active + held + spent + expired + reversed, none below zero.
// A wallet changes in place and only through `lots.ts` and `wallet-holds.ts`; its day never goes back.

import type { ShortageMode } from '../program/clause.ts';
import type { Part } from '../program/promise.ts';
import type { Day } from '../values/date.ts';

export type { Part } from '../program/promise.ts';

/** The fact that made or moved points. */
export interface Source {
  readonly kind: string;
  readonly id: string;
}

/** What lots are ordered by when they are used; the first word decides first, the order of issue last. */
export type UseOrder = readonly ('expiry' | 'issue')[];

/** The states that the points of a lot can be in. */
export type LotState = 'pending' | 'active' | 'held' | 'spent' | 'expired' | 'reversed';
export const lotStates: readonly LotState[] = ['pending', 'active', 'held', 'spent', 'expired', 'reversed'];

/** Points of one earning, in the asset's smallest unit. */
export interface Lot extends Record<LotState, bigint> {
  readonly id: string;
  /** Clause that issued it. */
  readonly clause: string;
  /** Who earned it; in a pooled wallet not the only one who may use it. */
  readonly owner: string;
  readonly source: Source;
  readonly issuedOn: Day;
  /** First day of use; null: from the day of issue. */
  readonly usableFrom: Day | null;
  /** Last day of use; null: without end. Activity may put it off. */
  usableThrough: Day | null;
  readonly issued: bigint;
  /** Place in the order of issue. */
  readonly number: number;
}

export type MovementKind =
  | 'issued'
  | 'activated'
  | 'held'
  | 'released'
  | 'spent'
  /** Used, having been set aside. */
  | 'posted'
  | 'expired'
  | 'reversed'
  | 'given back';

/** One change of one lot, for explanations and postings. Expiry is dated the day after the last day of use. */
export interface Movement extends Part {
  readonly kind: MovementKind;
  readonly day: Day;
  /** The fact that caused it; null when a day did. */
  readonly cause: Source | null;
}

export interface Wallet {
  readonly order: UseOrder;
  readonly shortageMode: ShortageMode;
  readonly lots: Map<string, Lot>;
  /** Lots with something active, in the order of use. */
  readonly open: Lot[];
  /** Lots with something pending, the earliest first day first. */
  readonly waiting: Lot[];
  /** Ids of the lots with something held. */
  readonly inFlight: Set<string>;
  readonly movements: Movement[];
  /** What of each lot was promised to a use that is still to come: nothing else takes it. */
  readonly promised: Map<string, bigint>;
  /** Taken back or used, but not found in any lot, and to be taken from later ones. Never negative. */
  shortage: bigint;
  /** What of the shortage was used: it counts as used already. */
  shortOfUse: bigint;
  /** Taken back or used, not found, and given up for good; `waivedUse` is what of it was used. */
  waived: bigint;
  waivedUse: bigint;
  /** The last day that began; null before anything happened. */
  day: Day | null;
}

/** An empty wallet. Without words about it, lots that expire first go first, and a shortage is carried. */
export function newWallet(
  order: UseOrder = ['expiry', 'issue'],
  shortageMode: ShortageMode = 'carried',
): Wallet {
  return {
    order,
    shortageMode,
    lots: new Map(),
    open: [],
    waiting: [],
    inFlight: new Set(),
    movements: [],
    promised: new Map(),
    shortage: 0n,
    shortOfUse: 0n,
    waived: 0n,
    waivedUse: 0n,
    day: null,
  };
}

/** A wallet that changes on its own from here, for a question of the form "what if". */
export function copyWallet(wallet: Wallet): Wallet {
  const lots = new Map([...wallet.lots].map(([id, lot]) => [id, { ...lot }]));
  const sameLots = (list: readonly Lot[]) => list.map((lot) => lots.get(lot.id)!);
  return {
    ...wallet,
    lots,
    open: sameLots(wallet.open),
    waiting: sameLots(wallet.waiting),
    inFlight: new Set(wallet.inFlight),
    movements: [...wallet.movements],
    promised: new Map(wallet.promised),
  };
}

/** Sums over all lots. `issued` equals the sum of the six states. */
export type WalletTotals = Readonly<Record<LotState | 'issued', bigint>>;

export function walletTotals(wallet: Wallet): WalletTotals {
  const totals = { issued: 0n, pending: 0n, active: 0n, held: 0n, spent: 0n, expired: 0n, reversed: 0n };
  for (const lot of wallet.lots.values()) {
    totals.issued += lot.issued;
    for (const state of lotStates) totals[state] += lot[state];
  }
  return totals;
}

/** Everything that was used, found in a lot or not. */
export function usedOf(wallet: Wallet): bigint {
  return walletTotals(wallet).spent + wallet.shortOfUse + wallet.waivedUse;
}

/** What of a lot is free: usable, and promised to nobody. */
export function freeOf(wallet: Wallet, lot: Lot): bigint {
  const free = lot.active - (wallet.promised.get(lot.id) ?? 0n);
  return free > 0n ? free : 0n;
}

/** True when every lot's states add up to what was issued and none is below zero. */
export function isWalletSound(wallet: Wallet): boolean {
  return (
    wallet.shortage >= 0n &&
    [...wallet.lots.values()].every(
      (lot) =>
        lotStates.every((state) => lot[state] >= 0n) &&
        lotStates.reduce((sum, state) => sum + lot[state], 0n) === lot.issued,
    )
  );
}

/** Negative when `a` is used before `b`. */
export function compareUse(order: UseOrder, a: Lot, b: Lot): number {
  for (const word of order) {
    const difference =
      word === 'expiry' ? lastDayOf(a) - lastDayOf(b) : a.issuedOn - b.issuedOn || a.number - b.number;
    // Two lots without end give Infinity − Infinity.
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return a.issuedOn - b.issuedOn || a.number - b.number;
}

function lastDayOf(lot: Lot): number {
  return lot.usableThrough ?? Number.POSITIVE_INFINITY;
}
