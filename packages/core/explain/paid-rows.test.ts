// SPDX-License-Identifier: Apache-2.0
// Rows of another tool, as untidy as they come.
import { expect, test } from 'vitest';
import { formatDecimal, rational } from '../values/rational.ts';
import { amountIn, paidRows, periodIn } from './paid-rows.ts';

test.each([
  ['1620.5', '1620.5'],
  ['USD 1,620.50', '1620.5'],
  ['$1,620.50', '1620.5'],
  ['(75.00)', '-75'],
  ['-75', '-75'],
  ['USD -75.00', '-75'],
  ['75.00-', '-75'],
  ["1'000", '1000'],
])('reads the amount %s', (text, expected) => {
  const amount = amountIn(text);
  expect(amount === null ? null : formatDecimal(amount)).toBe(expected);
});

test.each([
  ['Q1 2026', '2026-Q1'],
  ['2026Q1', '2026-Q1'],
  ['2026-Q1', '2026-Q1'],
  ['Jan 2026', '2026-01'],
  ['January 2026', '2026-01'],
  ['2026/1', '2026-01'],
  ['FY2026-P03', 'FY2026-P03'],
  ['2026', '2026'],
])('reads the period %s', (text, expected) => expect(periodIn(text)).toBe(expected));

test('columns are found by their headers; a row that is no amount is reported with its line', () => {
  const read = paidRows([
    ['Sales Rep', 'Plan_Component', 'Quarter', 'Amount (USD)'],
    ['Ann', 'Commission', 'Q1 2026', '1,620.00'],
    ['', '', '', ''],
    ['Bob', 'Commission', 'Q1 2026', 'n/a'],
  ]);
  expect(read.rows).toEqual([
    { line: 2, payee: 'Ann', component: 'Commission', period: '2026-Q1', amount: rational(1620) },
  ]);
  expect(read.problems).toEqual([{ line: 4, code: 'amount_unreadable', value: 'n/a' }]);
});

test('a missing column is named', () => {
  expect(paidRows([['Name', 'Paid']]).problems).toEqual([
    { line: 1, code: 'column_missing', value: 'component' },
  ]);
});
