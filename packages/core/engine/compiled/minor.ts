// SPDX-License-Identifier: Apache-2.0
// From exact amounts to smallest units, as a clause rounds; one amount or a column of them, with the same results.

import type { RoundingMode } from '../../values/rounding.ts';
import type { ClausePlan } from './plan.ts';
import { largest, powerOfTen, roundedQuotient, times } from './scaled.ts';

/** To smallest units: times `factor`, over `divisor`, rounded, times `step`. */
export interface MinorRounding {
  readonly factor: number;
  readonly divisor: number;
  readonly step: number;
}

const roundings = new WeakMap<ClausePlan, Map<number, MinorRounding>>();

/** How amounts at a scale are rounded by a clause. */
export function roundingOf(scale: number, plan: ClausePlan): MinorRounding {
  let kept = roundings.get(plan);
  if (kept === undefined) {
    kept = new Map();
    roundings.set(plan, kept);
  }
  let rounding = kept.get(scale);
  if (rounding === undefined) {
    const finer = scale - plan.decimals;
    rounding = {
      factor: powerOfTen(Math.max(0, -finer)),
      divisor: times(powerOfTen(Math.max(0, finer)), plan.step),
      step: plan.step,
    };
    kept.set(scale, rounding);
  }
  return rounding;
}

/** An amount in smallest units, rounded as the clause says. */
export function minorOf(value: number, scale: number, plan: ClausePlan): number {
  return rounded(value, roundingOf(scale, plan), plan.clause.rounding.mode);
}

function rounded(value: number, { factor, divisor, step }: MinorRounding, mode: RoundingMode): number {
  return roundedQuotient(times(value, factor), divisor, mode) * step;
}

/** Rounds the amounts [from, to) of one column into another. Gives how many are not known. */
export function roundColumn(
  values: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
  rounding: MinorRounding,
  mode: RoundingMode,
): number {
  const { factor, divisor, step } = rounding;
  if (divisor === 1 && step === 1) return timesFactor(values, out, from, to, factor);
  const isUsual = factor === 1 && step === 1 && mode === 'half away from zero' && divisor % 2 === 0;
  if (isUsual) return roundHalfAway(values, out, from, to, divisor);
  let unknown = 0;
  for (let index = from; index < to; index += 1) {
    const minor = rounded(values[index]!, rounding, mode);
    unknown += Number(Number.isNaN(minor));
    out[index] = minor;
  }
  return unknown;
}

function timesFactor(
  values: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
  factor: number,
): number {
  let unknown = 0;
  for (let index = from; index < to; index += 1) {
    const minor = values[index]! * factor;
    const isExact = minor <= largest && minor >= -largest;
    out[index] = isExact ? minor : Number.NaN;
    unknown += Number(!isExact);
  }
  return unknown;
}

/** The usual case in one loop, without calls and with hardly a branch: the floor of (size + half) ÷ divisor. */
function roundHalfAway(
  values: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
  divisor: number,
): number {
  const half = divisor / 2;
  const inverse = 1 / divisor;
  let unknown = 0;
  for (let index = from; index < to; index += 1) {
    const value = values[index]!;
    const size = Math.abs(value) + half;
    let below = Math.floor(size * inverse);
    const rest = size - below * divisor;
    // The quotient of doubles may be off by one at a whole number; products this size are exact.
    if (rest < 0) below -= 1;
    else if (rest >= divisor) below += 1;
    out[index] = value < 0 ? -below : below;
    if (size > largest / 2) out[index] = roundedQuotient(value, divisor, 'half away from zero');
    unknown += Number(Number.isNaN(value));
  }
  return unknown;
}
