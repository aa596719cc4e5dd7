// SPDX-License-Identifier: Apache-2.0
// The usual lines in one loop each: sums that only rise, along straight lines or in proportion, rounded half away from
// zero. Whoever calls has made sure that nothing can grow beyond `simpleMax`; then every number here is exact. Rounding
// to the nearest multiple of a divisor is the floor of (number + ½ divisor) ÷ divisor; that a half more is added keeps the
// quotient of doubles away from whole numbers, by more than doubles can err below 2^50.

import type { MinorRounding } from './minor.ts';
import type { StraightLines } from './straight-lines.ts';
import type { Members } from './windows.ts';

/** Up to here the kernels are exact. */
export const simpleMax = 2 ** 50;

/** Where lines go. */
export interface LineColumns {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly amounts: Float64Array;
  readonly exact: Float64Array;
}

/** The totals whose lines are wanted: how many, and the window of each; −1 where there is none. */
export interface WantedWindows {
  readonly count: number;
  readonly places: Int32Array;
  readonly windows: Int32Array;
}

/** What is added before dividing, so that the floor of the quotient is the rounded number. */
function halfOf(divisor: number): number {
  return Math.floor(divisor / 2) + 0.5;
}

/** Lines of sums along straight lines, of which there are four at most. */
export function linesAlong(
  straight: StraightLines,
  members: Members,
  values: Float64Array,
  wanted: WantedWindows,
  rounding: MinorRounding,
  to: LineColumns,
): void {
  const { results, from, offsets } = straight;
  const [slope = 0] = results;
  const { factor, divisor } = rounding;
  if (results.length > 1) alongFew(results, offsets, from, members, values, wanted, rounding, to);
  else if (divisor === 1) alongValues(slope, slope * factor, members, values, wanted, to);
  else alongOne(slope, members, values, wanted, rounding, to);
}

/** Each line is what its fact adds, times a constant: nothing has to be rounded. */
function alongValues(
  slope: number,
  minorSlope: number,
  { starts, rows: own }: Members,
  values: Float64Array,
  { count, places, windows }: WantedWindows,
  { starts: lineStarts, rows, amounts, exact }: LineColumns,
): void {
  let to = 0;
  for (let total = 0; total < count; total += 1) {
    lineStarts[total] = to;
    const window = windows[places[total]!]!;
    if (window === -1) continue;
    const end = starts[window + 1]!;
    for (let member = starts[window]!; member < end; member += 1) {
      const value = values[member]!;
      rows[to] = own[member]!;
      amounts[to] = minorSlope * value;
      exact[to] = slope * value;
      to += Number(value !== 0);
    }
  }
  lineStarts[count] = to;
}

function alongOne(
  slope: number,
  { starts, rows: own }: Members,
  values: Float64Array,
  { count, places, windows }: WantedWindows,
  { factor, divisor }: MinorRounding,
  { starts: lineStarts, rows, amounts, exact }: LineColumns,
): void {
  const half = halfOf(divisor);
  const inverse = 1 / divisor;
  const scaled = slope * factor;
  let to = 0;
  for (let total = 0; total < count; total += 1) {
    lineStarts[total] = to;
    const window = windows[places[total]!]!;
    if (window === -1) continue;
    const end = starts[window + 1]!;
    let sum = half;
    let before = 0;
    for (let member = starts[window]!; member < end; member += 1) {
      const value = values[member]!;
      sum += scaled * value;
      const minor = Math.floor(sum * inverse);
      rows[to] = own[member]!;
      amounts[to] = minor - before;
      exact[to] = slope * value;
      to += Number(value !== 0);
      before = minor;
    }
  }
  lineStarts[count] = to;
}

function alongFew(
  results: Float64Array,
  offsets: Float64Array,
  [, second = Infinity, third = Infinity, fourth = Infinity]: Float64Array,
  { starts, rows: own }: Members,
  values: Float64Array,
  { count, places, windows }: WantedWindows,
  { factor, divisor }: MinorRounding,
  { starts: lineStarts, rows, amounts, exact }: LineColumns,
): void {
  const half = halfOf(divisor);
  const inverse = 1 / divisor;
  let to = 0;
  for (let total = 0; total < count; total += 1) {
    lineStarts[total] = to;
    const window = windows[places[total]!]!;
    if (window === -1) continue;
    const end = starts[window + 1]!;
    let sum = 0;
    let before = 0;
    let minorBefore = 0;
    for (let member = starts[window]!; member < end; member += 1) {
      sum += values[member]!;
      const band = Number(sum > second) + Number(sum > third) + Number(sum > fourth);
      const given = results[band]! * sum + offsets[band]!;
      const minor = Math.floor((given * factor + half) * inverse);
      rows[to] = own[member]!;
      amounts[to] = minor - minorBefore;
      exact[to] = given - before;
      to += Number(given !== before);
      before = given;
      minorBefore = minor;
    }
  }
  lineStarts[count] = to;
}

/** Shares of a total in proportion to the values of one window; `divisor` is that of the rounding times their sum. */
export function proportionalLines(
  total: number,
  factor: number,
  divisor: number,
  { starts, rows: own }: Members,
  values: Float64Array,
  window: number,
  { rows, amounts, exact }: LineColumns,
  first: number,
): number {
  const inverse = 1 / divisor;
  const scaled = total * factor;
  const end = starts[window + 1]!;
  let to = first;
  let sum = halfOf(divisor);
  let before = 0;
  for (let member = starts[window]!; member < end; member += 1) {
    const value = values[member]!;
    sum += scaled * value;
    const minor = Math.floor(sum * inverse);
    rows[to] = own[member]!;
    amounts[to] = minor - before;
    exact[to] = total * value;
    to += Number(value !== 0);
    before = minor;
  }
  return to;
}
