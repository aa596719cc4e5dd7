// SPDX-License-Identifier: Apache-2.0
// Rounding a column in doubles gives what rounding exact numbers gives, up to the largest exact whole number and no
// further: beyond it the result is not a number.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rational } from '../../values/rational.ts';
import { roundingModes, roundToInteger } from '../../values/rounding.ts';
import { roundColumn } from './minor.ts';
import { largest } from './scaled.ts';

const anyValue = fc.oneof(
  fc.integer({ min: -2000, max: 2000 }),
  fc.maxSafeInteger(),
  fc.constantFrom(largest, -largest, largest - 1, (largest - 1) / 2, (largest + 1) / 2, -(largest + 1) / 2),
);

test('a column is rounded as exact numbers are, in every mode', () => {
  fc.assert(
    fc.property(
      fc.array(anyValue),
      fc.constantFrom(...roundingModes),
      fc.constantFrom(1, 2, 3, 5, 10, 100, 1000, 12_500, 1_000_003, 10 ** 12),
      fc.constantFrom(1, 5, 100),
      (values, mode, divisor, step) => {
        const out = new Float64Array(values.length);
        roundColumn(Float64Array.from(values), out, 0, values.length, { factor: 1, divisor, step }, mode);
        for (const [index, value] of values.entries()) {
          const exact = Number(roundToInteger(rational(BigInt(value), BigInt(divisor)), mode)) * step;
          expect(out[index]! + 0).toBe(exact + 0);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('what grows past the largest exact number when it is brought to smallest units is not a number', () => {
  const edge = Math.floor(largest / 100);
  const values = Float64Array.from([edge, edge + 1, -edge, -edge - 1, Number.NaN]);
  const out = new Float64Array(values.length);
  const rounding = { factor: 100, divisor: 1, step: 1 };
  roundColumn(values, out, 0, values.length, rounding, 'half away from zero');
  expect([...out]).toEqual([edge * 100, Number.NaN, -edge * 100, Number.NaN, Number.NaN]);
});
