// SPDX-License-Identifier: Apache-2.0
// Chance that is the same for the same seed, so that two demonstrations never differ.

export interface Chance {
  /** From 0 to below 1. */
  next(): number;
  pick<T>(list: readonly T[]): T;
  /** A whole number from `least` through `most`. */
  whole(least: number, most: number): number;
}

/** mulberry32, Tommy Ettinger, public domain. */
export function seededChance(seed: number): Chance {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    pick: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
  };
}
