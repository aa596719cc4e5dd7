// SPDX-License-Identifier: Apache-2.0
// The order of the rows of one run by key and day, found by counting; rows of one key and day keep their places, or
// are put into their declared order. Rows that stand in order already are not sorted.

import type { RowOrder } from './fact-set.ts';
import type { Run } from './run.ts';

/** What sorting needs beside the rows; used again for each run. */
export interface SortSpace {
  a: Int32Array;
  b: Int32Array;
  readonly counts: Int32Array;
}

export function sortSpace(): SortSpace {
  return { a: new Int32Array(0), b: new Int32Array(0), counts: new Int32Array(3 * digitMax) };
}

/** Values of one digit at most. */
const digitMax = 1 << 12;
/** Fewer rows are sorted by insertion. */
const fewRows = 32;

export interface Known {
  /** How many keys the run spans. */
  readonly keys: number;
  /** Whether the rows stand in the order of their days. */
  readonly isByDay: boolean;
  /** How rows of one key and day are ordered; null where they stand in their order. */
  readonly ties: RowOrder | null;
}

/** The order of the rows [start, start + count) as places relative to `start`; null when they stand in order. */
export function sortedOrder(
  run: Run,
  start: number,
  count: number,
  known: Known,
  space: SortSpace,
): Int32Array | null {
  const { keyDays, dayRange } = run;
  const { ties } = known;
  const inOrder = isSorted(keyDays, start, count);
  if (inOrder && ties === null) return null;
  if (space.a.length < count) {
    space.a = new Int32Array(count);
    space.b = new Int32Array(count);
  }
  let order: Int32Array;
  if (inOrder || count <= fewRows) {
    order = space.a;
    for (let index = 0; index < count; index += 1) order[index] = index;
    if (!inOrder) insertionSort(keyDays, start, count, order);
  } else if (known.isByDay && known.keys <= digitMax) {
    order = sortByKey(keyDays, start, count, dayRange, known.keys, space);
  } else order = sortByDigits(keyDays, start, count, known.keys * dayRange, space);
  if (ties !== null) breakTies(run, start, count, order, ties);
  return order;
}

function isSorted(keyDays: Int32Array, start: number, count: number): boolean {
  for (let at = start + 1; at < start + count; at += 1) if (keyDays[at]! < keyDays[at - 1]!) return false;
  return true;
}

function insertionSort(keyDays: Int32Array, start: number, count: number, order: Int32Array): void {
  for (let index = 1; index < count; index += 1) {
    const keyDay = keyDays[start + index]!;
    let place = index;
    while (place > 0 && keyDays[start + order[place - 1]!]! > keyDay) {
      order[place] = order[place - 1]!;
      place -= 1;
    }
    order[place] = index;
  }
}

function startsOf(counts: Int32Array, from: number, to: number): void {
  let at = 0;
  for (let value = from; value < to; value += 1) {
    const size = counts[value]!;
    counts[value] = at;
    at += size;
  }
}

function sortByKey(
  keyDays: Int32Array,
  start: number,
  count: number,
  dayRange: number,
  keys: number,
  { a, counts }: SortSpace,
): Int32Array {
  // Half a day more, so that the quotient of doubles falls on the right side of a whole number.
  const perDay = 1 / dayRange;
  counts.fill(0, 0, keys);
  for (let at = start; at < start + count; at += 1) counts[((keyDays[at]! + 0.5) * perDay) | 0]! += 1;
  startsOf(counts, 0, keys);
  for (let index = 0; index < count; index += 1) {
    const key = ((keyDays[start + index]! + 0.5) * perDay) | 0;
    a[counts[key]!++] = index;
  }
  return a;
}

/** From the lowest digit to the highest; each pass keeps what the one before it has ordered. */
function sortByDigits(
  keyDays: Int32Array,
  start: number,
  count: number,
  range: number,
  { a, b, counts }: SortSpace,
): Int32Array {
  const bits = Math.max(1, 32 - Math.clz32(range - 1));
  const passes = Math.ceil(bits / (count < digitMax ? 9 : 11));
  const digit = Math.ceil(bits / passes);
  const size = 1 << digit;
  const mask = size - 1;
  counts.fill(0, 0, size);
  for (let at = start; at < start + count; at += 1) counts[keyDays[at]! & mask]! += 1;
  startsOf(counts, 0, size);
  for (let index = 0; index < count; index += 1) a[counts[keyDays[start + index]! & mask]!++] = index;
  let from = a;
  let to = b;
  for (let pass = 1; pass < passes; pass += 1) {
    const shift = pass * digit;
    counts.fill(0, 0, size);
    for (let at = start; at < start + count; at += 1) counts[(keyDays[at]! >>> shift) & mask]! += 1;
    startsOf(counts, 0, size);
    for (let index = 0; index < count; index += 1) {
      const place = from[index]!;
      to[counts[(keyDays[start + place]! >>> shift) & mask]!++] = place;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Puts rows of one key and day into their declared order. */
function breakTies(run: Run, start: number, count: number, order: Int32Array, ties: RowOrder): void {
  const { rows, keyDays } = run;
  for (let from = 0; from < count; ) {
    const keyDay = keyDays[start + order[from]!]!;
    let to = from + 1;
    while (to < count && keyDays[start + order[to]!] === keyDay) to += 1;
    if (to - from > 16) order.subarray(from, to).sort((x, y) => ties(rows[start + x]!, rows[start + y]!));
    else {
      for (let index = from + 1; index < to; index += 1) {
        const moved = order[index]!;
        let place = index;
        while (place > from && ties(rows[start + order[place - 1]!]!, rows[start + moved]!) > 0) {
          order[place] = order[place - 1]!;
          place -= 1;
        }
        order[place] = moved;
      }
    }
    from = to;
  }
}
