// SPDX-License-Identifier: Apache-2.0
// Rows of a stage brought together by key and, within each key, into the declared order. First they are dealt out into
// partitions that fit the cache, with the columns that the fold needs; each partition is then sorted in place, by
// counting. Input that is in order already is not sorted again.

import type { Stage } from './plan.ts';
import type { Selection } from './selection.ts';

/** Rows of one partition, sorted by key and declared order. */
export interface Run {
  readonly rows: Int32Array;
  readonly keys: Int32Array;
  readonly days: Int32Array;
  readonly tags: Int32Array;
  /** By measure; null for counts. */
  readonly values: readonly (Float64Array | null)[];
  /** By link. */
  readonly links: readonly Int32Array[];
}

/** Rows of one partition at most, unless one key has more. */
const partitionRows = 1 << 14;
/** Rows dealt out at once: bounds the memory beside the store. */
const chunkRows = 1 << 22;

function emptyRun(stage: Stage, size: number): Run {
  return {
    rows: new Int32Array(size),
    keys: new Int32Array(size),
    days: new Int32Array(size),
    tags: new Int32Array(size),
    values: stage.measures.map(({ each }) => (each === null ? null : new Float64Array(size))),
    links: stage.links.map(() => new Int32Array(size)),
  };
}

/** Visits every key with its rows [start, end) of a run, in the declared order. */
export function forEachKey(
  stage: Stage,
  selection: Selection,
  visit: (key: number, run: Run, start: number, end: number) => void,
): void {
  const { keys, count, keyCount } = selection;
  const counts = new Int32Array(keyCount);
  for (let index = 0; index < count; index += 1) counts[keys[index]!]! += 1;
  for (let first = 0; first < keyCount; ) {
    let last = first;
    let size = 0;
    do {
      size += counts[last]!;
      last += 1;
    } while (last < keyCount && size + counts[last]! <= chunkRows);
    if (size > 0) visitChunk(stage, selection, counts, first, last, size, visit);
    first = last;
  }
}

/** All keys of a stage in order, kept: to be folded again under other terms. */
export interface KeptRun {
  readonly run: Run;
  /** Keys with where their rows start; each ends where the next one starts. */
  readonly keys: Int32Array;
  readonly starts: Int32Array;
}

/** Brings the rows of a stage into order once and keeps them. */
export function keptRun(stage: Stage, selection: Selection): KeptRun {
  const run = emptyRun(stage, selection.count);
  const keys: number[] = [];
  const starts: number[] = [];
  let at = 0;
  forEachKey(stage, selection, (key, part, start, end) => {
    keys.push(key);
    starts.push(at);
    run.rows.set(part.rows.subarray(start, end), at);
    run.keys.set(part.keys.subarray(start, end), at);
    run.days.set(part.days.subarray(start, end), at);
    run.tags.set(part.tags.subarray(start, end), at);
    run.values.forEach((column, place) => {
      column?.set(part.values[place]!.subarray(start, end), at);
    });
    run.links.forEach((column, place) => {
      column.set(part.links[place]!.subarray(start, end), at);
    });
    at += end - start;
  });
  starts.push(at);
  return { run, keys: Int32Array.from(keys), starts: Int32Array.from(starts) };
}

/** Computes again, for rows that are kept in order, what depends on the terms. */
export function refreshRun(stage: Stage, { run }: KeptRun): void {
  stage.measures.forEach(({ each, isPlain }, place) => {
    const column = run.values[place];
    if (each === null || isPlain || column === null || column === undefined) return;
    for (let index = 0; index < column.length; index += 1) column[index] = each.at(run.rows[index]!);
  });
}

function visitChunk(
  stage: Stage,
  selection: Selection,
  counts: Int32Array,
  first: number,
  last: number,
  size: number,
  visit: Parameters<typeof forEachKey>[2],
): void {
  const { starts, partition } = partitions(counts, first, last);
  const dealt = emptyRun(stage, size);
  deal(stage, selection, dealt, first, last, starts.slice(0, -1), partition);
  let largest = 0;
  for (let place = 0; place + 1 < starts.length; place += 1) {
    largest = Math.max(largest, starts[place + 1]! - starts[place]!);
  }
  const sorted = emptyRun(stage, largest);
  const orders = { a: new Int32Array(largest), b: new Int32Array(largest) };
  for (let place = 0; place + 1 < starts.length; place += 1) {
    const start = starts[place]!;
    const rows = starts[place + 1]! - start;
    const order = sortedOrder(dealt, start, rows, orders, selection);
    gather(dealt, sorted, start, rows, order);
    for (let from = 0; from < rows; ) {
      const key = sorted.keys[from]!;
      let to = from + 1;
      while (to < rows && sorted.keys[to] === key) to += 1;
      visit(key, sorted, from, to);
      from = to;
    }
  }
}

/** Keys side by side share a partition while it stays small. */
function partitions(
  counts: Int32Array,
  first: number,
  last: number,
): { readonly starts: Int32Array; readonly partition: Int32Array } {
  const partition = new Int32Array(last - first);
  const starts = [0];
  let size = 0;
  let at = 0;
  for (let key = first; key < last; key += 1) {
    const rows = counts[key]!;
    if (size > 0 && size + rows > partitionRows) {
      at += size;
      starts.push(at);
      size = 0;
    }
    size += rows;
    partition[key - first] = starts.length - 1;
  }
  starts.push(at + size);
  return { starts: Int32Array.from(starts), partition };
}

