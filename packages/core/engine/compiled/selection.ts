// SPDX-License-Identifier: Apache-2.0
// The rows that a group of stages folds: those that count by the day of evaluation, have a key and belong to a set of the
// group. Keys of rows of which membership is not known are noted: they are nobody's business here.

import { missingCode, openDay } from '../../program/columns.ts';
import type { FactTable } from '../../program/fact-store.ts';
import { type RowOrder, tieOrder } from './fact-set.ts';
import type { Group, Member } from './groups.ts';
import { countingDays } from './row-formula.ts';
import { type DaySpan, daySpan } from './run.ts';
import { forEachSpan, type Span, spanRows } from './span.ts';
import { type Tags, taggedRows } from './tags.ts';

export interface Selection {
  /** By row: a bit for each set that it belongs to; 0 where it is not taken. */
  readonly tags: Tags;
  /** By key: how many rows are taken, of every share. */
  readonly counts: Int32Array;
  /** Whether a key is in the share; null where all are. */
  readonly isShared: ((key: number) => boolean) | null;
  /** The last day of the rows that are taken; the first is that of `days`. */
  readonly dayHigh: number;
  readonly days: DaySpan;
  /** Whether the rows that are taken stand in the order of their days. */
  readonly isByDay: boolean;
  /** Bits that all of them have. */
  readonly common: number;
  /** How rows of one day are ordered; null where they stand in their order. */
  readonly ties: RowOrder | null;
  /** By stage of the group: keys with a row of which it is not known whether it belongs. */
  readonly irregular: readonly ReadonlySet<number>[];
}

/** Which keys a run takes: those that leave `part` when divided by `of`, or whose family does. */
export interface Share {
  readonly part: number;
  readonly of: number;
}

export const everything: Share = { part: 0, of: 1 };

/** Whether a row is there and counts by the day of evaluation. */
export function rowCounts(table: FactTable, row: number, day: number, asOf: number): boolean {
  return day > openDay && day <= asOf && !table.gone.has(row);
}

/** The rows of a group. */
export function selectRows(group: Group, share: Share): Selection {
  const { scope, key } = group.first.stage;
  const { table } = scope;
  const isTied = table.kind.order.length === 0 && table.ids.isAscending();
  const { tags, unknown } = taggedRows(scope, group.sets, isTied);
  const taken = takeRows(group, tags);
  const isShared = sharedKeys(group, share);
  const irregular = [group.first, ...group.others].map((member) =>
    irregularKeys(member, unknown, (row) => isShared === null || isShared(key.at(row))),
  );
  const { counts, dayLow, dayHigh, isByDay, common } = taken;
  return {
    tags,
    counts,
    dayHigh,
    days: dayHigh < dayLow ? { dayLow: 0, dayBits: 0 } : daySpan(dayLow, dayHigh),
    isByDay,
    common,
    irregular,
    isShared,
    ties: isTied ? null : tieOrder(scope),
  };
}

function sharedKeys({ families }: Group, { part, of }: Share): Selection['isShared'] {
  if (of === 1) return null;
  return (key) => key >= 0 && (families === null ? key : families.of[key]!) % of === part;
}

function irregularKeys(
  { stage, bits }: Member,
  unknown: ReadonlyMap<number, number>,
  isShared: (row: number) => boolean,
): ReadonlySet<number> {
  const { table, asOf } = stage.scope;
  const all = bits.reduce((sum, bit) => sum | bit, 0);
  const days = countingDays(stage.scope).values;
  const keys = new Set<number>();
  for (const [row, asked] of unknown) {
    if ((asked & all) === 0 || !rowCounts(table, row, days[row]!, asOf) || !isShared(row)) continue;
    const key = stage.key.at(row);
    if (key >= 0) keys.add(key);
  }
  return keys;
}

interface Taken {
  readonly counts: Int32Array;
  dayLow: number;
  dayHigh: number;
  /** The day of the row that was taken last. */
  before: number;
  isByDay: boolean;
  common: number;
}

