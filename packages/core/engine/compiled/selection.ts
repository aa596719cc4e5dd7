// SPDX-License-Identifier: Apache-2.0
// The rows that a stage folds: those that count by the day of evaluation, have a key and belong to one of its sets,
// with a bit for each set. Keys of rows of which membership is not known are noted: they are nobody's business here.

import { missingCode, missingDay, openDay } from '../../program/columns.ts';
import type { FactTable } from '../../program/fact-store.ts';
import { type RowOrder, tieOrder } from './fact-set.ts';
import type { Stage } from './plan.ts';
import { countingDays } from './row-formula.ts';
import { forEachSpan, type Span } from './span.ts';
import { type Tags, taggedRows } from './tags.ts';

export interface Selection {
  /** By row: a bit for each set that it belongs to; 0 where it is not taken. */
  readonly tags: Tags;
  /** How many rows are taken, in all and by key. */
  readonly count: number;
  readonly counts: Int32Array;
  /** The first and last day of the rows that are taken. */
  readonly dayLow: number;
  readonly dayHigh: number;
  /** Whether the rows that are taken stand in the order of their days. */
  readonly isByDay: boolean;
  /** Keys with a row of which it is not known whether it belongs. */
  readonly irregular: ReadonlySet<number>;
  /** Whether rows of one day already stand in their declared order. */
  readonly isTied: boolean;
  readonly ties: RowOrder;
}

/** Which keys a run takes: those whose code leaves `part` when divided by `of`. */
export interface Share {
  readonly part: number;
  readonly of: number;
}

export const everything: Share = { part: 0, of: 1 };

/** Whether a row is there and counts by the day of evaluation. */
export function rowCounts(table: FactTable, row: number, day: number, asOf: number): boolean {
  return day !== missingDay && day !== openDay && day <= asOf && !table.gone.has(row);
}

/** The rows of a stage. */
export function selectRows(stage: Stage, share: Share): Selection {
  const { table, asOf } = stage.scope;
  const isTied = table.kind.order.length === 0 && table.ids.isAscending();
  const { tags, unknown } = taggedRows(stage, isTied);
  const counts = new Int32Array(stage.key.dictionary.texts.length);
  const irregular = new Set<number>();
  const days = countingDays(stage.scope).values;
  const taken: Taken = { count: 0, dayLow: 2 ** 31 - 1, dayHigh: openDay, before: openDay, isByDay: true };
  let next = 0;
  forEachSpan(table.length, (span) => {
    const keys = span.borrowCodes();
    stage.key.many(span, keys);
    dropOthers(table, span, keys, days, asOf, share);
    for (; next < unknown.length && unknown[next]! < span.firstRow + span.count; next += 1) {
      const key = keys[unknown[next]! - span.firstRow]!;
      if (key >= 0) irregular.add(key);
    }
    takeSpan(span, tags, keys, days, counts, taken);
    span.releaseCodes(keys);
  });
  const { count, dayLow, dayHigh, isByDay } = taken;
  return { tags, counts, count, dayLow, dayHigh, isByDay, irregular, isTied, ties: tieOrder(stage.scope) };
}

interface Taken {
  count: number;
  dayLow: number;
  dayHigh: number;
  /** The day of the row that was taken last. */
  before: number;
  isByDay: boolean;
}

/** Takes the key from rows that do not count by the day of evaluation, and of other shares. */
function dropOthers(
  table: FactTable,
  { firstRow, count }: Span,
  keys: Int32Array,
  days: Int32Array,
  asOf: number,
  { part, of }: Share,
): void {
  for (let index = 0; index < count; index += 1) {
    const day = days[firstRow + index]!;
    if (day <= openDay || day > asOf || (of > 1 && keys[index]! % of !== part)) keys[index] = missingCode;
  }
  if (table.gone.size === 0) return;
  for (let index = 0; index < count; index += 1) {
    if (table.gone.has(firstRow + index)) keys[index] = missingCode;
  }
}

/** Counts the rows of a span that belong to a set and have a key; the others lose their bits. */
function takeSpan(
  span: Span,
  tags: Tags,
  keys: Int32Array,
  days: Int32Array,
  counts: Int32Array,
  taken: Taken,
): void {
  const { firstRow } = span;
  const places = span.borrowCodes();
  const size = takenPlaces(span, tags, keys, places);
  let { dayLow, dayHigh } = taken;
  for (let index = 0; index < size; index += 1) {
    const place = places[index]!;
    const day = days[firstRow + place]!;
    counts[keys[place]!]! += 1;
    dayLow = Math.min(dayLow, day);
    dayHigh = Math.max(dayHigh, day);
  }
  for (let index = 0; taken.isByDay && index < size; index += 1) {
    const day = days[firstRow + places[index]!]!;
    taken.isByDay = day >= taken.before;
    taken.before = day;
  }
  taken.count += size;
  taken.dayLow = dayLow;
  taken.dayHigh = dayHigh;
  span.releaseCodes(places);
}

/** Puts the places of rows with a bit and a key, and takes the bits of those without. No branch asks which these are. */
function takenPlaces({ firstRow, count }: Span, tags: Tags, keys: Int32Array, places: Int32Array): number {
  let size = 0;
  for (let index = 0; index < count; index += 1) {
    const row = firstRow + index;
    const tag = tags[row]! * Number(keys[index]! >= 0);
    tags[row] = tag;
    places[size] = index;
    size += Number(tag !== 0);
  }
  return size;
}
