// SPDX-License-Identifier: Apache-2.0
// The rows of a stage, run by run: dealt out by key into parts that fit the cache, with the columns that the fold
// needs, then sorted part by part. One pass over the table deals; nothing is looked up row by row afterwards.

import { tieOrder } from './fact-set.ts';
import type { Stage } from './plan.ts';
import { countingDay, countingDays } from './row-formula.ts';
import { emptyRun, gather, keyDaysMax, type Run, sameForAll } from './run.ts';
import type { Selection } from './selection.ts';
import { type Known, type SortSpace, sortedOrder, sortSpace } from './sorting.ts';
import { forEachSpan, type Span, spanRows } from './span.ts';
import type { Tags } from './tags.ts';

/** Is given the rows [start, end) of a run: all rows of its keys. */
export type RunVisitor = (run: Run, start: number, end: number) => void;

/** Rows of one part at most, unless one key has more. */
const partRows = 1 << 13;
/** Rows dealt out at once: bounds the memory beside the store. */
const chunkRows = 1 << 23;

/** Visits all keys of a stage, a part at a time. */
export function forEachRun(stage: Stage, selection: Selection, visit: RunVisitor): void {
  const { counts } = selection;
  const space = sortSpace();
  for (let first = 0; first < counts.length; ) {
    let last = first;
    let size = 0;
    do {
      size += counts[last]!;
      last += 1;
    } while (last < counts.length && size + counts[last]! <= chunkRows);
    if (size > 0) visitChunk(stage, selection, { first, last, size, keyCount: counts.length }, space, visit);
    first = last;
  }
}

/** The keys [first, last), with how many rows they have. */
interface Chunk {
  readonly first: number;
  readonly last: number;
  readonly size: number;
  /** How many keys there are in all. */
  readonly keyCount: number;
}

function visitChunk(
  stage: Stage,
  selection: Selection,
  chunk: Chunk,
  space: SortSpace,
  visit: RunVisitor,
): void {
  const { dayLow, dayHigh, isByDay, isTied, ties } = selection;
  const days = { dayLow, dayRange: dayHigh - dayLow + 1 };
  const parts = partsOf(selection.counts, chunk, days.dayRange);
  const dealt = emptyRun(stage, chunk.size, days);
  deal(stage, selection, chunk, parts, dealt);
  let sorted = emptyRun(stage, Math.min(chunk.size, partRows), days);
  for (let part = 0; part < parts.firstKeys.length; part += 1) {
    const start = parts.starts[part]!;
    const count = parts.starts[part + 1]! - start;
    if (count === 0) continue;
    const firstKey = parts.firstKeys[part]!;
    const keys = (parts.firstKeys[part + 1] ?? chunk.last) - firstKey;
    const known: Known = { keys, isByDay, ties: isTied ? null : ties };
    const order = sortedOrder(dealt, start, count, known, space);
    if (order === null) visit({ ...dealt, firstKey }, start, start + count);
    else {
      if (sorted.rows.length < count) sorted = emptyRun(stage, count, days);
      gather(dealt, sorted, start, order, count);
      visit({ ...sorted, firstKey }, 0, count);
    }
  }
}

interface Parts {
  /** By part: where its rows start, and once more where the last one ends. */
  readonly starts: readonly number[];
  readonly firstKeys: readonly number[];
  /** By key of the chunk: its part. */
  readonly partOf: Int32Array;
}

/** Keys side by side share a part while it stays small. */
function partsOf(counts: Int32Array, { first, last }: Chunk, dayRange: number): Parts {
  const keysMax = Math.max(1, Math.floor(keyDaysMax / dayRange));
  const partOf = new Int32Array(last - first);
  const starts = [0];
  const firstKeys = [first];
  let at = 0;
  let size = 0;
  for (let key = first; key < last; key += 1) {
    const rows = counts[key]!;
    if ((size > 0 && size + rows > partRows) || key - firstKeys.at(-1)! >= keysMax) {
      at += size;
      starts.push(at);
      firstKeys.push(key);
      size = 0;
    }
    size += rows;
    partOf[key - first] = firstKeys.length - 1;
  }
  starts.push(at + size);
  return { starts, firstKeys, partOf };
}