/** Counts the rows that belong to a set, count by the day of evaluation and have a key; the others lose their bits. */
function takeRows(group: Group, tags: Tags): Taken {
  const { scope, key } = group.first.stage;
  const { table, asOf } = scope;
  const days = countingDays(scope).values;
  const counts = new Int32Array(key.dictionary.texts.length);
  const taken: Taken = {
    counts,
    dayLow: 2 ** 31 - 1,
    dayHigh: openDay,
    before: openDay,
    isByDay: true,
    common: -1,
  };
  const places = new Int32Array(spanRows);
  forEachSpan(table.length, (span) => {
    const keys = span.borrowCodes();
    key.many(span, keys);
    if (table.gone.size > 0) dropGone(span, keys, table.gone);
    const bounds = boundsOf(span, keys, days);
    // Hardly ever is a key missing, or a day not there or still to come; then rows are looked at one by one.
    if (bounds.key < 0 || bounds.low <= openDay || bounds.high > asOf) {
      dropRows(span, tags, keys, days, asOf);
    }
    const size = takenPlaces(span, tags, places);
    countTaken(span, tags, places, size, keys, days, taken);
    span.releaseCodes(keys);
  });
  return taken;
}

function dropGone({ firstRow, count }: Span, keys: Int32Array, gone: ReadonlySet<number>): void {
  for (let index = 0; index < count; index += 1) if (gone.has(firstRow + index)) keys[index] = missingCode;
}

function boundsOf(
  { firstRow, count }: Span,
  keys: Int32Array,
  days: Int32Array,
): { readonly key: number; readonly low: number; readonly high: number } {
  let key = 0;
  let low = 2 ** 31 - 1;
  let high = openDay;
  for (let index = 0; index < count; index += 1) {
    const day = days[firstRow + index]!;
    key |= keys[index]!;
    low = Math.min(low, day);
    high = Math.max(high, day);
  }
  return { key, low, high };
}

function dropRows(
  { firstRow, count }: Span,
  tags: Tags,
  keys: Int32Array,
  days: Int32Array,
  asOf: number,
): void {
  for (let index = 0; index < count; index += 1) {
    const day = days[firstRow + index]!;
    if (keys[index]! < 0 || day <= openDay || day > asOf) tags[firstRow + index] = 0;
  }
}

/**
 * Puts the places of the rows with a bit. No branch asks which these are, since that cannot be guessed; four rows in each
 * turn, since where a column lies is looked up in each.
 */
export function takenPlaces({ firstRow, count }: Span, tags: Tags, places: Int32Array): number {
  let size = 0;
  let index = 0;
  for (; index + 3 < count; index += 4) {
    const row = firstRow + index;
    places[size] = index;
    size += Number(tags[row] !== 0);
    places[size] = index + 1;
    size += Number(tags[row + 1] !== 0);
    places[size] = index + 2;
    size += Number(tags[row + 2] !== 0);
    places[size] = index + 3;
    size += Number(tags[row + 3] !== 0);
  }
  for (; index < count; index += 1) {
    places[size] = index;
    size += Number(tags[firstRow + index] !== 0);
  }
  return size;
}

function countTaken(
  { firstRow }: Span,
  tags: Tags,
  places: Int32Array,
  size: number,
  keys: Int32Array,
  days: Int32Array,
  taken: Taken,
): void {
  const { counts } = taken;
  let { dayLow, dayHigh, before, common } = taken;
  let earlier = 0;
  for (let index = 0; index < size; index += 1) {
    const place = places[index]!;
    const day = days[firstRow + place]!;
    counts[keys[place]!]! += 1;
    common &= tags[firstRow + place]!;
    dayLow = Math.min(dayLow, day);
    dayHigh = Math.max(dayHigh, day);
    earlier += Number(day < before);
    before = day;
  }
  taken.dayLow = dayLow;
  taken.dayHigh = dayHigh;
  taken.before = before;
  taken.common = common;
  if (earlier > 0) taken.isByDay = false;
}
