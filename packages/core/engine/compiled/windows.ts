// SPDX-License-Identifier: Apache-2.0
// The rows of a run cut by key and period: which rows each window has, what every measure adds up to in it, and the
// sum so far at each row. Windows stand in the order of keys and periods; each begins where the one before it ends.

import type { Calendar, PeriodUnit } from '../../values/calendar.ts';
import { periodAt, periodOrdinal } from '../../values/period.ts';
import type { Stage } from './plan.ts';
import { type Run, sameForAll } from './run.ts';
import { largest } from './scaled.ts';
import type { Tags } from './tags.ts';

/** Finds the period of a day, and where it ends; what was found once is kept, for days not far from each other. */
export class PeriodIndex {
  readonly unit: PeriodUnit | null;
  private readonly calendar: Calendar;
  private firstDay = 0;
  private ordinals = new Int32Array(0);
  private ends = new Int32Array(0);

  constructor(calendar: Calendar, unit: PeriodUnit | null) {
    this.calendar = calendar;
    this.unit = unit;
  }

  /** The number of the period of a day. */
  ordinalOf(day: number): number {
    if (this.unit === null) return 0;
    const place = this.placeOf(day);
    return place === -1 ? periodOrdinal(this.calendar, this.unit, day) : this.ordinals[place]!;
  }

  /** The first day after the period of a day. */
  endOf(day: number): number {
    if (this.unit === null) return Number.POSITIVE_INFINITY;
    const place = this.placeOf(day);
    if (place !== -1) return this.ends[place]!;
    return periodAt(this.calendar, this.unit, periodOrdinal(this.calendar, this.unit, day)).end + 1;
  }

  /** Where a day is kept, looked up now if it is new; −1 for one too far from the others. */
  private placeOf(day: number): number {
    let place = day - this.firstDay;
    if (place < 0 || place >= this.ends.length) {
      if (this.ends.length > 0) return -1;
      this.firstDay = day - keptDays / 2;
      this.ordinals = new Int32Array(keptDays);
      this.ends = new Int32Array(keptDays).fill(unknownEnd);
      place = keptDays / 2;
    }
    if (this.ends[place] === unknownEnd) {
      const ordinal = periodOrdinal(this.calendar, this.unit!, day);
      this.ordinals[place] = ordinal;
      this.ends[place] = periodAt(this.calendar, this.unit!, ordinal).end + 1;
    }
    return place;
  }
}

const indexes = new WeakMap<Calendar, Map<PeriodUnit | null, PeriodIndex>>();

/** The index of a unit of a calendar; one for each, since the periods of a calendar never change. */
export function periodIndex(calendar: Calendar, unit: PeriodUnit | null): PeriodIndex {
  const own: Map<PeriodUnit | null, PeriodIndex> = indexes.get(calendar) ?? new Map();
  indexes.set(calendar, own);
  const index = own.get(unit) ?? new PeriodIndex(calendar, unit);
  own.set(unit, index);
  return index;
}

/** About eighty years around the first day that is asked for. */
const keptDays = 1 << 15;
const unknownEnd = -2_147_483_648;

/** What a measure adds up to, by window. */
export interface MeasureSums {
  /** NaN where it is too large to be exact. */
  readonly sums: Float64Array;
  /** Sums of sizes: equal to the size of the sum where all values have one sign. */
  readonly sizes: Float64Array;
  /** By row of the run from its start: the sum in its window so far. Rows that are no members repeat it. */
  readonly prefixes: Float64Array;
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
  /** Bits that all rows have; −1 before anybody asks. */
  private common = -1;
  private measures: (MeasureSums | undefined)[] = [];
  private readonly spare: (MeasureSums | undefined)[] = [];

  constructor(periods: PeriodIndex, run: Run) {
    this.periods = periods;
    this.run = run;
  }

