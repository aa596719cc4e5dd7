// SPDX-License-Identifier: Apache-2.0
// Levels with hysteresis: with or before the sale that reaches them, falling at a year's end, step by step, kept.
import { describe, expect, test } from 'vitest';
import type { Status } from '../../program/declaration.ts';
import type { Expression } from '../../program/expression.ts';
import { evaluate } from './evaluate.ts';
import {
  amount,
  at,
  day,
  field,
  issuing,
  number,
  periodType,
  program,
  ref,
  revenue,
  salesInMonth,
  sold,
  theMember,
  theSale,
  variable,
} from './small-program.ts';

function length(months: number): Expression {
  return {
    kind: 'literal',
    value: { kind: 'duration', value: { months, days: 0 } },
    type: { kind: 'duration' },
    at,
  };
}

const year = variable(60, 'year', periodType);
const spend: Expression = {
  ...revenue,
  set: { ...salesInMonth, window: { kind: 'period', period: ref(year) } },
} as Expression;

function tier(parts: Partial<Status>): Status {
  return {
    id: 'Tier',
    at,
    of: theMember,
    measure: spend,
    period: { variable: year, unit: 'year' },
    levels: [
      { name: 'Bronze', from: null },
      { name: 'Silver', from: amount(100) },
      { name: 'Gold', from: amount(1000) },
    ],
    rises: { when: 'at once', counts: 'with', factKind: 'Sale' },
    falls: null,
    keeps: null,
    ...parts,
  };
}

/** One point a sale, two at Silver, four at Gold. */
function pointsOfSales(status: Status, sales: readonly (readonly [date: string, dollars: number])[]) {
  const level = (rank: number): Expression => ({
    kind: 'compare',
    comparison: 'is',
    left: {
      kind: 'status',
      status: 'Tier',
      of: field(theSale, 'Member', theMember.type),
      moment: { kind: 'counting', fact: theSale },
      type: { kind: 'level', of: 'Tier' },
      at,
    },
    right: { kind: 'level', status: 'Tier', rank, type: { kind: 'level', of: 'Tier' }, at },
    type: { kind: 'yesNo' },
    at,
  });
  const points: Expression = {
    kind: 'cases',
    cases: [
      { when: level(2), then: amount(4, number) },
      { when: level(1), then: amount(2, number) },
    ],
    otherwise: amount(1, number),
    type: number,
    at,
  };
  const of = program([{ ...issuing(), amount: points }], { statuses: [status] });
  const facts = sales.map(([on, dollars], index) => sold(`S-${index}`, 'Kim', dollars * 100, day(on)));
  const known = { facts, attributes: [], decisions: [], openings: [], asOf: day('2029-12-31') };
  const [issued] = evaluate([{ program: of, from: null, to: null }], known).entitlements;
  return issued?.lines.map((line) => Number(line.amount));
}

describe('a status', () => {
  const sales = [
    ['2026-01-10', 60],
    ['2026-02-10', 60],
    ['2026-03-10', 1000],
    ['2026-04-10', 1],
  ] as const;

  test.each([
    ['with', [1, 2, 4, 4]],
    ['before', [1, 1, 2, 4]],
  ] as const)('rises %s the sale that reaches it', (counts, expected) => {
    expect(pointsOfSales(tier({ rises: { when: 'at once', counts, factKind: 'Sale' } }), sales)).toEqual(
      expected,
    );
  });

  const years = [
    ['2026-06-01', 2000],
    ['2027-06-01', 1],
    ['2028-01-02', 1],
    ['2029-01-02', 1],
  ] as const;

  test('falls at the end of a year as far as the year deserves', () => {
    const falls = { when: 'end', unit: 'year', oneStep: false, grace: null } as const;
    expect(pointsOfSales(tier({ falls }), years)).toEqual([4, 4, 1, 1]);
  });

  test('falls one step at a time', () => {
    const falls = { when: 'end', unit: 'year', oneStep: true, grace: null } as const;
    expect(pointsOfSales(tier({ falls }), years)).toEqual([4, 4, 2, 1]);
  });

  test('falls only after its grace', () => {
    const falls = { when: 'end', unit: 'year', oneStep: false, grace: length(2) } as const;
    expect(pointsOfSales(tier({ falls }), years)).toEqual([4, 4, 4, 1]);
  });

  test('is kept as long as promised', () => {
    const falls = { when: 'end', unit: 'year', oneStep: false, grace: null } as const;
    const keeps = { length: length(24), restarts: true };
    expect(pointsOfSales(tier({ falls, keeps }), years)).toEqual([4, 4, 4, 1]);
  });
});

test('a party starts at the first level', () => {
  expect(pointsOfSales(tier({}), [['2026-01-01', 1]])).toEqual([1]);
});
