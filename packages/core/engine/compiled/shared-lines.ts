// SPDX-License-Identifier: Apache-2.0
// The lines of totals that are shared in proportion to a measure, such as a bonus that a gate lets through; equally
// where that measure has both signs or is zero. Line i bears its part of the total rounded so far.

import { type LineSpace, risesOf, rowsOf, type Wanted } from './lines.ts';
import { type MinorRounding, roundColumn, roundingOf } from './minor.ts';
import type { PayeePeriods } from './payee-periods.ts';
import type { ClausePlan, LinePlan, Stage } from './plan.ts';
import { largest } from './scaled.ts';
import type { Span } from './span.ts';
import type { MeasureSums, Windows } from './windows.ts';

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
  const measure = windows.sumsOf(plan.stage, lines.measure);
  const { set } = plan.stage.measures[lines.measure]!;
  const at = periods.windows[-lines.shift]!;
  space.reserve(wanted.count, rowsOf(windows));
  space.cut = null;
  space.unitScale = plan.total.scale;
  const rounding = roundingOf(plan.total.scale, plan);
  const isUsual = rounding.step === 1 && plan.clause.rounding.mode === 'half away from zero';
  const sums = span.borrow();
  const rounded = span.borrow();
  const bit = windows.haveAll(1 << set) ? 0 : 1 << set;
  let unknown = 0;
  let count = 0;
  for (let total = 0; total < wanted.count; total += 1) {
    space.starts[total] = count;
    space.units[total] = 1;
    const window = at[wanted.places[total]!]!;
    if (window === -1) continue;
    const whole = measure.sums[window]!;
    const exact = wanted.totals[total]!;
    // Where the sum of sizes is the size of the sum, all values have one sign.
    const isEqual = measure.sizes[window] !== Math.abs(whole) || whole === 0;
    if (isUsual && !isEqual && whole > 0 && exact > 0) {
      const divisor = rounding.divisor * whole;
      if (exact * whole * rounding.factor <= largest / 4 && divisor <= largest / 4) {
        const parted = { ...rounding, divisor };
        space.units[total] = whole;
        count = usualShares(windows, measure, bit, window, exact, parted, space, count);
        continue;
      }
    }
    const first = count;
    count = shares(plan.stage, lines.measure, windows, measure, window, isEqual, space, sums, count);
    if (count === first) continue;
    const parts = isEqual ? count - first : Math.abs(whole);
    scaleShares(sums, first, count, exact, !isEqual && whole < 0 ? -1 : 1);
    space.units[total] = parts;
    const parted = { ...rounding, divisor: checked(rounding.divisor * parts) };
    unknown += roundColumn(sums, rounded, first, count, parted, plan.clause.rounding.mode);
    count = risesOf(space, first, count, first, space.rows, 0, sums, rounded);
  }
  space.starts[wanted.count] = count;
  span.release(sums);
  span.release(rounded);
  return unknown;
}

/**
 * The usual case in one loop: a total above zero in proportion to values that are not below zero, where nothing can
 * grow too large. Rounding half away from zero is the floor of (2 · sum + divisor) ÷ (2 · divisor). `bit` is 0 where
 * all rows are members. Gives where the lines end.
 */
function usualShares(
  { run, start, starts }: Windows,
  { prefixes }: MeasureSums,
  bit: number,
  window: number,
  exact: number,
  { factor, divisor }: MinorRounding,
  space: LineSpace,
  first: number,
): number {
  const { rows, amounts, exact: exacts } = space;
  const { tags, rows: own } = run;
  const end = starts[window + 1]!;
  const scaled = 2 * factor;
  const twice = 2 * divisor;
  const inverse = 1 / twice;
  let to = first;
  let before = 0;
  let minorBefore = 0;
  for (let row = starts[window]!; row < end; row += 1) {
    if (bit !== 0 && (tags![row]! & bit) === 0) continue;
    const sum = exact * prefixes[row - start]!;
    const size = scaled * sum + divisor;
    let minor = Math.floor(size * inverse);
    const rest = size - minor * twice;
    // The quotient of doubles may be off by one at a whole number; products this size are exact.
    if (rest < 0) minor -= 1;
    else if (rest >= twice) minor += 1;
    rows[to] = own[row]!;
    amounts[to] = minor - minorBefore;
    exacts[to] = sum - before;
    to += Number(sum !== before);
    before = sum;
    minorBefore = minor;
  }
  return to;
}

/** Puts the members of a window with their running sums, or with their numbers. Gives where they end. */
function shares(
  stage: Stage,
  measure: number,
  windows: Windows,
  { prefixes }: MeasureSums,
  window: number,
  isEqual: boolean,
  { rows }: LineSpace,
  sums: Float64Array,
  first: number,
): number {
  const { run, start, starts } = windows;
  const { tags } = run;
  const bit = 1 << stage.measures[measure]!.set;
  const end = starts[window + 1]!;
  let count = first;
  for (let row = starts[window]!; row < end; row += 1) {
    if (tags !== null && (tags[row]! & bit) === 0) continue;
    rows[count] = run.rows[row]!;
    sums[count] = isEqual ? count - first + 1 : prefixes[row - start]!;
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
