// SPDX-License-Identifier: Apache-2.0
// The period of a day and where it ends, looked up instead of reckoned: a fold asks for it again and again.

import type { Calendar, PeriodUnit } from '../../values/calendar.ts';
import { periodAt, periodOrdinal } from '../../values/period.ts';

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
