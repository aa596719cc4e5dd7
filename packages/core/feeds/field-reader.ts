// SPDX-License-Identifier: Apache-2.0
// Reads one field of a fact from the cells of a column into what its column of the store holds: a code, a day or a
// scaled number. Cells are understood once per different text; plain decimal numbers are read straight from bytes.

import { type Column, missingCode, missingDay, openCode, openDay, openQuantity } from '../program/columns.ts';
import type { Field } from '../program/declaration.ts';
import { durationText } from '../values/duration.ts';
import type { Rational } from '../values/rational.ts';
import { ByteDictionary, shortMax } from './byte-dictionary.ts';
import { type Conversion, convert } from './convert.ts';
import type { FieldMapping } from './feed.ts';
import { recordsMax } from './plain-records.ts';
import { type Problem, problem } from './problem.ts';
import type { SumOf } from './report.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

const powersOfTen = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
/** Digits that a double surely holds exactly. */
const digitsMax = 15;

/** Cells of several rows: cell c of row r is the stretch at r · width + c. */
export interface Cells {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly width: number;
}

/** Looks a cell's text up in another file; null when there is no such row. */
export type LookUp = (text: string) => string | null;

export class FieldReader {
  readonly field: Field;
  readonly mapping: FieldMapping;
  readonly column: Column;
  /** Where the cell stands in the record; −1 for constants and row numbers. */
  readonly index: number;
  /** The value that was read last, as the column's `values` hold it. */
  value = 0;
  /** For a number that does not fit the column's scale: the exact value. */
  exact: Rational | null = null;
  /** What was wrong with the cell that was read last. */
  found: Problem | null = null;
  private readonly zone: string;
  private readonly lookUp: LookUp | null;
  private readonly isPlainNumber: boolean;
  private readonly dictionary = new ByteDictionary();
  private values = new Float64Array(128);
  private readonly problems = new Map<number, Problem>();
  /** What was read of several rows. */
  private readonly many = new Float64Array(recordsMax);

  constructor(
    field: Field,
    mapping: FieldMapping,
    column: Column,
    index: number,
    zone: string,
    lookUp: LookUp | null,
  ) {
    this.field = field;
    this.mapping = mapping;
    this.column = column;
    this.index = index;
    this.zone = zone;
    this.lookUp = lookUp;
    this.isPlainNumber =
      column.kind === 'quantity' &&
      lookUp === null &&
      mapping.number.decimal === '.' &&
      mapping.map.size === 0 &&
      mapping.emptyWhen.length === 0 &&
      field.type.kind === 'quantity';
  }

  /** Reads the cell bytes[start, end), which has no space around it. */
  read(bytes: Uint8Array, start: number, end: number): void {
    this.exact = null;
    this.found = null;
    if (this.isPlainNumber && this.readPlainNumber(bytes, start, end)) return;
    if (this.column.kind === 'quantity') {
      // Scales refine themselves while rows come in, and numbers seldom repeat: nothing is remembered.
      this.take(this.understand(bytes, start, end));
      return;
    }
    const known = this.dictionary.count;
    const code = this.dictionary.code(bytes, start, end);
    if (code === known) this.rememberCell(code, bytes, start, end);
    this.value = this.values[code]!;
    if (Number.isNaN(this.value)) this.found = this.problems.get(code) ?? null;
  }

  /**
   * Reads the cells of the rows from `first` on, at most `limit`; gives how many could be read and are what the column
   * usually holds.
   */
  readMany(cells: Cells, first: number, limit: number): number {
    return this.column.kind === 'quantity'
      ? this.readNumbers(cells, first, limit)
      : this.readTexts(cells, first, limit);
  }

  private readNumbers({ bytes, starts, ends, width }: Cells, first: number, limit: number): number {
    const { many } = this;
    for (let row = 0, at = first * width + this.index; row < limit; row += 1, at += width) {
      this.read(bytes, starts[at]!, ends[at]!);
      if (this.found !== null || this.exact !== null) return row;
      many[row] = this.value;
    }
    return limit;
  }

  private readTexts({ bytes, view, starts, ends, width }: Cells, first: number, limit: number): number {
    const { many, dictionary } = this;
    const shortEnd = bytes.length - shortMax;
    for (let row = 0, at = first * width + this.index; row < limit; row += 1, at += width) {
      const start = starts[at]!;
      const end = ends[at]!;
      const size = end - start;
      const known = dictionary.count;
      const code =
        size <= shortMax && start <= shortEnd
          ? dictionary.shortCode(view, start, size)
          : dictionary.code(bytes, start, end);
      if (code === known) this.rememberCell(code, bytes, start, end);
      const value = this.values[code]!;
      if (Number.isNaN(value)) return row;
      many[row] = value;
    }
    return limit;
  }

  /** Understands a cell that was not there before. */
  private rememberCell(code: number, bytes: Uint8Array, start: number, end: number): void {
    this.exact = null;
    this.found = null;
    this.remember(code, this.understand(bytes, start, end));
  }

  /** Whether cells usually are what the column holds, without a number being understood one by one. */
  get isPlainCell(): boolean {
    return this.column.kind !== 'quantity' || this.isPlainNumber;
  }

  /** Whether it is a constant that the column holds as it usually does. */
  isPlainConstant(): boolean {
    const isPlain = this.mapping.source.kind === 'constant' && this.found === null && this.exact === null;
    if (isPlain) this.many.fill(this.value);
    return isPlain;
  }

  /** How many of the dates that were read together come before the first that is missing. */
  knownMany(limit: number): number {
    for (let row = 0; row < limit; row += 1) if (this.many[row] === missingDay) return row;
    return limit;
  }

