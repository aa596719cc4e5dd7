// SPDX-License-Identifier: Apache-2.0
// Differences between two versions: what changed, said as a lawyer would mark it, and what it is worth to whom.
import { describe, expect, test } from 'vitest';
import type { Entitlement } from '../program/entitlement.ts';
import { zero } from '../values/rational.ts';
import { compareVersions } from './compare.ts';
import { comparePay, payDifference } from './compare-pay.ts';
import { changesText, payChangeText } from './compare-text.ts';
import { deal, sampleProgram, theDay } from './sample-program.ts';

describe('a comparison of two versions', () => {
  test('finds none where only variables and places differ', () => {
    expect(compareVersions(sampleProgram(), sampleProgram())).toEqual([]);
    expect(changesText([])).toBe('The two versions mean the same.\n');
  });

  test('names a blank with its section and both values', () => {
    expect(changesText(compareVersions(sampleProgram(5), sampleProgram(6)))).toBe(
      'Blanks\n  §2 Base Rate 5% → 6%\n',
    );
  });

  test('names a clause that was removed, and a rule that changed, with their sentences', () => {
    const before = sampleProgram();
    const after = {
      ...before,
      clauses: before.clauses.filter(({ id }) => id !== 'New customer bonus'),
      policies: { ...before.policies, late: { kind: 'ignore after lock' as const } },
    };
    const changes = compareVersions(before, after);
    expect(changes.map(({ area, what, name }) => [area, what, name])).toEqual([
      ['clause', 'removed', 'New customer bonus'],
      ['rule', 'changed', 'late facts'],
    ]);
    expect(changesText(changes)).toContain('  + A fact that comes after its period was closed is ignored.');
  });

  test('shows of a changed clause only the sentences that differ', () => {
    const before = sampleProgram();
    const after = {
      ...before,
      clauses: before.clauses.map((one) =>
        one.id === 'Commission' ? { ...one, posts: { kind: 'ends' as const } } : one,
      ),
    };
    expect(compareVersions(before, after)).toMatchObject([
      {
        area: 'clause',
        what: 'changed',
        name: 'Commission',
        before: ['It is booked as it grows: each new fact adds its part at once.'],
        after: ['It is booked when the quarter has ended; until then it is a forecast.'],
      },
    ]);
  });
});

describe('the money behind a comparison', () => {
  const program = sampleProgram();
  const paid = (payee: string, amount: bigint): Entitlement => ({
    clause: 'Commission',
    component: 'Commission',
    payee,
    period: '2026-Q1',
    asset: 'USD',
    exact: zero,
    amount,
    held: 0n,
    state: 'final',
    waiting: [],
    lines: [],
  });
  const side = (entitlements: readonly Entitlement[]) => ({ program, evaluation: { entitlements } });

  test('is a full outer join: who is in one version only gains or loses all of it', () => {
    const pay = payDifference(
      side([paid('Ann', 100_00n), paid('Bob', 50_00n), paid('Dan', 1_00n)]),
      side([paid('Ann', 120_00n), paid('Cid', 10_00n), paid('Dan', 1_00n)]),
    );
    expect([pay.gaining, pay.losing, pay.unchanged]).toEqual([2, 1, 1]);
    expect(pay.payees.map(({ name, difference }) => [name, difference])).toEqual([
      ['Ann', 20_00n],
      ['Cid', 10_00n],
      ['Bob', -50_00n],
    ]);
    expect(payChangeText(program, pay)).toBe(
      [
        '                before       after   difference',
        'Commission  USD 151.00  USD 131.00  − USD 20.00',
        'In all      USD 151.00  USD 131.00  − USD 20.00',
        '',
        '2 payees gain, 1 payee loses, 1 as before.',
        '',
        'Gain most',
        '  Ann  USD 100.00  USD 120.00  + USD 20.00',
        '  Cid    USD 0.00   USD 10.00  + USD 10.00',
        '',
        'Lose most',
        '  Bob  USD 50.00  USD 0.00  − USD 50.00',
        '',
      ].join('\n'),
    );
  });
});

test('a percent more on a deal of USD 10,000 is worth USD 100 to its owner', () => {
  const asOf = theDay('2026-03-31');
  const facts = [deal('D-1', 'Ann', 10_000, '2026-02-10')];
  const known = { facts, attributes: [], decisions: [], openings: [], asOf };
  const pay = comparePay(sampleProgram(5), sampleProgram(6), known);
  expect(pay.payees).toEqual([
    { name: 'Ann', asset: 'USD', before: 1_650_00n, after: 1_750_00n, difference: 100_00n },
  ]);
});
