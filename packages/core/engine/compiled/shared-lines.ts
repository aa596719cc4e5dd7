// SPDX-License-Identifier: Apache-2.0
// The lines of totals that are shared in proportion to a measure, such as a bonus that a gate lets through; equally
// where that measure has both signs or is zero. Line i bears its part of the total rounded so far.

import { proportionalLines, simpleMax } from './line-kernels.ts';
import { type LineSpace, risesOf, rowsOf, type Wanted } from './lines.ts';
import { roundColumn, roundingOf } from './minor.ts';
import type { PayeePeriods } from './payee-periods.ts';
import type { ClausePlan, LinePlan } from './plan.ts';
import { largest } from './scaled.ts';
import type { Span } from './span.ts';
import type { Members, Windows } from './windows.ts';

/** Gives how many lines are not known: then some total must be left out. */
export function sharedLines(
  plan: ClausePlan,
  lines: LinePlan & { readonly kind: 'shared' },
  windows: Windows,
  periods: PayeePeriods,
  wanted: Wanted,
  span: Span,
  space: LineSpace,
): number {
  const { stage } = plan;
  const { sums: wholes, sizes } = windows.sumsOf(stage, lines.measure);
  const members = windows.membersOf(stage.measures[lines.measure]!.set);
  const at = periods.windows[-lines.shift]!;
  space.reserve(wanted.count, rowsOf(windows));
  space.cut = null;
  space.unitScale = plan.total.scale;
  if (wanted.count === 0) {
    space.starts[0] = 0;
    return 0;
  }
  const values = windows.valuesOf(stage, lines.measure);
  const rounding = roundingOf(plan.total.scale, plan);
  const { factor, divisor } = rounding;
  const isUsual = rounding.step === 1 && plan.clause.rounding.mode === 'half away from zero';
  const sums = span.borrow();
  const rounded = span.borrow();
  let unknown = 0;
  let count = 0;
  for (let total = 0; total < wanted.count; total += 1) {
    space.starts[total] = count;
    space.units[total] = 1;
    const window = at[wanted.places[total]!]!;
    if (window === -1) continue;
    const whole = wholes[window]!;
    const exact = wanted.totals[total]!;
    // Where the sum of sizes is the sum, no value is below zero.
    const isSimple = isUsual && sizes[window] === whole && whole > 0 && exact > 0;
    if (isSimple && exact * whole * factor + divisor * whole <= simpleMax) {
      space.units[total] = whole;
      count = proportionalLines(exact, factor, divisor * whole, members, values, window, space, count);
      continue;
    }
    const isEqual = sizes[window] !== Math.abs(whole) || whole === 0;
    const first = count;
    count = shares(members, values, window, isEqual, space, sums, count);
    if (count === first) continue;
    const parts = isEqual ? count - first : Math.abs(whole);
    scaleShares(sums, first, count, exact, !isEqual && whole < 0 ? -1 : 1);
    space.units[total] = parts;
    const parted = { ...rounding, divisor: checked(divisor * parts) };
    unknown += roundColumn(sums, rounded, first, count, parted, plan.clause.rounding.mode);
    count = risesOf(space, first, count, first, space.rows, 0, sums, rounded);
  }
  space.starts[wanted.count] = count;
  span.release(sums);
  span.release(rounded);
  return unknown;
}

/** Puts the members of a window with their running sums, or with their numbers. Gives where they end. */
function shares(
  { starts, rows: own }: Members,
  values: Float64Array,
  window: number,
  isEqual: boolean,
  { rows }: LineSpace,
  sums: Float64Array,
  first: number,
): number {
  const end = starts[window + 1]!;
  let count = first;
  let sum = 0;
  for (let member = starts[window]!; member < end; member += 1) {
    sum += values[member]!;
    rows[count] = own[member]!;
    sums[count] = isEqual ? count - first + 1 : sum;
    count += 1;
  }
  return count;
}

function scaleShares(sums: Float64Array, from: number, to: number, total: number, sign: 1 | -1): void {
  for (let index = from; index < to; index += 1) sums[index] = checked(total * (sums[index]! * sign));
}

function checked(product: number): number {
  return product <= largest && product >= -largest ? product : Number.NaN;
}
