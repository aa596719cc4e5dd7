// SPDX-License-Identifier: Apache-2.0
// What the books have promised: points that were used or set aside, with their lots; amounts and points that a clause gives "once,
// and kept"; lines of issued statements. It is a fact of our own: a later fact never changes it, and no evaluation
// derives it again.

import type { Day } from '../values/date.ts';
import type { Rational } from '../values/rational.ts';
import type { Line } from './entitlement.ts';

/** A quantity of one lot. Lists of parts are in the order in which lots were used. */
export interface Part {
  readonly lot: string;
  readonly amount: bigint;
}

/** Points that were used, for good. */
export interface Use {
  readonly id: string;
  readonly asset: string;
  /** Whose wallet they come from. */
  readonly owner: string;
  readonly day: Day;
  /** In smallest units, above zero. */
  readonly amount: bigint;
  /** The lots that it took; none while nobody has named them: the next evaluation does. */
  readonly lots: readonly Part[];
  /** The clause that exchanged or took them; null where somebody redeemed them. */
  readonly by: UsedBy | null;
}

export interface UsedBy {
  readonly clause: string;
  readonly payee: string;
  /** Label of the period in which the reward is earned; "" when there is none. */
  readonly period: string;
  /** The fact at which it happened; null where lots became usable on a day without one. */
  readonly fact: { readonly kind: string; readonly id: string } | null;
  /** What an exchange gave for them, released and held; null where a reward follows from its fact. */
  readonly reward: Rational | null;
}

/** Points that are set aside for a use in flight, or were until it ended. */
export interface HeldPoints {
  readonly id: string;
  readonly asset: string;
  /** Whose wallet they are in. */
  readonly owner: string;
  /** The day on which the hold was placed. */
  readonly day: Day;
  /** In smallest units, above zero. */
  readonly amount: bigint;
  /** The lots that it took, and keeps; none while nobody has named them: the next evaluation does. */
  readonly lots: readonly Part[];
  /** Its last day, if nobody ends it before; null: it does not time out. */
  readonly through: Day | null;
  /** Null while nobody has ended it. */
  readonly end: HoldEnd | null;
}

/** Posted points are used, voided ones are back in their lots. */
export interface HoldEnd {
  readonly kind: 'posted' | 'voided';
  readonly day: Day;
}

/** Points that a clause issued once, and that are kept. */
export interface Grant {
  readonly id: string;
  readonly asset: string;
  /** Whose wallet they are in, and who earned them. */
  readonly owner: string;
  readonly payee: string;
  readonly clause: string;
  /** Label of the period; "" when there is none. */
  readonly period: string;
  /** The fact that earned them, or the period. */
  readonly source: { readonly kind: string; readonly id: string };
  readonly day: Day;
  readonly exact: Rational;
  /** In smallest units, above zero. */
  readonly amount: bigint;
  readonly usableFrom: Day | null;
  readonly usableThrough: Day | null;
}

/** The most that a clause with "once, and kept" has been posted with, for one payee and period. */
export interface KeptTotal {
  readonly clause: string;
  readonly payee: string;
  readonly period: string;
  readonly asset: string;
  /** In smallest units, above zero. */
  readonly amount: bigint;
}

/** A line as it stands on an issued statement. */
export type FrozenLine = Pick<Line, 'fact' | 'amount' | 'note'>;

export interface Promised {
  /** By the owner of the wallet, in the order in which they were recorded. */
  readonly uses: ReadonlyMap<string, readonly Use[]>;
  readonly holds: ReadonlyMap<string, readonly HeldPoints[]>;
  readonly grants: ReadonlyMap<string, readonly Grant[]>;
  /** By payee, then by clause and period (`keptKey`). */
  readonly kept: ReadonlyMap<string, ReadonlyMap<string, KeptTotal>>;
  /** The lines that stand on issued statements, by the text of their key in the books, where the agreement freezes them. */
  readonly frozen: ReadonlyMap<string, readonly FrozenLine[]>;
}