function deal(
  stage: Stage,
  selection: Selection,
  to: Run,
  first: number,
  last: number,
  cursors: Int32Array,
  partition: Int32Array,
): void {
  const places = new Int32Array(to.rows.length);
  const taken = new Int32Array(to.rows.length);
  let count = 0;
  for (let index = 0; index < selection.count; index += 1) {
    const key = selection.keys[index]!;
    if (key < first || key >= last) continue;
    const into = partition[key - first]!;
    const place = cursors[into]!;
    cursors[into] = place + 1;
    to.rows[place] = selection.rows[index]!;
    to.keys[place] = key;
    to.days[place] = selection.days[index]!;
    to.tags[place] = selection.tags[index]!;
    places[count] = place;
    taken[count] = selection.rows[index]!;
    count += 1;
  }
  stage.measures.forEach(({ each }, measure) => {
    const column = to.values[measure];
    if (each === null || column === null || column === undefined) return;
    const { at } = each;
    for (let index = 0; index < count; index += 1) column[places[index]!] = at(taken[index]!);
  });
  stage.links.forEach(({ at }, link) => {
    const column = to.links[link]!;
    for (let index = 0; index < count; index += 1) column[places[index]!] = at(taken[index]!);
  });
}

/** The order by key, day and ties of the rows from `start`, as places relative to it. */
function sortedOrder(
  run: Run,
  start: number,
  rows: number,
  { a, b }: { readonly a: Int32Array; readonly b: Int32Array },
  selection: Selection,
): Int32Array {
  let low = run.days[start]!;
  let high = low;
  let isSorted = true;
  let before = low;
  for (let index = 0; index < rows; index += 1) {
    const day = run.days[start + index]!;
    if (day < before) isSorted = false;
    if (day < low) low = day;
    if (day > high) high = day;
    before = day;
    a[index] = index;
  }
  let order = a;
  let other = b;
  if (!isSorted) {
    if (high - low < 1 << 20) {
      countingSort(run.days, start, rows, low, high, order, other);
      [order, other] = [other, order];
    } else {
      order.subarray(0, rows).sort((x, y) => run.days[start + x]! - run.days[start + y]! || x - y);
    }
  }
  let lowKey = run.keys[start]!;
  let highKey = lowKey;
  for (let index = 0; index < rows; index += 1) {
    const key = run.keys[start + index]!;
    if (key < lowKey) lowKey = key;
    if (key > highKey) highKey = key;
  }
  if (lowKey !== highKey) {
    countingSort(run.keys, start, rows, lowKey, highKey, order, other);
    [order, other] = [other, order];
  }
  if (!selection.isTied) breakTies(run, start, rows, order, selection);
  return order;
}

function countingSort(
  values: Int32Array,
  start: number,
  rows: number,
  low: number,
  high: number,
  from: Int32Array,
  to: Int32Array,
): void {
  const cursors = new Int32Array(high - low + 2);
  for (let index = 0; index < rows; index += 1) cursors[values[start + index]! - low + 1]! += 1;
  for (let value = 1; value < cursors.length; value += 1) cursors[value]! += cursors[value - 1]!;
  for (let index = 0; index < rows; index += 1) {
    const place = from[index]!;
    const value = values[start + place]! - low;
    const into = cursors[value]!;
    cursors[value] = into + 1;
    to[into] = place;
  }
}

/** Puts rows of one key and day into their declared order. */
function breakTies(run: Run, start: number, rows: number, order: Int32Array, selection: Selection): void {
  const { ties } = selection;
  for (let from = 0; from < rows; ) {
    const first = start + order[from]!;
    const key = run.keys[first]!;
    const day = run.days[first]!;
    let to = from + 1;
    while (to < rows && run.days[start + order[to]!] === day && run.keys[start + order[to]!] === key) to += 1;
    if (to - from > 16) {
      order.subarray(from, to).sort((x, y) => ties(run.rows[start + x]!, run.rows[start + y]!));
    } else {
      for (let index = from + 1; index < to; index += 1) {
        const moved = order[index]!;
        let place = index;
        while (place > from && ties(run.rows[start + order[place - 1]!]!, run.rows[start + moved]!) > 0) {
          order[place] = order[place - 1]!;
          place -= 1;
        }
        order[place] = moved;
      }
    }
    from = to;
  }
}

function gather(from: Run, to: Run, start: number, rows: number, order: Int32Array): void {
  for (let index = 0; index < rows; index += 1) {
    const place = start + order[index]!;
    to.rows[index] = from.rows[place]!;
    to.keys[index] = from.keys[place]!;
    to.days[index] = from.days[place]!;
    to.tags[index] = from.tags[place]!;
  }
  gatherColumns(from.values, to.values, start, rows, order);
  gatherColumns(from.links, to.links, start, rows, order);
}

function gatherColumns(
  from: readonly (Float64Array | Int32Array | null)[],
  to: readonly (Float64Array | Int32Array | null)[],
  start: number,
  rows: number,
  order: Int32Array,
): void {
  from.forEach((source, column) => {
    const target = to[column];
    if (source === null || target === null || target === undefined) return;
    for (let index = 0; index < rows; index += 1) target[index] = source[start + order[index]!]!;
  });
}
