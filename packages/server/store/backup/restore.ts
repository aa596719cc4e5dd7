// SPDX-License-Identifier: Apache-2.0
// A backup into an empty database, in one transaction: all of it or nothing. The database first takes the form that the
// backup has, then goes forward. Persons who were erased, also after the backup was taken, are erased again.

import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { migrate } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';
import { type Refused, refused } from '../refused.ts';
import { type BackedUpTable, copyTarget, tablesToBackUp } from './backed-up.ts';
import type { BackupHeader, TableEnd } from './backup.ts';
import type { Erasure } from './erasure-journal.ts';
import { type Frame, readFrames, UnreadableBackup } from './frames.ts';

export interface RestoreReport {
  readonly kind: 'restored';
  readonly takenAt: string;
  readonly rows: number;
  /** Persons that were erased again. */
  readonly erased: number;
}

/** As the owner, into a database without rows. `erasures`: those that the backup may not know of yet. */
export async function restoreBackup(
  url: string,
  source: Readable,
  erasures: readonly Erasure[],
): Promise<RestoreReport | Refused> {
  const frames = readFrames(unpacked(source));
  try {
    const header = await headerOf(frames);
    const known = migrations.map(({ name }) => name);
    if (header.migrations.some((name) => !known.includes(name))) {
      const found = header.migrations.at(-1) ?? '';
      return refused('backup_of_other_version', { found, expected: known.at(-1) ?? '' });
    }
    const steps = migrations.filter(({ name }) => header.migrations.includes(name));
    const shaped = await migrate(url, steps);
    if (shaped.kind === 'refused') return shaped;
    const filled = await fill(url, frames, header, erasures);
    if (filled.kind === 'refused') return filled;
    const forward = await migrate(url);
    return forward.kind === 'refused' ? forward : filled;
  } catch (error) {
    if (isDamage(error)) return refused('backup_unreadable', { why: (error as Error).message });
    throw error;
  } finally {
    source.destroy();
  }
}

