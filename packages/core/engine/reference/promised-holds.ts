// SPDX-License-Identifier: Apache-2.0
// Points in flight, in the fold of a wallet. A hold takes its lots at the end of its day and keeps them: those of one that
// is pending, or ended in a use, are set aside from the beginning, so that no later fact changes what it took. What was
// voided is free at the end of the day of the void, what timed out at the beginning of the day after its last. A hold that
// was given up on its own day never was.
import { promiseLots, type Wallet } from '../../ledger/lots.ts';
import { holdCommitted, holdPassing, holdUpTo, postHold, releaseHold } from '../../ledger/wallet-holds.ts';
import type { HeldPoints, HoldEnd, Part } from '../../program/promise.ts';
import type { Day } from '../../values/date.ts';
import { hasCome } from './horizon.ts';
import type { World } from './world.ts';

/** A hold as it stands on the day of evaluation: ended by somebody, or because its last day is over. */
export interface Flight extends Omit<HeldPoints, 'end'> {
  readonly end: HoldEnd | { readonly kind: 'timed out'; readonly day: Day } | null;
}

/** The holds of one wallet while it is folded. */
export interface PromisedHolds {
  readonly all: readonly Flight[];
  /** What each holds now, by its id. */
  readonly held: Map<string, readonly Part[]>;
  /** Those that the fold itself names the lots of. */
  readonly named: HeldPoints[];
}

/** Where in a day something happens to holds. */
export interface HoldMoment {
  readonly day: Day;
  readonly at: 'beginning' | 'end';
}

/** The holds of points of an asset, by the owner of the wallet, as far as they were placed by the day of evaluation. */
export function promisedHolds(world: World, asset: string): ReadonlyMap<string, readonly Flight[]> {
  const byOwner = new Map<string, readonly Flight[]>();
  for (const [owner, holds] of world.known.promised?.holds ?? []) {
    const own = holds
      .filter((hold) => hold.asset === asset && hasCome(world, hold.day))
      .map((hold) => ({ ...hold, end: endBy(world, hold) }))
      .filter((flight) => !neverWas(flight));
    if (own.length > 0) byOwner.set(owner, own);
  }
  return byOwner;
}

function endBy(world: World, { through, end }: HeldPoints): Flight['end'] {
  if (end !== null) return hasCome(world, end.day) ? end : null;
  if (through === null) return null;
  const day = through + 1;
  return hasCome(world, day) ? { kind: 'timed out', day } : null;
}

function neverWas({ day, end }: Flight): boolean {
  return end !== null && end.kind !== 'posted' && end.day <= day;
}

/** The moments at which something happens to a hold. */
export function momentsOf({ day, end }: Flight): readonly HoldMoment[] {
  const placed: HoldMoment = { day, at: 'end' };
  if (end === null) return [placed];
  return [placed, { day: end.day, at: end.kind === 'timed out' ? 'beginning' : 'end' }];
}

/** Sets the lots of holds aside, but of those that gave them back. */
export function openHolds(all: readonly Flight[], wallet: Wallet): PromisedHolds {
  for (const flight of all) if (keepsLots(flight)) promiseLots(wallet, flight.lots);
  return { all, held: new Map(), named: [] };
}

function keepsLots({ end }: Flight): boolean {
  return end === null || end.kind === 'posted';
}

/** Gives back what is free from this moment on. */
export function releaseHolds({ all, held }: PromisedHolds, wallet: Wallet, { day, at }: HoldMoment): void {
  for (const flight of all) {
    const { end, id } = flight;
    if (end === null || keepsLots(flight) || end.day !== day) continue;
    if ((end.kind === 'timed out') !== (at === 'beginning')) continue;
    releaseHold(wallet, held.get(id) ?? [], day, causeOf(flight));
    held.delete(id);
  }
}

/** Takes the lots of the holds that were placed on the day; one without lots gets them named, in the order of use. */
export function placeHolds({ all, held, named }: PromisedHolds, wallet: Wallet, day: Day): void {
  for (const flight of all) {
    if (flight.day !== day) continue;
    const { id, lots, amount } = flight;
    if (lots.length === 0) {
      const found = holdUpTo(wallet, amount, day, causeOf(flight));
      const total = found.reduce((sum, part) => sum + part.amount, 0n);
      named.push({ ...flight, end: null, lots: found, amount: total });
      held.set(id, found);
    } else {
      const take = keepsLots(flight) ? holdCommitted : holdPassing;
      held.set(id, take(wallet, lots, day, causeOf(flight)));
    }
  }
}

/** Uses what was posted on the day; gives how much that is, hold by hold. */
export function postHolds({ all, held }: PromisedHolds, wallet: Wallet, day: Day): readonly bigint[] {
  return all.flatMap(({ id, amount, end }) => {
    if (end?.kind !== 'posted' || end.day !== day) return [];
    const parts = held.get(id) ?? [];
    const missing = parts.reduce((rest, part) => rest - part.amount, amount);
    postHold(wallet, parts, day, { kind: 'redemption', id }, missing);
    held.delete(id);
    return [amount];
  });
}

function causeOf({ id }: Flight): { readonly kind: string; readonly id: string } {
  return { kind: 'hold', id };
}
