// SPDX-License-Identifier: Apache-2.0
// The rows of stages, run by run: dealt out into parts that fit the cache, then sorted part by part, for every stage of
// a group while they are there.

import { columnsOf, type DealtRoom, deal } from './dealing.ts';
import { tieOrder } from './fact-set.ts';
import { apart, type Group, groupOf, type Member } from './groups.ts';
import { type Parts, partsOf } from './parts.ts';
import type { Stage } from './plan.ts';
import { Rekeying } from './rekeying.ts';
import { countingDay } from './row-formula.ts';
import { daySpan, emptyColumns, keysMax, type RowColumns, type Run } from './run.ts';
import { type Selection, type Share, selectRows } from './selection.ts';
import {
  breakTies,
  isSorted,
  orderByDay,
  orderByKey,
  type SortSpace,
  sortSpace,
  takeKeyDays,
} from './sorting.ts';
import type { Tags } from './tags.ts';

/** What is told of the stages of a group. */
export interface RunVisitor {
  /** The rows [start, end) of a run of a stage: all rows of its keys. */
  readonly run: (stage: Stage, run: Run, start: number, end: number) => void;
  /** Keys of a stage with rows of which it is not known whether they belong. */
  readonly irregular: (stage: Stage, keys: ReadonlySet<number>) => void;
}

/** Columns that are used again for each evaluation. */
export interface RunRoom {
  readonly dealt: DealtRoom;
}

export function runRoom(): RunRoom {
  return { dealt: { columns: null, size: 0 } };
}

/** Rows dealt out at once: bounds the memory beside the store. */
const chunkRows = 1 << 23;

/** Visits all keys of a group of stages, a part at a time. */
export function forEachRun(group: Group, share: Share, room: RunRoom, visitor: RunVisitor): void {
  const selection = selectRows(group, share);
  const { counts, days, isShared } = selection;
  const parts = partsOf(counts, group.families, keysMax(days.dayBits), isShared);
  if (parts === null) {
    for (const one of apart(group)) forEachRun(one, share, room, visitor);
    return;
  }
  const members = [group.first, ...group.others];
  members.forEach(({ stage }, place) => {
    visitor.irregular(stage, selection.irregular[place]!);
  });
  const { starts } = parts;
  const count = starts.length - 1;
  const sorter = new PartSorter(group, selection, parts);
  for (let first = 0; first < count; ) {
    let last = first + 1;
    while (last < count && starts[last + 1]! - starts[first]! <= chunkRows) last += 1;
    const size = starts[last]! - starts[first]!;
    if (size > 0) {
      const dealt = columnsOf(group, size, room.dealt);
      deal(group, selection, parts, first, last, dealt);
      for (let part = first; part < last; part += 1) {
        sorter.visit(dealt, part, starts[part]! - starts[first]!, visitor.run);
      }
    }
    first = last;
  }
}

/** Brings the rows of one part after the other into the order of each stage. */
class PartSorter {
  private readonly group: Group;
  private readonly selection: Selection;
  private readonly parts: Parts;
  private readonly rekeyings: readonly Rekeying[];
  private readonly space: SortSpace;
  /** The order of days for the stages behind the first one. */
  private readonly source: Int32Array;
  private readonly sorted: RowColumns;

  constructor(group: Group, selection: Selection, parts: Parts) {
    this.group = group;
    this.selection = selection;
    this.parts = parts;
    const { starts, firstKeys } = parts;
    const rows = starts.reduce((most, start, part) => Math.max(most, start - (starts[part - 1] ?? 0)), 0);
    const keys = firstKeys.reduce((most, key, part) => Math.max(most, key - (firstKeys[part - 1] ?? 0)), 0);
    this.rekeyings = group.others.map(
      ({ stage, relation }) =>
        new Rekeying(relation!, stage.key.dictionary.texts.length, keys, selection.days, selection.dayHigh),
    );
    this.space = sortSpace(rows, keys);
    this.source = new Int32Array(group.others.length === 0 ? 0 : rows);
    // One place more, for rows that a stage leaves out.
    this.sorted = emptyColumns(rows + 1, group.sets.length, group.values.length, group.links.length);
  }

  visit(dealt: RowColumns, part: number, start: number, visit: RunVisitor['run']): void {
    const { starts, keys, firstKeys } = this.parts;
    const count = starts[part + 1]! - starts[part]!;
    if (count === 0) return;
    const { days, isByDay, ties, common } = this.selection;
    const { space } = this;
    const { first, others } = this.group;
    const own = keys.subarray(firstKeys[part], firstKeys[part + 1]);
    const inPlace = ties === null && isSorted(dealt.keyDays, start, count);
    if (inPlace)
      visit(first.stage, runOf(first, dealt, dealt.keyDays, own, days, common), start, start + count);
    if (inPlace && others.length === 0) return;
    orderByDay(dealt.keyDays, start, count, days.dayBits, isByDay, space);
    if (!inPlace) {
      takeKeyDays(dealt.keyDays, start, count, space);
      orderByKey(space.byDay, count, days.dayBits, own.length, space);
      this.visitOrdered(first, dealt, start, count, space.byDay, count, own, visit);
    }
    others.forEach((member, place) => {
      const rekeying = this.rekeyings[place]!;
      takeKeyDays(dealt.keyDays, start, count, space);
      const kept = rekeying.rekey(this.parts, part, count, space, this.source);
      if (kept === 0) return;
      orderByKey(this.source, kept, days.dayBits, rekeying.count, space);
      this.visitOrdered(member, dealt, start, count, this.source, kept, rekeying.keys, visit);
    });
  }

