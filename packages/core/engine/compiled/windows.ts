// SPDX-License-Identifier: Apache-2.0
// The rows of a run cut by key and period: which rows each window has, which of them belong to a set, and what every
// measure adds up to. Windows stand in the order of keys and periods; each begins where the one before it ends. What
// nobody asks for is not computed.

import type { PeriodIndex } from './period-index.ts';
import type { Stage } from './plan.ts';
import { type Run, sameForAll } from './run.ts';
import { largest } from './scaled.ts';
import type { Tags } from './tags.ts';

/** What a measure adds up to, by window. */
export interface MeasureSums {
  /** NaN where it is too large to be exact. */
  readonly sums: Float64Array;
  /** Sums of sizes: equal to the size of the sum where all values have one sign. */
  readonly sizes: Float64Array;
  /** The largest of the sizes; above `largest`, or NaN, where one is not exact. */
  readonly most: number;
  /** Whether every value is known and none is below zero. */
  readonly isRising: boolean;
}

/** The members of a set, window by window. */
export interface Members {
  /** By window: its first member; once more where the last one ends. */
  readonly starts: Int32Array;
  /** By member: the row of its fact. */
  readonly rows: Int32Array;
}

/** Members that are not all rows, and their places in the run. */
interface ChosenMembers extends Members {
  starts: Int32Array;
  rows: Int32Array;
  places: Int32Array;
  /** The cut that they belong to. */
  cut: number;
}

/** A measure with what was computed of it, and for which cut. */
interface KeptMeasure extends MeasureSums {
  sums: Float64Array;
  sizes: Float64Array;
  most: number;
  isRising: boolean;
  cut: number;
  values: Float64Array;
  valuesCut: number;
  prefixes: Float64Array;
  prefixesCut: number;
}

export class Windows {
  readonly periods: PeriodIndex;
  count = 0;
  keys = new Int32Array(0);
  ordinals = new Int32Array(0);
  /** The first row of each window; once more where the last one ends. */
  starts = new Int32Array(1);
  run: Run;
  /** The first row of the run that is looked at. */
  start = 0;
  /** Counts the cuts; what is kept of an earlier one is computed anew. */
  private cuts = 0;
  private readonly measures: (KeptMeasure | undefined)[] = [];
  private readonly chosen: (ChosenMembers | undefined)[] = [];

  constructor(periods: PeriodIndex, run: Run) {
    this.periods = periods;
    this.run = run;
  }

  /** Cuts the rows [start, end) of a run. */
  cut(run: Run, start: number, end: number): void {
    this.run = run;
    this.start = start;
    this.count = 0;
    this.cuts += 1;
    const { keyDays, keys, dayLow, dayBits } = run;
    const { periods } = this;
    const days = 2 ** dayBits;
    for (let row = start; row < end; ) {
      const keyDay = keyDays[row]!;
      const key = keyDay >>> dayBits;
      const day = keyDay & (days - 1);
      const limit = keyDay - day + Math.min(days, periods.endOf(dayLow + day) - dayLow);
      if (this.count + 1 >= this.starts.length) this.grow();
      this.keys[this.count] = keys[key]!;
      this.ordinals[this.count] = periods.ordinalOf(dayLow + day);
      this.starts[this.count] = row;
      this.count += 1;
      row = endOfWindow(keyDays, row + 1, end, limit);
    }
    this.starts[this.count] = end;
  }

  /** Whether all rows belong to a set. */
  haveAll(set: number): boolean {
    const { tags, common, bits } = this.run;
    return tags === null || (common & bits[set]!) !== 0;
  }

  /** The members of a set. */
  membersOf(set: number): Members {
    return this.haveAll(set) ? { starts: this.starts, rows: this.run.rows } : this.chosenOf(set);
  }

  /** What a measure adds up to in each window. */
  sumsOf(stage: Stage, measure: number): MeasureSums {
    const { set, each } = stage.measures[measure]!;
    const kept = this.keptOf(measure);
    if (kept.cut === this.cuts) return kept;
    if (kept.sums.length < this.count) {
      kept.sums = new Float64Array(this.starts.length);
      kept.sizes = new Float64Array(this.starts.length);
    }
    const { starts } = this.membersOf(set);
    if ((this.run.values[measure] ?? null) === null)
      countMembers(starts, this.count, sameForAll(each)!, kept);
    else sumValues(starts, this.count, this.valuesOf(stage, measure), kept);
    kept.cut = this.cuts;
    return kept;
  }

  /** What each member adds to a measure, by member. */
  valuesOf(stage: Stage, measure: number): Float64Array {
    const { set, each } = stage.measures[measure]!;
    const own = this.run.values[measure] ?? null;
    if (own !== null && this.haveAll(set)) return own;
    const kept = this.keptOf(measure);
    if (kept.valuesCut === this.cuts) return kept.values;
    const { starts } = this.membersOf(set);
    const end = starts[this.count]!;
    if (kept.values.length < end) kept.values = new Float64Array(end);
    if (own === null) kept.values.fill(sameForAll(each)!, starts[0]!, end);
    else gatherValues(own, this.chosenOf(set).places, end, kept.values);
    kept.valuesCut = this.cuts;
    return kept.values;
  }

