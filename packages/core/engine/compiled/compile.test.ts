// SPDX-License-Identifier: Apache-2.0
// The compiled engine gives what the reference gives, bit for bit, for agreements built by hand.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clause } from '../../program/clause.ts';
import type { Table, TableMode } from '../../program/declaration.ts';
import { storeBuilder, storeFromKnown } from '../../program/fact-store.ts';
import type { Entry, Fact } from '../../program/log.ts';
import type { Program } from '../../program/program.ts';
import { rational } from '../../values/rational.ts';
import { knownAt } from '../known.ts';
import { evaluate } from '../reference/evaluate.ts';
import {
  amount,
  at,
  day,
  field,
  monthly,
  number,
  program,
  revenue,
  salesInMonth,
  sold,
  theMember,
  theSale,
  times,
  usd,
} from '../reference/small-program.ts';
import { compileEngine } from './compile.ts';

const firstDay = day('2026-01-01');
const asOf = day('2026-05-20');

const mode = fc.constantFrom<TableMode>('slice', 'whole', 'reached', 'proportion', 'lines');
const rate = fc.integer({ min: -300, max: 2000 });
const anyTable: fc.Arbitrary<Table> = fc
  .record({
    mode,
    rates: fc.tuple(rate, rate, rate),
    first: fc.integer({ min: 1, max: 40_000 }),
    width: fc.nat(90_000),
  })
  .map(({ mode: chosen, rates, first, width }): Table => {
    const bound = (cents: number) => ({ value: amount(rational(cents, 100)), inclusive: true });
    const result = (value: number) =>
      chosen === 'slice' || chosen === 'whole'
        ? amount(rational(value, 10_000), number)
        : amount(rational(value, 10));
    const low = bound(first);
    const high = bound(first + width + 1);
    return {
      kind: 'bands',
      id: 'Rates',
      at,
      mode: chosen,
      input: usd,
      result: number,
      bands: [
        { from: null, to: low, result: result(rates[0]), slope: null, at },
        { from: { ...low, inclusive: false }, to: high, result: result(rates[1]), slope: null, at },
        { from: { ...high, inclusive: false }, to: null, result: result(rates[2]), slope: null, at },
      ],
    };
  });
const sliced = { kind: 'table', table: 'Rates', on: revenue, and: null, type: usd, at } as const;
const count = {
  kind: 'fold',
  fold: 'count',
  set: salesInMonth,
  item: theSale,
  each: null,
  leastCount: null,
  type: number,
  at,
} as const;
const yesNo = { kind: 'yesNo' } as const;
const gate = (least: number, then: Clause['amount']): Clause['amount'] => ({
  kind: 'cases',
  cases: [
    {
      when: { kind: 'compare', comparison: 'at least', left: revenue, right: amount(least), type: yesNo, at },
      then,
    },
  ],
  otherwise: null,
  type: usd,
  at,
});
const perSale: Clause = {
  ...monthly('Per sale', times(amount(rational(33, 1000), number), field(theSale, 'Amount', usd))),
  payee: {
    variable: theMember,
    party: 'Member',
    from: field(theSale, 'Member', { kind: 'party', of: 'Member' }),
  },
  occasion: {
    kind: 'fact',
    facts: { kind: 'facts', factKind: 'Sale', item: theSale, where: [], window: { kind: 'all' } },
    fact: theSale,
    unit: 'month',
    period: null,
    date: field(theSale, 'Sold', { kind: 'date' }),
  },
};
const agreement = (table: Table, cap: number): Program =>
  program(
    [
      monthly('Commission', sliced),
      monthly('Capped', sliced, [{ kind: 'at most', limit: amount(cap), when: null, at }]),
      monthly('Bonus', gate(200, amount(75))),
      monthly('Share', gate(100, times(amount(rational(1, 100), number), revenue))),
      monthly('Counted', times(amount(rational(5, 3)), count)),
      monthly('Each', times(amount(7), count)),
      perSale,
    ],
    { tables: [table], factKinds: [program([]).factKinds[0]!] },
  );

