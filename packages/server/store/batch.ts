// SPDX-License-Identifier: Apache-2.0
// Everything that one commit of a writer writes, in its order, and the statement that writes each part: one per table,
// whose parameters are the columns as arrays, so that a thousand rows cost one round trip like one row.

import { isoDay } from '@rapport/core/values/date.ts';
import { type ArrayType, arrayText } from './array-text.ts';
import type { Row, Tables } from './tables.ts';

type LogInsert = Omit<Row<'log'>, 'recorded_at'>;
type OutboxInsert = Pick<Row<'outbox'>, 'sequence' | 'topic' | 'body'>;
type StatementInsert = Omit<Row<'statement'>, 'issued_at'>;
type WaitingInsert = Omit<Row<'waiting_fact'>, 'received_at'>;
/** What names a waiting fact. */
export type WaitingIdentity = Pick<Row<'waiting_fact'>, 'kind' | 'id' | 'revision'>;

/** The rows of one commit. Days are Days, amounts bigints, data plain; the workspace is the session's. */
export interface Batch {
  /** The sequence of the last entry after this batch. */
  readonly head: number;
  readonly log: readonly LogInsert[];
  readonly transfers: readonly Row<'transfer'>[];
  readonly holds: readonly Row<'hold'>[];
  readonly holdEnds: readonly Row<'hold_end'>[];
  readonly commitments: readonly Row<'commitment'>[];
  readonly statements: readonly StatementInsert[];
  /** Replace what is there under the same key. A key must not come twice. */
  readonly posted: readonly Row<'posted'>[];
  /** Replace what is there for the same agreement. */
  readonly settled: readonly Row<'settled'>[];
  /** Those that are there stay. */
  readonly dirty: readonly Row<'dirty'>[];
  readonly dirtySettled: readonly Row<'dirty'>[];
  readonly waiting: readonly WaitingInsert[];
  readonly waitingTaken: readonly WaitingIdentity[];
  readonly private: readonly Row<'private'>[];
  readonly outbox: readonly OutboxInsert[];
}

/** A batch that writes nothing but the head: fill in what there is. */
export function emptyBatch(head: number): Batch {
  return {
    head,
    log: [],
    transfers: [],
    holds: [],
    holdEnds: [],
    commitments: [],
    statements: [],
    posted: [],
    settled: [],
    dirty: [],
    dirtySettled: [],
    waiting: [],
    waitingTaken: [],
    private: [],
    outbox: [],
  };
}

/** One statement with its parameters; the name lets the database keep its plan. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The statements of a batch, without those that would write nothing. */
export function statementsOf(workspace: number, batch: Batch): readonly Statement[] {
  return parts.flatMap((part) => {
    const rows = batch[part.of] as readonly Readonly<Record<string, unknown>>[];
    if (rows.length === 0) return [];
    const columns = part.columns.map(([name, type]) => arrayText(type, valuesOf(rows, name, type)));
    return [{ name: `batch ${part.of}`, text: part.text, values: [workspace, ...columns] }];
  });
}

function valuesOf(
  rows: readonly Readonly<Record<string, unknown>>[],
  column: string,
  type: ArrayType,
): readonly unknown[] {
  if (type === 'date') return rows.map((row) => dateText(row[column]));
  if (type === 'jsonb') return rows.map((row) => JSON.stringify(row[column]));
  return rows.map((row) => row[column]);
}

function dateText(day: unknown): string | null {
  return typeof day === 'number' ? isoDay(day) : null;
}

interface Part {
  readonly of: Exclude<keyof Batch, 'head'>;
  readonly columns: readonly (readonly [string, ArrayType])[];
  readonly text: string;
}

/** `name:type`, or `name` for text. */
function columnsOf(list: string): Part['columns'] {
  return list.split(' ').map((column) => {
    const [name = '', type = 'text'] = column.split(':');
    return [name, type as ArrayType];
  });
}

function unnested(columns: Part['columns']): string {
  return columns.map(([, type], index) => `$${index + 2}::${type}[]`).join(', ');
}

const names = (columns: Part['columns']): string => columns.map(([name]) => `"${name}"`).join(', ');

/** Inserts rows; `conflict` says what happens to those that are there. */
function inserting(of: Part['of'], table: keyof Tables, list: string, conflict = ''): Part {
  const columns = columnsOf(list);
  const text = `insert into rapport.${table} (workspace, ${names(columns)})
    select $1::integer, * from unnest(${unnested(columns)}) ${conflict}`;
  return { of, columns, text };
}

/** Replaces the columns that are not part of the key. */
function replacing(of: Part['of'], table: keyof Tables, key: string, list: string): Part {
  const set = columnsOf(list).map(([name]) => `"${name}" = excluded."${name}"`);
  const conflict = `on conflict (workspace, ${names(columnsOf(key))}) do update set ${set.join(', ')}`;
  return inserting(of, table, `${key} ${list}`, conflict);
}

function deleting(of: Part['of'], table: keyof Tables, list: string): Part {
  const columns = columnsOf(list);
  const same = columns.map(([name]) => `kept."${name}" = gone."${name}"`).join(' and ');
  const text = `delete from rapport.${table} kept using unnest(${unnested(columns)}) gone (${names(columns)})
    where kept.workspace = $1::integer and ${same}`;
  return { of, columns, text };
}

const keyColumns = 'agreement clause payee period asset';
const stay = 'on conflict do nothing';

const parts: readonly Part[] = [
  inserting('log', 'log', 'sequence:bigint kind name subject revision:integer body actor source load:bigint'),
  inserting(
    'transfers',
    'transfer',
    `sequence:bigint ordinal:integer ${keyColumns} component accounting part raises:boolean debit_party debit_purpose credit_party credit_purpose amount:numeric`,
  ),
  inserting(
    'holds',
    'hold',
    'agreement hold party asset amount:numeric through:date lots:jsonb sequence:bigint',
  ),
  inserting('holdEnds', 'hold_end', 'agreement hold state sequence:bigint'),
  inserting(
    'commitments',
    'commitment',
    'agreement commitment what party asset amount:numeric lots:jsonb reference sequence:bigint',
  ),
  inserting('statements', 'statement', 'agreement payee period version:integer body hash sequence:bigint'),
  replacing(
    'posted',
    'posted',
    keyColumns,
    'component due:numeric held:numeric exact state waiting:jsonb sequence:bigint',
  ),
  replacing('settled', 'settled', 'agreement', 'body sequence:bigint'),
  deleting('dirtySettled', 'dirty', `${keyColumns} sequence:bigint`),
  inserting('dirty', 'dirty', `${keyColumns} sequence:bigint`, stay),
  deleting('waitingTaken', 'waiting_fact', 'kind id revision:integer'),
  inserting('waiting', 'waiting_fact', 'kind id revision:integer data:jsonb reason source', stay),
  inserting('private', 'private', 'record field party salt:bytea ciphertext:bytea'),
  inserting('outbox', 'outbox', 'sequence:bigint topic body:jsonb'),
];
