// SPDX-License-Identifier: Apache-2.0
// A change of the rate in the middle of a month, in its three modes, and bounds in money under each.
import { describe, expect, test } from 'vitest';
import type { AmendmentMode, Row } from '../../program/clause.ts';
import type { Table } from '../../program/declaration.ts';
import type { Expression } from '../../program/expression.ts';
import type { Program } from '../../program/program.ts';
import { type Rational, rational } from '../../values/rational.ts';
import { evaluate } from './evaluate.ts';
import {
  amount,
  at,
  day,
  issuing,
  monthly,
  number,
  program,
  returned,
  revenue,
  sold,
  thePeriod,
  times,
  usd,
} from './small-program.ts';

/** A low rate up to 1,200, a high one above it. */
function plan(low: Rational, high: Rational, amendments: AmendmentMode): Program {
  const bound = { value: amount(1200), inclusive: true };
  const table: Table = {
    kind: 'bands',
    id: 'Rates',
    at,
    mode: 'slice',
    input: usd,
    result: number,
    bands: [
      { from: null, to: bound, result: amount(low, number), slope: null, at },
      { from: { ...bound, inclusive: false }, to: null, result: amount(high, number), slope: null, at },
    ],
  };
  const paid = { kind: 'table', table: 'Rates', on: revenue, and: null, type: usd, at } as const;
  const small = program([monthly('Commission', paid)], { tables: [table] });
  return { ...small, policies: { ...small.policies, amendments } };
}

const change = day('2026-04-16');
const facts = [
  sold('S-1', 'Kim', 80000, day('2026-04-10')),
  sold('S-2', 'Kim', 80000, day('2026-04-20')),
  sold('S-3', 'Kim', 10000, day('2026-05-02')),
];

function commissions(mode: AmendmentMode) {
  const versions = [
    { program: plan(rational(1, 100), rational(2, 100), mode), from: null, to: change },
    { program: plan(rational(10, 100), rational(20, 100), mode), from: change, to: null },
  ];
  const known = { facts, attributes: [], decisions: [], openings: [], asOf: day('2026-05-31') };
  return evaluate(versions, known).entitlements.map(({ period, amount: minor, lines }) => ({
    period,
    amount: minor,
    lines: lines.map((line) => line.amount),
  }));
}

describe('a change in the middle of a month', () => {
  test('by segment: each half has its own accumulator, and half of the bound', () => {
    // 600 at 1% and 200 at 2%; then 600 at 10% and 200 at 20%.
    expect(commissions('segment')).toEqual([
      { period: '2026-04', amount: 11000n, lines: [1000n, 10000n] },
      { period: '2026-05', amount: 1000n, lines: [1000n] },
    ]);
  });

  test('by splice: the position carries over, and later sales are borne under the new rates', () => {
    // 800 at 1%; then 400 at 10% and 400 at 20%.
    expect(commissions('splice')).toEqual([
      { period: '2026-04', amount: 12800n, lines: [800n, 12000n] },
      { period: '2026-05', amount: 1000n, lines: [1000n] },
    ]);
  });

  test('by restatement: the new rates hold for the whole', () => {
    expect(commissions('restate')).toEqual([
      { period: '2026-04', amount: 20000n, lines: [8000n, 12000n] },
      { period: '2026-05', amount: 1000n, lines: [1000n] },
    ]);
  });
});

test('a change of nothing changes nothing, also for points', () => {
  const points = program([issuing()]);
  const known = { facts, attributes: [], decisions: [], openings: [], asOf: day('2026-05-31') };
  const versions = [
    { program: points, from: null, to: change },
    { program: points, from: change, to: null },
  ];
  const whole = [{ program: points, from: null, to: null }];
  expect(evaluate(versions, known)).toEqual(evaluate(whole, known));
});

test('facts that count before the agreement is in force count for nothing', () => {
  const versions = [
    { program: plan(rational(1, 100), rational(1, 100), 'segment'), from: day('2026-05-01'), to: null },
  ];
  const known = { facts, attributes: [], decisions: [], openings: [], asOf: day('2026-05-31') };
  expect(evaluate(versions, known).entitlements.map(({ period, amount: minor }) => [period, minor])).toEqual([
    ['2026-05', 100n],
  ]);
});

