// SPDX-License-Identifier: Apache-2.0
// Invariant 14: an explanation re-evaluates to the same number. The tree is computed from its own leaves: slices add up
// to the table, items to the sum, lines to the amount.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../engine/reference/evaluate.ts';
import type { Known } from '../program/log.ts';
import { add, equals, type Rational, rational, zero } from '../values/rational.ts';
import type { Reason } from './reason.ts';
import { deal, manages, sampleProgram, theDay } from './sample-program.ts';
import { explain } from './why.ts';

const program = sampleProgram();
const versions = [{ program, from: null, to: null }];

const deals = fc.array(
  fc.record({
    owner: fc.constantFrom('Ann', 'Bob'),
    cents: fc.integer({ min: -2_000_000, max: 12_000_000 }),
    day: fc.constantFrom('2026-01-05', '2026-02-10', '2026-03-31', '2026-04-01', '2026-05-20'),
  }),
  { maxLength: 30 },
);

function sumOf(reasons: readonly Reason[]): Rational {
  return reasons.reduce((sum, { exact }) => add(sum, exact ?? zero), zero);
}

test('every amount is explained by a tree that ends in the same number', () => {
  fc.assert(
    fc.property(deals, (rows) => {
      const known: Known = {
        facts: rows.map(({ owner, cents, day }, index) =>
          deal(`D-${index}`, owner, rational(cents, 100), day),
        ),
        attributes: [manages('Mo', 'Ann', '2026-01-01'), manages('Mo', 'Bob', '2026-02-01')],
        decisions: [],
        openings: [],
        asOf: theDay('2026-06-30'),
      };
      for (const one of evaluate(versions, known).entitlements) {
        const explanation = explain(versions, known, one);
        expect(explanation?.amount).toBe(one.amount);
        const parts = explanation?.parts ?? [];
        const total = parts.reduce((sum, { exact }) => add(sum, exact ?? zero), zero);
        expect(equals(total, one.exact)).toBe(true);
        expect(explanation?.lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(one.amount);
        if (one.clause !== 'Commission') continue;
        const [measure, ...slices] = parts[0]?.reason.parts ?? [];
        expect(equals(sumOf(slices), one.exact)).toBe(true);
        expect(equals(sumOf(measure?.parts ?? []), measure?.exact ?? zero)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});