/** Deals the rows of a chunk of keys out into its parts. */
function deal(stage: Stage, selection: Selection, chunk: Chunk, parts: Parts, to: Run): void {
  const { table } = stage.scope;
  const { tags } = selection;
  const days = countingDays(stage.scope).values;
  const { first } = chunk;
  const cursors = Int32Array.from(parts.starts);
  const { partOf } = parts;
  // By key: what is added to a day to give key and day in one number.
  const bases = Int32Array.from(
    partOf,
    (part, key) => (first + key - parts.firstKeys[part]!) * to.dayRange - to.dayLow,
  );
  const room: Room = { places: new Int32Array(spanRows), taken: new Int32Array(spanRows) };
  forEachSpan(table.length, (span) => {
    const keys = span.borrowCodes();
    stage.key.many(span, keys);
    const size = placeSpan(span, tags, keys, days, chunk, partOf, bases, cursors, to, room);
    const column = span.borrow();
    stage.measures.forEach(({ each }, measure) => {
      const target = to.values[measure];
      if (each === null || target === null || target === undefined) return;
      each.many(span, column);
      dealDoubles(column, target, room, size);
    });
    span.release(column);
    stage.links.forEach((link, place) => {
      link.many(span, keys);
      dealIntegers(keys, to.links[place]!, room, size);
    });
    span.releaseCodes(keys);
  });
}

/** Where the rows of a span that are taken go, and where in the span they stand. */
interface Room {
  readonly places: Int32Array;
  readonly taken: Int32Array;
}

/** Finds the places of the rows of a span, and puts there what all stages need. Gives how many are taken. */
function placeSpan(
  { firstRow, count }: Span,
  tags: Tags,
  keys: Int32Array,
  days: Int32Array,
  { first, last, keyCount }: Chunk,
  partOf: Int32Array,
  bases: Int32Array,
  cursors: Int32Array,
  to: Run,
  { places, taken }: Room,
): number {
  const { rows, keyDays, tags: dealtTags } = to;
  let size = 0;
  for (let index = 0; index < count; index += 1) {
    taken[size] = index;
    // No branch asks which rows are taken, since that cannot be guessed.
    size += Number(tags[firstRow + index] !== 0);
  }
  if (first > 0 || last < keyCount) size = withKeys(keys, first, last, taken, size);
  for (let index = 0; index < size; index += 1) {
    const row = firstRow + taken[index]!;
    const key = keys[taken[index]!]! - first;
    const part = partOf[key]!;
    const place = cursors[part]!;
    cursors[part] = place + 1;
    rows[place] = row;
    keyDays[place] = bases[key]! + days[row]!;
    places[index] = place;
  }
  if (dealtTags === null) return size;
  for (let index = 0; index < size; index += 1) {
    dealtTags[places[index]!] = tags[firstRow + taken[index]!]!;
  }
  return size;
}

/** Keeps the places with a key of the chunk. */
function withKeys(keys: Int32Array, first: number, last: number, taken: Int32Array, size: number): number {
  let kept = 0;
  for (let index = 0; index < size; index += 1) {
    const place = taken[index]!;
    taken[kept] = place;
    kept += Number(keys[place]! >= first && keys[place]! < last);
  }
  return kept;
}

function dealDoubles(from: Float64Array, to: Float64Array, { places, taken }: Room, size: number): void {
  for (let index = 0; index < size; index += 1) to[places[index]!] = from[taken[index]!]!;
}

function dealIntegers(from: Int32Array, to: Int32Array, { places, taken }: Room, size: number): void {
  for (let index = 0; index < size; index += 1) to[places[index]!] = from[taken[index]!]!;
}

/** The rows of one key in their order. */
export function runOfKey(stage: Stage, key: number, rows: readonly number[], tags: readonly number[]): Run {
  const day = countingDay(stage.scope);
  const days = rows.map(day);
  const dayLow = days.reduce((low, on) => Math.min(low, on), days[0] ?? 0);
  const dayHigh = days.reduce((high, on) => Math.max(high, on), dayLow);
  const dealt = emptyRun(stage, rows.length, { dayLow, dayRange: dayHigh - dayLow + 1 });
  dealt.rows.set(rows);
  dealt.tags?.set(tags);
  dealt.keyDays.set(days.map((on) => on - dayLow));
  stage.measures.forEach(({ each }, measure) => {
    const target = dealt.values[measure];
    if (each !== null && target !== null && target !== undefined && sameForAll(each) === null)
      target.set(rows.map(each.at));
  });
  stage.links.forEach(({ at }, link) => {
    dealt.links[link]!.set(rows.map(at));
  });
  const known = { keys: 1, isByDay: false, ties: tieOrder(stage.scope) };
  const order = sortedOrder(dealt, 0, rows.length, known, sortSpace());
  const sorted = emptyRun(stage, rows.length, dealt);
  if (order === null) return { ...dealt, firstKey: key };
  gather(dealt, sorted, 0, order, rows.length);
  return { ...sorted, firstKey: key };
}
