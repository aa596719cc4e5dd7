// SPDX-License-Identifier: Apache-2.0
// The rows that a stage folds: those that count by the day of evaluation, have a key and belong to one of its sets,
// with a bit for each set. Keys of rows of which membership is not known are noted: they are nobody's business here.

import { missingCode, missingDay, openDay } from '../../program/columns.ts';
import type { FactTable } from '../../program/fact-store.ts';
import { type Choice, type RowOrder, tieOrder } from './fact-set.ts';
import type { Stage } from './plan.ts';
import { countingDays } from './row-formula.ts';
import { Span } from './span.ts';

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

export type Tags = Uint8Array | Uint32Array;

/** Which keys a run takes: those whose code leaves `part` when divided by `of`. */
export interface Share {
  readonly part: number;
  readonly of: number;
}

export const everything: Share = { part: 0, of: 1 };

/** Rows that are looked at in one go, so that what is known of them stays in the cache. */
export const spanRows = 1 << 12;

/** Calls back with a span over each part of a table, in order. */
export function forEachSpan(rows: number, visit: (span: Span) => void): void {
  const span = new Span();
  for (let first = 0; first < rows; first += spanRows) {
    span.firstRow = first;
    span.reserve(Math.min(spanRows, rows - first));
    visit(span);
  }
}

/** Whether a row is there and counts by the day of evaluation. */
export function rowCounts(table: FactTable, row: number, day: number, asOf: number): boolean {
  return day !== missingDay && day !== openDay && day <= asOf && !table.gone.has(row);
}

/** Rows by the code of a choice: the chosen one of each code, or −1, and its day. */
interface Chosen {
  readonly best: Int32Array;
  readonly bestDay: Int32Array;
}

/** For a choice: the chosen row of each code, or −1. */
function chosenRows(stage: Stage, choice: Choice, isTied: boolean): Int32Array {
  const { table, asOf } = stage.scope;
  const days = countingDays(stage.scope).values;
  const ties = tieOrder(stage.scope);
  const codes = choice.each.dictionary.texts.length;
  const chosen = { best: new Int32Array(codes).fill(-1), bestDay: new Int32Array(codes) };
  const isFirst = choice.kind === 'first';
  const isBefore: RowOrder | null = isTied ? null : isFirst ? ties : (a, b) => ties(b, a);
  forEachSpan(table.length, (span) => {
    const truths = span.borrow();
    const links = span.borrowCodes();
    choice.candidate.many(span, truths);
    choice.each.many(span, links);
    if (table.gone.size > 0) clearGone(table, span, truths);
    chooseIn(span, truths, links, days, asOf, isFirst, isBefore, chosen);
    span.release(truths);
    span.releaseCodes(links);
  });
  return chosen.best;
}

function clearGone(table: FactTable, { firstRow, count }: Span, truths: Float64Array): void {
  for (let index = 0; index < count; index += 1) if (table.gone.has(firstRow + index)) truths[index] = 0;
}

function chooseIn(
  { firstRow, count }: Span,
  truths: Float64Array,
  links: Int32Array,
  days: Int32Array,
  asOf: number,
  isFirst: boolean,
  ties: RowOrder | null,
  { best, bestDay }: Chosen,
): void {
  const sign = isFirst ? 1 : -1;
  // Where rows stand in their order, a later one of the same day is never the first, and always the last.
  const sameDay = ties !== null || !isFirst ? 0 : -1;
  for (let index = 0; index < count; index += 1) {
    const code = links[index]!;
    if (code < 0) continue;
    const row = firstRow + index;
    const day = days[row]!;
    // The surest question first: most rows come too late.
    const later = (day - bestDay[code]!) * sign;
    if (later > sameDay && best[code] !== -1) continue;
    if (truths[index] !== 1 || day <= openDay || day > asOf) continue;
    if (later === 0 && ties !== null && best[code] !== -1 && ties(row, best[code]!) > 0) continue;
    best[code] = row;
    bestDay[code] = day;
  }
}

/** The rows of a stage. */
export function selectRows(stage: Stage, share: Share): Selection {
  const { table, asOf } = stage.scope;
  const isTied = table.kind.order.length === 0 && table.ids.isAscending();
  const chosen = stage.sets.map(({ choice }) => (choice === null ? null : chosenRows(stage, choice, isTied)));
  const tags: Tags = stage.sets.length <= 8 ? new Uint8Array(table.length) : new Uint32Array(table.length);
  const counts = new Int32Array(stage.key.dictionary.texts.length);
  const irregular = new Set<number>();
  const days = countingDays(stage.scope).values;
  const taken: Taken = { count: 0, dayLow: 2 ** 31 - 1, dayHigh: openDay, before: openDay, isByDay: true };
  forEachSpan(table.length, (span) => {
    const keys = span.borrowCodes();
    stage.key.many(span, keys);
    dropOthers(table, span, keys, days, asOf, share);
    for (const row of tagSpan(stage, chosen, tags, span)) {
      const key = keys[row - span.firstRow]!;
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

/** Sets the bits of the rows of a span, and gives the rows of which membership is not known. */
function tagSpan(
  stage: Stage,
  chosen: readonly (Int32Array | null)[],
  tags: Tags,
  span: Span,
): readonly number[] {
  const unknown: number[] = [];
  const truths = span.borrow();
  const links = span.borrowCodes();
  stage.sets.forEach(({ test, choice }, set) => {
    const best = chosen[set] ?? null;
    test.many(span, truths);
    if (choice !== null) choice.each.many(span, links);
    noteUnknown(span, truths, best === null ? null : links, unknown);
    tagMembers(span, truths, best, links, tags, 1 << set);
  });
  span.release(truths);
  span.releaseCodes(links);
  return unknown;
}

/** Adds the rows of which membership, or the link of a choice, is not known. */
function noteUnknown(
  { firstRow, count }: Span,
  truths: Float64Array,
  links: Int32Array | null,
  unknown: number[],
): void {
  let sum = 0;
  let all = 0;
  for (let index = 0; index < count; index += 1) sum += truths[index]!;
  if (links !== null) for (let index = 0; index < count; index += 1) all |= links[index]!;
  if (!Number.isNaN(sum) && all >= 0) return;
  for (let index = 0; index < count; index += 1) {
    const truth = truths[index]!;
    const isUnknown = Number.isNaN(truth) || (links !== null && truth === 1 && links[index]! < 0);
    if (isUnknown) unknown.push(firstRow + index);
  }
}

function tagMembers(
  { firstRow, count }: Span,
  truths: Float64Array,
  best: Int32Array | null,
  links: Int32Array,
  tags: Tags,
  bit: number,
): void {
  if (best === null) {
    for (let index = 0; index < count; index += 1) {
      const row = firstRow + index;
      tags[row] = tags[row]! | (bit * Number(truths[index] === 1));
    }
    return;
  }
  for (let index = 0; index < count; index += 1) {
    const row = firstRow + index;
    const link = links[index]!;
    if (link >= 0 && best[link] === row && truths[index] === 1) tags[row]! |= bit;
  }
}
