// SPDX-License-Identifier: Apache-2.0
// How an amount is borne by the sales behind it, one line per sale.
import { expect, test } from 'vitest';
import type { Clause, Row } from '../../program/clause.ts';
import type { Table, TableMode } from '../../program/declaration.ts';
import type { Expression } from '../../program/expression.ts';
import type { Program } from '../../program/program.ts';
import type { Type } from '../../program/type.ts';
import { rational } from '../../values/rational.ts';
import { evaluate } from './evaluate.ts';
import {
  amount,
  at,
  day,
  monthly,
  number,
  program,
  ref,
  returned,
  revenue,
  salesInMonth,
  sold,
  theMember,
  thePeriod,
  theSale,
  times,
  usd,
} from './small-program.ts';

/** Sales of 40, 60 and 100. */
const facts = [4000, 6000, 10000].map((cents, index) => sold(`S-${index}`, 'Kim', cents, day('2026-01-10')));

function lines(
  paid: Expression,
  rows: readonly Row[] = [],
  tables: readonly Table[] = [],
): (string | bigint)[][] {
  const of = program([monthly('Pay', paid, rows)], { tables });
  const known = { facts, attributes: [], decisions: [], openings: [], asOf: day('2026-01-31') };
  const [first] = evaluate([{ program: of, from: null, to: null }], known).entitlements;
  return (first?.lines ?? []).map((line) => [line.fact?.id ?? '', line.amount, line.note]);
}

function table(mode: TableMode): Table {
  const bound = { value: amount(100), inclusive: true };
  const [low, high] =
    mode === 'reached'
      ? [amount(10), amount(30)]
      : [amount(rational(1, 10), number), amount(rational(2, 10), number)];
  return {
    kind: 'bands',
    id: 'Rates',
    at,
    mode,
    input: usd,
    result: low.type,
    bands: [
      { from: null, to: bound, result: low, slope: null, at },
      { from: { ...bound, inclusive: false }, to: null, result: high, slope: null, at },
    ],
  };
}

const onRevenue: Expression = { kind: 'table', table: 'Rates', on: revenue, and: null, type: usd, at };
const count: Expression = {
  kind: 'fold',
  fold: 'count',
  set: salesInMonth,
  item: theSale,
  each: null,
  leastCount: null,
  type: number,
  at,
};

function when(paid: Expression, left: Expression): Expression {
  const condition: Expression = {
    kind: 'compare',
    comparison: 'at least',
    left,
    right: amount(1),
    type: { kind: 'yesNo' },
    at,
  };
  return { kind: 'cases', cases: [{ when: condition, then: paid }], otherwise: null, type: usd, at };
}

function arithmetic(operator: '+' | '-' | '*' | '/', left: Expression, right: Expression): Expression {
  return { kind: 'arithmetic', operator, left, right, type: usd, at };
}

test('slices go to the sales that reach them', () => {
  expect(lines(onRevenue, [], [table('slice')]).map(([, minor]) => minor)).toEqual([400n, 600n, 2000n]);
});

test('a rate on the whole goes to every sale alike', () => {
  expect(lines(onRevenue, [], [table('whole')]).map(([, minor]) => minor)).toEqual([800n, 1200n, 2000n]);
});

test('the amount of a band goes to the sale that reaches it', () => {
  expect(lines(onRevenue, [], [table('reached')]).map(([, minor]) => minor)).toEqual([1000n, 2000n]);
});

test('a fixed bonus is shared in proportion to the measure behind its gate', () => {
  expect(lines(when(amount(20), revenue)).map(([, minor]) => minor)).toEqual([400n, 600n, 1000n]);
  expect(lines(when(amount(30), count)).map(([, minor]) => minor)).toEqual([1000n, 1000n, 1000n]);
});

test('a gated share of the measure keeps its own shares', () => {
  expect(
    lines(when(times(amount(rational(1, 10), number), revenue), count)).map(([, minor]) => minor),
  ).toEqual([400n, 600n, 1000n]);
});

test('later sales get less under a cap', () => {
  expect(lines(revenue, [{ kind: 'at most', limit: amount(70), when: null, at }])).toEqual([
    ['S-0', 4000n, 'credit'],
    ['S-1', 3000n, 'cap'],
  ]);
});

test('what a minimum adds is a line of its own', () => {
  expect(lines(revenue, [{ kind: 'at least', limit: amount(250), when: null, at }]).at(-1)).toEqual([
    '',
    5000n,
    'minimum',
  ]);
});

test('of a product the part in money is spread, the other read at its final value', () => {
  expect(lines(arithmetic('*', count, revenue)).map(([, minor]) => minor)).toEqual([12000n, 18000n, 30000n]);
});

