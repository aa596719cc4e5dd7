// SPDX-License-Identifier: Apache-2.0
// Periods of calendar and fiscal years. Every period of a unit has an ordinal, and the next period the next ordinal:
// days and weeks count from 1970, months and what is made of them from the year 0, shifted by the year's start.
import type { GregorianCalendar, Period, PeriodUnit } from './calendar.ts';
import { civil, type Day, dayOf, endOfMonth, isoDay, parseIsoDay, twoDigits, weekday } from './date.ts';

const monthsIn = { month: 1, quarter: 3, half: 6, year: 12 } as const;

/** How far the calendar's years start after January, in months. */
function shiftOf(calendar: GregorianCalendar, unit: keyof typeof monthsIn): number {
  return unit === 'month' ? 0 : calendar.yearStartMonth - 1;
}

/** The ordinal of the period that a day lies in. */
export function gregorianOrdinal(calendar: GregorianCalendar, unit: PeriodUnit, day: Day): number {
  if (unit === 'day') return day;
  if (unit === 'week') return Math.floor((day - firstWeekStart(calendar)) / 7);
  const { year, month } = civil(day);
  return Math.floor((year * 12 + month - 1 - shiftOf(calendar, unit)) / monthsIn[unit]);
}

/** The first week start on or after 1970-01-01. */
function firstWeekStart(calendar: GregorianCalendar): Day {
  return (calendar.weekStart - weekday(0) + 7) % 7;
}

/** The period of an ordinal. */
export function gregorianPeriod(calendar: GregorianCalendar, unit: PeriodUnit, ordinal: number): Period {
  if (unit === 'day') return { unit, start: ordinal, end: ordinal, label: isoDay(ordinal) };
  if (unit === 'week') {
    const start = firstWeekStart(calendar) + ordinal * 7;
    return { unit, start, end: start + 6, label: weekLabel(start) };
  }
  const months = monthsIn[unit];
  const firstMonth = ordinal * months + shiftOf(calendar, unit);
  const start = firstOfMonth(firstMonth);
  const end = endOfMonth(firstOfMonth(firstMonth + months - 1));
  return { unit, start, end, label: monthsLabel(calendar, unit, ordinal) };
}

/** The first day of a month counted from the year 0. A month outside the years 1 to 9999 is an assertion. */
function firstOfMonth(months: number): Day {
  const year = Math.floor(months / 12);
  const day = dayOf(year, months - year * 12 + 1, 1);
  if (day === null) throw new RangeError(`The year ${year} is outside the years 1 to 9999.`);
  return day;
}

/** `2017-W05`: the year is the one that the week's fourth day lies in, as ISO 8601 has it. */
function weekLabel(start: Day): string {
  const { year } = civil(start + 3);
  const dayOfYear = start + 3 - (dayOf(year, 1, 1) ?? 0);
  return `${fourDigits(year)}-W${twoDigits(Math.floor(dayOfYear / 7) + 1)}`;
}

function monthsLabel(calendar: GregorianCalendar, unit: keyof typeof monthsIn, ordinal: number): string {
  const perYear = 12 / monthsIn[unit];
  const startYear = Math.floor(ordinal / perYear);
  const number = ordinal - startYear * perYear + 1;
  if (unit === 'month') return `${fourDigits(startYear)}-${twoDigits(number)}`;
  const year = yearName(calendar, startYear);
  if (unit === 'year') return year;
  return `${year}-${unit === 'quarter' ? 'Q' : 'H'}${number}`;
}

function yearName(calendar: GregorianCalendar, startYear: number): string {
  return calendar.yearStartMonth === 1
    ? fourDigits(startYear)
    : `FY${fourDigits(startYear + nameOffset(calendar))}`;
}

/** What is added to the calendar year in which a fiscal year starts to get its name. */
function nameOffset(calendar: GregorianCalendar): number {
  return calendar.yearStartMonth === 1 || calendar.yearNamedBy === 'start' ? 0 : 1;
}

export function fourDigits(year: number): string {
  return String(year).padStart(4, '0');
}

/** A period that a label might mean, by its unit and ordinal; null when it has another form. */
export function gregorianLabel(
  calendar: GregorianCalendar,
  label: string,
): { readonly unit: PeriodUnit; readonly ordinal: number } | null {
  const day = parseIsoDay(label);
  if (day !== null) return { unit: 'day', ordinal: day };
  const match = /^(FY)?(\d{4})(?:-([QHW]?)(\d{1,2}))?$/.exec(label);
  if (match === null) return null;
  const year = Number(match[2]) - (match[1] === undefined ? 0 : nameOffset(calendar));
  const number = Number(match[4] ?? 1) - 1;
  if (match[4] === undefined) return { unit: 'year', ordinal: year };
  switch (match[3]) {
    case 'Q':
      return { unit: 'quarter', ordinal: year * 4 + number };
    case 'H':
      return { unit: 'half', ordinal: year * 2 + number };
    case 'W': {
      const firstWeek = dayOf(year, 1, 4);
      if (firstWeek === null) return null;
      return { unit: 'week', ordinal: gregorianOrdinal(calendar, 'week', firstWeek) + number };
    }
    default:
      return { unit: 'month', ordinal: year * 12 + number };
  }
}
