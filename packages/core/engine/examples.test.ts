// SPDX-License-Identifier: Apache-2.0
// Worked examples of a small agreement: what agrees, what does not and by how much, and what is learned later.
import { describe, expect, test } from 'vitest';
import type { ExampleStep } from '../program/program.ts';
import { rational } from '../values/rational.ts';
import { runExample } from './examples.ts';
import {
  amount,
  at,
  day,
  monthly,
  number,
  program,
  revenue,
  sold,
  times,
} from './reference/small-program.ts';

const tenPercent = program([monthly('Commission', times(amount(rational(1, 10), number), revenue))]);

function gives(cents: number, now: number | null = null): ExampleStep {
  const said = { component: 'Commission', amount: rational(cents, 100), asset: 'USD', at };
  return {
    kind: 'gives',
    at,
    payee: 'Kim',
    period: '2026-01',
    amounts: [{ ...said, now: now === null ? null : rational(now, 100) }],
  };
}

function sale(cents: number, later = false): ExampleStep {
  return { kind: 'fact', at, later, recordedOn: null, fact: sold('S-1', 'Kim', cents, day('2026-01-10')) };
}

const nothingElse: ExampleStep = { kind: 'gives nothing else', at };

function outcome(...steps: ExampleStep[]) {
  return runExample(tenPercent, { name: 'a sale', at, steps });
}

describe('a worked example', () => {
  test('passes when every amount agrees and nothing else is given', () => {
    expect(outcome(sale(5000), gives(500), nothingElse).isPassed).toBe(true);
  });

  test('says what was expected and what is given instead', () => {
    const { isPassed, mismatches } = outcome(sale(5000), gives(600));
    expect(isPassed).toBe(false);
    expect(mismatches).toMatchObject([
      { component: 'Commission', payee: 'Kim', period: '2026-01', expected: rational(6), got: rational(5) },
    ]);
  });

  test('compares the difference that a later correction posts', () => {
    expect(outcome(sale(5000), gives(500), sale(8000, true), gives(800, 300)).isPassed).toBe(true);
    expect(outcome(sale(5000), gives(500), sale(8000, true), gives(800, 800)).mismatches).toMatchObject([
      { isDifference: true, expected: rational(8), got: rational(3) },
    ]);
  });

  test('does not pass while something is given that it does not say', () => {
    expect(outcome(sale(5000), nothingElse).mismatches).toMatchObject([{ expected: null, got: rational(5) }]);
  });

  test('does not pass when the amount waits for a field that it does not state', () => {
    const { Amount, ...fields } = sold('S-1', 'Kim', 1, day('2026-01-10')).fields;
    expect(Amount).toBeDefined();
    const fact = { kind: 'Sale', id: 'S-1', revision: 1, fields };
    expect(outcome({ kind: 'fact', at, later: false, recordedOn: null, fact }, gives(0)).isPassed).toBe(
      false,
    );
  });
});