const anySale = fc.record({
  member: fc.constantFrom('Kim', 'Lee', 'Ana'),
  cents: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: -20_000, max: 90_000 }) },
    { weight: 1, arbitrary: fc.constantFrom(9_007_199_254_740_990, 4_503_599_627_370_496) },
  ),
  on: fc.integer({ min: 0, max: 150 }),
  lacks: fc.option(fc.constantFrom('Amount', 'Sold', 'Member'), { freq: 8 }),
});
const sales = fc.array(anySale, { maxLength: 40 }).map((list) =>
  list.map((sale, index): Fact => {
    const fact = sold(`S-${(index * 7) % 41}`, sale.member, sale.cents, firstDay + sale.on);
    if (sale.lacks === null) return fact;
    const { [sale.lacks]: _, ...fields } = fact.fields;
    return { ...fact, fields };
  }),
);

test('bulk gives what the reference gives: totals, lines, notes, states and what is waited for', () => {
  fc.assert(
    fc.property(anyTable, fc.integer({ min: 1, max: 500 }), sales, (table, cap, facts) => {
      const versions = [{ program: agreement(table, cap), from: null, to: null }];
      const known = knownAt(
        facts.map((fact) => ({ kind: 'fact', fact, recordedOn: null })),
        asOf,
      );
      const store = storeFromKnown(known, versions[0]!.program);
      const bulk = compileEngine(versions).evaluate(store, asOf, { lines: true }).evaluation();
      expect(bulk).toEqual(evaluate(versions, known));
    }),
    { numRuns: 100 },
  );
});

test('the plan says where each clause runs, and why not here', () => {
  const table = fc.sample(anyTable, 1)[0]!;
  const plan = (mode: TableMode) =>
    compileEngine([{ program: agreement({ ...table, mode } as Table, 10), from: null, to: null }]).plan;
  expect(plan('slice').map(({ clause, runs }) => `${clause}: ${runs}`)).toEqual([
    'Commission: compiled',
    'Capped: compiled',
    'Bonus: compiled',
    'Share: compiled',
    'Counted: by payee',
    'Each: compiled',
    'Per sale: compiled',
  ]);
  expect(plan('lines')[0]).toMatchObject({ runs: 'by payee', reason: 'a table in mode lines' });
});

test('a bound too large for exact whole numbers leaves the clause to the reference', () => {
  const bound = { value: amount(rational(10n ** 15n)), inclusive: true };
  const bands = [
    { from: null, to: bound, result: amount(rational(5, 100), number), slope: null, at },
    { from: { ...bound, inclusive: false }, to: null, result: amount(rational(1), number), slope: null, at },
  ];
  const table: Table = { kind: 'bands', id: 'Rates', at, mode: 'slice', input: usd, result: number, bands };
  const versions = [{ program: agreement(table, 1), from: null, to: null }];
  const facts = [sold('S-1', 'Kim', 10_000, firstDay)];
  const known = knownAt(
    facts.map((fact) => ({ kind: 'fact', fact, recordedOn: null })),
    asOf,
  );
  const engine = compileEngine(versions);
  expect(engine.plan[0]).toMatchObject({ runs: 'by payee', reason: 'bounds too large: Rates' });
  const bulk = engine.evaluate(storeFromKnown(known, versions[0]!.program), asOf, { lines: true });
  expect(bulk.evaluation()).toEqual(evaluate(versions, known));
});

test('entry by entry, a fact that comes before all others begins the periods of whoever nothing else dates', () => {
  const factKinds = program([]).factKinds.slice(0, 1);
  const version = program([monthly('Salary', amount(1))], { factKinds });
  const versions = [{ program: version, from: null, to: null }];
  const on = day('2026-04-30');
  const named = { party: 'Member', of: 'Cid', attribute: 'Name', from: null, through: null } as const;
  const entries: readonly Entry[] = [
    {
      kind: 'attribute',
      fact: { ...named, value: { kind: 'text', value: 'Cid' } },
      recordedOn: null,
    },
    { kind: 'fact', fact: sold('S-1', 'Kim', 100, day('2026-04-10')), recordedOn: null },
    { kind: 'fact', fact: sold('S-2', 'Kim', 100, day('2026-02-10')), recordedOn: null },
    { kind: 'fact', fact: { ...sold('S-2', 'Kim', 100, on), revision: 2 }, recordedOn: null },
  ];
  const engine = compileEngine(versions).open(storeBuilder(version), on);
  const shown = (totals: readonly { payee: string; period: string; amount: bigint }[]) =>
    totals.map((total) => `${total.payee} ${total.period} ${total.amount}`).sort();
  for (const [place, entry] of entries.entries()) {
    engine.append(entry);
    const { entitlements } = evaluate(versions, knownAt(entries.slice(0, place + 1), on));
    expect(shown(engine.totals())).toEqual(shown(entitlements));
  }
});