  /** By member, counted from the first of all: the sum in its window so far. */
  prefixesOf(stage: Stage, measure: number): Float64Array {
    const kept = this.keptOf(measure);
    if (kept.prefixesCut === this.cuts) return kept.prefixes;
    const { starts } = this.membersOf(stage.measures[measure]!.set);
    const count = starts[this.count]! - starts[0]!;
    if (kept.prefixes.length < count) kept.prefixes = new Float64Array(count);
    runningSums(starts, this.count, this.valuesOf(stage, measure), kept.prefixes);
    kept.prefixesCut = this.cuts;
    return kept.prefixes;
  }

  /** Computes a measure anew when it is next asked for. */
  forget(measure: number): void {
    const kept = this.keptOf(measure);
    kept.cut = -1;
    kept.valuesCut = -1;
    kept.prefixesCut = -1;
  }

  private keptOf(measure: number): KeptMeasure {
    let kept = this.measures[measure];
    if (kept === undefined) {
      kept = {
        sums: nothing,
        sizes: nothing,
        most: 0,
        isRising: true,
        cut: -1,
        values: nothing,
        valuesCut: -1,
        prefixes: nothing,
        prefixesCut: -1,
      };
      while (this.measures.length < measure) this.measures.push(undefined);
      this.measures[measure] = kept;
    }
    return kept;
  }

  private chosenOf(set: number): ChosenMembers {
    let chosen = this.chosen[set];
    if (chosen === undefined) {
      const none = new Int32Array(0);
      chosen = { starts: none, rows: none, places: none, cut: -1 };
      while (this.chosen.length < set) this.chosen.push(undefined);
      this.chosen[set] = chosen;
    }
    if (chosen.cut === this.cuts) return chosen;
    const rows = this.starts[this.count]! - this.start;
    if (chosen.starts.length <= this.count) chosen.starts = new Int32Array(this.starts.length);
    if (chosen.rows.length <= rows) {
      chosen.rows = new Int32Array(rows + 1);
      chosen.places = new Int32Array(rows + 1);
    }
    chooseMembers(this.run.tags!, this.run.bits[set]!, this.run.rows, this.starts, this.count, chosen);
    chosen.cut = this.cuts;
    return chosen;
  }

  private grow(): void {
    const size = Math.max(256, this.starts.length * 2);
    this.keys = grown(this.keys, size);
    this.ordinals = grown(this.ordinals, size);
    this.starts = grown(this.starts, size + 1);
  }
}

const nothing = new Float64Array(0);

/** The first row from `row` on that lies at or beyond a limit. */
function endOfWindow(keyDays: Int32Array, row: number, end: number, limit: number): number {
  let next = row;
  while (next < end && keyDays[next]! < limit) next += 1;
  return next;
}

/** Puts the members with a bit, one after the other; no branch asks which these are. */
function chooseMembers(
  tags: Tags,
  bit: number,
  own: Int32Array,
  windowStarts: Int32Array,
  count: number,
  { starts, rows, places }: ChosenMembers,
): void {
  let to = 0;
  for (let window = 0; window < count; window += 1) {
    starts[window] = to;
    const end = windowStarts[window + 1]!;
    for (let row = windowStarts[window]!; row < end; row += 1) {
      places[to] = row;
      to += Number((tags[row]! & bit) !== 0);
    }
  }
  starts[count] = to;
  for (let member = 0; member < to; member += 1) rows[member] = own[places[member]!]!;
}

function gatherValues(from: Float64Array, places: Int32Array, count: number, to: Float64Array): void {
  for (let member = 0; member < count; member += 1) to[member] = from[places[member]!]!;
}

function sumValues(starts: Int32Array, count: number, values: Float64Array, to: KeptMeasure): void {
  const { sums, sizes } = to;
  let most = 0;
  let falling = 0;
  for (let window = 0; window < count; window += 1) {
    const end = starts[window + 1]!;
    let sum = 0;
    let size = 0;
    for (let member = starts[window]!; member < end; member += 1) {
      const value = values[member]!;
      sum += value;
      size += Math.abs(value);
    }
    falling += Number(sum !== size);
    most = Math.max(most, size);
    sums[window] = size <= largest ? sum : Number.NaN;
    sizes[window] = size;
  }
  to.most = most;
  to.isRising = falling === 0;
}

function countMembers(starts: Int32Array, count: number, each: number, to: KeptMeasure): void {
  const { sums, sizes } = to;
  let most = 0;
  for (let window = 0; window < count; window += 1) {
    const sum = (starts[window + 1]! - starts[window]!) * each;
    const size = Math.abs(sum);
    most = Math.max(most, size);
    sums[window] = size <= largest ? sum : Number.NaN;
    sizes[window] = size;
  }
  to.most = most;
  to.isRising = each >= 0;
}

function runningSums(starts: Int32Array, count: number, values: Float64Array, prefixes: Float64Array): void {
  const base = starts[0]!;
  for (let window = 0; window < count; window += 1) {
    const end = starts[window + 1]!;
    let sum = 0;
    for (let member = starts[window]!; member < end; member += 1) {
      sum += values[member]!;
      prefixes[member - base] = sum;
    }
  }
}

function grown(values: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(size);
  larger.set(values);
  return larger;
}
