// SPDX-License-Identifier: Apache-2.0
// Band tables as flat kernels over scaled whole numbers: `slice` (∫₀ˣ rate), `whole` (rate(x) · x) and `reached` (the
// result of the band that holds x). Outside all bands the result is NaN: what the terms say there is not known here.
// A column of numbers is taken in one loop, with the same results.

import type { BandTable } from '../../program/declaration.ts';
import type { Program } from '../../program/program.ts';
import { compare, type Rational, zero } from '../../values/rational.ts';
import { constantNumber } from './constants.ts';
import { largest, powerOfTen, scaledTo, scaleOf, times } from './scaled.ts';
import type { StraightLines } from './straight-lines.ts';
import { unsupported } from './unsupported.ts';

export interface TableKernel {
  readonly mode: 'slice' | 'whole' | 'reached';
  /** Decimals of the result. */
  readonly scale: number;
  /** The result at x. */
  readonly at: (x: number) => number;
  /** Puts the results of the first so many numbers of one column into another, or into the same. */
  readonly many: Column;
  /** The same as straight lines, where it can be written like that. */
  readonly straight: StraightLines | null;
  /** The rate or result of the band that holds x, at `rateScale`. */
  readonly rateAt: (x: number) => number;
  readonly rateMany: Column;
  readonly rateScale: number;
}

type Column = (from: Float64Array, to: Float64Array, count: number) => void;

