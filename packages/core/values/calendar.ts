// SPDX-License-Identifier: Apache-2.0
// Calendars as data: how an agreement cuts time into weeks, months, quarters, halves and years. Nothing here is code
// for one company: a fiscal year is a month to start in, a retail year (4-4-5) is a rule for its end or a list.
import { type Day, weekday } from './date.ts';

export type PeriodUnit = 'day' | 'week' | 'month' | 'quarter' | 'half' | 'year';

/** Every unit, from the shortest to the longest. */
export const periodUnits: readonly PeriodUnit[] = ['day', 'week', 'month', 'quarter', 'half', 'year'];

/** A span of days with a name that is unique in its calendar. */
export interface Period {
  readonly unit: PeriodUnit;
  readonly start: Day;
  /** The last day, which belongs to the period. */
  readonly end: Day;
  /** `2017-Q1`, `FY2026-P03`: parsePeriod reads it back. */
  readonly label: string;
}

/** Which calendar year a fiscal year is named after: the one it ends in (the default) or the one it starts in. */
export type YearNaming = 'end' | 'start';

/** Months as everybody knows them; the year starts on the first day of a month. */
export interface GregorianCalendar {
  readonly kind: 'gregorian';
  /** The zone whose midnight separates days, such as "Europe/Zurich". */
  readonly zone: string;
  /** 1 for January to 12; from 2 on, years, halves and quarters are fiscal (`FY2026-Q1`). */
  readonly yearStartMonth: number;
  /** 1 for Monday to 7 for Sunday. A week belongs to the year that holds its fourth day (ISO 8601 for Mondays). */
  readonly weekStart: number;
  readonly yearNamedBy?: YearNaming;
}

/** How many weeks the three months of each quarter have. A 53rd week is added to the last month of the year. */
export type WeekPattern = '4-4-5' | '4-5-4' | '5-4-4';

/** Where a retail year ends: on the last such weekday of a month, or on the one nearest to the month's end. */
export interface YearEndRule {
  readonly kind: 'last weekday of month' | 'weekday nearest month end';
  /** 1 for Monday to 7 for Sunday. */
  readonly weekday: number;
  /** 1 to 12. */
  readonly month: number;
}

/** The first days of years one after the other; the last entry only ends the year before it. */
export interface ListedYears {
  readonly kind: 'listed';
  /** The name of the first year: 2026 for FY2026. */
  readonly firstYear: number;
  readonly starts: readonly Day[];
}

/** Whole weeks all year: thirteen a quarter, 52 or 53 a year. */
export interface RetailCalendar {
  readonly kind: 'retail';
  readonly zone: string;
  readonly pattern: WeekPattern;
  readonly years: YearEndRule | ListedYears;
  /** For a rule; listed years have their names. */
  readonly yearNamedBy?: YearNaming;
}

export type Calendar = GregorianCalendar | RetailCalendar;

/** Calendar years and ISO weeks in a zone: what an agreement has when it says nothing else. */
export function civilCalendar(zone: string): GregorianCalendar {
  return { kind: 'gregorian', zone, yearStartMonth: 1, weekStart: 1 };
}

/** What can be wrong with a calendar that somebody wrote. */
export type CalendarProblem =
  | 'year_start_month_out_of_range'
  | 'week_start_out_of_range'
  | 'year_end_out_of_range'
  | 'too_few_year_starts'
  | 'year_without_52_or_53_weeks';

/** What is wrong with a calendar, or null. The other functions take calendars of which this says null. */
export function calendarProblem(calendar: Calendar): CalendarProblem | null {
  if (calendar.kind === 'gregorian') {
    if (!isWithin(calendar.yearStartMonth, 12)) return 'year_start_month_out_of_range';
    return isWithin(calendar.weekStart, 7) ? null : 'week_start_out_of_range';
  }
  const { years } = calendar;
  if (years.kind !== 'listed') {
    return isWithin(years.weekday, 7) && isWithin(years.month, 12) ? null : 'year_end_out_of_range';
  }
  if (years.starts.length < 2) return 'too_few_year_starts';
  const isSound = years.starts.every((start, index) => {
    const previous = years.starts[index - 1];
    return previous === undefined || start - previous === 364 || start - previous === 371;
  });
  return isSound ? null : 'year_without_52_or_53_weeks';
}

function isWithin(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}

/** The weekday on which the calendar's weeks start. */
export function weekStartOf(calendar: Calendar): number {
  if (calendar.kind === 'gregorian') return calendar.weekStart;
  if (calendar.years.kind === 'listed') return weekday(calendar.years.starts[0] ?? 0);
  return (calendar.years.weekday % 7) + 1;
}
