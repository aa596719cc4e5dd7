// SPDX-License-Identifier: Apache-2.0
// The database of a configuration: the one that DATABASE_URL names, or our own in the data folder.
import { join } from 'node:path';
import type { Configuration } from '../configuration/configuration.ts';
import type { Log } from '../configuration/log.ts';
import { urlOfRunning } from '../store/embedded/running.ts';
import { startEmbedded } from '../store/embedded/start.ts';
import type { Refused } from '../store/refused.ts';

export interface Database {
  readonly kind: 'started';
  readonly url: string;
  /** Resolves with the reason when it is gone for good; a database of others is never given up. */
  readonly onLost: Promise<string>;
  stop(): Promise<void>;
}

/** The same, beside a service that is running; without one it is started for as long as it is needed. */
export async function reachDatabase(configuration: Configuration, log: Log): Promise<Database | Refused> {
  const { databaseUrl, dataFolder } = configuration;
  const url = databaseUrl ?? urlOfRunning(join(dataFolder, 'database'));
  return url === null ? await openDatabase(configuration, log) : databaseOfOthers(url);
}

export async function openDatabase(
  { databaseUrl, dataFolder }: Configuration,
  log: Log,
): Promise<Database | Refused> {
  if (databaseUrl !== null) return databaseOfOthers(databaseUrl);
  return await startEmbedded({
    folder: join(dataFolder, 'database'),
    onLine: (line) => {
      if (/\b(ERROR|FATAL|PANIC)\b/.test(line)) log.warn('database', { line });
    },
  });
}

function databaseOfOthers(url: string): Database {
  return { kind: 'started', url, onLost: new Promise(() => {}), stop: async () => {} };
}