interface Bands {
  /** By band: bounds at the input's scale, whether they belong to it, and its rate or result. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly hasFrom: Uint8Array;
  readonly hasTo: Uint8Array;
  readonly results: Float64Array;
}

/** The kernel of a table whose numbers are all constant, for inputs at a scale. */
export function tableKernel(table: BandTable, program: Program, inputScale: number): TableKernel {
  const { mode } = table;
  if (mode !== 'slice' && mode !== 'whole' && mode !== 'reached') unsupported(`a table in mode ${mode}`);
  const number = (expression: Parameters<typeof constantNumber>[0]): Rational =>
    constantNumber(expression, program) ?? unsupported(`a table that is not constant: ${table.id}`);
  const rows = table.bands.map((band) => ({
    from: band.from === null ? null : number(band.from.value),
    to: band.to === null ? null : number(band.to.value),
    result: number(band.result),
  }));
  const scaleIn = Math.max(
    inputScale,
    ...rows.flatMap(({ from, to }) => [from, to].map((bound) => (bound === null ? 0 : decimals(bound)))),
  );
  const rateScale = Math.max(0, ...rows.map(({ result }) => decimals(result)));
  const bands: Bands = {
    from: Float64Array.from(rows, ({ from }) => (from === null ? -Infinity : scaledTo(from, scaleIn))),
    to: Float64Array.from(rows, ({ to }) => (to === null ? Infinity : scaledTo(to, scaleIn))),
    hasFrom: Uint8Array.from(table.bands, ({ from }) => Number(from?.inclusive ?? false)),
    hasTo: Uint8Array.from(table.bands, ({ to }) => Number(to?.inclusive ?? false)),
    results: Float64Array.from(rows, ({ result }) => scaledTo(result, rateScale)),
  };
  if (bands.from.some(Number.isNaN) || bands.to.some(Number.isNaN))
    unsupported(`bounds too large: ${table.id}`);
  const factor = powerOfTen(scaleIn - inputScale);
  const finer = factor === 1 ? (x: number) => x : (x: number) => times(x, factor);
  const rateAt = (x: number) => reached(bands, finer(x));
  const rateMany = reachedMany(bands, rateAt, factor);
  const rates = { rateAt, rateMany, rateScale };
  if (mode === 'reached')
    return { mode, scale: rateScale, at: rateAt, many: rateMany, straight: null, ...rates };
  const scale = scaleIn + rateScale;
  if (scale > 15) unsupported(`a table with too many decimals: ${table.id}`);
  if (mode === 'whole') {
    const at = (x: number) => times(rateAt(x), finer(x));
    return { mode, scale, at, many: eachOf(at), straight: null, ...rates };
  }
  if (rows.some(({ from, to }) => isReversed(from, to))) unsupported(`bands out of order: ${table.id}`);
  const at = (x: number) => slices(bands, finer(x));
  const straight = factor === 1 ? slicesAsLines(bands) : null;
  return { mode, scale, at, many: straight === null ? eachOf(at) : alongLines(straight), straight, ...rates };
}

function eachOf(at: (x: number) => number): Column {
  return (from, to, count) => {
    for (let index = 0; index < count; index += 1) to[index] = at(from[index]!);
  };
}

/** Where bounds are few whole numbers apart, such as days, the results between them are looked up. */
function reachedMany(bands: Bands, rateAt: (x: number) => number, factor: number): Column {
  const bounds = [...bands.from, ...bands.to].filter(Number.isFinite);
  const low = Math.min(...bounds) - 1;
  const high = Math.max(...bounds) + 1;
  if (factor !== 1 || !(high - low <= lookedUpMax)) return eachOf(rateAt);
  const results = Float64Array.from({ length: high - low + 1 }, (_, place) => reached(bands, low + place));
  return (from, to, count) => lookUp(results, low, high, from, to, count);
}

/** Looks numbers up; `from` may be `to`. */
function lookUp(
  results: Float64Array,
  low: number,
  high: number,
  from: Float64Array,
  to: Float64Array,
  count: number,
): void {
  const last = high - low;
  if (Math.abs(low) >= smallMax || Math.abs(high) >= smallMax || !areSmall(from, count)) {
    // What is not known stays so, since nothing times it is not known either.
    for (let index = 0; index < count; index += 1) {
      const x = from[index]!;
      to[index] = results[Math.min(Math.max(x, low), high) - low]! + 0 * x;
    }
    return;
  }
  for (let index = 0; index < count; index += 1) {
    // The lesser of two whole numbers, and the greater of one and zero, by the sign of a difference: no branch.
    const beyond = (from[index]! | 0) - high;
    const place = last + (beyond & (beyond >> 31));
    to[index] = results[place & ~(place >> 31)]!;
  }
}

/** Whole numbers below it in size have differences of 32 bits. */
const smallMax = 2 ** 30;

function areSmall(values: Float64Array, count: number): boolean {
  let others = 0;
  for (let index = 0; index < count; index += 1) {
    const value = values[index]!;
    others += Number((value << 1) >> 1 !== value);
  }
  return others === 0;
}

const lookedUpMax = 4096;

function decimals(value: Rational): number {
  return scaleOf(value) ?? unsupported('a number without few decimals');
}

function isReversed(from: Rational | null, to: Rational | null): boolean {
  return to !== null && compare(from ?? zero, to) > 0;
}

function reached(bands: Bands, x: number): number {
  for (let band = 0; band < bands.results.length; band += 1) {
    const from = bands.from[band]!;
    const to = bands.to[band]!;
    const isAbove = x > from || (x === from && bands.hasFrom[band] === 1);
    const isBelow = x < to || (x === to && bands.hasTo[band] === 1);
    if (isAbove && isBelow) return bands.results[band]!;
  }
  return Number.NaN;
}

function slices(bands: Bands, x: number): number {
  const { from, to, results } = bands;
  const count = results.length;
  if (count === 0 || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return times(results[0]!, x);
  let total = 0;
  for (let band = 0; band < count; band += 1) {
    const low = Math.max(from[band]!, 0);
    if (x <= low) return total;
    const high = Math.min(x, to[band]!);
    if (high > low) total += times(results[band]!, high - low);
    if (!(total <= Number.MAX_SAFE_INTEGER && total >= -Number.MAX_SAFE_INTEGER)) return Number.NaN;
  }
  return x > to[count - 1]! ? Number.NaN : total;
}

/** Slices as straight lines; null unless bands follow each other from zero on. */
function slicesAsLines({ from, to, results }: Bands): StraightLines | null {
  const last = results.length - 1;
  if (last < 0 || from[0]! > 0) return null;
  const offsets = new Float64Array(results.length);
  for (let band = 1; band <= last; band += 1) {
    const bound = to[band - 1]!;
    if (bound !== from[band] || bound < 0) return null;
    const offset = offsets[band - 1]! + times(results[band - 1]!, bound) - times(results[band]!, bound);
    if (!(Math.abs(offset) <= largest)) return null;
    offsets[band] = offset;
  }
  return { from, results, offsets, end: to[last]! };
}

/** A column of results along straight lines. No branch asks for the band, since it cannot be guessed. */
function alongLines(lines: StraightLines): Column {
  const last = lines.results.length - 1;
  return last > 3
    ? (values, sliced, count) => {
        for (let index = 0; index < count; index += 1) sliced[index] = slicedAt(values[index]!, lines, last);
      }
    : (values, sliced, count) => slicesOfFew(values, sliced, count, lines);
}

function slicedAt(x: number, { from, results, offsets, end }: StraightLines, last: number): number {
  let band = 0;
  for (let next = 1; next <= last; next += 1) band += Number(x > from[next]!);
  const product = results[band]! * x;
  const given = product + offsets[band]!;
  return Math.abs(product) <= largest && Math.abs(given) <= largest && x <= end ? given : Number.NaN;
}

/** Up to four bands, whose bounds are at hand. */
function slicesOfFew(values: Float64Array, sliced: Float64Array, count: number, lines: StraightLines): void {
  const { from, results, offsets, end } = lines;
  const [, second = Infinity, third = Infinity, fourth = Infinity] = from;
  for (let index = 0; index < count; index += 1) {
    const x = values[index]!;
    const band = Number(x > second) + Number(x > third) + Number(x > fourth);
    const product = results[band]! * x;
    const given = product + offsets[band]!;
    const isExact = Math.abs(product) <= largest && Math.abs(given) <= largest && x <= end;
    sliced[index] = isExact ? given : Number.NaN;
  }
}