function unpacked(source: Readable): AsyncIterable<Buffer> {
  const gunzip = createGunzip();
  source.once('error', (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}

/** Damage to the file: ours to name. Errors of the gzip have a code that begins with Z_. */
function isDamage(error: unknown): boolean {
  const { code } = error as { readonly code?: string };
  return error instanceof UnreadableBackup || (typeof code === 'string' && code.startsWith('Z_'));
}

async function headerOf(frames: AsyncGenerator<Frame, void>): Promise<BackupHeader> {
  const header = await nextOf<BackupHeader>(frames, 'H');
  if (header.backup !== 'rapport' || header.form !== 1) {
    throw new UnreadableBackup('it is no backup of Rapport');
  }
  return header;
}

async function fill(
  url: string,
  frames: AsyncGenerator<Frame, void>,
  header: BackupHeader,
  erasures: readonly Erasure[],
): Promise<RestoreReport | Refused> {
  const client = new pg.Client({ connectionString: url, application_name: 'rapport restore' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin');
    const tables = await tablesToBackUp(client);
    const full = await firstWithRows(client, tables);
    if (full !== null) {
      await client.query('rollback');
      return refused('database_not_empty', { table: full });
    }
    const rows = await fillTables(client, frames, tables);
    await continueNumbers(client);
    const erased = await eraseAgain(client, erasures);
    await client.query('commit');
    return { kind: 'restored', takenAt: header.takenAt, rows, erased };
  } finally {
    await client.end();
  }
}

async function firstWithRows(client: pg.Client, tables: readonly BackedUpTable[]): Promise<string | null> {
  for (const { name } of tables) {
    const { rowCount } = await client.query(`select 1 from ${name} limit 1`);
    if (rowCount !== 0) return name;
  }
  return null;
}

async function fillTables(
  client: pg.Client,
  frames: AsyncGenerator<Frame, void>,
  tables: readonly BackedUpTable[],
): Promise<number> {
  let rows = 0;
  for (;;) {
    const frame = await next(frames);
    if (frame.kind === 'Z') {
      const end = parsed<{ readonly rows: number }>(frame);
      if (end.rows !== rows) throw new UnreadableBackup('rows are missing');
      return rows;
    }
    if (frame.kind !== 'T') throw new UnreadableBackup('its parts are out of order');
    const table = parsed<BackedUpTable>(frame);
    // Names go into a statement, so only those that the database itself has.
    const own = tables.find(({ name }) => name === table.name);
    if (own === undefined || !table.columns.every((column) => own.columns.includes(column))) {
      throw new UnreadableBackup('it has a table that this database does not have');
    }
    rows += await fillTable(client, frames, table);
  }
}

async function fillTable(
  client: pg.Client,
  frames: AsyncGenerator<Frame, void>,
  table: BackedUpTable,
): Promise<number> {
  // Made by a trigger of the table that came before.
  if (table.name === 'rapport.partition') await client.query('delete from rapport.partition');
  const target = client.query(copyFrom(`copy ${copyTarget(table)} from stdin`));
  const over = finished(target);
  // What goes wrong here is told where `over` is awaited.
  over.catch(() => undefined);
  const hash = createHash('sha256');
  try {
    const end = await copyRows(frames, target, hash);
    target.end();
    await over;
    if (target.rowCount !== end.rows) throw new UnreadableBackup(`rows of ${table.name} are missing`);
    return end.rows;
  } catch (error) {
    target.destroy();
    throw error;
  }
}

async function copyRows(
  frames: AsyncGenerator<Frame, void>,
  target: Writable,
  hash: Hash,
): Promise<TableEnd> {
  for (;;) {
    const frame = await next(frames);
    if (frame.kind === 'E') {
      const end = parsed<TableEnd>(frame);
      if (hash.digest('hex') !== end.sha256) {
        throw new UnreadableBackup(`the checksum of ${end.table} does not fit`);
      }
      return end;
    }
    if (frame.kind !== 'D') throw new UnreadableBackup('its parts are out of order');
    hash.update(frame.body);
    if (!target.write(frame.body)) await once(target, 'drain');
  }
}

/** Numbers that the database gives go on after the highest one that came back. */
async function continueNumbers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; column: string; sequence: string }>(`
    select format('%I.%I', table_schema, table_name) as name, column_name as column,
      pg_get_serial_sequence(format('%I.%I', table_schema, table_name), column_name) as sequence
    from information_schema.columns where is_identity = 'YES' and table_schema in ('rapport', 'access')`);
  for (const { name, column, sequence } of rows) {
    await client.query(
      `select setval($1::regclass, (select coalesce(max(${pg.escapeIdentifier(column)}), 0) + 1 from ${name}), false)`,
      [sequence],
    );
  }
}

/** Erasures of the backup and those that came after it. */
async function eraseAgain(client: pg.Client, erasures: readonly Erasure[]): Promise<number> {
  for (const { workspace, party, at, actor, reason } of erasures) {
    await client.query(
      `insert into rapport.erasure (workspace, party, at, actor, reason) values ($1, $2, $3, $4, $5)
        on conflict do nothing`,
      [workspace, party, at, actor, reason],
    );
  }
  for (const table of ['private', 'subject_key', 'party_reference']) {
    await client.query(`delete from rapport.${table} kept using rapport.erasure gone
      where kept.workspace = gone.workspace and kept.party = gone.party`);
  }
  const { rows } = await client.query<{ erased: string }>('select count(*) as erased from rapport.erasure');
  return Number(rows[0]?.erased);
}

async function next(frames: AsyncGenerator<Frame, void>): Promise<Frame> {
  const { value } = await frames.next();
  if (value === undefined) throw new UnreadableBackup('it is cut off');
  return value;
}

async function nextOf<T>(frames: AsyncGenerator<Frame, void>, kind: Frame['kind']): Promise<T> {
  const frame = await next(frames);
  if (frame.kind !== kind) throw new UnreadableBackup('it is no backup of Rapport');
  return parsed<T>(frame);
}

function parsed<T>({ body }: Frame): T {
  try {
    return JSON.parse(body.toString('utf8')) as T;
  } catch {
    throw new UnreadableBackup('it is damaged');
  }
}
