// SPDX-License-Identifier: Apache-2.0
// Columns of facts, one value per row, growable: dictionary codes, days, scaled quantities, ids as bytes. A value may
// be missing (nobody said it) or open (explicitly without end); both have a marker in every kind of column. Pushing
// is cheap enough to fill millions of rows a second; nothing is allocated per row.

import type { Day } from '../values/date.ts';
import { type Rational, rational } from '../values/rational.ts';

/** Code of a missing value in a column of codes. */
export const missingCode = -1;
/** Code of an open value in a column of codes. */
export const openCode = -2;
/** A missing date. */
export const missingDay: Day = -2_147_483_648;
/** An open date. */
export const openDay: Day = -2_147_483_647;
/** A quantity that stands in the column's `exact` map: too large for a double, or no multiple of the column's step. */
export const exactElsewhere = Number.POSITIVE_INFINITY;
/** An open quantity. A missing one is NaN. */
export const openQuantity = Number.NEGATIVE_INFINITY;
/** The most decimals to which a quantity column refines its scale by itself. */
export const scaleMax = 9;

/** Texts and their codes, which count from 0 in order of first appearance. */
export class Dictionary {
  readonly texts: string[] = [];
  private readonly codes = new Map<string, number>();

  /** The code of a text, given now if it is new. */
  code(text: string): number {
    let code = this.codes.get(text);
    if (code === undefined) {
      code = this.texts.length;
      this.texts.push(text);
      this.codes.set(text, code);
    }
    return code;
  }

  /** The code of a text, or `missingCode` when no row has it. */
  find(text: string): number {
    return this.codes.get(text) ?? missingCode;
  }

  /** The text of a code that this dictionary gave. */
  text(code: number): string {
    return this.texts[code]!;
  }
}

/** Texts, choices, parties, links, durations: a code per row. */
export class CodeColumn {
  readonly kind = 'code';
  readonly dictionary: Dictionary;
  values: Int32Array<ArrayBuffer>;
  length = 0;

  constructor(dictionary: Dictionary, capacity = 16) {
    this.dictionary = dictionary;
    this.values = new Int32Array(capacity);
  }

  /** Appends a code of the dictionary, `missingCode` or `openCode`. */
  pushCode(code: number): void {
    if (this.length === this.values.length) this.values = grownIntegers(this.values);
    this.values[this.length++] = code;
  }

  /** Appends the first so many of values as the column holds them. */
  pushMany(values: Float64Array, count: number): void {
    while (this.length + count > this.values.length) this.values = grownIntegers(this.values);
    this.values.set(values.subarray(0, count), this.length);
    this.length += count;
  }

  pushText(text: string): void {
    this.pushCode(this.dictionary.code(text));
  }

  pushMissing(): void {
    this.pushCode(missingCode);
  }

  pushOpen(): void {
    this.pushCode(openCode);
  }
}

/** Dates: a day per row. */
export class DayColumn {
  readonly kind = 'day';
  values: Int32Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 16) {
    this.values = new Int32Array(capacity);
  }

  /** Appends a day, `missingDay` or `openDay`. */
  pushDay(day: Day): void {
    if (this.length === this.values.length) this.values = grownIntegers(this.values);
    this.values[this.length++] = day;
  }

  /** Appends the first so many of values as the column holds them. */
  pushMany(values: Float64Array, count: number): void {
    while (this.length + count > this.values.length) this.values = grownIntegers(this.values);
    this.values.set(values.subarray(0, count), this.length);
    this.length += count;
  }

  pushMissing(): void {
    this.pushDay(missingDay);
  }

  pushOpen(): void {
    this.pushDay(openDay);
  }
}

/**
 * Quantities as whole numbers of 10^-scale, exact in a double while below 2^53. What does not fit stands as
 * `exactElsewhere` here and as a fraction in `exact`, by row.
 */
export class QuantityColumn {
  readonly kind = 'quantity';
  readonly exact = new Map<number, Rational>();
  values: Float64Array<ArrayBuffer>;
  length = 0;
  /** Decimals of the whole numbers: 2 for cents. */
  scale: number;

  constructor(scale: number, capacity = 16) {
    this.scale = scale;
    this.values = new Float64Array(capacity);
  }

  /** Appends a whole number of 10^-scale below 2^53 in size, NaN (missing) or `openQuantity`. */
  pushScaled(value: number): void {
    if (this.length === this.values.length) this.values = grownDoubles(this.values);
    this.values[this.length++] = value;
  }

  /** Appends the first so many of values as the column holds them. */
  pushMany(values: Float64Array, count: number): void {
    while (this.length + count > this.values.length) this.values = grownDoubles(this.values);
    this.values.set(values.subarray(0, count), this.length);
    this.length += count;
  }

  /** Appends any exact number; the scale is refined when that makes it fit. */
  pushRational(value: Rational): void {
    const row = this.length;
    this.pushScaled(Number.NaN);
    this.set(row, value);
  }

  pushMissing(): void {
    this.pushScaled(Number.NaN);
  }

  pushOpen(): void {
    this.pushScaled(openQuantity);
  }

  /** Replaces the value of a row. */
  set(row: number, value: Rational): void {
    this.exact.delete(row);
    const scale = scaleOf(value.d);
    if (scale !== null && scale > this.scale && scale <= scaleMax) this.refine(scale);
    const factor = 10n ** BigInt(this.scale);
    const scaled = scale !== null && scale <= this.scale ? (value.n * factor) / value.d : null;
    if (scaled !== null && isSafe(scaled)) {
      this.values[row] = Number(scaled);
    } else {
      this.values[row] = exactElsewhere;
      this.exact.set(row, value);
    }
  }

  /** The exact value of a row; null when it is missing or open. */
  at(row: number): Rational | null {
    const value = this.values[row]!;
    if (value === exactElsewhere) return this.exact.get(row) ?? null;
    if (Number.isNaN(value) || value === openQuantity) return null;
    return rational(BigInt(value), 10n ** BigInt(this.scale));
  }

  /** Rewrites every row to a finer scale; what grows past 2^53 moves to `exact`. */
  private refine(scale: number): void {
    const factor = 10 ** (scale - this.scale);
    for (let row = 0; row < this.length; row += 1) {
      const value = this.values[row]!;
      if (!Number.isFinite(value)) continue;
      if (Math.abs(value) * factor <= Number.MAX_SAFE_INTEGER) this.values[row] = value * factor;
      else {
        this.exact.set(row, rational(BigInt(value), 10n ** BigInt(this.scale)));
        this.values[row] = exactElsewhere;
      }
    }
    this.scale = scale;
  }
}

export type Column = CodeColumn | DayColumn | QuantityColumn;

function isSafe(value: bigint): boolean {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= -BigInt(Number.MAX_SAFE_INTEGER);
}

/** The decimals that write 1/d exactly, or null when more than `scaleMax` are needed. */
function scaleOf(d: bigint): number | null {
  let power = 1n;
  for (let scale = 0; scale <= scaleMax; scale += 1) {
    if (power % d === 0n) return scale;
    power *= 10n;
  }
  return null;
}

/** Twice the room, with the same beginning. */
function grownIntegers(values: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(Math.max(16, values.length * 2));
  grown.set(values);
  return grown;
}

/** Twice the room, with the same beginning. */
function grownDoubles(values: Float64Array): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(Math.max(16, values.length * 2));
  grown.set(values);
  return grown;
}
