// SPDX-License-Identifier: Apache-2.0
// A store gives back every fact as it came in, whatever its values; scales refine themselves; ids keep their order.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rational } from '../values/rational.ts';
import { bareProgram } from './bare-program.ts';
import { exactElsewhere } from './columns.ts';
import { factAt, knownFromStore, storeFromKnown } from './fact-store.ts';
import { IdColumn } from './id-column.ts';
import type { Fact } from './log.ts';
import type { Program } from './program.ts';
import type { Type } from './type.ts';

const position = { offset: 0, line: 1, column: 1 };
const at = { source: '', start: position, end: position };
const field = (name: string, type: Type) => ({ name, type, mayStayOpen: true, one: false });
const deal = {
  id: 'Deal',
  at,
  plural: 'Deals',
  fields: [
    field('Owner', { kind: 'party', of: 'Representative' }),
    field('Stage', { kind: 'text' }),
    field('Amount', { kind: 'quantity', unit: [{ base: 'USD', exponent: 1 }], flavour: 'amount' }),
    field('Closed', { kind: 'date' }),
    field('Urgent', { kind: 'yesNo' }),
    field('Term', { kind: 'duration' }),
  ],
  countsOn: ['Closed'],
  order: [],
  lasts: null,
  lowers: null,
};
const program: Program = {
  ...bareProgram,
  factKinds: [deal],
};

const open = fc.constant({ kind: 'open' as const });
const anyNumber = fc
  .tuple(fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }), fc.constantFrom(1n, 3n, 100n, 1000n, 10n ** 12n))
  .map(([n, d]) => ({ kind: 'quantity' as const, value: rational(n, d) }));
const anyFact: fc.Arbitrary<Fact> = fc
  .record(
    {
      Owner: fc.oneof(open, fc.record({ kind: fc.constant('party' as const), value: fc.string() })),
      Stage: fc.oneof(open, fc.record({ kind: fc.constant('text' as const), value: fc.string() })),
      Amount: fc.oneof(open, anyNumber),
      Closed: fc.oneof(
        open,
        fc.record({ kind: fc.constant('date' as const), value: fc.integer({ min: -9e5, max: 2e6 }) }),
      ),
      Urgent: fc.oneof(open, fc.record({ kind: fc.constant('yesNo' as const), value: fc.boolean() })),
      Term: fc.record({
        kind: fc.constant('duration' as const),
        value: fc.record({ months: fc.nat(900), days: fc.nat(900) }),
      }),
    },
    { requiredKeys: [] },
  )
  .chain((fields) =>
    fc.record({
      kind: fc.constant('Deal'),
      id: fc.string({ unit: 'binary' }),
      revision: fc.integer({ min: 1, max: 4 }),
      fields: fc.constant(fields),
    }),
  );

test('a store gives back every fact as it came in', () => {
  fc.assert(
    fc.property(fc.array(anyFact), (facts) => {
      const known = { facts, attributes: [], decisions: [], openings: [], asOf: 0 };
      const store = storeFromKnown(known, program);
      expect(knownFromStore(store, 0)).toEqual(known);
    }),
  );
});

test('a finer amount refines the scale of the rows before it, and what then grows too large stays exact', () => {
  const amounts = [rational(9_007_199_254_740_991n, 100n), rational(1n, 2n), rational(1n, 1000n)];
  const facts = amounts.map((value, index): Fact => {
    return { kind: 'Deal', id: `D-${index}`, revision: 1, fields: { Amount: { kind: 'quantity', value } } };
  });
  const store = storeFromKnown({ facts, attributes: [], decisions: [], openings: [], asOf: 0 }, program);
  const column = store.tables.get('Deal')!.quantities('Amount');
  expect([...column.values.slice(0, 3)]).toEqual([exactElsewhere, 500, 1]);
  expect(amounts.map((_, row) => factAt(store, 'Deal', row))).toEqual(facts);
});

test('a row that is gone is not known', () => {
  const facts: Fact[] = ['A', 'B'].map((id) => ({ kind: 'Deal', id, revision: 1, fields: {} }));
  const store = storeFromKnown({ facts, attributes: [], decisions: [], openings: [], asOf: 0 }, program);
  store.tables.get('Deal')!.gone.add(0);
  expect(knownFromStore(store, 0).facts).toEqual([facts[1]]);
});

test('ids compare as their texts do, and bytes pushed are the text that they encode', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'B', '0', '9', '-', 'é', '\uffee', '😀') });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const column = new IdColumn(0 + 1);
      column.pushText(a);
      column.pushText(b);
      const bytes = new TextEncoder().encode(a);
      column.pushBytes(bytes, 0, bytes.length);
      expect([column.text(0), column.text(1), column.text(2)]).toEqual([a, b, a]);
      expect(Math.sign(column.compare(0, 1))).toBe(a < b ? -1 : a > b ? 1 : 0);
      expect(column.compare(0, 2)).toBe(0);
    }),
  );
});
