// SPDX-License-Identifier: Apache-2.0
// Settlements over clauses: a recoverable draw with its running debt, months without facts, and pay ahead.
import { expect, test } from 'vitest';
import type { BalanceRow, Settlement } from '../../program/clause.ts';
import type { Expression } from '../../program/expression.ts';
import { evaluate } from './evaluate.ts';
import {
  amount,
  at,
  date,
  day,
  monthly,
  number,
  program,
  revenue,
  sold,
  theMember,
  thePeriod,
} from './small-program.ts';

function literalDay(text: string): Expression {
  return { kind: 'literal', value: { kind: 'date', value: day(text) }, type: date, at };
}

function pay(rows: readonly BalanceRow[]): Settlement {
  return {
    id: 'pay',
    name: 'Pay',
    at,
    section: '',
    payer: 'Company',
    payee: { variable: theMember, party: 'Member' },
    unit: 'month',
    period: thePeriod,
    asset: 'USD',
    from: ['Commission'],
    rows,
  };
}

function settledMonths(earned: readonly number[], rows: readonly BalanceRow[]) {
  const facts = earned.flatMap((dollars, index) =>
    dollars === 0 ? [] : [sold(`S-${index}`, 'Kim', dollars * 100, day(`2026-0${index + 1}-15`))],
  );
  const asOf = day(`2026-0${earned.length}-28`) + 3;
  const of = program([monthly('Commission', revenue)], { settlements: [pay(rows)] });
  const { entitlements } = evaluate([{ program: of, from: null, to: null }], {
    facts,
    attributes: [],
    decisions: [],
    openings: [],
    asOf,
  });
  return (component: string) =>
    earned.map((_, index) => {
      const found = entitlements.find(
        (entitlement) => entitlement.component === component && entitlement.period === `2026-0${index + 1}`,
      );
      return Number(found?.amount ?? 0n) / 100;
    });
}

const owed: BalanceRow = { kind: 'owed', share: amount(1, number), from: null, at };

test('a recoverable draw lifts weak months and is recovered from strong ones', () => {
  // Oracle, Siebel Incentive Compensation Administration Guide, "Recoverable draw".
  const draw: BalanceRow = {
    kind: 'at least',
    amount: amount(2000),
    from: literalDay('2026-01-01'),
    through: literalDay('2026-06-30'),
    at,
  };
  const of = settledMonths([2750, 3000, 1500, 2375, 3000, 2750], [draw, owed]);
  expect(of('Pay')).toEqual([2750, 3000, 2000, 2000, 2875, 2750]);
  expect(of('Pay owed')).toEqual([0, 0, 500, 125, 0, 0]);
});

test('a month without any sale is settled as well', () => {
  const draw: BalanceRow = { kind: 'at least', amount: amount(2000), from: null, through: null, at };
  const of = settledMonths([2500, 0, 0, 5000], [draw, owed]);
  expect(of('Pay')).toEqual([2500, 2000, 2000, 2000]);
  expect(of('Pay owed')).toEqual([0, 2000, 4000, 1000]);
});

test('what is paid on the first day is taken off at the end', () => {
  const draw: BalanceRow = { kind: 'at least', amount: amount(3000), from: null, through: null, at };
  const of = settledMonths([4000, 2000], [draw, owed, { kind: 'paid ahead', at }]);
  expect(of('Pay ahead')).toEqual([3000, 3000]);
  expect(of('Pay')).toEqual([1000, 0]);
  expect(of('Pay owed')).toEqual([0, 1000]);
});

test('what exceeds a maximum is carried into the next month', () => {
  const of = settledMonths(
    [1500, 700, 600],
    [{ kind: 'at most', amount: amount(1000), excess: 'carried', at }],
  );
  expect(of('Pay')).toEqual([1000, 1000, 800]);
  expect(of('Pay carried')).toEqual([500, 200, 0]);
});
