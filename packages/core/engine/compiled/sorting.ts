// SPDX-License-Identifier: Apache-2.0
// The order of the rows of one part, found by counting: once by day, then by each key that wants them. Rows of one key
// and day keep their places, or are put into their declared order.

import type { RowOrder } from './fact-set.ts';

/** What sorting needs beside the rows; used again for each part. */
export interface SortSpace {
  /** Places of rows in the order of their days, and what stands at them. */
  readonly byDay: Int32Array;
  readonly keyDays: Int32Array;
  /** By row: its place in the order of keys and days, and by place what stands there. */
  readonly places: Int32Array;
  readonly sorted: Int32Array;
  /** Between two passes, and to break ties. */
  readonly order: Int32Array;
  readonly counts: Int32Array;
}

/** Values of one digit at most. */
const digitBits = 12;

/** Room for so many rows of so many keys. */
export function sortSpace(rows: number, keys: number): SortSpace {
  return {
    byDay: new Int32Array(rows),
    keyDays: new Int32Array(rows),
    places: new Int32Array(rows),
    order: new Int32Array(rows),
    sorted: new Int32Array(rows),
    counts: new Int32Array(Math.max(keys, 1 << digitBits)),
  };
}

export function isSorted(keyDays: Int32Array, start: number, count: number): boolean {
  for (let at = start + 1; at < start + count; at += 1) if (keyDays[at]! < keyDays[at - 1]!) return false;
  return true;
}

/** Puts the places of the rows [start, start + count), relative to `start`, in the order of their days. */
export function orderByDay(
  keyDays: Int32Array,
  start: number,
  count: number,
  dayBits: number,
  isByDay: boolean,
  { byDay, order, counts }: SortSpace,
): void {
  const passes = isByDay ? 0 : Math.ceil(dayBits / digitBits);
  if (passes === 0) {
    for (let index = 0; index < count; index += 1) byDay[index] = index;
    return;
  }
  const bits = Math.ceil(dayBits / passes);
  // The last pass must end in `byDay`.
  firstDigit(keyDays, start, count, bits, passes % 2 === 1 ? byDay : order, counts);
  for (let pass = 1; pass < passes; pass += 1) {
    const to = (passes - pass) % 2 === 1 ? byDay : order;
    const shift = pass * bits;
    const mask = (1 << Math.min(bits, dayBits - shift)) - 1;
    nextDigit(keyDays, start, count, shift, mask, to === byDay ? order : byDay, to, counts);
  }
}

function firstDigit(
  keyDays: Int32Array,
  start: number,
  count: number,
  bits: number,
  to: Int32Array,
  counts: Int32Array,
): void {
  const mask = (1 << bits) - 1;
  counts.fill(0, 0, mask + 1);
  let at = start;
  const end = start + count;
  // Four at a time, since where a column lies is looked up in each turn.
  for (; at + 3 < end; at += 4) {
    counts[keyDays[at]! & mask]! += 1;
    counts[keyDays[at + 1]! & mask]! += 1;
    counts[keyDays[at + 2]! & mask]! += 1;
    counts[keyDays[at + 3]! & mask]! += 1;
  }
  for (; at < end; at += 1) counts[keyDays[at]! & mask]! += 1;
  startsOf(counts, mask + 1);
  for (let index = 0; index < count; index += 1) {
    const digit = keyDays[start + index]! & mask;
    const place = counts[digit]!;
    counts[digit] = place + 1;
    to[place] = index;
  }
}

function nextDigit(
  keyDays: Int32Array,
  start: number,
  count: number,
  shift: number,
  mask: number,
  from: Int32Array,
  to: Int32Array,
  counts: Int32Array,
): void {
  counts.fill(0, 0, mask + 1);
  for (let index = 0; index < count; index += 1) counts[(keyDays[start + index]! >>> shift) & mask]! += 1;
  startsOf(counts, mask + 1);
  for (let index = 0; index < count; index += 1) {
    const row = from[index]!;
    const digit = (keyDays[start + row]! >>> shift) & mask;
    const place = counts[digit]!;
    counts[digit] = place + 1;
    to[place] = row;
  }
}

function startsOf(counts: Int32Array, values: number): void {
  let at = 0;
  for (let value = 0; value < values; value += 1) {
    const size = counts[value]!;
    counts[value] = at;
    at += size;
  }
}

/** Puts what stands at the rows of `byDay` beside them. */
export function takeKeyDays(
  keyDays: Int32Array,
  start: number,
  count: number,
  { byDay, keyDays: to }: SortSpace,
): void {
  let index = 0;
  // Four at a time, since where a column lies is looked up in each turn.
  for (; index + 3 < count; index += 4) {
    to[index] = keyDays[start + byDay[index]!]!;
    to[index + 1] = keyDays[start + byDay[index + 1]!]!;
    to[index + 2] = keyDays[start + byDay[index + 2]!]!;
    to[index + 3] = keyDays[start + byDay[index + 3]!]!;
  }
  for (; index < count; index += 1) to[index] = keyDays[start + byDay[index]!]!;
}

/** From rows in the order of their days to the order of keys and days; keys are counted from 0. */
export function orderByKey(
  from: Int32Array,
  count: number,
  dayBits: number,
  keys: number,
  { keyDays, places, sorted, counts }: SortSpace,
): void {
  counts.fill(0, 0, keys);
  for (let index = 0; index < count; index += 1) counts[keyDays[index]! >>> dayBits]! += 1;
  startsOf(counts, keys);
  for (let index = 0; index < count; index += 1) {
    const keyDay = keyDays[index]!;
    const key = keyDay >>> dayBits;
    const place = counts[key]!;
    counts[key] = place + 1;
    places[from[index]!] = place;
    sorted[place] = keyDay;
  }
}

/** Puts rows of one key and day into their declared order. `from` has the rows that there are, counted from `start`. */
export function breakTies(
  rows: Int32Array,
  start: number,
  from: Int32Array,
  count: number,
  { order, places, sorted }: SortSpace,
  ties: RowOrder,
): void {
  for (let index = 0; index < count; index += 1) order[places[from[index]!]!] = from[index]!;
  for (let first = 0; first < count; ) {
    const keyDay = sorted[first]!;
    let end = first + 1;
    while (end < count && sorted[end] === keyDay) end += 1;
    if (end - first > 1) {
      const tied = order.subarray(first, end);
      tied.sort((x, y) => ties(rows[start + x]!, rows[start + y]!));
      for (let place = first; place < end; place += 1) places[order[place]!] = place;
    }
    first = end;
  }
}
