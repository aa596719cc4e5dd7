// SPDX-License-Identifier: Apache-2.0
// Assets and amounts by example: decimals of currencies, and amounts as text.
import { describe, expect, test } from 'vitest';
import { amountOf, amountText, currency, currencyCodes, declaredAsset, formatAmount } from './asset.ts';
import { rational } from './rational.ts';

const points = declaredAsset('Points');

describe('currencies', () => {
  test.each([
    ['USD', 2],
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['HUF', 2],
  ])('%s has %d decimals', (code, decimals) => {
    expect(currency(code)).toEqual({ id: code, decimals, kind: 'currency' });
  });

  test.each(['usd', 'XYZ', 'Points', ''])('%j is no currency', (code) => {
    expect(currency(code)).toBeNull();
  });

  test('are listed once each, in order', () => {
    const codes = currencyCodes();
    expect(codes.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
    expect(codes).toEqual([...new Set(codes)].sort());
  });
});

describe('amounts', () => {
  test.each([
    [162000n, 'USD', 'USD 1,620.00', '1620.00'],
    [-5n, 'USD', 'USD -0.05', '-0.05'],
    [123456789n, 'JPY', 'JPY 123,456,789', '123456789'],
    [-1234567n, 'KWD', 'KWD -1,234.567', '-1234.567'],
    [0n, 'EUR', 'EUR 0.00', '0.00'],
  ])('%d of the smallest unit of %s are read as %s', (minor, code, formatted, plain) => {
    expect(formatAmount(minor, currency(code)!)).toBe(formatted);
    expect(amountText(minor, currency(code)!)).toBe(plain);
  });

  test('of a declared asset have its name behind them', () => {
    expect(formatAmount(510n, points)).toBe('510 Points');
    expect(formatAmount(1510n, points, { group: false })).toBe('1510 Points');
  });

  test('are exact numbers of whole units', () => {
    expect(amountOf(162050n, currency('USD')!)).toEqual(rational(3241, 2));
  });
});
