// SPDX-License-Identifier: Apache-2.0
// A parallel run over hand-made entitlements: who is in which list, and which fact is named behind a difference.
import { describe, expect, test } from 'vitest';
import type { Entitlement, Evaluation } from '../program/entitlement.ts';
import type { Fact } from '../program/log.ts';
import { rational, zero } from '../values/rational.ts';
import type { PaidRow } from './paid-rows.ts';
import { reconcile } from './reconcile.ts';
import { reconciliationText } from './reconcile-text.ts';
import { sampleProgram } from './sample-program.ts';

const program = sampleProgram();

function commission(payee: string, period: string, lines: Readonly<Record<string, bigint>>): Entitlement {
  const amounts = Object.entries(lines);
  return {
    clause: 'Commission',
    component: 'Commission',
    payee,
    period,
    asset: 'USD',
    exact: zero,
    amount: amounts.reduce((sum, [, amount]) => sum + amount, 0n),
    held: 0n,
    state: 'final',
    waiting: [],
    lines: amounts.map(([id, amount]) => ({
      fact: { kind: 'Deal', id },
      exact: zero,
      amount,
      note: 'credit',
    })),
  };
}
const paid = (payee: string, period: string, dollars: number, component = 'commission'): PaidRow => ({
  line: 2,
  payee,
  component,
  period,
  amount: rational(dollars),
});
const evaluation: Evaluation = {
  entitlements: [
    commission('Ann', '2026-Q1', { 'D-1': 100_00n, 'D-17': 75_00n, 'D-3': 30_00n }),
    commission('Ann', '2026-Q2', { 'D-4': 60_00n }),
    commission('Bob', '2026-Q1', { 'D-5': 45_00n }),
  ],
};

function only(rows: readonly PaidRow[]) {
  return reconcile(program, evaluation, rows).differing[0]?.cause;
}

describe('a parallel run', () => {
  test('puts every amount of either side in exactly one list', () => {
    const found = reconcile(program, evaluation, [
      paid('ANN ', '2026-Q1', 205),
      paid('Ann', '2026-Q2', 50),
      paid('Cid', '2026-Q1', 9),
    ]);
    expect(found.matched.map(({ payee, ours }) => [payee, ours])).toEqual([['Ann', 205_00n]]);
    expect(found.differing.map(({ period, difference }) => [period, difference])).toEqual([
      ['2026-Q2', 10_00n],
    ]);
    expect(found.missing.map(({ payee, difference }) => [payee, difference])).toEqual([['Bob', 45_00n]]);
    expect(found.extra.map(({ payee, difference }) => [payee, difference])).toEqual([['Cid', -9_00n]]);
  });

  test('adds rows of one payee, component and period', () => {
    expect(
      reconcile(program, evaluation, [paid('Ann', '2026-Q1', 200), paid('Ann', '2026-Q1', 5)]).matched,
    ).toHaveLength(1);
  });

  test.each([
    ['a deal left out there', 130, 'own', ['D-17']],
    ['two deals left out there', 100, 'own pair', ['D-17', 'D-3']],
    ['a deal that counts here in another period', 265, 'period', ['D-4']],
    ['a deal that counts here for somebody else', 250, 'payee', ['D-5']],
    ['nothing that fits: the largest lines', 201, 'none', ['D-1', 'D-17', 'D-3']],
  ])('finds %s', (_, dollars, kind, ids) => {
    const cause = only([
      paid('Ann', '2026-Q1', dollars),
      paid('Bob', '2026-Q1', 45),
      paid('Ann', '2026-Q2', 60),
    ]);
    expect(cause?.kind).toBe(kind);
    expect(cause?.lines.map(({ id }) => id)).toEqual(ids);
  });

  test('says which share of which deal makes the difference', () => {
    const found = reconcile(program, evaluation, [
      paid('Ann', '2026-Q1', 130),
      paid('Ann', '2026-Q2', 60),
      paid('Bob', '2026-Q1', 45),
    ]);
    const fact: Fact = {
      kind: 'Deal',
      id: 'D-17',
      revision: 1,
      fields: { Amount: { kind: 'quantity', value: rational(1500) } },
    };
    expect(reconciliationText(program, found, (_, id) => (id === 'D-17' ? fact : null))).toBe(
      [
        '               pairs        ours      theirs   difference',
        'Matched            2  USD 105.00  USD 105.00            0',
        'Differing          1  USD 205.00  USD 130.00  + USD 75.00',
        'Missing there      0',
        'Extra there        0',
        '',
        'Differing',
        '  Ann, Commission (§2), 2026-Q1: ours USD 205.00, theirs USD 130.00, difference + USD 75.00',
        '    The difference USD 75.00 equals 5% of Deal D-17 (Amount USD 1,500).',
        '    It seems to be left out there.',
        '',
      ].join('\n'),
    );
  });
});