  /** The latest of so many dates that were read together. */
  latestMany(count: number): number {
    let latest = missingDay;
    for (let row = 0; row < count; row += 1) latest = Math.max(latest, this.many[row]!);
    return latest;
  }

  /** How many of so many values that were read together are missing. */
  missingMany(count: number): number {
    const { kind } = this.column;
    const missing = kind === 'code' ? missingCode : missingDay;
    let number = 0;
    for (let row = 0; row < count; row += 1) {
      const value = this.many[row]!;
      number += Number(kind === 'quantity' ? Number.isNaN(value) : value === missing);
    }
    return number;
  }

  /** Adds so many amounts that were read together to a sum. */
  sumMany(count: number, sum: SumOf): void {
    const { scale } = this.column as Column & { kind: 'quantity' };
    for (let row = 0; row < count; row += 1) {
      const value = this.many[row]!;
      if (Number.isFinite(value)) sum.add(value, scale);
    }
  }

  /** Appends so many values that were read together to the column. */
  pushMany(count: number): void {
    this.column.pushMany(this.many, count);
  }

  /** Reads a text that is no cell: a constant, a row's number. */
  readText(text: string): void {
    const bytes = encodeUtf8(text);
    this.read(bytes, 0, bytes.length);
  }

  /** Appends what was read last to the column. */
  push(): void {
    const { column } = this;
    if (column.kind === 'code') column.pushCode(this.value);
    else if (column.kind === 'day') column.pushDay(this.value);
    else if (this.exact !== null) column.pushRational(this.exact);
    else column.pushScaled(this.value);
  }

  /** Whether a row of the column holds what was read last. */
  isAt(row: number): boolean {
    const { column } = this;
    if (column.kind !== 'quantity') return column.values[row] === this.value;
    if (this.exact === null) return Object.is(column.values[row], this.value);
    const there = column.at(row);
    return there !== null && there.n === this.exact.n && there.d === this.exact.d;
  }

  /** Whether what was read last is missing. */
  isMissing(): boolean {
    if (this.exact !== null) return false;
    const { kind } = this.column;
    return kind === 'code'
      ? this.value === missingCode
      : kind === 'day'
        ? this.value === missingDay
        : Number.isNaN(this.value);
  }

  /** Digits with at most one point and a sign, when they fit the column's scale. */
  private readPlainNumber(bytes: Uint8Array, start: number, end: number): boolean {
    let at = start;
    const isNegative = bytes[at] === 0x2d && at < end;
    if (isNegative) at += 1;
    if (at >= end || end - at > digitsMax) return false;
    let value = 0;
    let decimals = -1;
    for (; at < end; at += 1) {
      const digit = bytes[at]! - 0x30;
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        if (decimals >= 0) decimals += 1;
      } else if (digit === -2 && decimals < 0 && at > start && at + 1 < end && bytes[at - 1]! >= 0x30)
        decimals = 0;
      else return false;
    }
    const { scale } = this.column as Column & { kind: 'quantity' };
    const shift = scale - Math.max(0, decimals);
    const type = this.field.type;
    if (shift < 0 || (decimals > 0 && type.kind === 'quantity' && type.flavour === 'count')) return false;
    const scaled = value * powersOfTen[shift]!;
    if (scaled > Number.MAX_SAFE_INTEGER) return false;
    this.value = isNegative && scaled !== 0 ? -scaled : scaled;
    return true;
  }

  private understand(bytes: Uint8Array, start: number, end: number): Conversion {
    const text = decodeUtf8(bytes, start, end);
    if (text === null) return problem('row_not_utf8');
    if (this.lookUp === null) return convert(text, this.mapping, this.field, this.zone);
    if (text === '') return convert('', this.mapping, this.field, this.zone);
    const there = this.lookUp(text);
    const { source } = this.mapping;
    if (there === null) {
      return problem('row_lookup_unknown', {
        value: text,
        table: source.kind === 'lookup' ? source.table : '',
      });
    }
    return convert(there, this.mapping, this.field, this.zone);
  }

  private remember(code: number, conversion: Conversion): void {
    this.take(conversion);
    if (this.found !== null) {
      this.problems.set(code, this.found);
      this.value = Number.NaN;
    }
    if (code >= this.values.length) {
      const values = new Float64Array(this.values.length * 2);
      values.set(this.values);
      this.values = values;
    }
    this.values[code] = this.value;
  }

  /** Makes the conversion what was read last. */
  private take(conversion: Conversion): void {
    const { column } = this;
    if (conversion === null) {
      this.value = column.kind === 'code' ? missingCode : column.kind === 'day' ? missingDay : Number.NaN;
      return;
    }
    switch (conversion.kind) {
      case 'problem':
        this.found = conversion;
        return;
      case 'open':
        this.value = column.kind === 'code' ? openCode : column.kind === 'day' ? openDay : openQuantity;
        return;
      case 'quantity':
        this.exact = conversion.value;
        return;
      case 'date':
        this.value = conversion.value;
        return;
      default:
        if (column.kind !== 'code') throw new Error(`${this.field.name} is no column of codes.`);
        this.value = column.dictionary.code(textOf(conversion));
    }
  }
}

function textOf(scalar: Exclude<Conversion, Problem | null>): string {
  switch (scalar.kind) {
    case 'yesNo':
      return scalar.value ? 'yes' : 'no';
    case 'duration':
      return durationText(scalar.value);
    case 'text':
    case 'party':
    case 'fact':
      return scalar.value;
    default:
      throw new Error(`A ${scalar.kind} is no text.`);
  }
}
