// SPDX-License-Identifier: Apache-2.0
// A whole sales agreement over random logs, with late, odd and huge facts and managers who change: the compiled engine
// gives what the reference gives, and every clause of it is folded in bulk.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Key } from '../../program/entitlement.ts';
import { storeBuilder, storeFromKnown } from '../../program/fact-store.ts';
import type { AttributeFact, Entry, Fact } from '../../program/log.ts';
import type { Scalar } from '../../program/value.ts';
import { type Rational, rational, rationalText } from '../../values/rational.ts';
import { knownAt } from '../known.ts';
import { evaluate } from '../reference/evaluate.ts';
import { day } from '../reference/small-program.ts';
import { compileEngine } from './compile.ts';
import { type HardwareTerms, hardwareProgram } from './hardware-program.ts';

const firstDay = day('2026-01-01');
const asOf = day('2027-02-20');

const anyTerms = fc.record({
  rates: fc.tuple(fc.integer({ min: -200, max: 2000 }), fc.nat(2000), fc.nat(2000)),
  steps: fc
    .tuple(fc.integer({ min: 1, max: 200_000 }), fc.nat(300_000))
    .map(([a, b]) => [a, a + b + 1] as const),
  target: fc.nat(200_000),
  bonus: fc.nat(100_000),
  newCustomer: fc.nat(20_000),
  volume: fc.integer({ min: 1, max: 5 }),
  enough: fc.integer({ min: 1, max: 3 }),
  keepRate: fc.nat(10_000),
  kickerTarget: fc.nat(900_000),
});

const anyDeal: fc.Arbitrary<Fact> = fc
  .record({
    id: fc.integer({ min: 1, max: 60 }),
    representative: fc.constantFrom('Ann', 'Ben', 'Cid'),
    customer: fc.constantFrom('Acme', 'Bolt', 'Cog', 'Dyn', 'Eve'),
    stage: fc.constantFrom('Won', 'Won', 'Won', 'Lost'),
    cents: fc.oneof(
      { weight: 12, arbitrary: fc.integer({ min: -40_000, max: 400_000 }) },
      { weight: 1, arbitrary: fc.constantFrom(9_007_199_254_740_991, 2 ** 52) },
    ),
    closed: fc.integer({ min: -40, max: 430 }),
    taken: fc.integer({ min: 0, max: 60 }),
    lacks: fc.option(fc.constantFrom('Amount', 'Stage', 'Customer', 'Representative', 'Engaged', 'Closed'), {
      freq: 15,
    }),
  })
  .map((given): Fact => {
    const fields: Record<string, Scalar> = {
      Representative: { kind: 'party', value: given.representative },
      Customer: { kind: 'party', value: given.customer },
      Stage: { kind: 'text', value: given.stage },
      Amount: { kind: 'quantity', value: rational(given.cents, 100) },
      Engaged: { kind: 'date', value: firstDay + given.closed - given.taken },
      Closed: { kind: 'date', value: firstDay + given.closed },
    };
    if (given.lacks !== null) delete fields[given.lacks];
    return { kind: 'Deal', id: `D-${given.id}`, revision: 1, fields };
  });

const anyManager: fc.Arbitrary<AttributeFact> = fc.record({
  party: fc.constant('Representative'),
  of: fc.constantFrom('Ann', 'Ben', 'Cid'),
  attribute: fc.constant('Manager'),
  value: fc.record({ kind: fc.constant('party' as const), value: fc.constantFrom('Mo', 'Nia') }),
  from: fc.option(fc.integer({ min: firstDay - 50, max: firstDay + 300 }), { freq: 4 }),
  through: fc.option(fc.integer({ min: firstDay, max: firstDay + 400 }), { freq: 1, nil: null }),
});

test('a sales agreement is folded in bulk, clause by clause', () => {
  const { plan } = compileEngine([{ program: hardwareProgram(), from: null, to: null }]);
  expect(plan.map(({ runs, stage, reason }) => `${runs} ${stage} ${reason}`)).toEqual([
    ...Array<string>(7).fill('compiled Deal by Representative '),
    'compiled Deal by Representative.Manager ',
  ]);
});

