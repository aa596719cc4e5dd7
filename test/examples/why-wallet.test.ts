// SPDX-License-Identifier: Apache-2.0
// Invariant 14 for wallets: whatever is bought, returned and waited for, every component of a wallet and everything
// given for points is explained by movements that end in the same number, and the journal ends in the usable balance.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../../packages/core/engine/reference/evaluate.ts';
import { explain } from '../../packages/core/explain/why.ts';
import { explanationText } from '../../packages/core/explain/why-text.ts';
import { compile } from '../../packages/core/language/compile.ts';
import type { Fact, Known } from '../../packages/core/program/log.ts';
import { type Day, dayOf } from '../../packages/core/values/date.ts';
import { add, equals, rational, zero } from '../../packages/core/values/rational.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const text = readFileSync(join(root, 'examples', 'record-club', 'agreement.md'), 'utf8');
const { program } = compile(text, 'record-club');
if (program === null) throw new Error('The record club does not compile.');
const versions = [{ program, from: null, to: null }];
const firstDay = dayOf(2026, 1, 1) ?? 0;

function purchase(id: string, member: string, cents: number, day: Day): Fact {
  return {
    kind: 'Purchase',
    id,
    revision: 1,
    fields: {
      Member: { kind: 'party', value: member },
      Line: { kind: 'quantity', value: rational(1) },
      Amount: { kind: 'quantity', value: rational(cents, 100) },
      Bought: { kind: 'date', value: day },
    },
  };
}

const purchases = fc.array(
  fc.record({
    member: fc.constantFrom('Kim', 'Lou'),
    cents: fc.integer({ min: 0, max: 60_000 }),
    after: fc.integer({ min: 0, max: 700 }),
  }),
  { maxLength: 40 },
);

function knownOf(facts: readonly Fact[], asOf: Day): Known {
  return { facts, attributes: [], decisions: [], openings: [], asOf };
}

test('every amount of a wallet is explained by movements that end in the same number', () => {
  fc.assert(
    fc.property(purchases, fc.integer({ min: 0, max: 1200 }), (rows, until) => {
      const facts = rows.map(({ member, cents, after }, index) =>
        purchase(`P-${index}`, member, cents, firstDay + after),
      );
      const known = knownOf(facts, firstDay + until);
      const evaluation = evaluate(versions, known);
      for (const one of evaluation.entitlements) {
        if (one.component === 'Points issued') continue;
        const explanation = explain(versions, known, one, evaluation);
        const total = (explanation?.parts ?? []).reduce((sum, { exact }) => add(sum, exact ?? zero), zero);
        expect(equals(total, one.exact)).toBe(true);
        const journal = explanation?.journal;
        const open = evaluation.entitlements.find(
          ({ component, payee }) => component === 'Points open' && payee === one.payee,
        );
        expect(journal?.rows.at(-1)?.balance).toBe(open?.amount ?? 0n);
        const changes = journal?.rows.reduce((sum, { change }) => sum + change, journal.before);
        expect(changes).toBe(open?.amount ?? 0n);
      }
    }),
    { numRuns: 60 },
  );
});

test('a long journal shows the latest movements and says how many came before', () => {
  const facts = Array.from({ length: 44 }, (_, index) =>
    purchase(`P-${index}`, 'Kim', 1_000, firstDay + index),
  );
  const known = knownOf(facts, firstDay + 60);
  const explanation = explain(versions, known, { clause: 'Points/open', payee: 'Kim', period: '' });
  if (explanation === null) throw new Error('Nothing is open.');
  expect(explanationText(program, explanation)).toContain('and 25 earlier movements');
});
