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

/** Rounds the amounts [from, to) of one column into another. */
export function roundColumn(
  values: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
  rounding: MinorRounding,
  mode: RoundingMode,
): void {
  const { factor, divisor, step } = rounding;
  if (divisor === 1 && step === 1) {
    for (let index = from; index < to; index += 1) {
      const minor = values[index]! * factor;
      out[index] = minor <= largest && minor >= -largest ? minor : Number.NaN;
    }
  } else if (factor !== 1 || step !== 1 || mode !== 'half away from zero') {
    for (let index = from; index < to; index += 1) out[index] = rounded(values[index]!, rounding, mode);
  } else if (divisor % 2 === 0) roundHalfAway(values, out, from, to, divisor);
  else
    for (let index = from; index < to; index += 1)
      out[index] = roundedQuotient(values[index]!, divisor, mode);
}

/** The usual case in one loop, without calls and with hardly a branch: the floor of (size + half) ÷ divisor. */
function roundHalfAway(
  values: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
  divisor: number,
): void {
  const half = divisor / 2;
  const inverse = 1 / divisor;
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
  }
}
