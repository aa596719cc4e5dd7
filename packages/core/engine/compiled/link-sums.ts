// SPDX-License-Identifier: Apache-2.0
// Distinct parties kept up to date row by row: for each window and link of a set how many rows lead to each party, and
// for each pair of such links how many parties are in both. A party counts once however many rows lead to it.

import type { ClausePlan, DistinctSet } from './plan.ts';

/** The links of one window. */
export interface WindowLinks {
  /** By link of a set: how many rows lead to each code; null before the first. */
  readonly links: (Map<number, number> | null)[];
  /** By pair: how many codes both sides have, counted from this period. */
  readonly pairs: number[];
}

/** A link of the members of a set. */
export interface LinkedSet {
  readonly set: number;
  readonly link: number;
}

type Links = DistinctSet & { readonly kind: 'links' };

interface Pair {
  readonly left: number;
  readonly right: number;
  readonly leftShift: number;
  readonly rightShift: number;
}

/** How many distinct parties a set has in a period. */
export type DistinctReader = (windows: ReadonlyMap<number, WindowLinks>, ordinal: number) => number;

export class LinkSums {
  readonly linked: LinkedSet[] = [];
  private readonly pairs: Pair[] = [];

  /** Finds every link and pair that the plans read. */
  constructor(plans: readonly ClausePlan[]) {
    for (const { inputs } of plans) {
      for (const input of inputs) if (input.kind === 'distinct') this.note(input.set);
    }
  }

  /** The links of a window that has no rows. */
  none(): WindowLinks {
    return { links: this.linked.map(() => null), pairs: this.pairs.map(() => 0) };
  }

  /** Adds a row that leads from a set to a code, or takes it away. `windowAt` makes the window that is missing. */
  move<W extends WindowLinks>(
    place: number,
    code: number,
    sign: 1 | -1,
    windows: ReadonlyMap<number, W>,
    ordinal: number,
    windowAt: (ordinal: number) => W,
  ): void {
    const window = windowAt(ordinal);
    const counts = window.links[place] ?? new Map<number, number>();
    window.links[place] = counts;
    const before = counts.get(code) ?? 0;
    if (before + sign === 0) counts.delete(code);
    else counts.set(code, before + sign);
    if (before !== 0 && before + sign !== 0) return;
    for (let pair = 0; pair < this.pairs.length; pair += 1) {
      const { left, right, leftShift, rightShift } = this.pairs[pair]!;
      if (left === place) {
        const period = ordinal - leftShift;
        const isThere = windows.get(period + rightShift)?.links[right]?.has(code) ?? false;
        if (isThere) windowAt(period).pairs[pair]! += sign;
      }
      if (right === place) {
        const period = ordinal - rightShift;
        const isThere = windows.get(period + leftShift)?.links[left]?.has(code) ?? false;
        if (isThere) windowAt(period).pairs[pair]! += sign;
      }
    }
  }

  /** How a set is counted: from what is kept, or else party by party. */
  reader(set: DistinctSet): DistinctReader {
    if (set.kind === 'links') {
      const place = this.placeOf(set);
      return (windows, ordinal) => windows.get(ordinal + set.shift)?.links[place]?.size ?? 0;
    }
    const pair = this.pairOf(set);
    if (pair === -1) return (windows, ordinal) => this.codesOf(set, windows, ordinal).size;
    const left = this.reader(set.left);
    const both: DistinctReader = (windows, ordinal) => windows.get(ordinal)?.pairs[pair] ?? 0;
    if (set.kind === 'both') return both;
    return (windows, ordinal) => left(windows, ordinal) - both(windows, ordinal);
  }

  private note(set: DistinctSet): void {
    if (set.kind === 'links') {
      if (this.placeOf(set) === -1) this.linked.push({ set: set.set, link: set.link });
      return;
    }
    this.note(set.left);
    this.note(set.right);
    const pair = this.newPair(set);
    if (pair !== null && this.pairOf(set) === -1) this.pairs.push(pair);
  }

  private placeOf({ set, link }: Links): number {
    return this.linked.findIndex((one) => one.set === set && one.link === link);
  }

  /** Null where the two sides are not links, or are the same. */
  private newPair(set: DistinctSet): Pair | null {
    if (set.kind === 'links' || set.kind === 'either') return null;
    if (set.left.kind !== 'links' || set.right.kind !== 'links') return null;
    const pair = {
      left: this.placeOf(set.left),
      right: this.placeOf(set.right),
      leftShift: set.left.shift,
      rightShift: set.right.shift,
    };
    return pair.left === pair.right && pair.leftShift === pair.rightShift ? null : pair;
  }

  private pairOf(set: DistinctSet): number {
    const wanted = this.newPair(set);
    if (wanted === null) return -1;
    return this.pairs.findIndex(
      (one) =>
        one.left === wanted.left &&
        one.right === wanted.right &&
        one.leftShift === wanted.leftShift &&
        one.rightShift === wanted.rightShift,
    );
  }

  private codesOf(
    set: DistinctSet,
    windows: ReadonlyMap<number, WindowLinks>,
    ordinal: number,
  ): ReadonlySet<number> {
    if (set.kind === 'links') {
      return new Set(windows.get(ordinal + set.shift)?.links[this.placeOf(set)]?.keys() ?? []);
    }
    const left = this.codesOf(set.left, windows, ordinal);
    const right = this.codesOf(set.right, windows, ordinal);
    switch (set.kind) {
      case 'both':
        return new Set([...left].filter((code) => right.has(code)));
      case 'without':
        return new Set([...left].filter((code) => !right.has(code)));
      case 'either':
        return new Set([...left, ...right]);
    }
  }
}
