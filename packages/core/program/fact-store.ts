// SPDX-License-Identifier: Apache-2.0
// A store of facts in columns: one table per kind of fact, one dictionary per kind of party, of fact, and per text
// field, so that codes of the same thing agree everywhere. It holds what is known: the latest revision of each fact.
// A row that was superseded or voided stays in place, marked as gone. What no column can hold stands row by row.

import { currency } from '../values/asset.ts';
import type { Day } from '../values/date.ts';
import { durationText, parseDuration } from '../values/duration.ts';
import {
  CodeColumn,
  type Column,
  DayColumn,
  Dictionary,
  missingCode,
  missingDay,
  openCode,
  openDay,
  openQuantity,
  QuantityColumn,
} from './columns.ts';
import type { FactKind, Field } from './declaration.ts';
import { IdColumn } from './id-column.ts';
import { IdIndex } from './id-index.ts';
import type { AttributeFact, DecisionFact, Fact, Known, OpeningBalance } from './log.ts';
import type { Program } from './program.ts';
import type { Type } from './type.ts';
import type { Scalar } from './value.ts';

/** The facts of one kind. Fill a row by pushing one value into `ids` and each column, then `endRow`. */
export class FactTable {
  readonly kind: FactKind;
  readonly ids: IdColumn;
  readonly columns: ReadonlyMap<string, Column>;
  /** Revisions by row, where not 1. */
  readonly revisions = new Map<number, number>();
  /** Rows that no longer count: superseded by a later row, or voided. */
  readonly gone = new Set<number>();
  /** Ids that were voided, with the revision that did it. */
  readonly voided = new Map<string, number>();
  length = 0;
  private index: IdIndex | null = null;

  constructor(kind: FactKind, columns: ReadonlyMap<string, Column>, capacity: number) {
    this.kind = kind;
    this.columns = columns;
    this.ids = new IdColumn(capacity);
  }

  /** Closes the row that was pushed last and gives its number. */
  endRow(revision = 1): number {
    if (revision !== 1) this.revisions.set(this.length, revision);
    this.length += 1;
    return this.length - 1;
  }

  /** The last row with an id, which may be gone, or −1. The first question builds an index. */
  rowOf(id: string): number {
    this.index ??= new IdIndex(this.ids);
    return this.index.find(id);
  }

  /** Closes rows whose values were pushed column by column. */
  endRows(count: number): void {
    this.length += count;
  }

  codes(field: string): CodeColumn {
    const column = this.columns.get(field);
    if (column?.kind !== 'code') throw new Error(`${this.kind.id} has no column of codes ${field}.`);
    return column;
  }

  days(field: string): DayColumn {
    const column = this.columns.get(field);
    if (column?.kind !== 'day') throw new Error(`${this.kind.id} has no column of days ${field}.`);
    return column;
  }

  quantities(field: string): QuantityColumn {
    const column = this.columns.get(field);
    if (column?.kind !== 'quantity') throw new Error(`${this.kind.id} has no quantities ${field}.`);
    return column;
  }
}

export interface FactStore {
  readonly tables: ReadonlyMap<string, FactTable>;
  /** By `party Representative`, `fact Deal` or `text Deal.Stage`. */
  readonly dictionaries: ReadonlyMap<string, Dictionary>;
  readonly attributes: AttributeFact[];
  readonly decisions: DecisionFact[];
  readonly openings: OpeningBalance[];
  /** What of `Known` no column holds: how facts came, and what the books say. Set by whoever knows it. */
  beside: Pick<Known, 'arrivals' | 'settled' | 'promised'>;
}

/** An empty store for the facts that a program declares, with room for so many rows of each kind. */
export function storeBuilder(program: Program, capacity = 16): FactStore {
  const dictionaries = new Map<string, Dictionary>();
  const tables = new Map<string, FactTable>();
  for (const kind of program.factKinds) {
    const columns = new Map<string, Column>();
    for (const field of kind.fields) {
      columns.set(field.name, columnFor(program, kind, field, dictionaries, capacity));
    }
    tables.set(kind.id, new FactTable(kind, columns, capacity));
  }
  for (const party of program.parties) dictionaryOf(dictionaries, `party ${party.id}`);
  return { tables, dictionaries, attributes: [], decisions: [], openings: [], beside: {} };
}

function dictionaryOf(dictionaries: Map<string, Dictionary>, name: string): Dictionary {
  let dictionary = dictionaries.get(name);
  if (dictionary === undefined) {
    dictionary = new Dictionary();
    dictionaries.set(name, dictionary);
  }
  return dictionary;
}

function columnFor(
  program: Program,
  kind: FactKind,
  field: Field,
  dictionaries: Map<string, Dictionary>,
  capacity: number,
): Column {
  const { type } = field;
  switch (type.kind) {
    case 'quantity':
      return new QuantityColumn(decimalsOf(program, type), capacity);
    case 'date':
      return new DayColumn(capacity);
    case 'party':
    case 'fact':
      return new CodeColumn(dictionaryOf(dictionaries, `${type.kind} ${type.of}`), capacity);
    default:
      return new CodeColumn(dictionaryOf(dictionaries, `text ${kind.id}.${field.name}`), capacity);
  }
}

/** Decimals in which amounts of a type usually come: cents for USD, none for counts, basis points for percent. */
function decimalsOf(program: Program, type: Type & { kind: 'quantity' }): number {
  const [part] = type.unit;
  if (part === undefined) return type.flavour === 'percent' ? 4 : 0;
  if (type.unit.length > 1) return 0;
  const declared = program.assets.find((asset) => asset.id === part.base);
  return currency(part.base)?.decimals ?? declared?.decimals ?? 0;
}

