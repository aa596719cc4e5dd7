// SPDX-License-Identifier: Apache-2.0
// The lines of one clause for many payees and periods at once, in columns: which fact bears how much. A clause's lines
// are the rises of its running total, or its total in proportion to a measure; rounded as they run, they add up.

import { linesAlong, simpleMax } from './line-kernels.ts';
import { roundColumn, roundingOf } from './minor.ts';
import type { PayeePeriods } from './payee-periods.ts';
import type { ClausePlan, LinePlan } from './plan.ts';
import type { Span } from './span.ts';
import { heightAt } from './straight-lines.ts';
import type { Members, Windows } from './windows.ts';

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

/** Line i is the rise of the running total. Gives how many are not known: then some total must be left out. */
export function runningLines(
  plan: ClausePlan,
  lines: LinePlan & { readonly kind: 'running' },
  windows: Windows,
  periods: PayeePeriods,
  wanted: Wanted,
  span: Span,
  space: LineSpace,
): number {
  const at = periods.windows[-lines.shift]!;
  space.reserve(wanted.count, rowsOf(windows));
  space.unitScale = lines.cumulative.scale;
  space.units.fill(1, 0, wanted.count);
  if (simpleLines(plan, lines, windows, at, wanted, space)) return 0;
  const { set } = plan.stage.measures[lines.measure]!;
  const prefixes = windows.prefixesOf(plan.stage, lines.measure);
  const { cumulative, uncapped } = lines;
  const reads = cumulative.reads | (uncapped?.reads ?? 0);
  const copy = span.borrow();
  const members = windows.membersOf(set);
  // Where every window is wanted, and in its place, nothing has to be brought together.
  const isWhole = reads === 0 && at === periods.windows[0] && wanted.count === windows.count;
  const behind = isWhole
    ? wholeMembers(windows, members, prefixes, space)
    : gatherMembers(members, prefixes, at, wanted, copy, space);
  const { inputs } = span;
  span.count = behind.count;
  span.prefix = behind.prefix;
  span.inputs = inputs.map((column, input) =>
    (reads & (1 << input)) === 0 ? column : spreadInput(column, wanted, space.starts, span.borrow()),
  );
  const sums = span.borrow();
  const rounded = span.borrow();
  const raw = uncapped === null ? null : span.borrow();
  cumulative.many(span, sums);
  if (uncapped !== null && raw !== null) uncapped.many(span, raw);
  space.cut = raw === null ? null : space.cuts;
  const { mode } = plan.clause.rounding;
  const rounding = roundingOf(cumulative.scale, plan);
  const unknown = roundColumn(sums, rounded, 0, behind.count, rounding, mode);
  rises(space, wanted.count, behind.rows, behind.first, sums, rounded, raw);
  for (const [input, column] of span.inputs.entries()) if (column !== inputs[input]) span.release(column);
  if (raw !== null) span.release(raw);
  span.release(copy);
  span.release(sums);
  span.release(rounded);
  span.inputs = inputs;
  return unknown;
}

/** The usual case: straight lines over a sum that only rises, and nothing that could grow too large. */
function simpleLines(
  plan: ClausePlan,
  { cumulative, uncapped, measure }: LinePlan & { readonly kind: 'running' },
  windows: Windows,
  at: Int32Array,
  { count, places }: Wanted,
  space: LineSpace,
): boolean {
  const { straight } = cumulative;
  if (uncapped !== null || straight === undefined || straight === null || straight.results.length > 4)
    return false;
  const { most, isRising } = windows.sumsOf(plan.stage, measure);
  const rounding = roundingOf(cumulative.scale, plan);
  const isNearest = rounding.divisor === 1 || plan.clause.rounding.mode === 'half away from zero';
  const height = heightAt(straight, most) * rounding.factor + rounding.divisor;
  if (!isRising || !isNearest || rounding.step !== 1 || !(height <= simpleMax)) return false;
  space.cut = null;
  const members = windows.membersOf(plan.stage.measures[measure]!.set);
  const values = windows.valuesOf(plan.stage, measure);
  linesAlong(straight, members, values, { count, places, windows: at }, rounding, space);
  return true;
}

/** How many rows the windows have. */
export function rowsOf(windows: Windows): number {
  return windows.starts[windows.count]! - windows.start;
}

/** The members behind the wanted totals, one total after the other as the space's starts say. */
interface Behind {
  readonly count: number;
  /** Their sums so far. */
  readonly prefix: Float64Array;
  /** Their rows, from `first` on. */
  readonly rows: Int32Array;
  readonly first: number;
}