/** Promises while the books are kept. */
export interface GrowingPromised extends Promised {
  readonly uses: Map<string, Use[]>;
  readonly holds: Map<string, HeldPoints[]>;
  readonly grants: Map<string, Grant[]>;
  readonly kept: Map<string, Map<string, KeptTotal>>;
  readonly frozen: Map<string, readonly FrozenLine[]>;
}

export function nothingPromised(): GrowingPromised {
  return { uses: new Map(), holds: new Map(), grants: new Map(), kept: new Map(), frozen: new Map() };
}

/** Promises that grow on their own from here, for a question of the form "what if". */
export function copyOf({ uses, holds, grants, kept, frozen }: Promised): GrowingPromised {
  const copied = <T>(byOwner: ReadonlyMap<string, readonly T[]>) =>
    new Map([...byOwner].map(([owner, own]) => [owner, [...own]]));
  return {
    uses: copied(uses),
    holds: copied(holds),
    grants: copied(grants),
    kept: new Map([...kept].map(([payee, own]) => [payee, new Map(own)])),
    frozen: new Map(frozen),
  };
}

/** What an evaluation newly promises: uses and grants that the books do not have yet, and holds with their lots named. */
export interface NewPromises {
  readonly uses: readonly Use[];
  readonly holds: readonly HeldPoints[];
  readonly grants: readonly Grant[];
}

export const noPromises: NewPromises = { uses: [], holds: [], grants: [] };

/** Adds what an evaluation made; what is there under the same id stays as it is. */
export function promise(promised: GrowingPromised, { uses, holds, grants }: NewPromises): void {
  for (const use of uses) addTo(promised.uses, use);
  for (const hold of holds) addTo(promised.holds, hold);
  for (const grant of grants) addTo(promised.grants, grant);
}

/** Takes back a use or a hold that was asked for and could not be booked. */
export function withdraw({ uses, holds }: GrowingPromised, asked: Use | HeldPoints): void {
  takeOut(uses, asked);
  takeOut(holds, asked);
}

function takeOut(byOwner: Map<string, { readonly id: string }[]>, asked: Use | HeldPoints): void {
  const left = (byOwner.get(asked.owner) ?? []).filter((other) => other !== asked);
  if (left.length === 0) byOwner.delete(asked.owner);
  else byOwner.set(asked.owner, left);
}

/** The points that a hold has set aside; null where it holds none. */
export function heldPoints({ holds }: Promised, owner: string, hold: string): HeldPoints | null {
  return holds.get(owner)?.find(({ id }) => id === hold) ?? null;
}

/** Ends a hold of points. */
export function endHold(promised: GrowingPromised, held: HeldPoints, end: HoldEnd): void {
  const own = promised.holds.get(held.owner) ?? [];
  promised.holds.set(
    held.owner,
    own.map((one) => (one.id === held.id ? { ...one, end } : one)),
  );
}

function addTo<T extends { readonly id: string; readonly owner: string }>(
  byOwner: Map<string, T[]>,
  one: T,
): void {
  const own = byOwner.get(one.owner);
  if (own === undefined) byOwner.set(one.owner, [one]);
  else if (!own.some(({ id }) => id === one.id)) own.push(one);
}

/** The most that was posted for a key of a clause that keeps it. */
export function keepTotal(promised: GrowingPromised, total: KeptTotal): void {
  const own = promised.kept.get(total.payee) ?? new Map<string, KeptTotal>();
  promised.kept.set(total.payee, own);
  const key = keptKey(total.clause, total.period);
  if ((own.get(key)?.amount ?? 0n) < total.amount) own.set(key, total);
}

export function keptKey(clause: string, period: string): string {
  return `${clause}\u0000${period}`;
}

/** What of the promises concerns some parties. */
export function promisedTo(promised: Promised, ...parties: readonly string[]): Promised {
  const only = <T>(byParty: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map(
      parties.flatMap((party) => {
        const own = byParty.get(party);
        return own === undefined ? [] : [[party, own] as const];
      }),
    );
  return {
    uses: only(promised.uses),
    holds: only(promised.holds),
    grants: only(promised.grants),
    kept: only(promised.kept),
    frozen: promised.frozen,
  };
}