/** The store of what is known. Facts of kinds that the program does not declare are not taken in. */
export function storeFromKnown(known: Known, program: Program): FactStore {
  const store = storeBuilder(program);
  for (const fact of known.facts) appendFact(store, fact);
  store.attributes.push(...known.attributes);
  store.decisions.push(...known.decisions);
  store.openings.push(...known.openings);
  store.beside = besideOf(known);
  return store;
}

/** What a revision of a fact replaced, and where it stands; −1 where there is none. */
export interface Revised {
  readonly before: number;
  readonly row: number;
}

/** Takes a revision in: the row before it is gone. Null when a later revision is there, or the kind is not declared. */
export function takeRevision(
  store: FactStore,
  fact: Fact,
  leave: (row: number) => void = () => {},
): Revised | null {
  const table = store.tables.get(fact.kind);
  if (table === undefined) return null;
  const last = table.rowOf(fact.id);
  const before = last === -1 || table.gone.has(last) ? -1 : last;
  const revision = before === -1 ? (table.voided.get(fact.id) ?? 0) : (table.revisions.get(before) ?? 1);
  if (fact.revision < revision) return null;
  if (before !== -1) {
    leave(before);
    table.gone.add(before);
  }
  if (fact.isVoid === true) {
    table.voided.set(fact.id, fact.revision);
    return { before, row: -1 };
  }
  table.voided.delete(fact.id);
  return { before, row: appendFact(store, fact)! };
}

/** Appends one fact as a row and gives its number, or null when its kind is not declared. */
export function appendFact(store: FactStore, fact: Fact): number | null {
  const table = store.tables.get(fact.kind);
  if (table === undefined) return null;
  table.ids.pushText(fact.id);
  for (const [name, column] of table.columns) pushScalar(column, fact.fields[name]);
  return table.endRow(fact.revision);
}

function pushScalar(column: Column, scalar: Scalar | undefined): void {
  if (scalar === undefined) column.pushMissing();
  else if (scalar.kind === 'open') column.pushOpen();
  else if (column.kind === 'quantity') {
    if (scalar.kind !== 'quantity') throw new Error(`A ${scalar.kind} stands where a quantity is declared.`);
    column.pushRational(scalar.value);
  } else if (column.kind === 'day') {
    if (scalar.kind !== 'date') throw new Error(`A ${scalar.kind} stands where a date is declared.`);
    column.pushDay(scalar.value);
  } else column.pushText(textOfScalar(scalar));
}

function textOfScalar(scalar: Scalar): string {
  switch (scalar.kind) {
    case 'text':
    case 'party':
    case 'fact':
      return scalar.value;
    case 'yesNo':
      return scalar.value ? 'yes' : 'no';
    case 'duration':
      return durationText(scalar.value);
    default:
      throw new Error(`A ${scalar.kind} stands where a text is declared.`);
  }
}

/** The value of a field in a row; undefined when it is missing. */
export function scalarAt(table: FactTable, field: Field, row: number): Scalar | undefined {
  const column = table.columns.get(field.name)!;
  if (column.kind === 'quantity') {
    if (column.values[row] === openQuantity) return { kind: 'open' };
    const value = column.at(row);
    return value === null ? undefined : { kind: 'quantity', value };
  }
  const value = column.values[row]!;
  if (column.kind === 'day') {
    if (value === missingDay) return undefined;
    return value === openDay ? { kind: 'open' } : { kind: 'date', value };
  }
  if (value === missingCode) return undefined;
  return value === openCode ? { kind: 'open' } : scalarOfText(field.type, column.dictionary.text(value));
}

function scalarOfText(type: Type, text: string): Scalar {
  switch (type.kind) {
    case 'party':
    case 'fact':
      return { kind: type.kind, value: text };
    case 'yesNo':
      return { kind: 'yesNo', value: text === 'yes' };
    case 'duration':
      return { kind: 'duration', value: parseDuration(text)! };
    default:
      return { kind: 'text', value: text };
  }
}

/** The fact of a row, as the log had it. */
export function factAt(store: FactStore, kind: string, row: number): Fact {
  const table = store.tables.get(kind)!;
  const fields: Record<string, Scalar> = {};
  for (const field of table.kind.fields) {
    const scalar = scalarAt(table, field, row);
    if (scalar !== undefined) fields[field.name] = scalar;
  }
  return { kind, id: table.ids.text(row), revision: table.revisions.get(row) ?? 1, fields };
}

/** What is known on a day, row by row: for the evaluators that do not read columns. */
export function knownFromStore(store: FactStore, asOf: Day): Known {
  const facts: Fact[] = [];
  for (const [kind, table] of store.tables) {
    for (let row = 0; row < table.length; row += 1) {
      if (!table.gone.has(row)) facts.push(factAt(store, kind, row));
    }
  }
  return {
    facts,
    attributes: store.attributes,
    decisions: store.decisions,
    openings: store.openings,
    ...store.beside,
    asOf,
  };
}

function besideOf({ arrivals, settled, promised }: Known): FactStore['beside'] {
  return {
    ...(arrivals === undefined ? {} : { arrivals }),
    ...(settled === undefined ? {} : { settled }),
    ...(promised === undefined ? {} : { promised }),
  };
}