  private visitOrdered(
    member: Member,
    dealt: RowColumns,
    start: number,
    count: number,
    from: Int32Array,
    kept: number,
    keys: Int32Array,
    visit: RunVisitor['run'],
  ): void {
    const { ties, days, common } = this.selection;
    const { space, sorted } = this;
    if (ties !== null) breakTies(dealt.rows, start, from, kept, space, ties);
    putInOrder(member, dealt, start, space.places, count, sorted);
    visit(member.stage, runOf(member, sorted, space.sorted, keys, days, common), 0, kept);
  }
}

/** The columns of a stage among those of its group. */
function runOf(
  { bits, values, links }: Member,
  columns: RowColumns,
  keyDays: Int32Array,
  keys: Int32Array,
  days: Selection['days'],
  common: number,
): Run {
  return {
    ...days,
    common,
    rows: columns.rows,
    keyDays,
    tags: columns.tags,
    bits,
    values: values.map((column) => (column === -1 ? null : columns.values[column]!)),
    links: links.map((column) => columns.links[column]!),
    keys,
  };
}

/** Puts rows from `start` on where they belong: read one after the other, written within the cache. */
function putInOrder(
  { values, links }: Member,
  from: RowColumns,
  start: number,
  places: Int32Array,
  count: number,
  to: RowColumns,
): void {
  putIntegers(from.rows, to.rows, start, places, count);
  if (from.tags !== null && to.tags !== null) putTags(from.tags, to.tags, start, places, count);
  for (const column of links) putIntegers(from.links[column]!, to.links[column]!, start, places, count);
  for (const column of values) {
    if (column !== -1) putDoubles(from.values[column]!, to.values[column]!, start, places, count);
  }
}

// Four at a time: where a column lies is looked up once in each turn of a loop, which costs as much as the copy.

function putIntegers(
  from: Int32Array,
  to: Int32Array,
  start: number,
  places: Int32Array,
  count: number,
): void {
  let index = 0;
  for (; index + 3 < count; index += 4) {
    to[places[index]!] = from[start + index]!;
    to[places[index + 1]!] = from[start + index + 1]!;
    to[places[index + 2]!] = from[start + index + 2]!;
    to[places[index + 3]!] = from[start + index + 3]!;
  }
  for (; index < count; index += 1) to[places[index]!] = from[start + index]!;
}

function putTags(from: Tags, to: Tags, start: number, places: Int32Array, count: number): void {
  let index = 0;
  for (; index + 3 < count; index += 4) {
    to[places[index]!] = from[start + index]!;
    to[places[index + 1]!] = from[start + index + 1]!;
    to[places[index + 2]!] = from[start + index + 2]!;
    to[places[index + 3]!] = from[start + index + 3]!;
  }
  for (; index < count; index += 1) to[places[index]!] = from[start + index]!;
}

function putDoubles(
  from: Float64Array,
  to: Float64Array,
  start: number,
  places: Int32Array,
  count: number,
): void {
  let index = 0;
  for (; index + 3 < count; index += 4) {
    to[places[index]!] = from[start + index]!;
    to[places[index + 1]!] = from[start + index + 1]!;
    to[places[index + 2]!] = from[start + index + 2]!;
    to[places[index + 3]!] = from[start + index + 3]!;
  }
  for (; index < count; index += 1) to[places[index]!] = from[start + index]!;
}

/** The rows of one key in their order. */
export function runOfKey(stage: Stage, key: number, rows: readonly number[], tags: readonly number[]): Run {
  const day = countingDay(stage.scope);
  const onDays = rows.map(day);
  const dayLow = onDays.reduce((low, on) => Math.min(low, on), onDays[0] ?? 0);
  const dayHigh = onDays.reduce((high, on) => Math.max(high, on), dayLow);
  const days = daySpan(dayLow, dayHigh);
  const group = groupOf(stage, []);
  const { first } = group;
  const given = emptyColumns(rows.length, group.sets.length, group.values.length, group.links.length);
  given.rows.set(rows);
  given.tags?.set(tags);
  given.keyDays.set(onDays.map((on) => on - dayLow));
  group.values.forEach(({ at }, column) => {
    given.values[column]!.set(rows.map(at));
  });
  group.links.forEach(({ at }, column) => {
    given.links[column]!.set(rows.map(at));
  });
  const space = sortSpace(rows.length, 1);
  orderByDay(given.keyDays, 0, rows.length, days.dayBits, false, space);
  takeKeyDays(given.keyDays, 0, rows.length, space);
  orderByKey(space.byDay, rows.length, days.dayBits, 1, space);
  breakTies(given.rows, 0, space.byDay, rows.length, space, tieOrder(stage.scope));
  const sorted = emptyColumns(rows.length, group.sets.length, group.values.length, group.links.length);
  putInOrder(first, given, 0, space.places, rows.length, sorted);
  const common = tags.reduce((all, tag) => all & tag, -1);
  return runOf(first, sorted, space.sorted, Int32Array.of(key), days, common);
}
