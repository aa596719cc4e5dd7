// SPDX-License-Identifier: Apache-2.0
// One pass over the table that deals its rows out into parts, with the columns that the folds need; nothing is looked
// up row by row afterwards.

import type { Group } from './groups.ts';
import type { Parts } from './parts.ts';
import { countingDays } from './row-formula.ts';
import { emptyColumns, type RowColumns } from './run.ts';
import { type Selection, takenPlaces } from './selection.ts';
import { forEachSpan, type Span, spanRows } from './span.ts';

/** Columns that are used again for each dealing. */
export interface DealtRoom {
  columns: RowColumns | null;
  size: number;
}

/** The columns of so many rows of a group: those of the room, where they are large enough. */
export function columnsOf(group: Group, size: number, room: DealtRoom): RowColumns {
  const { sets, values, links } = group;
  const held = room.columns;
  const isFitting =
    held !== null &&
    room.size >= size &&
    held.values.length === values.length &&
    held.links.length === links.length &&
    tagBytes(held.tags?.BYTES_PER_ELEMENT) ===
      tagBytes(sets.length === 1 ? undefined : sets.length <= 8 ? 1 : 4);
  if (isFitting) return held;
  room.columns = null;
  const columns = emptyColumns(size, sets.length, values.length, links.length);
  room.columns = columns;
  room.size = size;
  return columns;
}

function tagBytes(bytes: number | undefined): number {
  return bytes ?? 0;
}

/** Deals the rows of the parts [first, last) out, from place 0 on. */
export function deal(
  group: Group,
  selection: Selection,
  parts: Parts,
  first: number,
  last: number,
  to: RowColumns,
): void {
  const { scope, key } = group.first.stage;
  const { tags } = selection;
  const { dayBits, dayLow } = selection.days;
  const days = countingDays(scope).values;
  const base = parts.starts[first]!;
  const cursors = Int32Array.from(parts.starts, (start) => start - base);
  const isAll = first === 0 && last === parts.starts.length - 1 && selection.isShared === null;
  // By key: what is added to a day to give key and day in one number.
  const bases = parts.numbers.map((number) => (number << dayBits) - dayLow);
  const { partOf } = parts;
  const taken = new Int32Array(spanRows);
  const places = new Int32Array(spanRows);
  forEachSpan(scope.table.length, (span) => {
    const codes = span.borrowCodes();
    key.many(span, codes);
    let size = takenPlaces(span, tags, taken);
    if (!isAll) size = inParts(codes, partOf, first, last, taken, size);
    placeRows(span, codes, days, partOf, bases, cursors, to, taken, places, size);
    if (to.tags !== null) dealTags(span, tags, to.tags, taken, places, size);
    const column = span.borrow();
    for (let value = 0; value < group.values.length; value += 1) {
      group.values[value]!.many(span, column);
      dealDoubles(column, to.values[value]!, taken, places, size);
    }
    span.release(column);
    for (let link = 0; link < group.links.length; link += 1) {
      group.links[link]!.many(span, codes);
      dealIntegers(codes, to.links[link]!, taken, places, size);
    }
    span.releaseCodes(codes);
  });
}

/** Keeps the rows whose key is in one of the parts [first, last). */
function inParts(
  keys: Int32Array,
  partOf: Int32Array,
  first: number,
  last: number,
  taken: Int32Array,
  size: number,
): number {
  let kept = 0;
  for (let index = 0; index < size; index += 1) {
    const place = taken[index]!;
    const part = partOf[keys[place]!]!;
    taken[kept] = place;
    kept += Number(part >= first && part < last);
  }
  return kept;
}

/** Finds the place of each row, and puts there what every stage needs. */
function placeRows(
  { firstRow }: Span,
  keys: Int32Array,
  days: Int32Array,
  partOf: Int32Array,
  bases: Int32Array,
  cursors: Int32Array,
  { rows, keyDays }: RowColumns,
  taken: Int32Array,
  places: Int32Array,
  size: number,
): void {
  for (let index = 0; index < size; index += 1) {
    const from = taken[index]!;
    const row = firstRow + from;
    const key = keys[from]!;
    const part = partOf[key]!;
    const place = cursors[part]!;
    cursors[part] = place + 1;
    rows[place] = row;
    keyDays[place] = bases[key]! + days[row]!;
    places[index] = place;
  }
}

function dealTags(
  { firstRow }: Span,
  from: Selection['tags'],
  to: Selection['tags'],
  taken: Int32Array,
  places: Int32Array,
  size: number,
): void {
  for (let index = 0; index < size; index += 1) to[places[index]!] = from[firstRow + taken[index]!]!;
}

// Four at a time: where a column lies is looked up once in each turn of a loop, which costs as much as the copy.

function dealDoubles(
  from: Float64Array,
  to: Float64Array,
  taken: Int32Array,
  places: Int32Array,
  size: number,
): void {
  let index = 0;
  for (; index + 3 < size; index += 4) {
    to[places[index]!] = from[taken[index]!]!;
    to[places[index + 1]!] = from[taken[index + 1]!]!;
    to[places[index + 2]!] = from[taken[index + 2]!]!;
    to[places[index + 3]!] = from[taken[index + 3]!]!;
  }
  for (; index < size; index += 1) to[places[index]!] = from[taken[index]!]!;
}

function dealIntegers(
  from: Int32Array,
  to: Int32Array,
  taken: Int32Array,
  places: Int32Array,
  size: number,
): void {
  let index = 0;
  for (; index + 3 < size; index += 4) {
    to[places[index]!] = from[taken[index]!]!;
    to[places[index + 1]!] = from[taken[index + 1]!]!;
    to[places[index + 2]!] = from[taken[index + 2]!]!;
    to[places[index + 3]!] = from[taken[index + 3]!]!;
  }
  for (; index < size; index += 1) to[places[index]!] = from[taken[index]!]!;
}
