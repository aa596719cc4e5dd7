// SPDX-License-Identifier: Apache-2.0
// Whole months, and how they fall to parts of a stretch of days.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseIsoDay } from './date.ts';
import { wholeMonths, wholeMonthsFrom } from './whole-months.ts';

const day = (text: string) => parseIsoDay(text)!;

test.each([
  ['2026-01-01', '2026-03-31', 3],
  ['2026-01-02', '2026-03-31', 2],
  ['2026-01-01', '2026-03-30', 2],
  ['2026-01-15', '2026-01-31', 0],
  ['2025-12-15', '2026-02-28', 2],
])('between %s and %s lie %i whole months', (from, through, months) => {
  expect(wholeMonths({ from: day(from), through: day(through) })).toBe(months);
});

test('a month that two parts share belongs to the one in which it begins', () => {
  const quarter = { from: day('2026-01-01'), through: day('2026-03-31') };
  expect(wholeMonthsFrom(quarter, { from: quarter.from, through: day('2026-02-14') })).toBe(2);
  expect(wholeMonthsFrom(quarter, { from: day('2026-02-15'), through: quarter.through })).toBe(1);
});

test('parts that follow each other share out all whole months', () => {
  const start = day('2025-01-01');
  fc.assert(
    fc.property(fc.nat(400), fc.nat(400), fc.array(fc.nat(400), { maxLength: 5 }), (first, length, cuts) => {
      const within = { from: start + first, through: start + first + length };
      const ends = [...cuts.map((cut) => start + cut), within.through]
        .filter((end) => end >= within.from && end <= within.through)
        .sort((a, b) => a - b);
      let from = within.from;
      let sum = 0;
      for (const through of ends) {
        sum += wholeMonthsFrom(within, { from, through });
        from = through + 1;
      }
      expect(sum).toBe(wholeMonths(within));
    }),
  );
});
