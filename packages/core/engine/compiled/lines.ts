// SPDX-License-Identifier: Apache-2.0
// The lines of one clause for many payees and periods at once, in columns: which fact bears how much. A clause's lines
// are the rises of its running total, or its total in proportion to a measure; rounded as they run, they add up.

import { roundColumn, roundingOf } from './minor.ts';
import type { PayeePeriods } from './payee-periods.ts';
import type { ClausePlan, LinePlan, Stage } from './plan.ts';
import { largest } from './scaled.ts';
import type { Span } from './span.ts';
import type { MeasureSums, Windows } from './windows.ts';

/** Lines in columns, in the declared order within each total; the columns are used again afterwards. */
export interface LineBlock {
  /** By total: where its lines start; once more where the last ones end. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  /** In smallest units. */
  readonly amounts: Float64Array;
  /** Exactly, in parts of the asset: times 10^-unitScale, divided by the unit of the total. */
  readonly exact: Float64Array;
  readonly unitScale: number;
  /** By total. */
  readonly units: Float64Array;
  /** 1 for lines that a cap has cut; null where there is no cap. */
  readonly cut: Uint8Array | null;
}

/** The totals that lines are wanted for. */
export interface Wanted {
  readonly count: number;
  /** By total: its place among the periods. */
  readonly places: Int32Array;
  /** By total: its exact amount. */
  readonly totals: Float64Array;
}

/** Columns for lines, used again for each clause and run. */
export class LineSpace implements LineBlock {
  starts = new Int32Array(1);
  rows = new Int32Array(0);
  amounts = new Float64Array(0);
  exact = new Float64Array(0);
  units = new Float64Array(0);
  cuts = new Uint8Array(0);
  cut: Uint8Array | null = null;
  unitScale = 0;

  reserve(totals: number, lines: number): void {
    if (this.units.length < totals) {
      this.units = new Float64Array(totals);
      this.starts = new Int32Array(totals + 1);
    }
    if (this.rows.length >= lines) return;
    this.rows = new Int32Array(lines);
    this.amounts = new Float64Array(lines);
    this.exact = new Float64Array(lines);
    this.cuts = new Uint8Array(lines);
  }
}

/** Line i is the rise of the running total. NaN is given where a number is too large: some total must be left out. */
export function runningLines(
  plan: ClausePlan,
  lines: LinePlan & { readonly kind: 'running' },
  windows: Windows,
  periods: PayeePeriods,
  wanted: Wanted,
  span: Span,
  space: LineSpace,
): number {
  const { run, start, starts } = windows;
  const { set } = plan.stage.measures[lines.measure]!;
  const { prefixes } = windows.sumsOf(plan.stage, lines.measure);
  const at = periods.windows[-lines.shift]!;
  space.reserve(wanted.count, rowsOf(windows));
  const { rows } = space;
  const bit = 1 << set;
  const { tags } = run;
  const sums = span.borrow();
  const { cumulative, uncapped } = lines;
  const inputs = span.inputs;
  const read = inputs.map((_, input) => ((cumulative.reads | (uncapped?.reads ?? 0)) & (1 << input)) !== 0);
  const spread = inputs.map((column, input) => (read[input] === true ? span.borrow() : column));
  const prefix = span.borrow();
  let count = 0;
  for (let total = 0; total < wanted.count; total += 1) {
    space.starts[total] = count;
    const window = at[wanted.places[total]!]!;
    if (window === -1) continue;
    const end = starts[window + 1]!;
    const first = count;
    for (let row = starts[window]!; row < end; row += 1) {
      if (tags !== null && (tags[row]! & bit) === 0) continue;
      rows[count] = run.rows[row]!;
      prefix[count] = prefixes[row - start]!;
      count += 1;
    }
    for (let input = 0; input < spread.length; input += 1) {
      if (read[input] === true) spread[input]!.fill(inputs[input]![wanted.places[total]!]!, first, count);
    }
  }
  space.starts[wanted.count] = count;
  span.count = count;
  span.prefix = prefix;
  span.inputs = spread;
  cumulative.many(span, sums);
  space.unitScale = cumulative.scale;
  space.units.fill(1, 0, wanted.count);
  const raw = uncapped === null ? null : span.borrow();
  if (uncapped !== null && raw !== null) uncapped.many(span, raw);
  const rounded = prefix;
  roundColumn(sums, rounded, 0, count, roundingOf(cumulative.scale, plan), plan.clause.rounding.mode);
  const check = rises(space, wanted.count, sums, rounded, raw);
  if (raw !== null) span.release(raw);
  spread.forEach((column, input) => {
    if (read[input] === true) span.release(column);
  });
  span.release(sums);
  span.release(prefix);
  span.inputs = inputs;
  return check;
}

function rowsOf(windows: Windows): number {
  return windows.starts[windows.count]! - windows.start;
}

/** From running totals to their rises; where a total does not move there is no line. NaN where a line is not exact. */
function rises(
  space: LineSpace,
  totals: number,
  sums: Float64Array,
  rounded: Float64Array,
  raw: Float64Array | null,
): number {
  const { starts, rows, amounts, exact, cuts } = space;
  space.cut = raw === null ? null : cuts;
  let to = 0;
  let check = 0;
  for (let total = 0; total < totals; total += 1) {
    const end = starts[total + 1]!;
    let before = 0;
    let minorBefore = 0;
    let rawBefore = 0;
    const first = to;
    for (let from = starts[total]!; from < end; from += 1) {
      const sum = sums[from]!;
      const minor = rounded[from]!;
      // Each line is written, and written over by the next where the total has not moved.
      rows[to] = rows[from]!;
      amounts[to] = minor - minorBefore;
      exact[to] = sum - before;
      if (raw !== null) {
        cuts[to] = Number(sum - before !== raw[from]! - rawBefore);
        rawBefore = raw[from]!;
      }
      check += minor;
      to += Number(sum !== before);
      minorBefore = minor;
      before = sum;
    }
    starts[total] = first;
  }
  starts[totals] = to;
  return check;
}

/** The total in proportion to a measure; equally where that has both signs or is zero. Gives NaN like the other. */
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
  const at = periods.windows[-lines.shift]!;
  space.reserve(wanted.count, rowsOf(windows));
  const sums = span.borrow();
  const rounded = span.borrow();
  const { scale } = plan.total;
  const { factor, divisor, step } = roundingOf(scale, plan);
  space.unitScale = scale;
  let count = 0;
  for (let total = 0; total < wanted.count; total += 1) {
    space.starts[total] = count;
    space.units[total] = 1;
    const window = at[wanted.places[total]!]!;
    if (window === -1) continue;
    const first = count;
    const whole = measure.sums[window]!;
    // Equal sizes mean that all values have one sign.
    const isEqual = measure.sizes[window] !== Math.abs(whole) || whole === 0;
    count = shares(plan.stage, lines.measure, windows, measure, window, isEqual, space, sums, count);
    if (count === first) continue;
    const parts = isEqual ? count - first : Math.abs(whole);
    scaleShares(sums, first, count, wanted.totals[total]!, !isEqual && whole < 0 ? -1 : 1);
    space.units[total] = parts;
    const parted = { factor, divisor: checked(divisor * parts), step };
    roundColumn(sums, rounded, first, count, parted, plan.clause.rounding.mode);
  }
  space.starts[wanted.count] = count;
  const check = rises(space, wanted.count, sums, rounded, null);
  span.release(sums);
  span.release(rounded);
  return check;
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
