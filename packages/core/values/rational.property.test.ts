// SPDX-License-Identifier: Apache-2.0
// What holds for every fraction and every rounding: the laws of arithmetic, texts that come back, sums that agree.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  absolute,
  add,
  ceiling,
  compare,
  divide,
  floor,
  formatDecimal,
  isTerminating,
  isZero,
  multiply,
  negate,
  parseDecimal,
  type Rational,
  rational,
  rationalText,
  subtract,
  toFraction,
  zero,
} from './rational.ts';
import {
  cumulativeParts,
  largestRemainder,
  roundingModes,
  roundToInteger,
  roundToMinor,
} from './rounding.ts';

const whole = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const fraction = fc.tuple(whole, fc.bigInt({ min: 1n, max: 10n ** 6n })).map(([n, d]) => rational(n, d));
const weight = fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 60 })).map(([n, d]) => rational(n, d));
const mode = fc.constantFrom(...roundingModes);

const sumOf = (numbers: readonly Rational[]) => numbers.reduce(add, zero);
const total = (numbers: readonly bigint[]) => numbers.reduce((a, b) => a + b, 0n);

describe('fractions', () => {
  test('obey the laws of a field', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        expect(subtract(a, b)).toEqual(add(a, negate(b)));
        if (!isZero(b)) expect(multiply(divide(a, b)!, b)).toEqual(a);
      }),
    );
  });

  test('are ordered as their differences say', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        expect(compare(a, b)).toBe(compare(subtract(a, b), zero));
        expect(absolute(a)).toEqual(compare(a, zero) < 0 ? negate(a) : a);
      }),
    );
  });

  test('lie between their floor and their ceiling', () => {
    fc.assert(
      fc.property(fraction, (a) => {
        expect(compare(rational(floor(a)), a)).toBeLessThanOrEqual(0);
        expect(compare(rational(ceiling(a)), a)).toBeGreaterThanOrEqual(0);
        expect(ceiling(a) - floor(a)).toBe(a.d === 1n ? 0n : 1n);
      }),
    );
  });

  test('come back from their text', () => {
    fc.assert(
      fc.property(fraction, (a) => {
        expect(toFraction(rationalText(a))).toEqual(a);
        if (isTerminating(a)) expect(parseDecimal(formatDecimal(a))).toEqual(a);
      }),
    );
  });
});

describe('rounding', () => {
  test('moves a number by less than one, by at most a half when the mode is a half', () => {
    fc.assert(
      fc.property(fraction, mode, (a, roundingMode) => {
        const moved = absolute(subtract(rational(roundToInteger(a, roundingMode)), a));
        expect(compare(moved, rational(1))).toBe(-1);
        if (roundingMode.startsWith('half')) expect(compare(moved, rational(1, 2))).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('keeps order', () => {
    fc.assert(
      fc.property(fraction, fraction, mode, (a, b, roundingMode) => {
        const [low, high] = compare(a, b) <= 0 ? [a, b] : [b, a];
        expect(roundToInteger(low, roundingMode)).toBeLessThanOrEqual(roundToInteger(high, roundingMode));
      }),
    );
  });

  test('in order gives parts that sum to the rounded whole, and keeps the parts before a new one', () => {
    fc.assert(
      fc.property(
        fc.array(fraction, { maxLength: 30 }),
        fraction,
        fc.nat(4),
        mode,
        (amounts, late, decimals, m) => {
          const parts = cumulativeParts(amounts, decimals, m);
          expect(total(parts)).toBe(roundToMinor(sumOf(amounts), decimals, m));
          expect(cumulativeParts([...amounts, late], decimals, m).slice(0, -1)).toEqual(parts);
        },
      ),
    );
  });

  test('by largest remainder gives parts that sum to the whole, each less than one from its exact share', () => {
    fc.assert(
      fc.property(whole, fc.array(weight, { minLength: 1, maxLength: 30 }), (amount, weights) => {
        const shares = largestRemainder(amount, weights);
        expect(total(shares)).toBe(amount);
        const sum = sumOf(weights);
        shares.forEach((share, index) => {
          const exact =
            divide(multiply(rational(amount), weights[index]!), sum) ?? rational(amount, weights.length);
          expect(compare(absolute(subtract(rational(share), exact)), rational(1))).toBe(-1);
        });
      }),
    );
  });
});
