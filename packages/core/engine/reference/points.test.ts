// SPDX-License-Identifier: Apache-2.0
// Wallets in the fold: rewards that take points, lots that become usable later, returns, households, opening balances.
import { describe, expect, test } from 'vitest';
import type { Clause, ReturnMode, Row } from '../../program/clause.ts';
import type { Expression } from '../../program/expression.ts';
import type { AttributeFact, Fact, OpeningBalance } from '../../program/log.ts';
import type { Program } from '../../program/program.ts';
import { rational } from '../../values/rational.ts';
import { evaluate } from './evaluate.ts';
import {
  amount,
  at,
  date,
  day,
  field,
  issuing,
  member,
  monthly,
  number,
  program,
  ref,
  returned,
  sold,
  theMember,
  theSale,
} from './small-program.ts';

interface Log {
  readonly facts: readonly Fact[];
  readonly attributes?: readonly AttributeFact[];
  readonly openings?: readonly OpeningBalance[];
}

function balances(of: Program, log: Log, asOf: string): Record<string, number> {
  const known = { attributes: [], openings: [], decisions: [], ...log, asOf: day(asOf) };
  const { entitlements } = evaluate([{ program: of, from: null, to: null }], known);
  return Object.fromEntries(
    entitlements
      .filter(({ amount: minor }) => minor !== 0n)
      .map(({ payee, component, amount: minor }) => [`${payee} ${component}`, Number(minor)]),
  );
}

function daysAfterSale(days: number): Expression {
  return {
    kind: 'shifted',
    date: field(theSale, 'Sold', date),
    by: {
      kind: 'literal',
      value: { kind: 'duration', value: { months: 0, days } },
      type: { kind: 'duration' },
      at,
    },
    direction: 1,
    type: date,
    at,
  };
}

/** A reward on each sale above 50, for 30 points. */
function reward(ifShort: 'refused' | 'as far as they go', rows: readonly Row[] = []): Clause {
  const isLarge: Expression = {
    kind: 'compare',
    comparison: 'more than',
    left: field(theSale, 'Amount', amount(0).type),
    right: amount(50),
    type: { kind: 'yesNo' },
    at,
  };
  return {
    ...issuing(),
    id: 'Reward',
    name: 'Reward',
    action: 'pays',
    asset: 'USD',
    amount: {
      kind: 'cases',
      cases: [{ when: isLarge, then: amount(3) }],
      otherwise: null,
      type: amount(0).type,
      at,
    },
    rows: [{ kind: 'taking', amount: amount(30, number), asset: 'Points', ifShort, at }, ...rows],
  };
}

describe('a reward that takes points', () => {
  const facts = [sold('S-1', 'Kim', 2000, day('2026-01-01')), sold('S-2', 'Kim', 6000, day('2026-01-02'))];

  test('is refused while there are too few', () => {
    const of = program([reward('refused'), issuing()]);
    expect(balances(of, { facts }, '2026-01-31')).toEqual({ 'Kim Points issued': 80, 'Kim Points open': 80 });
  });

  test('comes in the share that the points pay for, as far as they go', () => {
    const of = program([reward('as far as they go'), issuing()]);
    expect(balances(of, { facts }, '2026-01-31')).toEqual({
      'Kim Reward': 200,
      'Kim Points issued': 80,
      'Kim Points used': 20,
      'Kim Points open': 60,
    });
  });

  test('sees the points of its own sale when the issue stands before it', () => {
    const of = program([issuing(), reward('refused')]);
    expect(balances(of, { facts }, '2026-01-31')).toMatchObject({
      'Kim Points used': 30,
      'Kim Points open': 50,
    });
  });
});

describe('points that are usable later', () => {
  const later: Row = { kind: 'usable from', date: daysAfterSale(10), at };
  const voucher: Clause = {
    ...monthly('Voucher', amount(5), [{ kind: 'for every', step: amount(100, number), asset: 'Points', at }]),
    occasion: { kind: 'ever' },
  };
  const of = program([issuing(later), voucher]);
  const facts = [sold('S-1', 'Kim', 12000, day('2026-01-01'))];

  test.each([
    ['2026-01-10', { 'Kim Points issued': 120, 'Kim Points pending': 120 }],
    [
      '2026-01-11',
      { 'Kim Points issued': 120, 'Kim Points used': 100, 'Kim Points open': 20, 'Kim Voucher': 500 },
    ],
  ])('as of %s', (asOf, expected) => {
    expect(balances(of, { facts }, asOf)).toEqual(expected);
  });
});