test('a sum is borne by the sales of both parts, and what no sale bears by none', () => {
  expect(lines(arithmetic('+', revenue, amount(5)))).toEqual([
    ['S-0', 4000n, 'credit'],
    ['S-1', 6000n, 'credit'],
    ['S-2', 10000n, 'credit'],
    ['', 500n, 'unattributed'],
  ]);
  expect(lines(arithmetic('-', revenue, revenue))).toEqual([]);
});

test('the lesser of a measure and a bound is a cap', () => {
  expect(
    lines({ kind: 'lesser', left: revenue, right: amount(70), type: usd, at }).map(([, minor]) => minor),
  ).toEqual([4000n, 3000n]);
});

test('a fixed amount is borne by no sale', () => {
  expect(lines(amount(7))).toEqual([['', 700n, 'unattributed']]);
});

/** The lines of what a clause gives in a month, by the name of the clause. */
function linesOf(clauses: readonly Clause[], month: string, known = facts, parts: Partial<Program> = {}) {
  const asOf = day('2026-03-31');
  const { entitlements } = evaluate([{ program: program(clauses, parts), from: null, to: null }], {
    facts: known,
    attributes: [],
    decisions: [],
    openings: [],
    asOf,
  });
  const found = entitlements.find(({ clause, period }) => clause === 'Pay' && period === month);
  return (found?.lines ?? []).map((line) => [line.fact?.id ?? '', line.amount, line.note]);
}

const tenth = amount(rational(1, 10), number);
const ofCommission: Expression = {
  kind: 'entitlement',
  clause: 'Commission',
  of: ref(theMember),
  period: ref(thePeriod),
  type: usd,
  at,
};

test("a part of another clause's amount is borne by the lines of that clause, a cap of it included", () => {
  const commission = monthly('Commission', times(tenth, revenue), [
    { kind: 'at most', limit: amount(18), when: null, at },
  ]);
  expect(linesOf([commission, monthly('Pay', times(tenth, ofCommission))], '2026-01')).toEqual([
    ['S-0', 40n, 'credit'],
    ['S-1', 60n, 'credit'],
    ['S-2', 80n, 'credit'],
  ]);
});

test('a return that another clause has taken into account is taken back once from a part of it', () => {
  const back = [...facts, returned('R', 'S-2', 10000, day('2026-03-05'))];
  const commission: Clause = { ...monthly('Commission', times(tenth, revenue)), returns: 'what it earned' };
  const pay: Clause = { ...monthly('Pay', times(tenth, ofCommission)), returns: 'what it earned' };
  expect(linesOf([commission, pay], '2026-03', back)).toEqual([['R', -100n, 'return']]);
});

test('what a measure rose by is borne by the lines of this period less those of the one before', () => {
  const value: Program['values'][number] = {
    id: 'Revenue',
    at,
    of: theMember,
    period: { unit: null, variable: thePeriod },
    body: revenue,
  };
  const rise: Expression = {
    kind: 'rise',
    value: 'Revenue',
    of: ref(theMember),
    period: ref(thePeriod),
    type: usd,
    at,
  };
  const known = [...facts, sold('S-9', 'Kim', 30000, day('2026-02-10'))];
  expect(linesOf([monthly('Pay', times(tenth, rise))], '2026-02', known, { values: [value] })).toEqual([
    ['S-0', -400n, 'credit'],
    ['S-1', -600n, 'credit'],
    ['S-2', -1000n, 'credit'],
    ['S-9', 3000n, 'credit'],
  ]);
});

test('money from a matrix is shared by the first measure that it is looked up by; a rate scales the measure', () => {
  const matrix = (cell: Expression): Table => ({
    kind: 'matrix',
    id: 'Grid',
    at,
    rows: [{ kind: 'otherwise' }],
    columns: [{ kind: 'otherwise' }],
    cells: [[cell]],
    input: { rows: usd, columns: number },
    result: cell.type,
  });
  const looked = (type: Type): Expression => ({
    kind: 'table',
    table: 'Grid',
    on: revenue,
    and: count,
    type,
    at,
  });
  const tables = [matrix(amount(50))];
  const shares = [10n, 15n, 25n];
  expect(linesOf([monthly('Pay', looked(usd))], '2026-01', facts, { tables })).toEqual(
    shares.map((share, index) => [`S-${index}`, share * 100n, 'credit']),
  );
  expect(
    linesOf([monthly('Pay', times(looked(number), revenue))], '2026-01', facts, { tables: [matrix(tenth)] }),
  ).toEqual([4n, 6n, 10n].map((share, index) => [`S-${index}`, share * 100n, 'credit']));
});
