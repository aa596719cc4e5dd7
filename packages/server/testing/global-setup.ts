// SPDX-License-Identifier: Apache-2.0
// Starts one embedded PostgreSQL for a run of the tests, with the migrated database `rapport` that tests clone, and
// takes it away afterwards.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../store/embedded/start.ts';
import { migrate } from '../store/migrate.ts';
import { refusedSentence } from '../store/refused.ts';
import { openedToAll } from './temporary-folder.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the migrated database, as its owner. */
    databaseServer: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = openedToAll(mkdtempSync(join(tmpdir(), 'rapport-test-')));
  const database = await startEmbedded({
    folder: join(folder, 'database'),
    onLine: () => undefined,
    isDurable: false,
  });
  if (database.kind === 'refused') throw new Error(refusedSentence(database));
  const migrated = await migrate(database.url);
  if (migrated.kind === 'refused') throw new Error(refusedSentence(migrated));
  project.provide('databaseServer', database.url);
  return async () => {
    await database.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
}
