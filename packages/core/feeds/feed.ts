// SPDX-License-Identifier: Apache-2.0
// What a feed says: which files of a foreign system there are, and what each of their rows becomes. Made from a
// plain object by read-feed.ts; docs of the keys stand there.

import type { Day } from '../values/date.ts';
import type { DateFormat } from './date-format.ts';
import type { NumberFormat } from './number-format.ts';

export interface Feed {
  readonly sources: readonly Source[];
  /** Files that others look things up in, by the name used for it. */
  readonly tables: ReadonlyMap<string, LookupTable>;
}

/** How the bytes of a file become records. */
export interface FileFormat {
  readonly file: string;
  readonly format: 'csv' | 'json' | 'jsonl' | 'columns';
  /** ASCII code of the sign between fields of csv. */
  readonly delimiter: number;
  /** Names of the columns where the file has no header. */
  readonly columns: readonly string[] | null;
}

export interface LookupTable extends FileFormat {
  /** The column whose value identifies a row. */
  readonly key: string;
}

export type CellSource =
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'constant'; readonly text: string }
  /** The number of the row, counting from 1 after the header. */
  | { readonly kind: 'row' }
  /** `column` of the row of another file whose key is this row's `by`. */
  | { readonly kind: 'lookup'; readonly table: string; readonly by: string; readonly column: string };

/** What becomes of an empty cell. */
export type EmptyRule = 'open' | 'missing' | 'reject';

export interface FieldMapping {
  readonly source: CellSource;
  readonly dates: readonly DateFormat[];
  readonly number: NumberFormat;
  /** The currency of all amounts, or the column that names it row by row. */
  readonly currency: { readonly code: string } | { readonly column: string } | null;
  /** Texts of the foreign system and ours. */
  readonly map: ReadonlyMap<string, string>;
  /** Texts that stand for an empty cell. */
  readonly emptyWhen: readonly string[];
  /** Null: open where the field may stay open, else missing. */
  readonly empty: EmptyRule | null;
}

/** Rows that are left out: `only` those whose column has one of the texts, or all `without` them. */
export interface RowFilter {
  readonly rule: 'only' | 'without';
  readonly column: string;
  readonly is: readonly string[];
}

export interface Source extends FileFormat {
  readonly becomes:
    | {
        readonly kind: 'fact';
        readonly factKind: string;
        /** Columns that make the id, joined by "-"; null: the row's number. */
        readonly id: readonly string[] | null;
        readonly revision: string | null;
        readonly fields: ReadonlyMap<string, FieldMapping>;
      }
    | {
        readonly kind: 'attribute';
        readonly attribute: string;
        readonly party: string;
        readonly of: FieldMapping;
        readonly value: FieldMapping;
        /** Null: always. */
        readonly from: FieldMapping | null;
        readonly through: FieldMapping | null;
      };
  readonly mode: 'events' | 'snapshot';
  readonly filters: readonly RowFilter[];
  /** The feed is complete through this day. */
  readonly completeThrough: Day | null;
  /** What the sending system says there is: rows, and sums by field. */
  readonly control: { readonly rows: number | null; readonly sums: ReadonlyMap<string, string> } | null;
}