const anyEntry: fc.Arbitrary<Entry> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(anyDeal, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 6 }))
      .map(([deal, revision, chance]): Entry => {
        return {
          kind: 'fact',
          fact: { ...deal, revision, ...(chance === 6 ? { isVoid: true } : {}) },
          recordedOn: null,
        };
      }),
  },
  { weight: 1, arbitrary: anyManager.map((fact): Entry => ({ kind: 'attribute', fact, recordedOn: null })) },
);

test('after every entry, new, late, repeated, revised or voided, the totals and lines are those of the reference', () => {
  fc.assert(
    fc.property(anyTerms, fc.array(anyEntry, { maxLength: 25 }), (terms, entries) => {
      const versions = [{ program: hardwareProgram(terms), from: null, to: null }];
      const engine = compileEngine(versions).open(storeBuilder(versions[0]!.program), asOf);
      const running = new Map<string, bigint>();
      entries.forEach((entry, index) => {
        for (const change of [...engine.append(entry), ...engine.settle()]) {
          const name = `${change.clause} ${change.payee} ${change.period}`;
          expect(running.get(name) ?? 0n).toBe(change.before);
          running.set(name, change.amount);
        }
        const { entitlements } = evaluate(versions, knownAt(entries.slice(0, index + 1), asOf));
        const shown = entitlements.filter(({ amount, waiting }) => amount !== 0n || waiting.length > 0);
        const expected = shown.filter(({ amount }) => amount !== 0n);
        const totals = engine.totals();
        const text = (list: readonly (Key & { amount: bigint; exact: Rational })[]) =>
          list
            .map((one) => `${one.clause} ${one.payee} ${one.period} ${one.amount} ${rationalText(one.exact)}`)
            .sort();
        expect(text(totals)).toEqual(text(shown));
        for (const entitlement of expected) expect(engine.linesOf(entitlement)).toEqual(entitlement.lines);
        const changed = [...running]
          .filter(([, amount]) => amount !== 0n)
          .map(([name, amount]) => `${name} ${amount}`);
        expect(changed.sort()).toEqual(
          expected.map((one) => `${one.clause} ${one.payee} ${one.period} ${one.amount}`).sort(),
        );
      });
    }),
    { numRuns: 60 },
  );
});

test('a sales agreement gives in bulk what the reference gives', () => {
  fc.assert(
    fc.property(
      anyTerms,
      fc.array(anyDeal, { maxLength: 50 }),
      fc.array(anyManager, { maxLength: 6 }),
      (terms, deals, managers) => {
        const versions = [{ program: hardwareProgram(terms), from: null, to: null }];
        const known = knownAt(
          [
            ...deals.map((fact) => ({ kind: 'fact', fact, recordedOn: null }) as const),
            ...managers.map((fact) => ({ kind: 'attribute', fact, recordedOn: null }) as const),
          ],
          asOf,
        );
        const store = storeFromKnown(known, versions[0]!.program);
        const bulk = compileEngine(versions).evaluate(store, asOf, { lines: true }).evaluation();
        expect(bulk).toEqual(evaluate(versions, known));
      },
    ),
    { numRuns: 120 },
  );
});

test('facts brought into order once give, under other terms, what a fresh evaluation gives', () => {
  fc.assert(
    fc.property(fc.array(anyTerms, { minLength: 2, maxLength: 4 }), fc.array(anyDeal), (variants, deals) => {
      const versionsOf = (terms: HardwareTerms) => [
        { program: hardwareProgram(terms), from: null, to: null },
      ];
      const known = knownAt(
        deals.map((fact) => ({ kind: 'fact', fact, recordedOn: null })),
        asOf,
      );
      const store = storeFromKnown(known, hardwareProgram());
      const prepared = compileEngine(versionsOf(variants[0]!)).prepare(store, asOf);
      for (const terms of variants) {
        const versions = versionsOf(terms);
        const given = prepared.withTerms(versions, { lines: true }).evaluation();
        expect(given).toEqual(compileEngine(versions).evaluate(store, asOf, { lines: true }).evaluation());
      }
    }),
    { numRuns: 60 },
  );
});
