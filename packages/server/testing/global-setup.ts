// SPDX-License-Identifier: Apache-2.0
// A PostgreSQL for a run of the tests, with a migrated database that tests clone, and taken away afterwards: an embedded
// one of its own, or a template on the server that TEST_DATABASE_URL names.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../store/embedded/start.ts';
import { migrate } from '../store/migrate.ts';
import { refusedSentence } from '../store/refused.ts';
import { openedToAll } from './temporary-folder.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the migrated database, as its owner. Its name is that of the template. */
    databaseServer: string;
  }
}

interface Template {
  readonly url: string;
  /** Ends what was made for the run. */
  readonly end: () => Promise<void>;
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'] ?? '';
  const { url, end } = given === '' ? await ownServer() : await onServer(given);
  const migrated = await migrate(url);
  if (migrated.kind === 'refused') {
    await end();
    throw new Error(refusedSentence(migrated));
  }
  project.provide('databaseServer', url);
  return end;
}

async function ownServer(): Promise<Template> {
  const folder = openedToAll(mkdtempSync(join(tmpdir(), 'rapport-test-')));
  const database = await startEmbedded({
    folder: join(folder, 'database'),
    onLine: () => undefined,
    isDurable: false,
  });
  if (database.kind === 'refused') throw new Error(refusedSentence(database));
  return {
    url: database.url,
    end: async () => {
      await database.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

/** A template of this run alone: the server may serve others. Its user must be a superuser, as the embedded one is. */
async function onServer(server: string): Promise<Template> {
  const name = `rapport_test_${randomBytes(6).toString('hex')}`;
  const run = async (statement: string): Promise<readonly Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    try {
      return (await client.query(statement)).rows;
    } finally {
      await client.end();
    }
  };
  const [found] = await run('show server_version');
  console.log(`The tests run on PostgreSQL ${found?.['server_version']}.`);
  await run(`create database ${name} template template0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    end: async () => {
      await run(`drop database ${name} with (force)`);
    },
  };
}
