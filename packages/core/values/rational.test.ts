// SPDX-License-Identifier: Apache-2.0
// Exact fractions by example: normal form, arithmetic, comparison, whole parts, limits, and their text.
import { describe, expect, test } from 'vitest';
import {
  add,
  ceiling,
  decimalText,
  divide,
  floor,
  formatDecimal,
  isTerminating,
  maximum,
  minimum,
  multiply,
  NumberTooLarge,
  negate,
  one,
  parseDecimal,
  rational,
  rationalText,
  subtract,
  toFraction,
  zero,
} from './rational.ts';

describe('a fraction', () => {
  test.each([
    [6, 4, '3/2'],
    [6, -4, '-3/2'],
    [-6, -4, '3/2'],
    [0, -7, '0'],
    [10, 5, '2'],
  ])('%d/%d is kept in lowest terms as %s', (n, d, text) => {
    expect(rationalText(rational(n, d))).toBe(text);
  });

  test('with a zero denominator or an inexact number is an assertion', () => {
    expect(() => rational(1, 0)).toThrow('zero denominator');
    expect(() => rational(0.1)).toThrow('not an exact whole number');
    expect(() => rational(2 ** 53)).toThrow('not an exact whole number');
  });

  test('of more than 4,096 bits is an assertion', () => {
    const large = rational(1n << 4095n);
    expect(() => add(large, large)).toThrow(NumberTooLarge);
    expect(() => rational(1n, 3n ** 3000n)).toThrow(NumberTooLarge);
    expect(() => multiply(negate(large), rational(2))).toThrow(NumberTooLarge);
  });
});

describe('arithmetic', () => {
  test.each([
    ['add', add, '1/3', '1/6', '1/2'],
    ['add', add, '1/3', '2/3', '1'],
    ['subtract', subtract, '1/2', '2/3', '-1/6'],
    ['multiply', multiply, '2/3', '-3/4', '-1/2'],
    ['divide', divide, '1/2', '-3/4', '-2/3'],
    ['minimum', minimum, '1/3', '0.33', '33/100'],
    ['maximum', maximum, '1/3', '0.33', '1/3'],
  ] as const)('$0 of $2 and $3 gives $4', (_name, operation, a, b, result) => {
    expect(rationalText(operation(toFraction(a)!, toFraction(b)!)!)).toBe(result);
  });

  test('gives null for a division by zero', () => {
    expect(divide(one, zero)).toBeNull();
  });

  test.each([
    ['7/2', 3n, 4n],
    ['-7/2', -4n, -3n],
    ['3', 3n, 3n],
    ['-1/3', -1n, 0n],
  ])('%s lies between %d and %d', (text, below, above) => {
    expect(floor(toFraction(text)!)).toBe(below);
    expect(ceiling(toFraction(text)!)).toBe(above);
  });
});

describe('text', () => {
  test.each([
    ['0.50', '1/2'],
    ['-12', '-12'],
    ['+3.10', '31/10'],
    ['007', '7'],
  ])('%s is read as %s', (text, fraction) => {
    expect(rationalText(parseDecimal(text)!)).toBe(fraction);
  });

  test.each(['', '.5', '5.', '1,000', '1e3', ' 1', '--1', '1.2.3', '٣', 'NaN', '9'.repeat(1001)])(
    '%s is no plain decimal',
    (text) => {
      expect(parseDecimal(text)).toBeNull();
    },
  );

  test('a fraction with a zero denominator is null', () => {
    expect(toFraction('1/0')).toBeNull();
  });

  test.each([
    ['1/8', undefined, '0.125'],
    ['-3', undefined, '-3'],
    ['2/3', 2, '0.67'],
    ['-1/200', 2, '-0.01'],
    ['1/3', 0, '0'],
    ['5', 2, '5.00'],
  ])('%s with %s decimals is written %s', (fraction, places, text) => {
    expect(formatDecimal(toFraction(fraction)!, places)).toBe(text);
  });

  test('an endless decimal is written only with stated places', () => {
    expect(isTerminating(toFraction('1/3')!)).toBe(false);
    expect(() => formatDecimal(toFraction('1/3')!)).toThrow('no finite decimal');
  });

  test('minor units are written with their point', () => {
    expect(decimalText(-5n, 2)).toBe('-0.05');
    expect(decimalText(162050n, 2)).toBe('1620.50');
    expect(decimalText(510n, 0)).toBe('510');
  });
});