function wholeMembers(
  { count: windowCount }: Windows,
  { starts, rows }: Members,
  prefix: Float64Array,
  { starts: to }: LineSpace,
): Behind {
  const first = starts[0]!;
  for (let window = 0; window <= windowCount; window += 1) to[window] = starts[window]! - first;
  return { count: to[windowCount]!, prefix, rows, first };
}

function gatherMembers(
  { starts: windowStarts, rows: own }: Members,
  prefixes: Float64Array,
  at: Int32Array,
  { count: totals, places }: Wanted,
  prefix: Float64Array,
  { starts, rows }: LineSpace,
): Behind {
  const first = windowStarts[0]!;
  let count = 0;
  for (let total = 0; total < totals; total += 1) {
    starts[total] = count;
    const window = at[places[total]!]!;
    if (window === -1) continue;
    const end = windowStarts[window + 1]!;
    for (let member = windowStarts[window]!; member < end; member += 1) {
      rows[count] = own[member]!;
      prefix[count] = prefixes[member - first]!;
      count += 1;
    }
  }
  starts[totals] = count;
  return { count, prefix, rows, first: 0 };
}

/** What each total reads, for each of its members. */
function spreadInput(
  column: Float64Array,
  { count, places }: Wanted,
  starts: Int32Array,
  to: Float64Array,
): Float64Array {
  for (let total = 0; total < count; total += 1) {
    to.fill(column[places[total]!]!, starts[total], starts[total + 1]);
  }
  return to;
}

/** From running totals to their rises; where a total does not move there is no line. */
function rises(
  space: LineSpace,
  totals: number,
  from: Int32Array,
  first: number,
  sums: Float64Array,
  rounded: Float64Array,
  raw: Float64Array | null,
): void {
  const { starts } = space;
  if (raw === null && wholeRises(space, totals, from, first, sums, rounded)) return;
  let to = 0;
  let start = starts[0]!;
  for (let total = 0; total < totals; total += 1) {
    const end = starts[total + 1]!;
    starts[total] = to;
    to =
      raw === null
        ? risesOf(space, start, end, to, from, first, sums, rounded)
        : cutRisesOf(space, start, end, to, from, first, sums, rounded, raw);
    start = end;
  }
  starts[totals] = to;
}

/** Where every total moves with each of its members, in one loop over all; false where one does not. */
function wholeRises(
  { starts, rows, amounts, exact }: LineSpace,
  totals: number,
  from: Int32Array,
  first: number,
  sums: Float64Array,
  rounded: Float64Array,
): boolean {
  const count = starts[totals]!;
  let still = 0;
  let before = 0;
  let minorBefore = 0;
  for (let index = 0; index < count; index += 1) {
    const sum = sums[index]!;
    const minor = rounded[index]!;
    amounts[index] = minor - minorBefore;
    exact[index] = sum - before;
    still += Number(sum === before);
    before = sum;
    minorBefore = minor;
    // Most clauses show soon whether some members bear nothing.
    if ((index & 255) === 255 && still > 64) return false;
  }
  for (let total = 0; total < totals; total += 1) {
    const start = starts[total]!;
    if (start === starts[total + 1]!) continue;
    const sum = sums[start]!;
    still += Number(sum === 0) - Number(exact[start] === 0);
    exact[start] = sum;
    amounts[start] = rounded[start]!;
  }
  if (still > 0) return false;
  if (from !== rows) rows.set(from.subarray(first, first + count));
  return true;
}

/** Each line is written, and written over by the next one where the total has not moved. Gives where they end. */
export function risesOf(
  { rows, amounts, exact }: LineSpace,
  start: number,
  end: number,
  lines: number,
  from: Int32Array,
  first: number,
  sums: Float64Array,
  rounded: Float64Array,
): number {
  let to = lines;
  let before = 0;
  let minorBefore = 0;
  for (let index = start; index < end; index += 1) {
    const sum = sums[index]!;
    const minor = rounded[index]!;
    rows[to] = from[first + index]!;
    amounts[to] = minor - minorBefore;
    exact[to] = sum - before;
    to += Number(sum !== before);
    minorBefore = minor;
    before = sum;
  }
  return to;
}

/** The same, with a note on lines that a cap has cut. */
function cutRisesOf(
  space: LineSpace,
  start: number,
  end: number,
  lines: number,
  from: Int32Array,
  first: number,
  sums: Float64Array,
  rounded: Float64Array,
  raw: Float64Array,
): number {
  let to = lines;
  let before = 0;
  let rawBefore = 0;
  for (let index = start; index < end; index += 1) {
    const sum = sums[index]!;
    space.cuts[to] = Number(sum - before !== raw[index]! - rawBefore);
    to += Number(sum !== before);
    rawBefore = raw[index]!;
    before = sum;
  }
  return risesOf(space, start, end, lines, from, first, sums, rounded);
}
