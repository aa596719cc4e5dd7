// SPDX-License-Identifier: Apache-2.0
// Lengths of time as agreements state them: months and days, which do not convert into each other. Years are twelve
// months, weeks seven days. Months always count from the anchor and clamp to the month's end; then come the days.
import { addMonths, type Day } from './date.ts';

/** So many months and then so many days; neither is below zero. */
export interface Duration {
  readonly months: number;
  readonly days: number;
}

/** The most that each unit of a written duration may count to: a century of days. */
export const unitsMax = 36_525;

type Unit = 'year' | 'month' | 'week' | 'day';

const unitOrder: readonly Unit[] = ['year', 'month', 'week', 'day'];

/** "90 days", "12 months", "1 year 6 months", "2 weeks"; units fall, none twice. Null when the text is not one. */
export function parseDuration(text: string): Duration | null {
  const words = text.trim().split(/\s+/);
  if (words.length < 2 || words.length % 2 !== 0) return null;
  let months = 0;
  let days = 0;
  let previousUnit = -1;
  for (let index = 0; index < words.length; index += 2) {
    const digits = words[index] ?? '';
    const unit = (words[index + 1] ?? '').replace(/s$/, '') as Unit;
    const place = unitOrder.indexOf(unit);
    const count = Number(digits);
    if (!/^\d{1,5}$/.test(digits) || count > unitsMax || place <= previousUnit) return null;
    previousUnit = place;
    if (unit === 'year') months += 12 * count;
    else if (unit === 'month') months += count;
    else if (unit === 'week') days += 7 * count;
    else days += count;
  }
  return { months, days };
}

/** "12 months 3 days", "1 day", "0 days": parseDuration reads it back. */
export function durationText({ months, days }: Duration): string {
  const parts = [
    ...(months === 0 ? [] : [counted(months, 'month')]),
    ...(days === 0 ? [] : [counted(days, 'day')]),
  ];
  return parts.length === 0 ? '0 days' : parts.join(' ');
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** The day a duration after the anchor: 31 January and 1 month give the last day of February. */
export function addDuration(day: Day, { months, days }: Duration): Day {
  return addMonths(day, months) + days;
}

/** The day a duration before the anchor: months first, clamped, then days. */
export function subtractDuration(day: Day, { months, days }: Duration): Day {
  return addMonths(day, -months) - days;
}
