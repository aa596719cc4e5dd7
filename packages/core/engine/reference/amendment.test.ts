// SPDX-License-Identifier: Apache-2.0
// A change of the rate in the middle of a month, in its three modes, and bounds in money under each.
import { describe, expect, test } from 'vitest';
import type { AmendmentMode } from '../../program/clause.ts';
import type { Table } from '../../program/declaration.ts';
import type { Program } from '../../program/program.ts';
import { type Rational, rational } from '../../values/rational.ts';
import { evaluate } from './evaluate.ts';
import { amount, at, day, issuing, monthly, number, program, revenue, sold, usd } from './small-program.ts';

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
