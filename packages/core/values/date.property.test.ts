// SPDX-License-Identifier: Apache-2.0
// What holds for every day: it comes back from its parts and its text, follows the day before, and months clamp.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addMonths,
  civil,
  dayOf,
  daysInMonth,
  firstDay,
  isoDay,
  lastDay,
  parseIsoDay,
  weekday,
} from './date.ts';

const day = fc.integer({ min: firstDay, max: lastDay });

test('a day comes back from its parts and from its text', () => {
  fc.assert(
    fc.property(day, (d) => {
      const { year, month, day: dayOfMonth } = civil(d);
      expect(dayOf(year, month, dayOfMonth)).toBe(d);
      expect(parseIsoDay(isoDay(d))).toBe(d);
    }),
    { numRuns: 2000 },
  );
});

test('a later day has a later text and the next weekday', () => {
  fc.assert(
    fc.property(fc.integer({ min: firstDay, max: lastDay - 1 }), (d) => {
      expect(isoDay(d) < isoDay(d + 1)).toBe(true);
      expect(weekday(d + 1)).toBe((weekday(d) % 7) + 1);
    }),
    { numRuns: 2000 },
  );
});

test('so many months later the day of the month is the same, or the last there is', () => {
  const inner = fc.integer({ min: -500_000, max: 500_000 });
  fc.assert(
    fc.property(inner, fc.integer({ min: -1200, max: 1200 }), (d, months) => {
      const from = civil(d);
      const to = civil(addMonths(d, months));
      expect(to.year * 12 + to.month).toBe(from.year * 12 + from.month + months);
      expect(to.day).toBe(Math.min(from.day, daysInMonth(to.year, to.month)));
    }),
    { numRuns: 2000 },
  );
});
