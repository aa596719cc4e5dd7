// SPDX-License-Identifier: Apache-2.0
// What holds for the periods of every calendar: they follow each other without gap or overlap, hold their days,
// nest from unit to unit, and come back from their labels.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Calendar, calendarProblem, periodUnits } from './calendar.ts';
import {
  contractPeriod,
  nextPeriod,
  parsePeriod,
  periodContaining,
  periodOrdinal,
  periodsBetween,
  previousPeriod,
} from './period.ts';

const naming = fc.constantFrom('end', 'start' as const);
const weekdayNumber = fc.integer({ min: 1, max: 7 });
const monthNumber = fc.integer({ min: 1, max: 12 });
const calendar: fc.Arbitrary<Calendar> = fc.oneof(
  fc.record({
    kind: fc.constant('gregorian' as const),
    zone: fc.constant('UTC'),
    yearStartMonth: monthNumber,
    weekStart: weekdayNumber,
    yearNamedBy: naming,
  }),
  fc.record({
    kind: fc.constant('retail' as const),
    zone: fc.constant('UTC'),
    pattern: fc.constantFrom('4-4-5', '4-5-4', '5-4-4' as const),
    years: fc.record({
      kind: fc.constantFrom('last weekday of month', 'weekday nearest month end' as const),
      weekday: weekdayNumber,
      month: monthNumber,
    }),
    yearNamedBy: naming,
  }),
);
const unit = fc.constantFrom(...periodUnits);
const day = fc.integer({ min: -200_000, max: 200_000 });

test('a period holds its days, touches its neighbours and comes back from its label', () => {
  fc.assert(
    fc.property(calendar, unit, day, (c, u, d) => {
      expect(calendarProblem(c)).toBeNull();
      const period = periodContaining(c, u, d);
      expect(period.start <= d && d <= period.end).toBe(true);
      expect(nextPeriod(c, period).start).toBe(period.end + 1);
      expect(previousPeriod(c, period).end).toBe(period.start - 1);
      expect(periodContaining(c, u, period.start)).toEqual(period);
      expect(periodContaining(c, u, period.end)).toEqual(period);
      expect(periodOrdinal(c, u, period.end + 1)).toBe(periodOrdinal(c, u, d) + 1);
      expect(parsePeriod(c, period.label)).toEqual(period);
    }),
    { numRuns: 2000 },
  );
});

test('months make quarters, quarters halves, halves years', () => {
  fc.assert(
    fc.property(calendar, day, (c, d) => {
      const year = periodContaining(c, 'year', d);
      for (const [u, count] of [
        ['month', 12],
        ['quarter', 4],
        ['half', 2],
      ] as const) {
        const parts = periodsBetween(c, u, year.start, year.end);
        expect(parts).toHaveLength(count);
        expect(parts[0]?.start).toBe(year.start);
        expect(parts.at(-1)?.end).toBe(year.end);
      }
    }),
  );
});

test('a retail year has 52 or 53 weeks', () => {
  fc.assert(
    fc.property(
      calendar.filter((c) => c.kind === 'retail'),
      day,
      (c, d) => {
        const year = periodContaining(c, 'year', d);
        expect([364, 371]).toContain(year.end - year.start + 1);
        expect([52, 53]).toContain(periodsBetween(c, 'week', year.start, year.end).length);
      },
    ),
  );
});

test('periods of a contract hold their days and touch', () => {
  fc.assert(
    fc.property(
      day,
      day,
      fc.constantFrom('month', 'quarter', 'year' as const),
      calendar,
      (anchor, d, u, c) => {
        const period = contractPeriod(anchor, u, d);
        expect(period.start <= d && d <= period.end).toBe(true);
        expect(nextPeriod(c, period).start).toBe(period.end + 1);
        expect(parsePeriod(c, period.label)).toEqual(period);
      },
    ),
    { numRuns: 1000 },
  );
});
