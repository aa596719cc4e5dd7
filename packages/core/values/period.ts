// SPDX-License-Identifier: Apache-2.0
// Periods of any calendar: the one that holds a day, its neighbours, those between two days, and labels read back.
// The periods of one unit follow each other without gap or overlap; each has an ordinal, one more than the last.
import type { Calendar, Period, PeriodUnit } from './calendar.ts';
import { contractPeriodAt, parseContractLabel } from './contract-period.ts';
import type { Day } from './date.ts';
import { gregorianLabel, gregorianOrdinal, gregorianPeriod } from './gregorian.ts';
import { retailLabel, retailOrdinal, retailPeriod } from './retail.ts';

export type { Calendar, Period, PeriodUnit } from './calendar.ts';
export { contractPeriod } from './contract-period.ts';

/** The most periods that one list may have: more than the days of a century. */
export const periodsMax = 40_000;

/** The number of the period that holds a day; cheaper than the period, and equal exactly for days of one period. */
export function periodOrdinal(calendar: Calendar, unit: PeriodUnit, day: Day): number {
  return calendar.kind === 'gregorian'
    ? gregorianOrdinal(calendar, unit, day)
    : retailOrdinal(calendar, unit, day);
}

/** The period of a number that periodOrdinal gave. */
export function periodAt(calendar: Calendar, unit: PeriodUnit, ordinal: number): Period {
  return calendar.kind === 'gregorian'
    ? gregorianPeriod(calendar, unit, ordinal)
    : retailPeriod(calendar, unit, ordinal);
}

/** The period of that unit that holds the day. */
export function periodContaining(calendar: Calendar, unit: PeriodUnit, day: Day): Period {
  return periodAt(calendar, unit, periodOrdinal(calendar, unit, day));
}

/** The period so many later, or earlier when `by` is negative. Periods of a contract count from its own anchor. */
export function shiftPeriod(calendar: Calendar, period: Period, by: number): Period {
  const contract = parseContractLabel(period.label);
  if (contract !== null) return contractPeriodAt(contract.anchor, contract.unit, contract.number + by);
  return periodAt(calendar, period.unit, periodOrdinal(calendar, period.unit, period.start) + by);
}

export function previousPeriod(calendar: Calendar, period: Period): Period {
  return shiftPeriod(calendar, period, -1);
}

export function nextPeriod(calendar: Calendar, period: Period): Period {
  return shiftPeriod(calendar, period, 1);
}

/** Every period that holds a day from `from` through `through`, in order; none when the two are reversed. */
export function periodsBetween(calendar: Calendar, unit: PeriodUnit, from: Day, through: Day): Period[] {
  if (through < from) return [];
  const first = periodOrdinal(calendar, unit, from);
  const count = periodOrdinal(calendar, unit, through) - first + 1;
  if (count > periodsMax) throw new RangeError(`${count} periods are more than ${periodsMax}.`);
  return Array.from({ length: count }, (_, index) => periodAt(calendar, unit, first + index));
}

/** The period of a label, or null when the calendar has none of that name. */
export function parsePeriod(calendar: Calendar, label: string): Period | null {
  const contract = parseContractLabel(label);
  if (contract !== null) return contractPeriodAt(contract.anchor, contract.unit, contract.number);
  try {
    const meant =
      calendar.kind === 'gregorian' ? gregorianLabel(calendar, label) : retailLabel(calendar, label);
    if (meant === null) return null;
    const period = periodAt(calendar, meant.unit, meant.ordinal);
    return period.label === label ? period : null;
  } catch (error) {
    // A label of a year that the calendar does not reach, such as the year 0 or one after the listed years.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
