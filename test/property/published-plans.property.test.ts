// SPDX-License-Identifier: Apache-2.0
// Over every published plan, with facts and fields of its worked examples taken away at random and any day of
// evaluation: the evaluator always answers, one entitlement a key, lines that add up; a change of version that
// changes nothing changes nothing, whether the position carries over or the whole is restated.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownAt } from '../../packages/core/engine/known.ts';
import { evaluate } from '../../packages/core/engine/reference/evaluate.ts';
import { compile } from '../../packages/core/language/compile.ts';
import type { Entitlement } from '../../packages/core/program/entitlement.ts';
import type { Entry, Fact } from '../../packages/core/program/log.ts';
import type { Program } from '../../packages/core/program/program.ts';

const folder = fileURLToPath(new URL('../conformance/', import.meta.url));
const plans = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map(
    (name) => [name.slice(0, -3), compile(readFileSync(`${folder}${name}`, 'utf8'), name).program] as const,
  );

function factsOf(program: Program): readonly Entry[] {
  return program.examples.flatMap(({ steps }) =>
    steps.flatMap((step): Entry[] => {
      switch (step.kind) {
        case 'fact':
          return [{ kind: 'fact', fact: step.fact, recordedOn: null }];
        case 'attribute':
          return [{ kind: 'attribute', fact: step.fact, recordedOn: null }];
        case 'decision':
          return [{ kind: 'decision', fact: step.fact, recordedOn: null }];
        case 'opening':
          return [{ kind: 'opening', balance: step.balance, recordedOn: null }];
        default:
          return [];
      }
    }),
  );
}

function lastDay(entries: readonly Entry[]): number {
  const days = entries.flatMap((entry) =>
    entry.kind === 'fact'
      ? Object.values(entry.fact.fields).flatMap((value) => (value.kind === 'date' ? [value.value] : []))
      : [],
  );
  return Math.max(0, ...days);
}

/** Some of the entries, and of each fact some of the fields. */
function thinned(entries: readonly Entry[]): fc.Arbitrary<readonly Entry[]> {
  return fc.array(fc.nat(9), { minLength: 50, maxLength: 50 }).map((choices) => {
    let next = 0;
    const isKept = (): boolean => choices[next++ % choices.length] !== 0;
    return entries.flatMap((entry): Entry[] => {
      if (!isKept()) return [];
      if (entry.kind !== 'fact') return [entry];
      const fields: Fact['fields'] = Object.fromEntries(Object.entries(entry.fact.fields).filter(isKept));
      return [{ ...entry, fact: { ...entry.fact, fields } }];
    });
  });
}

const amounts = (entitlements: readonly Entitlement[]) =>
  entitlements.map(({ clause, payee, period, amount, held }) => ({ clause, payee, period, amount, held }));

describe.each(plans)('%s', (_, program) => {
  test('always has an answer that adds up, and no version boundary that changes nothing moves it', () => {
    expect(program).not.toBeNull();
    if (program === null) return;
    const entries = factsOf(program);
    const last = lastDay(entries);
    const change = fc.integer({ min: -90, max: 30 });
    fc.assert(
      fc.property(thinned(entries), change, fc.integer({ min: -200, max: 400 }), (some, before, after) => {
        const known = knownAt(some, last + after);
        const whole = evaluate([{ program, from: null, to: null }], known).entitlements;
        const keys = whole.map(({ clause, payee, period, asset }) => `${clause} ${payee} ${period} ${asset}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { lines, amount } of whole)
          expect(lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(amount);
        for (const amendments of ['splice', 'restate'] as const) {
          const same = { ...program, policies: { ...program.policies, amendments } };
          const versions = [
            { program: same, from: null, to: last + before },
            { program: same, from: last + before, to: null },
          ];
          expect(amounts(evaluate(versions, known).entitlements)).toEqual(amounts(whole));
        }
      }),
      { numRuns: 25 },
    );
  });
});
