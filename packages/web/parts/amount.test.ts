// SPDX-License-Identifier: Apache-2.0
// Amounts as people read them: exact, with commas, a true minus, and the decimals that the currency has.
import { expect, test } from 'vitest';
import { amountText, signOf } from './amount-words.ts';

test.each([
  ['1620', 'USD', 'USD 1,620.00', 1],
  ['-0.5', 'USD', 'USD −0.50', -1],
  ['12345678901234567890.12', 'EUR', 'EUR 12,345,678,901,234,567,890.12', 1],
  ['33.125', 'USD', 'USD 33.125', 1],
  ['1500', 'JPY', 'JPY 1,500', 1],
  ['510', 'Points', '510 Points', 1],
  ['-0.00', 'USD', 'USD −0.00', 0],
])('%s of %s is read as %s', (amount, asset, words, sign) => {
  expect(amountText({ amount, asset })).toBe(words);
  expect(signOf({ amount, asset })).toBe(sign);
});
