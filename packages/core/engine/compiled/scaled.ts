// SPDX-License-Identifier: Apache-2.0
// Exact arithmetic on whole numbers in doubles. Every result is either exact or NaN, which means: too large, or not
// known; whoever meets NaN leaves the fast path. Numbers carry their decimals ("scale") beside them, in the plan.

import { type Rational, rational } from '../../values/rational.ts';
import type { RoundingMode } from '../../values/rounding.ts';

/** The greatest whole number below which every whole number is exact. */
export const largest = Number.MAX_SAFE_INTEGER;

/** a · b, or NaN when the product is not exact. */
export function times(a: number, b: number): number {
  const product = a * b;
  return product <= largest && product >= -largest ? product : Number.NaN;
}

/** The whole number nearest to numerator ÷ denominator (above zero) as the mode decides; NaN stays NaN. */
export function roundedQuotient(numerator: number, denominator: number, mode: RoundingMode): number {
  if (Number.isNaN(numerator)) return Number.NaN;
  if (denominator === 1) return numerator;
  let below: number;
  let rest: number;
  if (Math.abs(numerator) + denominator <= largest) {
    below = Math.floor(numerator / denominator);
    rest = numerator - below * denominator;
  } else {
    // So near the edge a multiple of the denominator may be beyond it; the remainder is always exact.
    rest = numerator % denominator;
    below = (numerator - rest) / denominator;
  }
  // The quotient of doubles may be off by one at a whole number; products this size are exact.
  if (rest < 0) {
    below -= 1;
    rest += denominator;
  } else if (rest >= denominator) {
    below += 1;
    rest -= denominator;
  }
  return rest === 0 ? below : isRoundedUp(numerator, below, rest, denominator, mode) ? below + 1 : below;
}

function isRoundedUp(
  numerator: number,
  below: number,
  rest: number,
  denominator: number,
  mode: RoundingMode,
): boolean {
  const other = denominator - rest;
  switch (mode) {
    case 'half away from zero':
      return rest === other ? numerator > 0 : rest > other;
    case 'half to even':
      return rest === other ? below % 2 !== 0 : rest > other;
    case 'half up':
      return rest >= other;
    case 'toward zero':
      return numerator < 0;
    case 'away from zero':
      return numerator > 0;
    case 'down':
      return false;
    case 'up':
      return true;
  }
}

/** A power of ten that is exact in a double; NaN beyond 10^15. */
export function powerOfTen(exponent: number): number {
  return exponent >= 0 && exponent <= 15 ? 10 ** exponent : Number.NaN;
}

/** The fewest decimals that write a number exactly as a safe whole number; null when there are none. */
export function scaleOf(value: Rational): number | null {
  let power = 1n;
  for (let scale = 0; scale <= 12; scale += 1) {
    if (power % value.d === 0n) {
      const whole = (value.n * power) / value.d;
      return whole <= BigInt(largest) && whole >= -BigInt(largest) ? scale : null;
    }
    power *= 10n;
  }
  return null;
}

/** The whole number of 10^-scale for a number that has at most so many decimals; NaN when it does not fit. */
export function scaledTo(value: Rational, scale: number): number {
  const power = 10n ** BigInt(scale);
  if (power % value.d !== 0n) return Number.NaN;
  const whole = (value.n * power) / value.d;
  return whole <= BigInt(largest) && whole >= -BigInt(largest) ? Number(whole) : Number.NaN;
}

/** The exact number behind a whole number of 10^-scale. */
export function unscaled(value: number, scale: number): Rational {
  let whole = value;
  let decimals = scale;
  // In doubles this is quick, and what is left has few common divisors.
  while (decimals > 0 && whole % 10 === 0) {
    whole /= 10;
    decimals -= 1;
  }
  return rational(BigInt(whole), powersOfTen[decimals]!);
}

const powersOfTen = Array.from({ length: 16 }, (_, exponent) => 10n ** BigInt(exponent));
