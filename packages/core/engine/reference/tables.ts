// SPDX-License-Identifier: Apache-2.0
// Tables as pure functions of one number, in their five modes. Bounds are inclusive or exclusive as written. Outside
// all bands a table says nothing: the result is null, which the language calls none.
import type { TableMode } from '../../program/declaration.ts';
import {
  add,
  compare,
  divide,
  floor,
  maximum,
  minimum,
  multiply,
  type Rational,
  rational,
  sign,
  subtract,
  zero,
} from '../../values/rational.ts';

export interface Bound {
  readonly value: Rational;
  readonly inclusive: boolean;
}

/** One band with its bounds and its result as numbers. */
export interface NumberBand {
  readonly from: Bound | null;
  readonly to: Bound | null;
  readonly result: Rational;
  readonly slope: { readonly rising: Rational; readonly per: Rational; readonly whole: boolean } | null;
}

/** Whether a number lies within two bounds. */
export function isWithinBounds(x: Rational, from: Bound | null, to: Bound | null): boolean {
  if (from !== null) {
    const order = compare(x, from.value);
    if (order < 0 || (order === 0 && !from.inclusive)) return false;
  }
  if (to !== null) {
    const order = compare(x, to.value);
    if (order > 0 || (order === 0 && !to.inclusive)) return false;
  }
  return true;
}

/** The value of a table at `x`; null where it says nothing. Slice: ∫₀ˣ rate; whole: rate(x) · x. */
export function tableValue(mode: TableMode, bands: readonly NumberBand[], x: Rational): Rational | null {
  switch (mode) {
    case 'slice':
      return sliceValue(bands, x);
    case 'proportion':
      return proportionValue(bands, x);
    case 'whole': {
      const rate = reachedBand(bands, x);
      return rate === null ? null : multiply(rate.result, x);
    }
    case 'reached':
      return reachedBand(bands, x)?.result ?? null;
    case 'lines':
      return lineValue(reachedBand(bands, x), x);
  }
}

function reachedBand(bands: readonly NumberBand[], x: Rational): NumberBand | null {
  return bands.find((band) => isWithinBounds(x, band.from, band.to)) ?? null;
}

/** The one rate of a table `on the whole` at `x`. */
export function rateAt(bands: readonly NumberBand[], x: Rational): Rational | null {
  return reachedBand(bands, x)?.result ?? null;
}

function sliceValue(bands: readonly NumberBand[], x: Rational): Rational | null {
  const first = bands[0];
  if (first === undefined) return null;
  if (sign(x) <= 0) return multiply(first.result, x);
  let total = zero;
  for (const band of bands) {
    const low = band.from === null ? zero : maximum(band.from.value, zero);
    if (compare(x, low) <= 0) return total;
    const high = band.to === null ? x : minimum(x, band.to.value);
    if (compare(high, low) > 0) total = add(total, multiply(band.result, subtract(high, low)));
  }
  const last = bands[bands.length - 1]?.to ?? null;
  return last !== null && compare(x, last.value) > 0 ? null : total;
}

function proportionValue(bands: readonly NumberBand[], x: Rational): Rational | null {
  if (sign(x) <= 0) return zero;
  let total = zero;
  for (const band of bands) {
    const low = band.from?.value ?? zero;
    if (compare(x, low) <= 0) return total;
    if (band.to === null) return add(total, band.result);
    const width = subtract(band.to.value, low);
    const share = divide(subtract(minimum(x, band.to.value), low), width);
    if (share === null) return null;
    total = add(total, multiply(band.result, share));
  }
  const last = bands[bands.length - 1]?.to ?? null;
  return last !== null && compare(x, last.value) > 0 ? null : total;
}

function lineValue(band: NumberBand | null, x: Rational): Rational | null {
  if (band === null || band.slope === null) return band?.result ?? null;
  const steps = divide(subtract(x, band.from?.value ?? zero), band.slope.per);
  if (steps === null) return null;
  const counted = band.slope.whole ? rational(floor(steps)) : steps;
  return add(band.result, multiply(band.slope.rising, counted));
}
