// SPDX-License-Identifier: Apache-2.0
// How the rows of one source are read, settled once before the first row: a reader per field, the filters, the
// columns of the id and of the revision.

import type { FactTable } from '../program/fact-store.ts';
import { currencyCheck } from './currency-check.ts';
import type { FieldMapping, Source } from './feed.ts';
import { FieldReader } from './field-reader.ts';
import { type Loading, ownColumn } from './loading.ts';
import { plainNumber } from './number-format.ts';
import { cellFilter, filterText } from './row-filter.ts';

export type FactSource = Source & { readonly becomes: Source['becomes'] & { kind: 'fact' } };

export interface FactRowPlan {
  /** One for each declared field, in order. */
  readonly readers: readonly FieldReader[];
  /** Those that read amounts from cells: they are summed. */
  readonly amounts: readonly FieldReader[];
  /** Those that read cells; one that stays empty is noted. */
  readonly filled: readonly FieldReader[];
  /** The reader of the counting date; null when that is reached through a link. */
  readonly counting: FieldReader | null;
  readonly filters: readonly {
    readonly index: number;
    readonly name: string;
    readonly stays: ReturnType<typeof cellFilter>;
  }[];
  readonly currencies: readonly {
    readonly index: number;
    readonly field: string;
    readonly check: ReturnType<typeof currencyCheck>;
  }[];
  /** Places of the columns that make the id; none when the row's number does. */
  readonly ids: readonly number[];
  /** −1 without a column of revisions. */
  readonly revision: number;
  /** Whether rows can be read column by column: nothing but cells and constants, no filters, an id of one cell. */
  readonly isPlain: boolean;
}

/** What stands in for a field that the feed does not fill. */
const unmapped: FieldMapping = {
  source: { kind: 'constant', text: '' },
  dates: [],
  number: { ...plainNumber, text: '' },
  currency: null,
  map: new Map(),
  emptyWhen: [],
  empty: 'missing',
};

/** Every column that the source reads, each once. */
export function wantedColumns({ becomes, filters }: FactSource): readonly string[] {
  const fields = [...becomes.fields.values()];
  const columns = [
    ...(becomes.id ?? []),
    becomes.revision,
    ...fields.map(({ source }) => ownColumn(source)),
    ...fields.map(({ currency }) => (currency !== null && 'column' in currency ? currency.column : null)),
    ...filters.map(({ column }) => column),
  ];
  return [...new Set(columns.filter((column) => column !== null))];
}

/** The plan for a file in which `at` says where a column stands (−1 for none). */
export function factRowPlan(
  source: FactSource,
  table: FactTable,
  loading: Loading,
  at: (column: string | null) => number,
): FactRowPlan {
  const { becomes } = source;
  const { kind } = table;
  const zone = loading.program.policies.zone;
  const readers = kind.fields.map((field) => {
    const mapping = becomes.fields.get(field.name) ?? unmapped;
    const column = table.columns.get(field.name)!;
    const index = at(ownColumn(mapping.source));
    const reader = new FieldReader(field, mapping, column, index, zone, loading.lookUpOf(mapping.source));
    if (mapping.source.kind === 'constant') reader.readText(mapping.source.text);
    return reader;
  });
  const filled = readers.filter(({ index }) => index >= 0);
  const currencies = [...becomes.fields].flatMap(([name, { currency }]) => {
    const type = kind.fields.find((field) => field.name === name)?.type;
    if (currency === null || !('column' in currency) || type?.kind !== 'quantity') return [];
    return [{ index: at(currency.column), check: currencyCheck(type.unit[0]?.base ?? ''), field: name }];
  });
  const [countsOn] = kind.countsOn.length === 1 ? kind.countsOn : [];
  const isPlain =
    source.filters.length === 0 &&
    currencies.length === 0 &&
    becomes.id?.length === 1 &&
    becomes.revision === null &&
    countsOn !== undefined &&
    readers.every((reader) => (reader.index >= 0 ? reader.isPlainCell : reader.isPlainConstant()));
  return {
    isPlain,
    readers,
    amounts: filled.filter(({ field: { type } }) => type.kind === 'quantity' && type.unit.length > 0),
    filled,
    counting: readers.find(({ field }) => field.name === countsOn) ?? null,
    filters: source.filters.map((filter) => ({
      index: at(filter.column),
      name: filterText(filter),
      stays: cellFilter(filter),
    })),
    currencies,
    ids: (becomes.id ?? []).map(at),
    revision: at(becomes.revision),
  };
}
