// SPDX-License-Identifier: Apache-2.0
// The evaluator on programs built by hand: slices borne by facts, returns in their four modes, points and vouchers.
import { describe, expect, test } from 'vitest';
import type { Clause, ReturnMode } from '../../program/clause.ts';
import type { Table } from '../../program/declaration.ts';
import type { Fact } from '../../program/log.ts';
import type { Program } from '../../program/program.ts';
import { rational } from '../../values/rational.ts';
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
  times,
  usd,
} from './small-program.ts';

function result(of: Program, facts: readonly Fact[], asOf: string) {
  const known = { facts, attributes: [], decisions: [], openings: [], asOf: day(asOf) };
  return evaluate([{ program: of, from: null, to: null }], known).entitlements;
}

function amounts(of: Program, facts: readonly Fact[], asOf: string) {
  return result(of, facts, asOf).map(
    ({ component, payee, period, amount: minor }) => `${payee} ${period} ${component} ${minor}`,
  );
}

const rates: Table = {
  kind: 'bands',
  id: 'Rates',
  at,
  mode: 'slice',
  input: usd,
  result: number,
  bands: [
    {
      from: null,
      to: { value: amount(100), inclusive: true },
      result: amount(rational(5, 100), number),
      slope: null,
      at,
    },
    {
      from: { value: amount(100), inclusive: false },
      to: null,
      result: amount(rational(10, 100), number),
      slope: null,
      at,
    },
  ],
};
const commission = monthly('Commission', {
  kind: 'table',
  table: 'Rates',
  on: revenue,
  and: null,
  type: usd,
  at,
});
const five = (returns: ReturnMode, rows: Clause['rows'] = []): Clause => ({
  ...monthly('Commission', times(amount(rational(5, 100), number), revenue), rows),
  returns,
});

describe('an amount per period', () => {
  const facts = [
    sold('S-2', 'Kim', 6000, day('2026-01-20')),
    sold('S-1', 'Kim', 8000, day('2026-01-10')),
    sold('S-3', 'Lee', 1000, day('2026-02-01')),
  ];

  test('is borne by the sales in their order, each at the slice that it reaches', () => {
    const [first] = result(program([commission], { tables: [rates] }), facts, '2026-02-28');
    expect(first).toMatchObject({ payee: 'Kim', period: '2026-01', amount: 900n, held: 0n, state: 'final' });
    expect(first?.lines.map(({ fact, amount: minor }) => [fact?.id, minor])).toEqual([
      ['S-1', 400n],
      ['S-2', 500n],
    ]);
  });

  test('sees nothing that counts after the day of evaluation', () => {
    expect(amounts(program([commission], { tables: [rates] }), facts, '2026-01-15')).toEqual([
      'Kim 2026-01 Commission 400',
    ]);
  });

  test('is provisional while the amount of a sale is unknown', () => {
    const { Amount, ...fields } = facts[0]!.fields;
    expect(Amount).toBeDefined();
    const [first] = result(program([five('none')]), [{ ...facts[0]!, fields }, facts[1]!], '2026-01-31');
    expect(first).toMatchObject({ amount: 400n, state: 'provisional' });
    expect(first?.waiting).toEqual([{ what: 'field', name: 'Amount', of: 'S-2' }]);
  });
});

describe('a return', () => {
  const facts = [
    sold('S-1', 'Kim', 20000, day('2026-01-10')),
    returned('R-1', 'S-1', 5000, day('2026-02-03')),
  ];
  const minimum = [{ kind: 'at least', limit: amount(15), when: null, at }] as const;

  test.each<[ReturnMode, Clause['rows'], string[]]>([
    ['none', [], ['Kim 2026-01 Commission 1000']],
    ['as if smaller', [], ['Kim 2026-01 Commission 750']],
    ['negative today', [], ['Kim 2026-01 Commission 1000', 'Kim 2026-02 Commission -250']],
    ['what it earned', [], ['Kim 2026-01 Commission 1000', 'Kim 2026-02 Commission -250']],
    ['what it earned', minimum, ['Kim 2026-01 Commission 1500', 'Kim 2026-02 Commission 1250']],
  ])('%s', (mode, rows, expected) => {
    expect(amounts(program([five(mode, rows)]), facts, '2026-02-28')).toEqual(expected);
  });
});

test('points are exchanged for vouchers as soon as there are enough, and the rest expires', () => {
  const voucher: Clause = {
    ...monthly('Voucher', amount(5), [{ kind: 'for every', step: amount(100, number), asset: 'Points', at }]),
    occasion: { kind: 'ever' },
  };
  const points = program([issuing({ kind: 'usable through', date: dateLiteral('2026-03-31'), at }), voucher]);
  const facts = [sold('S-1', 'Kim', 9050, day('2026-01-10')), sold('S-2', 'Kim', 14000, day('2026-01-11'))];
  expect(amounts(points, facts, '2026-03-31')).toEqual([
    'Kim  Points issued 230',
    'Kim  Voucher 1000',
    'Kim  Points used 200',
    'Kim  Points open 30',
  ]);
  expect(amounts(points, facts, '2026-04-01').slice(2)).toEqual([
    'Kim  Points used 200',
    'Kim  Points expired 30',
  ]);
});

function dateLiteral(text: string) {
  return { kind: 'literal', value: { kind: 'date', value: day(text) }, type: { kind: 'date' }, at } as const;
}
