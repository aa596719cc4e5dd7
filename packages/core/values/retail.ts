// SPDX-License-Identifier: Apache-2.0
// Periods of retail years: whole weeks, thirteen a quarter in the pattern 4-4-5, 4-5-4 or 5-4-4; a 53rd week makes
// the last month longer. As in gregorian.ts every period has an ordinal: years count from the calendar year of their
// end (or from the first listed one), months, quarters and halves within them, weeks from the year 1970.
import {
  type ListedYears,
  type Period,
  type PeriodUnit,
  type RetailCalendar,
  weekStartOf,
  type YearEndRule,
} from './calendar.ts';
import { civil, type Day, dayOf, daysInMonth, isoDay, parseIsoDay, twoDigits, weekday } from './date.ts';
import { fourDigits } from './gregorian.ts';

const perYear = { month: 12, quarter: 4, half: 2, year: 1 } as const;
const letters = { week: 'W', month: 'P', quarter: 'Q', half: 'H' } as const;

/** The last day of the year whose rule names that calendar year. */
function ruledEnd(rule: YearEndRule, year: number): Day {
  const monthEnd = dayOf(year, rule.month, daysInMonth(year, rule.month));
  if (monthEnd === null) throw new RangeError(`The year ${year} is outside the years 1 to 9999.`);
  const back = (weekday(monthEnd) - rule.weekday + 7) % 7;
  return rule.kind === 'last weekday of month' || back <= 3 ? monthEnd - back : monthEnd + 7 - back;
}

/** The first day of a year by its ordinal. A listed calendar also knows the day after its last year. */
function yearStart(calendar: RetailCalendar, ordinal: number): Day {
  if (calendar.years.kind !== 'listed') return ruledEnd(calendar.years, ordinal - 1) + 1;
  const start = calendar.years.starts[ordinal];
  if (start === undefined) throw new RangeError('The listed years of the calendar do not reach so far.');
  return start;
}

/** The ordinal of the year that a day lies in. */
function yearContaining(calendar: RetailCalendar, day: Day): number {
  if (calendar.years.kind === 'listed') return listedYear(calendar.years, day);
  let ordinal = civil(day).year;
  while (yearStart(calendar, ordinal) > day) ordinal -= 1;
  while (yearStart(calendar, ordinal + 1) <= day) ordinal += 1;
  return ordinal;
}

function listedYear(years: ListedYears, day: Day): number {
  const after = years.starts.findIndex((start) => start > day);
  if (after <= 0) throw new RangeError(`${isoDay(day)} is outside the listed years of the calendar.`);
  return after - 1;
}

/** How many weeks of the year come before a month, counted from 0; month 12 is the end of the year. */
function weeksBefore(calendar: RetailCalendar, year: number, month: number): number {
  if (month === 12) return (yearStart(calendar, year + 1) - yearStart(calendar, year)) / 7;
  const pattern = calendar.pattern.split('-').map(Number);
  const inQuarter = pattern.slice(0, month % 3).reduce((sum, weeks) => sum + weeks, 0);
  return Math.floor(month / 3) * 13 + inQuarter;
}

/** The first day that counts as a week start, on or after 1970-01-01. */
function firstWeekStart(calendar: RetailCalendar): Day {
  return (weekStartOf(calendar) - weekday(0) + 7) % 7;
}

/** The ordinal of the period that a day lies in. */
export function retailOrdinal(calendar: RetailCalendar, unit: PeriodUnit, day: Day): number {
  if (unit === 'day') return day;
  const year = yearContaining(calendar, day);
  if (unit === 'week') return Math.floor((day - firstWeekStart(calendar)) / 7);
  const week = Math.floor((day - yearStart(calendar, year)) / 7);
  let month = 0;
  while (weeksBefore(calendar, year, month + 1) <= week) month += 1;
  return year * perYear[unit] + Math.floor((month * perYear[unit]) / 12);
}

/** The period of an ordinal. */
export function retailPeriod(calendar: RetailCalendar, unit: PeriodUnit, ordinal: number): Period {
  if (unit === 'day') return { unit, start: ordinal, end: ordinal, label: isoDay(ordinal) };
  if (unit === 'week') {
    const start = firstWeekStart(calendar) + ordinal * 7;
    const year = yearContaining(calendar, start);
    const number = (start - yearStart(calendar, year)) / 7 + 1;
    return { unit, start, end: start + 6, label: `${yearName(calendar, year)}-W${twoDigits(number)}` };
  }
  const year = Math.floor(ordinal / perYear[unit]);
  const index = ordinal - year * perYear[unit];
  const months = 12 / perYear[unit];
  const first = yearStart(calendar, year);
  const start = first + 7 * weeksBefore(calendar, year, index * months);
  const end = first + 7 * weeksBefore(calendar, year, (index + 1) * months) - 1;
  return { unit, start, end, label: label(calendar, unit, year, index + 1) };
}

function label(calendar: RetailCalendar, unit: keyof typeof perYear, year: number, number: number): string {
  const name = yearName(calendar, year);
  if (unit === 'year') return name;
  return `${name}-${letters[unit]}${unit === 'month' ? twoDigits(number) : number}`;
}

function yearName(calendar: RetailCalendar, ordinal: number): string {
  return `FY${fourDigits(ordinal + nameOffset(calendar))}`;
}

/** What is added to a year's ordinal to get its name. A year that ends with December has one name either way. */
function nameOffset({ years, yearNamedBy }: RetailCalendar): number {
  if (years.kind === 'listed') return years.firstYear;
  return yearNamedBy === 'start' && years.month !== 12 ? -1 : 0;
}

/** A period that a label might mean, by its unit and ordinal; null when it has another form. */
export function retailLabel(
  calendar: RetailCalendar,
  text: string,
): { readonly unit: PeriodUnit; readonly ordinal: number } | null {
  const day = parseIsoDay(text);
  if (day !== null) return { unit: 'day', ordinal: day };
  const match = /^FY(\d{4})(?:-([WPQH])(\d{1,2}))?$/.exec(text);
  if (match === null) return null;
  const year = Number(match[1]) - nameOffset(calendar);
  const number = Number(match[3] ?? 1) - 1;
  switch (match[2]) {
    case undefined:
      return { unit: 'year', ordinal: year };
    case 'W':
      return { unit: 'week', ordinal: retailOrdinal(calendar, 'week', yearStart(calendar, year)) + number };
    case 'P':
      return { unit: 'month', ordinal: year * 12 + number };
    case 'Q':
      return { unit: 'quarter', ordinal: year * 4 + number };
    default:
      return { unit: 'half', ordinal: year * 2 + number };
  }
}
