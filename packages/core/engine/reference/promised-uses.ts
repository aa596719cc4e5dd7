// SPDX-License-Identifier: Apache-2.0
// Uses of points that were promised before, in the fold of a wallet. Their lots are set aside from the beginning, so
// that a later fact never changes what was used; each is booked at the fact or on the day at which it happened. What is
// not there any more is a shortage. A reward that takes points belongs to its fact: it is corrected and void with it.
import { promiseLots, type Wallet } from '../../ledger/lots.ts';
import type { Part, Use, UsedBy } from '../../program/promise.ts';
import type { Day } from '../../values/date.ts';
import type { Period } from '../../values/period.ts';
import { hasCome } from './horizon.ts';
import type { FactRecord } from './order.ts';
import type { World } from './world.ts';

/** The promised uses of one wallet while it is folded. */
export interface PromisedUses {
  /** Those that were not booked yet, by what they happened at. */
  readonly at: Map<string, Use[]>;
  /** Those that need no fact, the earliest first, and how many of them are behind the fold. */
  readonly byDay: readonly Use[];
  passed: number;
  readonly booked: Set<Use>;
  readonly ids: Set<string>;
  /** What the fold itself promises. */
  readonly made: Use[];
}

/** True for a use whose reward follows from its fact. */
export function isTaking({ by }: Use): boolean {
  return by !== null && by.reward === null;
}

/** The promised uses of the wallets of an asset, by owner, as far as they had happened by the day of evaluation. */
export function promisedUses(world: World, asset: string): ReadonlyMap<string, readonly Use[]> {
  const byOwner = new Map<string, readonly Use[]>();
  for (const [owner, uses] of world.known.promised?.uses ?? []) {
    const own = uses.filter((use) => use.asset === asset && hasCome(world, use.day));
    if (own.length > 0) byOwner.set(owner, own);
  }
  return byOwner;
}

/** Sets the lots of promised uses aside. A reward whose fact has gone takes nothing: `isActing` says which are there. */
export function openUses(
  uses: readonly Use[],
  wallet: Wallet,
  isActing: (place: string) => boolean,
): PromisedUses {
  const all = uses.filter((use) => !isTaking(use) || isActing(placeOf(use.by!, null)));
  const at = new Map<string, Use[]>();
  for (const use of all) {
    promiseLots(wallet, use.lots);
    if (use.by === null) continue;
    const place = placeOf(use.by, isTaking(use) ? null : use.day);
    const same = at.get(place);
    if (same === undefined) at.set(place, [use]);
    else same.push(use);
  }
  return {
    at,
    byDay: all.filter((use) => !isTaking(use)).sort((a, b) => a.day - b.day),
    passed: 0,
    booked: new Set(),
    ids: new Set(uses.map(({ id }) => id)),
    made: [],
  };
}

/** An exchange stays on its day; a taking (no day) follows its fact, or is that of its payee and period. */
function placeOf({ clause, payee, period, fact }: Omit<UsedBy, 'reward'>, day: Day | null): string {
  const at = fact !== null ? [fact.kind, fact.id] : day !== null ? [] : [payee, period];
  return [clause, day ?? 'taken', ...at].join('\u0000');
}

/** Where a clause takes points at one point of the fold. */
export function takingPlace(clause: string, act: Act): string {
  return placeOf(byOf(clause, act), null);
}

/** A clause at one point of the fold. */
interface Act {
  readonly payee: string;
  readonly period: Period | null;
  readonly record: FactRecord | null;
}

export function byOf(clause: string, { payee, period, record }: Act): Omit<UsedBy, 'reward'> {
  const fact = record === null ? null : { kind: record.kind, id: record.fact.id };
  return { clause, payee, period: period?.label ?? '', fact };
}

/** The uses of a clause at one point of the fold, to be booked now: exchanges of the day, or takings (no day). */
export function usesAt(
  { at, booked }: PromisedUses,
  clause: string,
  act: Act,
  day: Day | null,
): readonly Use[] {
  const found = at.get(placeOf(byOf(clause, act), day));
  if (found === undefined) return [];
  const uses = found.filter((use) => !booked.has(use));
  for (const use of uses) booked.add(use);
  return uses;
}

/** What was used by the end of a day and nothing in the fold has booked: redeemed, or exchanged at a fact that has gone. */
export function usesLeft(uses: PromisedUses, day: Day): readonly Use[] {
  const left: Use[] = [];
  for (; uses.passed < uses.byDay.length && uses.byDay[uses.passed]!.day <= day; uses.passed += 1) {
    const use = uses.byDay[uses.passed]!;
    if (uses.booked.has(use)) continue;
    uses.booked.add(use);
    left.push(use);
  }
  return left;
}

/** Notes a use that the fold makes, under an id that no other use of the wallet has. */
export function noteUse(uses: PromisedUses, use: Omit<Use, 'id' | 'amount'> & { readonly by: UsedBy }): void {
  const { clause, payee, fact } = use.by;
  const base = [clause, payee, ...(fact === null ? [`${use.day}`] : [fact.kind, fact.id])].join('/');
  let id = base;
  for (let again = 2; uses.ids.has(id); again += 1) id = `${base}/${again}`;
  uses.ids.add(id);
  uses.made.push({ ...use, id, amount: sumOf(use.lots) });
}

/** Lots that the fold named for a use that somebody asked for without naming any. */
export function nameLots(uses: PromisedUses, use: Use, lots: readonly Part[]): void {
  uses.made.push({ ...use, lots, amount: sumOf(lots) });
}

function sumOf(lots: readonly Part[]): bigint {
  return lots.reduce((sum, { amount }) => sum + amount, 0n);
}
