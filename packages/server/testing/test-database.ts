// SPDX-License-Identifier: Apache-2.0
// A database for a test file: a clone of the migrated template, of its own and dropped afterwards. The server behind it
// is a real one, started or named once per run by global-setup.ts.

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { openStore, type Store } from '../store/open.ts';
import { createWorkspace } from '../store/workspace-rows.ts';

export interface TestDatabase {
  /** As the owner. */
  readonly url: string;
  /** Opened at the first call, closed after the tests of the file. */
  store(): Promise<Store>;
  /** A new workspace with a name of its own; its number. */
  newWorkspace(): Promise<number>;
  /** Runs SQL as the owner, with the parameters given. */
  asOwner<T extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly T[]>;
  /** Ends the session of the one who writes to a workspace, as an administrator can; waits until it is gone. */
  terminateWriter(workspace: number): Promise<void>;
}

/** Call it at the top of a test file. `empty`: a database without any migration. */
export async function testDatabase(options: { readonly empty?: boolean } = {}): Promise<TestDatabase> {
  const server = inject('databaseServer');
  const migrated = new URL(server).pathname.slice(1);
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = options.empty === true ? 'template0' : migrated;
  await administer(server, `create database ${name} template ${template} strategy file_copy`);
  const url = server.replace(/\/[^/]*$/, `/${name}`);
  const owner = new pg.Pool({ connectionString: url, max: 2 });
  owner.on('error', () => undefined);
  let opened: Promise<Store> | null = null;
  afterAll(async () => {
    await (await opened?.catch(() => null))?.close();
    await owner.end();
    await administer(server, `drop database ${name} with (force)`);
  });
  const store = () => {
    opened ??= open(url);
    return opened;
  };
  return {
    url,
    store,
    newWorkspace: async () => {
      const workspaceName = `w-${randomBytes(6).toString('hex')}`;
      const made = await (await store()).accessing((query) =>
        createWorkspace(query, { name: workspaceName, title: 'Test' }),
      );
      return made as number;
    },
    asOwner: async (text, values = []) => (await owner.query(text, [...values])).rows,
    // Other test files have workspaces of the same number, on the same server.
    terminateWriter: async (workspace) => {
      await owner.query(
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity
          where application_name = $1 and datname = current_database()`,
        [`rapport writer ${workspace}`],
      );
    },
  };
}

async function open(url: string): Promise<Store> {
  const store = await openStore({ url, poolSize: 4, onError: () => undefined });
  if (store.kind === 'refused') throw new Error(store.code);
  return store;
}

/** In the database `postgres`, since a template must have no connections. */
async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.replace(/\/[^/]*$/, '/postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
