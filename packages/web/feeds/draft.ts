// SPDX-License-Identifier: Apache-2.0
// A feed as its form holds it: one file whose rows become facts of one kind. It is made of a mapping, which is the feed
// file itself (docs/reference/feeds.md), and made into one; what a mapping says beyond the form is not lost, since the
// form then is not offered.
import type { FeedDefinition } from '@rapport/server/wire/feeds.ts';

export type Mapping = FeedDefinition['mapping'];
export type Mode = FeedDefinition['mode'];
export type Format = 'csv' | 'json' | 'jsonl' | 'columns';

export interface FieldDraft {
  readonly from: 'column' | 'constant' | 'row';
  /** The column, or the constant. */
  readonly text: string;
  /** Ways of writing dates; none: `2026-03-31` or a time stamp. */
  readonly dates: readonly string[];
  /** A way of writing numbers, by its example; empty: `1234.56`. */
  readonly number: string;
  readonly currency: null | { readonly code: string } | { readonly column: string };
  readonly map: readonly (readonly [theirs: string, ours: string])[];
  readonly emptyWhen: readonly string[];
  readonly empty: '' | 'missing' | 'open' | 'reject';
}

export interface FilterDraft {
  readonly rule: 'only' | 'without';
  readonly column: string;
  readonly is: readonly string[];
}

export interface FeedDraft {
  readonly file: string;
  readonly format: Format;
  /** `,`, `;`, `tab` or another sign. */
  readonly delimiter: string;
  /** Names of the columns where the file has none of its own. */
  readonly columns: readonly string[];
  readonly fact: string;
  /** Columns that make the id; none: the number of the row. */
  readonly id: readonly string[];
  /** Empty: every fact is the first revision of its own. */
  readonly revision: string;
  readonly fields: Readonly<Record<string, FieldDraft>>;
  readonly filters: readonly FilterDraft[];
  /** A day, or empty. */
  readonly completeThrough: string;
}

export const emptyField: FieldDraft = {
  from: 'column',
  text: '',
  dates: [],
  number: '',
  currency: null,
  map: [],
  emptyWhen: [],
  empty: '',
};

export const emptyDraft: FeedDraft = {
  file: '',
  format: 'csv',
  delimiter: ',',
  columns: [],
  fact: '',
  id: [],
  revision: '',
  fields: {},
  filters: [],
  completeThrough: '',
};

/** The format that the ending of a name says; it need not be written down then. */
export function formatOf(file: string): Format {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  const known: Readonly<Record<string, Format>> = {
    json: 'json',
    jsonl: 'jsonl',
    ndjson: 'jsonl',
    txt: 'columns',
  };
  return known[ending] ?? 'csv';
}

/** The feed file of a draft. */
export function mappingOf(draft: FeedDraft, mode: Mode): Mapping {
  const { file, format, delimiter, columns, fact, id, revision, fields, filters, completeThrough } = draft;
  const usualDelimiter = /\.tsv$/i.test(file) ? 'tab' : ',';
  return {
    sources: [
      {
        file,
        ...(format === formatOf(file) ? {} : { format }),
        ...(format !== 'csv' || delimiter === usualDelimiter ? {} : { delimiter }),
        ...(columns.length === 0 ? {} : { columns: [...columns] }),
        fact,
        id: id.length === 0 ? 'row' : id.length === 1 ? id[0] : [...id],
        ...(revision === '' ? {} : { revision }),
        mode,
        ...filtersBy('only', filters),
        ...filtersBy('without', filters),
        ...(completeThrough === '' ? {} : { completeThrough }),
        fields: Object.fromEntries(
          Object.entries(fields).map(([name, field]) => [name, fieldMapping(field)]),
        ),
      },
    ],
  };
}

function filtersBy(rule: FilterDraft['rule'], filters: readonly FilterDraft[]) {
  const own = filters.filter((one) => one.rule === rule && one.column !== '');
  if (own.length === 0) return {};
  return { [rule]: Object.fromEntries(own.map(({ column, is }) => [column, [...is]])) };
}

function fieldMapping(field: FieldDraft): unknown {
  const { from, text, dates, number, currency, map, emptyWhen, empty } = field;
  const pairs = map.filter(([theirs]) => theirs !== '');
  const more = {
    ...(dates.length === 0 ? {} : { date: dates.length === 1 ? dates[0] : [...dates] }),
    ...(number === '' ? {} : { number }),
    ...(currency === null ? {} : { currency: 'code' in currency ? currency.code : { ...currency } }),
    ...(pairs.length === 0 ? {} : { map: Object.fromEntries(pairs) }),
    ...(emptyWhen.length === 0 ? {} : { emptyWhen: [...emptyWhen] }),
    ...(empty === '' ? {} : { empty }),
  };
  if (from === 'row') return { row: true, ...more };
  if (from === 'constant') return { constant: text, ...more };
  return Object.keys(more).length === 0 ? text : { column: text, ...more };
}