test.each([
  ['stays whole in each part', [], 20000n],
  ['is shared by days where the clause says so', [{ kind: 'prorated', by: 'days', at } as const], 10000n],
])('by segment a fixed bonus %s', (_, rows, minor) => {
  const bonus = program([monthly('Bonus', amount(100), rows)]);
  const known = { facts, attributes: [], decisions: [], openings: [], asOf: day('2026-04-30') };
  const versions = [
    { program: bonus, from: null, to: change },
    { program: bonus, from: change, to: null },
  ];
  expect(evaluate(versions, known).entitlements.map(({ amount }) => amount)).toEqual([minor]);
});

const tenth = times(amount(rational(1, 10), number), revenue);
const byDays: Row = { kind: 'prorated', by: 'days', at };
const atMost = (whole: number): Row => ({ kind: 'at most', limit: amount(whole), when: null, at });

test.each<[string, Expression, readonly Row[], readonly Row[], bigint]>([
  ['a rate of what was sold is reduced by its facts alone', tenth, [byDays], [], 16000n],
  ['a cap before it is reduced once', tenth, [atMost(100), byDays], [atMost(100)], 10000n],
  ['a cap after it is reduced once', tenth, [byDays, atMost(100)], [atMost(100)], 10000n],
  ['a bonus is reduced once', amount(100), [byDays], [], 10000n],
  ['a bonus with a cap before it is reduced once', amount(100), [atMost(80), byDays], [], 8000n],
])('prorated by days, in a month that two versions share: %s', (_, paid, rows, same, minor) => {
  const known = { facts, attributes: [], decisions: [], openings: [], asOf: day('2026-04-30') };
  const given = (own: readonly Row[]) => {
    const version = program([monthly('Pay', paid, own)]);
    return evaluate(
      [
        { program: version, from: null, to: change },
        { program: version, from: change, to: null },
      ],
      known,
    ).entitlements.map(({ amount: cents }) => cents);
  };
  expect(given(rows)).toEqual([minor]);
  if (same.length > 0) expect(given(same)).toEqual([minor]);
});

test('by whole months, a month that is split belongs to the version in which it begins', () => {
  const quarterly = (rate: number): Program => {
    const clause = monthly('Pay', times(amount(rational(rate, 10), number), revenue), [atMost(90)]);
    const small = program([{ ...clause, occasion: { kind: 'period', unit: 'quarter', period: thePeriod } }]);
    return { ...small, policies: { ...small.policies, proration: 'whole months' } };
  };
  const known = {
    facts: [sold('S-1', 'Kim', 80000, day('2026-05-01')), sold('S-2', 'Kim', 80000, day('2026-06-01'))],
    attributes: [],
    decisions: [],
    openings: [],
    asOf: day('2026-06-30'),
  };
  const from = day('2026-05-15');
  const versions = [
    { program: quarterly(1), from: null, to: from },
    { program: quarterly(1), from, to: null },
  ];
  // Two months of three are the first version's: at most 60, and then at most 30.
  expect(evaluate(versions, known).entitlements.map(({ lines }) => lines.map((line) => line.amount))).toEqual(
    [[6000n, 3000n]],
  );
});

test('sales of two versions in one month and their full returns in another leave not a cent', () => {
  const half = times(amount(rational(1, 200), number), revenue);
  const version = program([{ ...monthly('Pay', half), returns: 'what it earned' }]);
  const known = {
    facts: [
      sold('S-1', 'Kim', 100, day('2026-04-10')),
      sold('S-2', 'Kim', 100, day('2026-04-20')),
      returned('R-1', 'S-1', 100, day('2026-05-05')),
      returned('R-2', 'S-2', 100, day('2026-05-06')),
    ],
    attributes: [],
    decisions: [],
    openings: [],
    asOf: day('2026-05-31'),
  };
  const versions = [
    { program: version, from: null, to: change },
    { program: version, from: change, to: null },
  ];
  const { entitlements } = evaluate(versions, known);
  expect(entitlements.map(({ period, amount: cents }) => [period, cents])).toEqual([
    ['2026-04', 1n],
    ['2026-05', -1n],
  ]);
});
