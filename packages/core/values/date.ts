// SPDX-License-Identifier: Apache-2.0
// Dates without times: a Day is the number of days since 1 January 1970 in the proleptic Gregorian calendar.
// Years run from 1 to 9999, so that a date always has the ten characters of ISO 8601. Day arithmetic is addition.
// Algorithm: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil, civil_from_days).

/** Days since 1970-01-01; negative before it. */
export type Day = number;

/** A date in its three parts; months and days count from 1. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The first and the last day that a date can name: 0001-01-01 and 9999-12-31. */
export const firstDay: Day = -719162;
export const lastDay: Day = 2932896;

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** 28 to 31; `month` is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The day of a date that exists; the parts are not checked. March is the first month, so leap days come last. */
function dayFromCivil(year: number, month: number, day: number): Day {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** The day of a date, or null when there is no such date (30 February, year 0). */
export function dayOf(year: number, month: number, day: number): Day | null {
  if (![year, month, day].every(Number.isInteger)) return null;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
    return null;
  return dayFromCivil(year, month, day);
}

/** The three parts of a day. */
export function civil(day: Day): CivilDate {
  const shifted = day + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** The day of "2017-03-01", or null when the text is not a date in exactly that form. */
export function parseIsoDay(text: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match === null ? null : dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** "2017-03-01". A day outside the years 1 to 9999 is an assertion. */
export function isoDay(day: Day): string {
  if (!Number.isInteger(day) || day < firstDay || day > lastDay) throw new RangeError(`${day} is no day.`);
  const { year, month, day: dayOfMonth } = civil(day);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
}

/** A number from 0 to 99 with two digits. */
export function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** The same day so many months later (earlier when negative), or the month's last day when it has no such day. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, day: dayOfMonth } = civil(day);
  const count = year * 12 + (month - 1) + months;
  const newYear = Math.floor(count / 12);
  const newMonth = count - newYear * 12 + 1;
  return dayFromCivil(newYear, newMonth, Math.min(dayOfMonth, daysInMonth(newYear, newMonth)));
}

/** The same date so many years later; 29 February becomes 28 February where there is none. */
export function addYears(day: Day, years: number): Day {
  return addMonths(day, years * 12);
}

/** 1 for Monday to 7 for Sunday. */
export function weekday(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The first day of the month that the day is in. */
export function startOfMonth(day: Day): Day {
  return day - civil(day).day + 1;
}

/** The last day of the month that the day is in. */
export function endOfMonth(day: Day): Day {
  const { year, month, day: dayOfMonth } = civil(day);
  return day - dayOfMonth + daysInMonth(year, month);
}
