// SPDX-License-Identifier: Apache-2.0
// Roundings by example: what each mode does to the same numbers, and how rounded parts add up.
import { describe, expect, test } from 'vitest';
import { rational, rationalText, toFraction } from './rational.ts';
import {
  cumulativeParts,
  largestRemainder,
  roundingModes,
  roundToInteger,
  roundToMinor,
  roundToMultiple,
} from './rounding.ts';

describe('to a whole number', () => {
  // The columns stand in the order of roundingModes:
  // half away, half to even, half up, toward zero, away from zero, down, up.
  test.each([
    ['2.5', [3, 2, 3, 2, 3, 2, 3]],
    ['3.5', [4, 4, 4, 3, 4, 3, 4]],
    ['-2.5', [-3, -2, -2, -2, -3, -3, -2]],
    ['-3.5', [-4, -4, -3, -3, -4, -4, -3]],
    ['1/3', [0, 0, 0, 0, 1, 0, 1]],
    ['-1/3', [0, 0, 0, 0, -1, -1, 0]],
    ['2/3', [1, 1, 1, 0, 1, 0, 1]],
    ['-2/3', [-1, -1, -1, 0, -1, -1, 0]],
    ['7', [7, 7, 7, 7, 7, 7, 7]],
  ])('%s becomes %j', (text, results) => {
    expect(roundingModes.map((mode) => Number(roundToInteger(toFraction(text)!, mode)))).toEqual(results);
  });
});

test('an amount becomes smallest units of its asset', () => {
  expect(roundToMinor(toFraction('16.205')!, 2, 'half away from zero')).toBe(1621n);
  expect(roundToMinor(toFraction('-16.205')!, 2, 'half away from zero')).toBe(-1621n);
  expect(roundToMinor(toFraction('16.5')!, 0, 'half to even')).toBe(16n);
});

test('a number becomes a multiple of a step', () => {
  expect(rationalText(roundToMultiple(toFraction('0.836')!, rational(1, 100), 'half away from zero'))).toBe(
    '21/25',
  );
  expect(rationalText(roundToMultiple(rational(37), rational(5), 'down'))).toBe('35');
  expect(() => roundToMultiple(rational(1), rational(0), 'down')).toThrow('not above zero');
});

test('parts rounded in order add up, and a later part leaves earlier ones as they were', () => {
  const third = toFraction('1/3')!;
  expect(cumulativeParts([third, third, third], 2, 'half away from zero')).toEqual([33n, 34n, 33n]);
  expect(cumulativeParts([third, third], 2, 'half away from zero')).toEqual([33n, 34n]);
});

describe('largest remainders', () => {
  test.each([
    [100n, ['1', '1', '1'], [34n, 33n, 33n]],
    [10n, ['0.5', '0.3', '0.2'], [5n, 3n, 2n]],
    [1n, ['1/3', '2/3'], [0n, 1n]],
    [-100n, ['1', '1', '1'], [-34n, -33n, -33n]],
    [5n, ['0', '0'], [3n, 2n]],
    [7n, ['0', '1'], [0n, 7n]],
    [0n, [], []],
  ])('$0 by weights $1 gives $2', (total, weights, shares) => {
    expect(
      largestRemainder(
        total,
        weights.map((weight) => toFraction(weight)!),
      ),
    ).toEqual(shares);
  });

  test('refuse a weight below zero and a total with nobody to share it', () => {
    expect(() => largestRemainder(1n, [rational(-1)])).toThrow('below zero');
    expect(() => largestRemainder(1n, [])).toThrow('nobody');
  });
});
