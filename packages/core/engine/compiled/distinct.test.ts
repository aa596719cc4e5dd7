// SPDX-License-Identifier: Apache-2.0
// Distinct parties counted for all keys and periods of a run at once are those that a set of each period's parties has.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { missingCode } from '../../program/columns.ts';
import type { Calendar } from '../../values/calendar.ts';
import { parseIsoDay } from '../../values/date.ts';
import { DistinctCounter } from './distinct.ts';
import { payeePeriods } from './payee-periods.ts';
import { PeriodIndex } from './period-index.ts';
import type { DistinctSet } from './plan.ts';
import type { Run } from './run.ts';
import { Windows } from './windows.ts';

const calendar: Calendar = { kind: 'gregorian', yearStartMonth: 1, weekStart: 1, zone: 'UTC' };
const firstDay = parseIsoDay('2026-01-01')!;
const dayRange = 150;

const links = (shift: number): DistinctSet => ({ kind: 'links', set: 0, link: 0, shift });
const sets: readonly (readonly [string, DistinctSet])[] = [
  ['all of a period', links(0)],
  ['those of the period before', links(-1)],
  ['who of the period before came again', { kind: 'both', left: links(-1), right: links(0) }],
  ['who of the period before did not come again', { kind: 'without', left: links(-1), right: links(0) }],
  ['who came again after two periods', { kind: 'both', left: links(0), right: links(-2) }],
  ['who came now or before', { kind: 'either', left: links(0), right: links(-1) }],
];

interface Row {
  readonly key: number;
  readonly day: number;
  readonly code: number;
}

const anyRow: fc.Arbitrary<Row> = fc.record({
  key: fc.nat(2),
  day: fc.nat(dayRange - 1),
  code: fc.oneof({ weight: 30, arbitrary: fc.nat(5) }, { weight: 1, arbitrary: fc.constant(missingCode) }),
});

/** The parties of a set; null where one is missing. */
function members(set: DistinctSet, codesOf: (shift: number) => readonly number[]): Set<number> | null {
  if (set.kind === 'links') {
    const codes = codesOf(set.shift);
    return codes.includes(missingCode) ? null : new Set(codes);
  }
  const left = members(set.left, codesOf);
  const right = members(set.right, codesOf);
  if (left === null || right === null) return null;
  if (set.kind === 'either') return new Set([...left, ...right]);
  return new Set([...left].filter((code) => right.has(code) === (set.kind === 'both')));
}

test.each(sets)('%s are counted for every key and period', (_, set) => {
  fc.assert(
    fc.property(fc.array(anyRow, { minLength: 1, maxLength: 60 }), (given) => {
      const rows = [...given].sort((a, b) => a.key - b.key || a.day - b.day);
      const run: Run = {
        rows: Int32Array.from(rows.keys()),
        keyDays: Int32Array.from(rows, ({ key, day }) => (key << 8) + day),
        tags: null,
        values: [],
        links: [Int32Array.from(rows, ({ code }) => code)],
        keys: Int32Array.from({ length: 8 }, (_, key) => key),
        bits: [],
        common: 0,
        dayLow: firstDay,
        dayBits: 8,
      };
      const index = new PeriodIndex(calendar, 'month');
      const windows = new Windows(index, run);
      windows.cut(run, 0, rows.length);
      const periods = payeePeriods(windows, 2, index.ordinalOf(firstDay + dayRange));
      const counts = new DistinctCounter().count(set, windows, periods, new Map());
      for (let place = 0; place < periods.count; place += 1) {
        const codesOf = (shift: number) =>
          rows
            .filter(({ key }) => key === periods.keys[place])
            .filter(({ day }) => index.ordinalOf(firstDay + day) === periods.ordinals[place]! + shift)
            .map(({ code }) => code);
        const expected = members(set, codesOf);
        // Nobody is in both where one side is empty, whoever the other may be.
        if (expected === null) expect(counts[place]! > 0).toBe(false);
        else expect(counts[place]).toBe(expected.size);
      }
    }),
  );
});
