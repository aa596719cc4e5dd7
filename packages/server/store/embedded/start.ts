// SPDX-License-Identifier: Apache-2.0
// Opens the database of a data folder for one process: a real PostgreSQL with full durability. When it crashes it is
// started again on the same address; when that fails several times in a row, `onLost` says why.

import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Refused, refused } from '../refused.ts';
import { type Binaries, binariesFor, findBinaries } from './binaries.ts';
import { lockFolder } from './folder-lock.ts';
import { databaseUrl } from './running.ts';
import {
  freePort,
  initialise,
  type Place,
  passwordFile,
  type ServerProcess,
  startServer,
  stopOrphan,
  versionOfData,
} from './server-process.ts';
import { canReach, databaseUser, type SystemUser } from './system-user.ts';

export interface EmbeddedOptions {
  /** Made when it is not there. */
  readonly folder: string;
  /** Each line of the database's log. */
  readonly onLine: (line: string) => void;
  /** False only for tests: what was written may be lost when the machine stops. */
  readonly isDurable?: boolean;
  /** Milliseconds that a database must run to begin a new row of starts. Less only for tests that kill it. */
  readonly steadyAfter?: number;
}

export interface EmbeddedDatabase {
  readonly kind: 'started';
  /** Of the database `rapport`, with the password; for this process alone. */
  readonly url: string;
  /** The process of the server now running; another one after a crash. */
  pid(): number;
  /** Fast shutdown: transactions in flight are rolled back. Gives the folder free. */
  stop(): Promise<void>;
  /** Resolves with the reason when the database could not be started again; never after `stop`. */
  readonly onLost: Promise<string>;
}

/** The major version of the packages in package.json. */
const majorVersion = '18';
/** Starts in a row after which a database that ends at once counts as lost. */
const startsMax = 5;
/** A database that ran this long in milliseconds begins a new row. */
const steadyAfterUsually = 60_000;
/** What PostgreSQL says, whose messages are in English here, and how often we look whether there is room again. */
const noRoom = 'No space left on device';
const roomEvery = 1_000;

export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase | Refused> {
  const folder = resolve(options.folder);
  const binaries = findBinaries();
  if (binaries === null) {
    return refused('platform_without_database', { platform: `${process.platform} ${process.arch}` });
  }
  const user = databaseUser(folder);
  if (user === 'none') return refused('no_unprivileged_user');
  const unreachable = prepareFolder(folder, user);
  if (unreachable !== null) return unreachable;
  const found = versionOfData(folder);
  if (found !== null && found !== majorVersion) {
    return refused('other_database_version', { folder, found, expected: majorVersion });
  }
  const lock = lockFolder(folder);
  if (lock.kind === 'taken') return refused('folder_in_use', { folder, pid: `${lock.pid}` });
  try {
    const place = placeOf(folder, user, binaries, options);
    return await start(place, lock.release, options.steadyAfter ?? steadyAfterUsually);
  } catch (error) {
    lock.release();
    return refused('database_does_not_start', { folder, why: (error as Error).message });
  }
}

/** The folder, owned by the database's user, closed to others; null, or why it cannot be. */
function prepareFolder(folder: string, user: SystemUser | null): Refused | null {
  const firstMade = mkdirSync(folder, { recursive: true });
  if (user === null) return null;
  if (firstMade !== undefined) letPass(firstMade, folder);
  if (!canReach(folder, user)) {
    return refused('folder_not_reachable', { folder, user: user.name, example: '/var/lib/rapport' });
  }
  chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  return null;
}

/** Folders that we made above another are open to pass, however careful root is with new ones. */
function letPass(first: string, folder: string): void {
  for (let above = dirname(folder); above.startsWith(first); above = dirname(above)) chmodSync(above, 0o711);
}

function placeOf(
  folder: string,
  user: SystemUser | null,
  binaries: Binaries,
  { onLine, isDurable = true }: EmbeddedOptions,
): Place {
  return { folder, user, binaries: binariesFor(user, binaries, folder), isDurable, onLine };
}

async function start(place: Place, release: () => void, steadyAfter: number): Promise<EmbeddedDatabase> {
  const password = passwordOf(place);
  await stopOrphan(place);
  await initialise(place);
  const first = await startOnFreePort(place);
  const { port } = first;
  const url = databaseUrl(password, port);
  try {
    await createDatabase(url);
  } catch (error) {
    await first.server.stop();
    throw error;
  }
  let server = first.server;
  let isStopping = false;
  const onLost = keepRunning();
  return {
    kind: 'started',
    url,
    onLost,
    pid: () => server.pid,
    stop: async () => {
      isStopping = true;
      await server.stop();
      release();
    },
  };

  async function keepRunning(): Promise<string> {
    let starts = 0;
    for (;;) {
      const startedAt = performance.now();
      await server.exited;
      if (isStopping) return new Promise(() => undefined);
      if (performance.now() - startedAt > steadyAfter) starts = 0;
      const problem = await restart();
      if (problem === null) continue;
      release();
      return problem;
    }

    /** Null once it runs again, else the last reason. */
    async function restart(): Promise<string | null> {
      for (;;) {
        starts += 1;
        if (starts > startsMax) return 'the database ends again and again';
        place.onLine('the database ended unexpectedly; starting it again');
        try {
          const next = await startServer(place, port);
          server = next;
          if (isStopping) await next.stop();
          return null;
        } catch (error) {
          const { message } = error as Error;
          if (message.includes(noRoom)) {
            // It recovers as soon as somebody makes room, however long that takes.
            place.onLine('FATAL: the disk is full; the database is started again once there is room');
            starts = 0;
            await pause(roomEvery, null, { ref: false });
            if (isStopping) return null;
            continue;
          }
          // The processes of the one that crashed may still be ending.
          if (starts === startsMax) return message;
          await pause(200 * starts);
        }
      }
    }
  }
}

/** Between looking for a free port and listening on it another process may take it. */
async function startOnFreePort(place: Place): Promise<{ server: ServerProcess; port: number }> {
  for (let left = 3; ; left -= 1) {
    const port = await freePort();
    try {
      return { server: await startServer(place, port), port };
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

/** Random, made once, readable by the database's user alone. */
function passwordOf({ folder, user }: Place): string {
  const file = passwordFile(folder);
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
    if (user !== null) chownSync(file, user.uid, user.gid);
  }
  return readFileSync(file, 'utf8').trim();
}

/** The database `rapport`; it is there already at every start but the first. */
async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/\/rapport$/, '/postgres') });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'rapport'");
    if (rowCount === 0) await client.query('create database rapport');
  } finally {
    await client.end();
  }
}
