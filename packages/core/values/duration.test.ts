// SPDX-License-Identifier: Apache-2.0
// Durations by example: how they are written, and the days they lead to.
import { expect, test } from 'vitest';
import { isoDay, parseIsoDay } from './date.ts';
import { addDuration, durationText, parseDuration, subtractDuration } from './duration.ts';

test.each([
  ['90 days', 0, 90, '90 days'],
  ['12 months', 12, 0, '12 months'],
  ['1 year', 12, 0, '12 months'],
  ['2 weeks', 0, 14, '14 days'],
  ['1 year 6 months', 18, 0, '18 months'],
  ['1 month 1 day', 1, 1, '1 month 1 day'],
  ['0 days', 0, 0, '0 days'],
])('%s are %d months and %d days', (text, months, days, canonical) => {
  const duration = parseDuration(text);
  expect(duration).toEqual({ months, days });
  expect(durationText(duration!)).toBe(canonical);
  expect(parseDuration(canonical)).toEqual(duration);
});

test.each([
  '',
  '90',
  'days',
  '90 hours',
  '6 months 1 year',
  '1 year 1 year',
  '-3 days',
  '1.5 years',
  '99999 days',
])('%j is no duration', (text) => {
  expect(parseDuration(text)).toBeNull();
});

test.each([
  ['2017-01-31', '1 month', '2017-02-28', '2016-12-31'],
  ['2017-01-31', '1 month 1 day', '2017-03-01', '2016-12-30'],
  ['2024-02-29', '1 year', '2025-02-28', '2023-02-28'],
  ['2017-03-01', '90 days', '2017-05-30', '2016-12-01'],
])('from %s, %s lead to %s and back to %s', (anchor, text, after, before) => {
  const day = parseIsoDay(anchor)!;
  const duration = parseDuration(text)!;
  expect(isoDay(addDuration(day, duration))).toBe(after);
  expect(isoDay(subtractDuration(day, duration))).toBe(before);
});
