// SPDX-License-Identifier: Apache-2.0
// Brings a database to the form that this Rapport needs. Steps go forward only, each in its own transaction together
// with the record that it was done. Of several that start at once, one works while the others wait for it.

import pg from 'pg';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';
import { type Refused, refused } from './refused.ts';

export interface Migrated {
  readonly kind: 'migrated';
  /** Names of what was done now; empty when nothing was missing. */
  readonly applied: readonly string[];
}

/** PostgreSQL's number of the oldest version that has what we use. */
export const versionMin = 150000;
/** Any number will do, as long as nothing else in the database uses it. */
const migrationLock = 7270001;

/** Runs as the owner: the user of the URL makes the roles, so it needs CREATEROLE, or roles that are there and granted. */
export async function migrate(
  url: string,
  steps: readonly Migration[] = migrations,
): Promise<Migrated | Refused> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    return refused('database_unreachable', { why: (error as Error).message });
  }
  try {
    const old = await tooOld(client);
    if (old !== null) return old;
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    return await runMissing(client, steps);
  } finally {
    await client.end();
  }
}

/** A refusal when the server is older than we support. */
export async function tooOld(client: Pick<pg.ClientBase, 'query'>): Promise<Refused | null> {
  const { rows } = await client.query<{ number: string; name: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as name`,
  );
  const row = rows[0]!;
  return Number(row.number) < versionMin ? refused('database_too_old', { found: row.name }) : null;
}

/** Names of the migrations that the database has, in order; none for a new database. */
export async function appliedMigrations(client: Pick<pg.ClientBase, 'query'>): Promise<readonly string[]> {
  const { rows: found } = await client.query(
    `select to_regclass('rapport.migration') is not null as is_there`,
  );
  if (found[0]?.is_there !== true) return [];
  const { rows } = await client.query<{ name: string }>('select name from rapport.migration order by name');
  return rows.map(({ name }) => name);
}

/** What does not fit between a database and this Rapport; null when all is well. */
export function misfit(applied: readonly string[], steps: readonly Migration[] = migrations): Refused | null {
  const names = steps.map(({ name }) => name);
  const unknown = applied.filter((name) => !names.includes(name));
  if (unknown.length > 0) return refused('migrations_unknown', { names: unknown.join(', ') });
  const missing = names.filter((name) => !applied.includes(name));
  return missing.length > 0 ? refused('migrations_missing', { names: missing.join(', ') }) : null;
}

async function runMissing(client: pg.Client, steps: readonly Migration[]): Promise<Migrated | Refused> {
  const applied = await appliedMigrations(client);
  const problem = misfit(applied, steps);
  if (problem?.code === 'migrations_unknown') return problem;
  const missing = steps.filter(({ name }) => !applied.includes(name));
  for (const step of missing) await runStep(client, step);
  return { kind: 'migrated', applied: missing.map(({ name }) => name) };
}

async function runStep(client: pg.Client, { name, sql }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query(
      `create table if not exists rapport.migration (
         name text collate "C" primary key, applied_at timestamptz not null default now())`,
    );
    await client.query('insert into rapport.migration (name) values ($1)', [name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${name}: ${(error as Error).message}`, { cause: error });
  }
}
