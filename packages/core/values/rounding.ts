// SPDX-License-Identifier: Apache-2.0
// From exact numbers to whole smallest units. Every rounding names its mode; parts that were rounded always add up
// to the rounded whole, cumulatively in order or by largest remainder.
import { add, compare, divide, floor, multiply, type Rational, rational, sign, zero } from './rational.ts';

/** How a number between two whole ones is decided. `down` is toward minus infinity, `up` toward plus infinity. */
export type RoundingMode =
  | 'half away from zero'
  | 'half to even'
  | 'half up'
  | 'toward zero'
  | 'away from zero'
  | 'down'
  | 'up';

/** Every mode, in the order in which the reference lists them. */
export const roundingModes: readonly RoundingMode[] = [
  'half away from zero',
  'half to even',
  'half up',
  'toward zero',
  'away from zero',
  'down',
  'up',
];

/** The nearest whole number as the mode decides; whole numbers stay as they are. */
export function roundToInteger(a: Rational, mode: RoundingMode): bigint {
  if (a.d === 1n) return a.n;
  const below = floor(a);
  return isRoundedUp(a, below, mode) ? below + 1n : below;
}

/** Whether a number strictly between `below` and the next whole number goes to that next one. */
function isRoundedUp(a: Rational, below: bigint, mode: RoundingMode): boolean {
  const twiceRest = 2n * (a.n - below * a.d);
  const isHalf = twiceRest === a.d;
  const isNearerAbove = twiceRest > a.d;
  switch (mode) {
    case 'half away from zero':
      return isHalf ? a.n > 0n : isNearerAbove;
    case 'half to even':
      return isHalf ? below % 2n !== 0n : isNearerAbove;
    case 'half up':
      return isHalf || isNearerAbove;
    case 'toward zero':
      return a.n < 0n;
    case 'away from zero':
      return a.n > 0n;
    case 'down':
      return false;
    case 'up':
      return true;
  }
}

/** The amount in smallest units of an asset with so many decimals: (16.205, 2) → 1621 with half away from zero. */
export function roundToMinor(a: Rational, decimals: number, mode: RoundingMode): bigint {
  return roundToInteger(decimals === 0 ? a : multiply(a, rational(10n ** BigInt(decimals))), mode);
}

/** The multiple of `step` (above zero) that the mode chooses: to the whole percent, to the next USD 5. */
export function roundToMultiple(a: Rational, step: Rational, mode: RoundingMode): Rational {
  const steps = sign(step) === 1 ? divide(a, step) : null;
  if (steps === null) throw new RangeError('The step of a rounding is not above zero.');
  return multiply(rational(roundToInteger(steps, mode)), step);
}

/**
 * Rounds parts so that they add up to the rounded sum: part i is round(sum through i) − round(sum before i).
 * Parts before a new one therefore never change.
 */
export function cumulativeParts(
  amounts: readonly Rational[],
  decimals: number,
  mode: RoundingMode,
): bigint[] {
  let sum = zero;
  let roundedSum = 0n;
  return amounts.map((amount) => {
    sum = add(sum, amount);
    const roundedBefore = roundedSum;
    roundedSum = roundToMinor(sum, decimals, mode);
    return roundedSum - roundedBefore;
  });
}

/**
 * Shares a whole number out in proportion to the weights; what is left over goes one by one to the largest
 * remainders, ties to the lower index. Weights are not below zero (assertion); when all are zero, or there is
 * nothing to weigh by, the shares are as equal as can be. A negative total is shared like its opposite.
 */
export function largestRemainder(total: bigint, weights: readonly Rational[]): bigint[] {
  if (weights.length === 0) {
    if (total !== 0n) throw new RangeError('There is nobody to share a total among.');
    return [];
  }
  if (weights.some((weight) => weight.n < 0n)) throw new RangeError('A weight is below zero.');
  if (total < 0n) return largestRemainder(-total, weights).map((share) => -share);
  const sum = weights.reduce(add, zero);
  const portions = weights.map(
    (weight) => divide(multiply(rational(total), weight), sum) ?? rational(total, weights.length),
  );
  const shares = portions.map(floor);
  const left = Number(total - shares.reduce((a, b) => a + b, 0n));
  portions
    .map((portion, index) => ({
      index,
      remainder: rational(portion.n - floor(portion) * portion.d, portion.d),
    }))
    .sort((a, b) => compare(b.remainder, a.remainder) || a.index - b.index)
    .slice(0, left)
    .forEach(({ index }) => {
      shares[index] = shares[index]! + 1n;
    });
  return shares;
}