  /** Cuts the rows [start, end) of a run. */
  cut(run: Run, start: number, end: number): void {
    this.run = run;
    this.start = start;
    this.count = 0;
    this.common = -1;
    for (const [measure, sums] of this.measures.entries()) if (sums !== undefined) this.spare[measure] = sums;
    this.measures = [];
    const { keyDays, firstKey, dayLow, dayRange } = run;
    const { periods } = this;
    for (let row = start; row < end; ) {
      const keyDay = keyDays[row]!;
      const key = Math.floor(keyDay / dayRange);
      const day = dayLow + keyDay - key * dayRange;
      const limit = key * dayRange + Math.min(dayRange, periods.endOf(day) - dayLow);
      if (this.count + 1 >= this.starts.length) this.grow();
      this.keys[this.count] = firstKey + key;
      this.ordinals[this.count] = periods.ordinalOf(day);
      this.starts[this.count] = row;
      this.count += 1;
      do row += 1;
      while (row < end && keyDays[row]! < limit);
    }
    this.starts[this.count] = end;
  }

  /** Whether all rows have such a bit. */
  haveAll(bit: number): boolean {
    const { tags } = this.run;
    if (tags === null) return true;
    if (this.common === -1) {
      this.common = commonBits(tags, this.start, this.starts[this.count]!);
    }
    return (this.common & bit) !== 0;
  }

  /** What a measure adds up to in each window; computed once for each cut. */
  sumsOf(stage: Stage, measure: number): MeasureSums {
    let sums = this.measures[measure];
    if (sums === undefined) {
      sums = this.room(measure);
      const { set, each } = stage.measures[measure]!;
      const values = this.run.values[measure] ?? null;
      if (values === null) this.countMembers(1 << set, sameForAll(each)!, sums);
      else this.sumValues(1 << set, values, sums);
      this.measures[measure] = sums;
    }
    return sums;
  }

  /** Computes a measure anew when it is next asked for. */
  forget(measure: number): void {
    this.spare[measure] = this.measures[measure];
    this.measures[measure] = undefined;
  }

  private room(measure: number): MeasureSums {
    const rows = this.starts[this.count]! - this.start;
    const spare = this.spare[measure];
    if (spare !== undefined && spare.sums.length >= this.count && spare.prefixes.length >= rows) return spare;
    return {
      sums: new Float64Array(this.starts.length),
      sizes: new Float64Array(this.starts.length),
      prefixes: new Float64Array(rows),
    };
  }

  private sumValues(bit: number, values: Float64Array, { sums, sizes, prefixes }: MeasureSums): void {
    const { start, starts } = this;
    const { tags } = this.run;
    for (let window = 0; window < this.count; window += 1) {
      const end = starts[window + 1]!;
      let sum = 0;
      let size = 0;
      for (let row = starts[window]!; row < end; row += 1) {
        if (tags === null || (tags[row]! & bit) !== 0) {
          const value = values[row]!;
          sum += value;
          size += Math.abs(value);
        }
        prefixes[row - start] = sum;
      }
      sums[window] = size <= largest ? sum : Number.NaN;
      sizes[window] = size;
    }
  }

  private countMembers(bit: number, each: number, { sums, sizes, prefixes }: MeasureSums): void {
    const { start, starts } = this;
    const { tags } = this.run;
    for (let window = 0; window < this.count; window += 1) {
      const end = starts[window + 1]!;
      let count = 0;
      for (let row = starts[window]!; row < end; row += 1) {
        if (tags === null || (tags[row]! & bit) !== 0) count += 1;
        prefixes[row - start] = count * each;
      }
      const size = Math.abs(count * each);
      sums[window] = size <= largest ? count * each : Number.NaN;
      sizes[window] = size;
    }
  }

  private grow(): void {
    const size = Math.max(256, this.starts.length * 2);
    this.keys = grown(this.keys, size);
    this.ordinals = grown(this.ordinals, size);
    this.starts = grown(this.starts, size + 1);
  }
}

function commonBits(tags: Tags, start: number, end: number): number {
  let common = 2 ** 31 - 1;
  for (let row = start; row < end; row += 1) common &= tags[row]!;
  return common;
}

function grown(values: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(size);
  larger.set(values);
  return larger;
}
