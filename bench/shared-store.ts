// SPDX-License-Identifier: Apache-2.0
// A store that two threads read: its columns are moved into shared memory, and the other thread makes a store around
// them. Nothing is copied between threads but names.
import type { Column } from '../packages/core/program/columns.ts';
import { type FactStore, storeBuilder } from '../packages/core/program/fact-store.ts';
import type { AttributeFact } from '../packages/core/program/log.ts';
import type { Program } from '../packages/core/program/program.ts';

/** What is sent to the other thread. */
export interface SharedStore {
  readonly kind: string;
  readonly length: number;
  readonly ids: { readonly bytes: Uint8Array; readonly offsets: Uint32Array };
  readonly columns: ReadonlyMap<string, Column['values']>;
  readonly dictionaries: ReadonlyMap<string, readonly string[]>;
  readonly attributes: readonly AttributeFact[];
}

/** Moves the columns of a kind of facts into shared memory. The store goes on with them. */
export function shareStore(store: FactStore, kind: string): SharedStore {
  const table = store.tables.get(kind)!;
  table.ids.bytes = shared(table.ids.bytes);
  table.ids.offsets = shared(table.ids.offsets);
  for (const column of table.columns.values()) {
    if (column.kind === 'quantity') column.values = shared(column.values);
    else column.values = shared(column.values);
  }
  return {
    kind,
    length: table.length,
    ids: { bytes: table.ids.bytes, offsets: table.ids.offsets },
    columns: new Map([...table.columns].map(([name, { values }]) => [name, values])),
    dictionaries: new Map([...store.dictionaries].map(([name, { texts }]) => [name, texts])),
    attributes: store.attributes,
  };
}

/** The store around columns that another thread has shared. */
export function storeOfShared(program: Program, given: SharedStore): FactStore {
  const store = storeBuilder(program);
  for (const [name, texts] of given.dictionaries)
    for (const text of texts) store.dictionaries.get(name)!.code(text);
  const table = store.tables.get(given.kind)!;
  table.length = given.length;
  table.ids.length = given.length;
  table.ids.bytes = given.ids.bytes as typeof table.ids.bytes;
  table.ids.offsets = given.ids.offsets as typeof table.ids.offsets;
  for (const [name, column] of table.columns) {
    column.values = given.columns.get(name)! as typeof column.values;
    column.length = given.length;
  }
  store.attributes.push(...given.attributes);
  return store;
}

type Values = Uint8Array | Uint32Array | Int32Array | Float64Array;

/** A copy in shared memory. Columns are typed for memory of their own, which nothing here depends on. */
function shared<T extends Values>(values: T): T {
  const Kind = values.constructor as new (buffer: SharedArrayBuffer) => T;
  const copy = new Kind(new SharedArrayBuffer(values.byteLength));
  copy.set(values as never);
  return copy;
}
