// SPDX-License-Identifier: Apache-2.0
// Rows with the columns that a fold needs, in the order in which they are folded: by key, then day, then the declared
// order of one day. Key and day stand in one number, so that one comparison tells where a key or a period ends.

import type { Stage } from './plan.ts';
import type { Tags } from './tags.ts';

export interface Run {
  readonly rows: Int32Array;
  /** (key − firstKey) · dayRange + day − dayLow. */
  readonly keyDays: Int32Array;
  /** A bit for each set that a row belongs to; null where there is one set alone. */
  readonly tags: Tags | null;
  /** By measure; null where every member adds the same. */
  readonly values: readonly (Float64Array | null)[];
  /** By link. */
  readonly links: readonly Int32Array[];
  readonly firstKey: number;
  readonly dayLow: number;
  readonly dayRange: number;
}

/** The largest number of keys times days that one run may span. */
export const keyDaysMax = 2 ** 31 - 1;

/** A run with room for so many rows. */
export function emptyRun(stage: Stage, size: number, days: Pick<Run, 'dayLow' | 'dayRange'>): Run {
  const setCount = stage.sets.length;
  return {
    rows: new Int32Array(size),
    keyDays: new Int32Array(size),
    tags: setCount === 1 ? null : setCount <= 8 ? new Uint8Array(size) : new Uint32Array(size),
    values: stage.measures.map(({ each }) => (sameForAll(each) === null ? new Float64Array(size) : null)),
    links: stage.links.map(() => new Int32Array(size)),
    firstKey: 0,
    dayLow: days.dayLow,
    dayRange: days.dayRange,
  };
}

/** What every member adds to a measure, as a whole number at its scale; null where that differs by row. */
export function sameForAll(each: Stage['measures'][number]['each']): number | null {
  if (each === null) return 1;
  return each.constant === null ? null : each.at(0);
}

/** Copies rows of one run to the beginning of another, in the given order of places from `start`. */
export function gather(from: Run, to: Run, start: number, order: Int32Array, count: number): void {
  gatherIntegers(from.rows, to.rows, start, order, count);
  gatherIntegers(from.keyDays, to.keyDays, start, order, count);
  if (from.tags !== null && to.tags !== null) gatherTags(from.tags, to.tags, start, order, count);
  for (let column = 0; column < from.links.length; column += 1) {
    gatherIntegers(from.links[column]!, to.links[column]!, start, order, count);
  }
  for (let column = 0; column < from.values.length; column += 1) {
    const source = from.values[column]!;
    const target = to.values[column]!;
    if (source !== null && target !== null) gatherDoubles(source, target, start, order, count);
  }
}

function gatherIntegers(
  from: Int32Array,
  to: Int32Array,
  start: number,
  order: Int32Array,
  count: number,
): void {
  for (let index = 0; index < count; index += 1) to[index] = from[start + order[index]!]!;
}

function gatherTags(from: Tags, to: Tags, start: number, order: Int32Array, count: number): void {
  for (let index = 0; index < count; index += 1) to[index] = from[start + order[index]!]!;
}

function gatherDoubles(
  from: Float64Array,
  to: Float64Array,
  start: number,
  order: Int32Array,
  count: number,
): void {
  for (let index = 0; index < count; index += 1) to[index] = from[start + order[index]!]!;
}
