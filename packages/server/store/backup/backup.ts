// SPDX-License-Identifier: Apache-2.0
// Everything of a database at one moment as a stream, while others go on writing. It needs no program of PostgreSQL and
// no memory to speak of; each table comes with its number of rows and a checksum.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { appliedMigrations, misfit } from '../migrate.ts';
import { type Refused, refused } from '../refused.ts';
import { type BackedUpTable, copyTarget, tablesToBackUp } from './backed-up.ts';
import { frameOf, jsonFrame } from './frames.ts';

export interface BackupReport {
  readonly kind: 'backed up';
  readonly tables: number;
  readonly rows: number;
}

/** What the first frame says. */
export interface BackupHeader {
  readonly backup: 'rapport';
  readonly form: 1;
  readonly migrations: readonly string[];
  readonly takenAt: string;
}

/** What ends a table. */
export interface TableEnd {
  readonly table: string;
  readonly rows: number;
  readonly sha256: string;
}

/** Writes the backup to `target` and ends it. As the owner. */
export async function writeBackup(url: string, target: Writable): Promise<BackupReport | Refused> {
  const client = new pg.Client({ connectionString: url, application_name: 'rapport backup' });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    target.destroy();
    return refused('database_unreachable', { why: (error as Error).message });
  }
  try {
    await client.query('begin transaction isolation level repeatable read, read only');
    const migrations = await appliedMigrations(client);
    const problem = misfit(migrations);
    if (problem !== null) {
      target.destroy();
      return problem;
    }
    const packed = createGzip({ level: 6 });
    const written = pipeline(packed, target);
    const [report] = await Promise.all([writeTables(client, packed, migrations), written]);
    return report;
  } finally {
    await client.end();
  }
}

async function writeTables(
  client: pg.Client,
  target: Writable,
  migrations: readonly string[],
): Promise<BackupReport> {
  const tables = await tablesToBackUp(client);
  const { rows: moments } = await client.query<{ at: Date }>('select now() as at');
  const takenAt = moments[0]!.at.toISOString();
  await put(
    target,
    jsonFrame('H', { backup: 'rapport', form: 1, migrations, takenAt } satisfies BackupHeader),
  );
  let rows = 0;
  for (const table of tables) rows += await writeTable(client, target, table);
  await put(target, jsonFrame('Z', { tables: tables.length, rows }));
  target.end();
  return { kind: 'backed up', tables: tables.length, rows };
}

async function writeTable(client: pg.Client, target: Writable, table: BackedUpTable): Promise<number> {
  await put(target, jsonFrame('T', table));
  const hash = createHash('sha256');
  const stream = client.query(copyTo(`copy ${copyTarget(table)} to stdout`));
  for await (const chunk of stream) {
    hash.update(chunk as Buffer);
    await put(target, frameOf('D', chunk as Buffer));
  }
  const end: TableEnd = { table: table.name, rows: stream.rowCount, sha256: hash.digest('hex') };
  await put(target, jsonFrame('E', end));
  return end.rows;
}

/** Waits while the target cannot take more. */
async function put(target: Writable, bytes: Buffer): Promise<void> {
  if (!target.write(bytes)) await once(target, 'drain');
}
