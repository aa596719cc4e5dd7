// SPDX-License-Identifier: Apache-2.0
// Rows with the columns that a fold needs, in the order in which they are folded: by key, then day, then the declared
// order of one day. Key and day stand in one number, so that one comparison tells where a key or a period ends.

import type { Stage } from './plan.ts';
import type { Tags } from './tags.ts';

/** Columns of rows, by place. */
export interface RowColumns {
  readonly rows: Int32Array;
  /** The number of the key, then the day in its lowest bits: number · 2^dayBits + day − dayLow. */
  readonly keyDays: Int32Array;
  /** A bit for each set that a row belongs to; null where there is one set alone. */
  readonly tags: Tags | null;
  readonly values: readonly Float64Array[];
  readonly links: readonly Int32Array[];
}

/** How a day stands in a number with its key. */
export interface DaySpan {
  readonly dayLow: number;
  readonly dayBits: number;
}

export interface Run extends DaySpan {
  readonly rows: Int32Array;
  readonly keyDays: Int32Array;
  readonly tags: Tags | null;
  /** By set of the stage: its bit in the tags. */
  readonly bits: readonly number[];
  /** Bits that all rows are known to have. */
  readonly common: number;
  /** By measure; null where every member adds the same. */
  readonly values: readonly (Float64Array | null)[];
  /** By link. */
  readonly links: readonly Int32Array[];
  /** By number of a key in this run: its code. */
  readonly keys: Int32Array;
}

/** How many bits the days from `dayLow` through `dayHigh` take. */
export function daySpan(dayLow: number, dayHigh: number): DaySpan {
  return { dayLow, dayBits: 32 - Math.clz32(dayHigh - dayLow) };
}

/** How many keys one run can have beside so many bits of the day. */
export function keysMax(dayBits: number): number {
  return Math.max(1, 2 ** Math.max(0, 31 - dayBits));
}

/** Columns with room for so many rows, tagged for so many sets. */
export function emptyColumns(size: number, sets: number, values: number, links: number): RowColumns {
  return {
    rows: new Int32Array(size),
    keyDays: new Int32Array(size),
    tags: sets === 1 ? null : sets <= 8 ? new Uint8Array(size) : new Uint32Array(size),
    values: Array.from({ length: values }, () => new Float64Array(size)),
    links: Array.from({ length: links }, () => new Int32Array(size)),
  };
}

/** What every member adds to a measure, as a whole number at its scale; null where that differs by row. */
export function sameForAll(each: Stage['measures'][number]['each']): number | null {
  if (each === null) return 1;
  return each.constant === null ? null : each.at(0);
}

/** The rows [start, end) of a run, copied to a run of their own. */
export function copyOf(run: Run, start: number, end: number): Run {
  return {
    ...run,
    rows: run.rows.slice(start, end),
    keyDays: run.keyDays.slice(start, end),
    tags: run.tags?.slice(start, end) ?? null,
    values: run.values.map((column) => column?.slice(start, end) ?? null),
    links: run.links.map((column) => column.slice(start, end)),
  };
}
