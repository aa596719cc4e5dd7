// SPDX-License-Identifier: Apache-2.0
// The way into the database. A pool serves short transactions; each takes a role with few rights and one workspace
// before anything else runs in it, and both end with it. Writers and listeners have connections of their own.

import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { columnTypes } from './column-types.ts';
import { openListener } from './listener.ts';
import { appliedMigrations, misfit, tooOld } from './migrate.ts';
import { type Refused, refused } from './refused.ts';
import type { AllAccessTables, Tables } from './tables.ts';

export interface StoreOptions {
  readonly url: string;
  /** Connections of the pool; 10 when not given. */
  readonly poolSize?: number;
  /** Hears of connections that broke while nobody used them; the pool replaces them by itself. */
  readonly onError: (error: Error) => void;
}

export type Query = Transaction<Tables>;
export type AccessQuery = Transaction<AllAccessTables>;

/** One transaction in one workspace. */
export interface Scope {
  readonly workspace: number;
  readonly query: Query;
}

export type Channel = 'posted' | 'outbox';

export interface Store {
  readonly kind: 'open';
  readonly url: string;
  /** One transaction, role rapport_app, rows of this workspace alone. Serialisation failures are not retried. */
  within<T>(workspace: number, work: (scope: Scope) => Promise<T>): Promise<T>;
  /** One transaction, role rapport_access: who is calling, before a workspace is known. */
  accessing<T>(work: (query: AccessQuery) => Promise<T>): Promise<T>;
  /** Calls back on every NOTIFY of the channel, from one kept connection that is renewed. */
  listen(channel: Channel, heard: (payload: string) => void): Promise<() => Promise<void>>;
  isReachable(): Promise<boolean>;
  close(): Promise<void>;
}

/** Milliseconds. A query of a request that takes longer than this has lost its caller. */
const statementLimit = 30_000;
const connectLimit = 5_000;

/** Opens the database of the URL, which must have every migration. */
export async function openStore(options: StoreOptions): Promise<Store | Refused> {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 10,
    types: columnTypes,
    connectionTimeoutMillis: connectLimit,
    statement_timeout: statementLimit,
    idle_in_transaction_session_timeout: statementLimit,
    application_name: 'rapport',
    keepAlive: true,
  });
  pool.on('error', options.onError);
  // A connection that breaks between two queries of a transaction tells nobody else; its next query fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const problem = await check(pool);
  if (problem !== null) {
    await pool.end();
    return problem;
  }
  const app = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const access = new Kysely<AllAccessTables>({ dialect: new PostgresDialect({ pool }) });
  const listener = openListener(options.url, options.onError);
  return {
    kind: 'open',
    url: options.url,
    within: (workspace, work) =>
      app.transaction().execute(async (query) => {
        await actAs(query, 'rapport_app', `${workspace}`, 'rapport');
        return work({ workspace, query });
      }),
    accessing: (work) =>
      access.transaction().execute(async (query) => {
        await actAs(query, 'rapport_access', '', 'access, rapport');
        return work(query);
      }),
    listen: listener.listen,
    isReachable: () => isReachable(pool),
    close: async () => {
      await listener.close();
      await pool.end();
    },
  };
}

/** Until the end of the transaction. */
async function actAs<T>(
  query: Transaction<T>,
  role: string,
  workspace: string,
  searchPath: string,
): Promise<void> {
  await sql`select set_config('role', ${role}, true), set_config('rapport.workspace', ${workspace}, true),
    set_config('search_path', ${searchPath}, true)`.execute(query);
}

async function check(pool: pg.Pool): Promise<Refused | null> {
  let client: pg.PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    return refused('database_unreachable', { why: (error as Error).message });
  }
  try {
    return (await tooOld(client)) ?? misfit(await appliedMigrations(client));
  } finally {
    client.release();
  }
}

async function isReachable(pool: pg.Pool): Promise<boolean> {
  try {
    await pool.query('select 1');
    return true;
  } catch {
    return false;
  }
}