describe('a returned sale', () => {
  const facts = [
    sold('S-1', 'Kim', 10000, day('2026-01-01')),
    sold('S-2', 'Kim', 4000, day('2026-01-02')),
    returned('R-1', 'S-1', 2500, day('2026-01-05')),
  ];

  test.each<[ReturnMode, Record<string, number>]>([
    ['as if smaller', { 'Kim Points issued': 115, 'Kim Points open': 115 }],
    ['what it earned', { 'Kim Points issued': 115, 'Kim Points open': 115, 'Kim Points reversed': 25 }],
    ['negative today', { 'Kim Points issued': 115, 'Kim Points open': 115, 'Kim Points reversed': 25 }],
  ])('%s', (returns, expected) => {
    expect(balances(program([{ ...issuing(), returns }]), { facts }, '2026-01-31')).toEqual(expected);
  });

  test('gives back what was used on it, where the clause says so', () => {
    const back: Row = { kind: 'on a return', mode: 'what it earned', restoresTaken: true, share: null, at };
    const paid: Clause = { ...reward('refused', [back]), returns: 'what it earned' };
    const of = program([issuing(), paid]);
    const log = [...facts.slice(0, 1), returned('R-1', 'S-1', 10000, day('2026-01-05'))];
    expect(balances(of, { facts: log }, '2026-01-04')).toMatchObject({ 'Kim Points used': 30 });
    expect(balances(of, { facts: log }, '2026-01-31')).toEqual({
      'Kim Points issued': 100,
      'Kim Points open': 100,
    });
  });
});

test('a household shares one wallet, and its balance is the household’s', () => {
  const small = program([issuing(), reward('refused')], {
    burns: [{ asset: 'Points', order: ['issue'], pool: { party: 'Member', attribute: 'Household' }, at }],
  });
  const household = (of: string): AttributeFact => ({
    party: 'Member',
    of,
    attribute: 'Household',
    value: { kind: 'party', value: 'H-1' },
    from: day('2026-01-01'),
    through: null,
  });
  const of: Program = {
    ...small,
    parties: small.parties.map((kind) =>
      kind.id === 'Member'
        ? { ...kind, attributes: [{ name: 'Household', type: member, mayStayOpen: false, one: true }] }
        : kind,
    ),
  };
  const facts = [sold('S-1', 'Kim', 1000, day('2026-01-01')), sold('S-2', 'Lee', 5100, day('2026-01-02'))];
  const attributes = [household('Kim'), household('Lee')];
  expect(balances(of, { facts, attributes }, '2026-01-31')).toEqual({
    'Kim Points issued': 10,
    'Lee Points issued': 51,
    'Lee Reward': 300,
    'H-1 Points used': 30,
    'H-1 Points open': 31,
  });
});

test('an opening balance is there from its day through its last', () => {
  const openings = [
    {
      component: 'Points',
      of: 'Kim',
      amount: rational(40),
      on: day('2026-01-01'),
      through: day('2026-01-31'),
    },
  ];
  const facts = [sold('S-1', 'Kim', 1000, day('2026-01-02'))];
  const of = program([issuing()]);
  expect(balances(of, { facts, openings }, '2026-01-31')).toMatchObject({ 'Kim Points open': 50 });
  expect(balances(of, { facts, openings }, '2026-02-01')).toMatchObject({
    'Kim Points open': 10,
    'Kim Points expired': 40,
  });
});

test('points that live by activity expire once no sale came for 30 days', () => {
  const alive: Row = {
    kind: 'usable while active',
    activity: {
      kind: 'facts',
      factKind: 'Sale',
      item: theSale,
      where: [
        {
          kind: 'compare',
          comparison: 'is',
          left: field(theSale, 'Member', member),
          right: ref(theMember),
          type: { kind: 'yesNo' },
          at,
        },
      ],
      window: { kind: 'all' },
    },
    every: {
      kind: 'literal',
      value: { kind: 'duration', value: { months: 0, days: 30 } },
      type: { kind: 'duration' },
      at,
    },
    at,
  };
  const of = program([issuing(alive)]);
  const facts = [sold('S-1', 'Kim', 1000, day('2026-01-01')), sold('S-2', 'Kim', 500, day('2026-01-31'))];
  expect(balances(of, { facts }, '2026-03-02')).toMatchObject({ 'Kim Points open': 15 });
  expect(balances(of, { facts }, '2026-03-03')).toMatchObject({ 'Kim Points expired': 15 });
  const late = [facts[0]!, sold('S-2', 'Kim', 500, day('2026-02-01'))];
  expect(balances(of, { facts: late }, '2026-03-02')).toMatchObject({
    'Kim Points open': 5,
    'Kim Points expired': 10,
  });
});
