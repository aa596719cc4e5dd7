// SPDX-License-Identifier: Apache-2.0
// Days by example: dates that exist, months that clamp, weekdays.
import { describe, expect, test } from 'vitest';
import {
  addMonths,
  addYears,
  civil,
  type Day,
  dayOf,
  daysInMonth,
  endOfMonth,
  firstDay,
  isoDay,
  lastDay,
  parseIsoDay,
  startOfMonth,
  weekday,
} from './date.ts';

const day = (text: string): Day => parseIsoDay(text)!;

describe('a date', () => {
  test.each([
    ['1970-01-01', 0],
    ['2000-02-29', 11016],
    ['1969-12-31', -1],
    ['2026-11-23', 20780],
    ['0001-01-01', firstDay],
    ['9999-12-31', lastDay],
  ])('%s is day %d', (text, number) => {
    expect(parseIsoDay(text)).toBe(number);
    expect(isoDay(number)).toBe(text);
  });

  test.each([
    '2017-02-29',
    '2017-13-01',
    '2017-00-10',
    '2017-04-31',
    '0000-01-01',
    '2017-3-1',
    '17-03-01',
    '2017-03-01T00:00',
  ])('%s does not exist or is written otherwise', (text) => {
    expect(parseIsoDay(text)).toBeNull();
  });

  test('has three parts', () => {
    expect(civil(day('2024-02-29'))).toEqual({ year: 2024, month: 2, day: 29 });
    expect(dayOf(2024, 2, 29)).toBe(day('2024-02-29'));
    expect(dayOf(2024, 2.5, 1)).toBeNull();
  });

  test('outside the years 1 to 9999 is an assertion', () => {
    expect(() => isoDay(lastDay + 1)).toThrow('is no day');
    expect(() => isoDay(0.5)).toThrow('is no day');
  });
});

describe('months', () => {
  test.each([
    ['2017-01-31', 1, '2017-02-28'],
    ['2017-01-31', 2, '2017-03-31'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2017-03-31', -1, '2017-02-28'],
    ['2017-11-30', 3, '2018-02-28'],
    ['2017-05-15', -17, '2015-12-15'],
  ])('%s and %d months make %s', (text, months, result) => {
    expect(isoDay(addMonths(day(text), months))).toBe(result);
  });

  test('29 February becomes 28 February in a year without it', () => {
    expect(isoDay(addYears(day('2024-02-29'), 1))).toBe('2025-02-28');
    expect(isoDay(addYears(day('2024-02-29'), 4))).toBe('2028-02-29');
  });

  test.each([
    [2024, 2, 29],
    [2100, 2, 28],
    [2000, 2, 29],
    [2017, 4, 30],
    [2017, 12, 31],
  ])('%d-%d has %d days', (year, month, days) => {
    expect(daysInMonth(year, month)).toBe(days);
  });

  test('begin and end', () => {
    expect(isoDay(startOfMonth(day('2024-02-15')))).toBe('2024-02-01');
    expect(isoDay(endOfMonth(day('2024-02-15')))).toBe('2024-02-29');
  });
});

test.each([
  ['2017-03-06', 1],
  ['2017-03-12', 7],
  ['1970-01-01', 4],
  ['1960-02-29', 1],
])('%s is weekday %d, counted from Monday', (text, number) => {
  expect(weekday(day(text))).toBe(number);
});
