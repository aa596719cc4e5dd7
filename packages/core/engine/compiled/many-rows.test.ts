// SPDX-License-Identifier: Apache-2.0
// With enough deals for every way of sorting, on the first and last days of quarters too, in any order of ids and days,
// the whole sales agreement gives in bulk what the reference gives.
import { expect, test } from 'vitest';
import { storeFromKnown } from '../../program/fact-store.ts';
import type { Fact } from '../../program/log.ts';
import { rational } from '../../values/rational.ts';
import { knownAt } from '../known.ts';
import { evaluate } from '../reference/evaluate.ts';
import { day } from '../reference/small-program.ts';
import { compileEngine } from './compile.ts';
import { hardwareProgram } from './hardware-program.ts';

const firstDay = day('2025-12-30');
const asOf = day('2026-07-02');

interface Deals {
  readonly count: number;
  readonly representatives: number;
  readonly dayOf: (index: number) => number;
  readonly idOf: (index: number) => number;
}

function deals({ count, representatives, dayOf, idOf }: Deals): Fact[] {
  return Array.from({ length: count }, (_, index): Fact => {
    const closed = firstDay + dayOf(index);
    return {
      kind: 'Deal',
      id: `D-${100_000 + idOf(index)}`,
      revision: 1,
      fields: {
        Representative: { kind: 'party', value: `R-${(index * 7) % representatives}` },
        Customer: { kind: 'party', value: `C-${(index * index) % 97}` },
        Stage: { kind: 'text', value: index % 3 === 0 ? 'Lost' : 'Won' },
        Amount: { kind: 'quantity', value: rational(10_000 + ((index * 7919) % 990_000), 100) },
        Engaged: { kind: 'date', value: closed - ((index * 31) % 80) },
        Closed: { kind: 'date', value: closed },
      },
    };
  });
}

const scattered = (index: number) => (index * 37) % 184;
const cases: readonly (readonly [string, Deals])[] = [
  ['many keys with few rows each', { count: 900, representatives: 150, dayOf: scattered, idOf: (i) => i }],
  ['two keys with many rows', { count: 700, representatives: 2, dayOf: scattered, idOf: (i) => i }],
  [
    'rows in the order of their days',
    { count: 700, representatives: 5, dayOf: (i) => Math.floor((i * 184) / 700), idOf: (i) => i },
  ],
  [
    'ids against the order of rows',
    { count: 600, representatives: 3, dayOf: (i) => (i * 37) % 9, idOf: (i) => 999 - i },
  ],
];

test.each(cases)('%s give in bulk what the reference gives', (_, given) => {
  const versions = [{ program: hardwareProgram(), from: null, to: null }];
  const known = knownAt(
    deals(given).map((fact) => ({ kind: 'fact', fact, recordedOn: null })),
    asOf,
  );
  const store = storeFromKnown(known, versions[0]!.program);
  const engine = compileEngine(versions);
  const bulk = engine.evaluate(store, asOf, { lines: true }).evaluation();
  expect(bulk).toEqual(evaluate(versions, known));
  const parts = [0, 1, 2].flatMap((part) =>
    engine.evaluate(store, asOf, { share: { part, of: 3 } }).totals.map(({ count }) => count),
  );
  const whole = engine.evaluate(store, asOf).totals.map(({ count }) => count);
  expect(parts.reduce((sum, count) => sum + count)).toBe(whole.reduce((sum, count) => sum + count));
});
