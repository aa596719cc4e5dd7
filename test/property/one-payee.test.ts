// SPDX-License-Identifier: Apache-2.0
// Asked for one payee, or for single keys, the evaluator gives what it gives when it is asked for everybody: over every
// agreement in examples/ and every published plan, with the facts of their worked examples.
import { describe, expect, test } from 'vitest';
import { knownAt } from '../../packages/core/engine/known.ts';
import { allOf } from '../../packages/core/engine/reference/asked.ts';
import { evaluate } from '../../packages/core/engine/reference/evaluate.ts';
import { keyText } from '../../packages/core/ledger/differences.ts';
import type { Entitlement } from '../../packages/core/program/entitlement.ts';
import { canonicalText } from '../../packages/core/proof/canonical.ts';
import { exampleCases } from './example-cases.ts';

const textsOf = (all: readonly Entitlement[]) =>
  new Map(all.map((one) => [keyText(one), canonicalText({ ...one, lines: one.lines })]));

describe.each(exampleCases().map((one) => [one.name, one] as const))(
  '%s',
  (_, { program, entries, last }) => {
    const versions = [{ program, from: null, to: null }];
    const known = knownAt(entries, last);
    const all = evaluate(versions, known).entitlements;

    test('each payee alone is given what is theirs among all', () => {
      for (const payee of new Set(all.map((one) => one.payee))) {
        const own = evaluate(versions, known, allOf(payee)).entitlements;
        expect(textsOf(own)).toEqual(textsOf(all.filter((one) => one.payee === payee)));
      }
    });

    test('each key of a clause alone is what it is among all', () => {
      const clauses = new Set(program.clauses.map(({ id }) => id));
      for (const one of all.filter(({ clause }) => clauses.has(clause))) {
        const isWanted = (clause: string, period: string) => clause === one.clause && period === one.period;
        const own = evaluate(versions, known, {
          only: { payee: one.payee, isWanted },
          given: null,
        }).entitlements;
        expect(textsOf(own).get(keyText(one))).toBe(textsOf([one]).get(keyText(one)));
      }
    });
  },
);
