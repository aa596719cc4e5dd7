// SPDX-License-Identifier: Apache-2.0
// The running PostgreSQL of a data folder: made by initdb when there is none, started on a free port of 127.0.0.1,
// stopped by a fast shutdown. Its log goes line by line to the caller, without statements and their values.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { commandOf, isAlive, isListed, processesIn } from './process-table.ts';
import type { SystemUser } from './system-user.ts';

/** Where and as whom a database runs. */
export interface Place {
  /** Holds `data` and `password`. */
  readonly folder: string;
  readonly user: SystemUser | null;
  readonly binaries: Binaries;
  /** False only for tests, which may lose their data when the machine stops. */
  readonly isDurable: boolean;
  readonly onLine: (line: string) => void;
}

export interface ServerProcess {
  /** Resolves when PostgreSQL has ended, for whatever reason. */
  readonly exited: Promise<void>;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Milliseconds: a database that recovers after a crash answers later than this only after an unusual load. */
const startLimit = 60_000;
const stopLimit = 30_000;

const dataFolder = (place: Place): string => join(place.folder, 'data');
const statusFile = (place: Place): string => join(dataFolder(place), 'postmaster.pid');
export const passwordFile = (folder: string): string => join(folder, 'password');

/** Makes the data folder when there is none. A folder that was not finished is begun anew. */
export async function initialise(place: Place): Promise<void> {
  if (existsSync(join(dataFolder(place), 'PG_VERSION'))) return;
  const unfinished = `${dataFolder(place)}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  const initdb = run(place, place.binaries.initdb, [
    ...['-D', unfinished, '-U', 'rapport', '--encoding=UTF8', '--locale=C', '--auth=scram-sha-256'],
    ...[`--pwfile=${passwordFile(place.folder)}`, ...(place.isDurable ? [] : ['--no-sync'])],
  ]);
  const errors: string[] = [];
  createInterface({ input: initdb.stderr as Readable }).on('line', (line) => errors.push(line));
  (initdb.stdout as Readable).resume();
  const [code] = await once(initdb, 'close');
  if (code !== 0) throw new Error(`initdb: ${errors.join(' ')}`);
  renameSync(unfinished, dataFolder(place));
}

/** The major version that wrote the data; null when there is none yet. */
export function versionOfData(folder: string): string | null {
  const file = join(folder, 'data', 'PG_VERSION');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

/** Starts the server and waits until it takes connections. Throws with its last lines when it does not. */
export async function startServer(place: Place, port: number): Promise<ServerProcess> {
  const server = run(place, place.binaries.postgres, ['-D', dataFolder(place), ...settings(place, port)]);
  const lastLines: string[] = [];
  for (const stream of [server.stdout, server.stderr]) {
    createInterface({ input: stream as Readable }).on('line', (line) => {
      place.onLine(line);
      if (lastLines.push(line) > 5) lastLines.shift();
    });
  }
  const exited = new Promise<void>((resolve) => {
    server.once('close', () => resolve());
    server.once('error', () => resolve());
  });
  // Should this process end without stopping the database, the database shuts down by itself.
  const onExit = () => server.kill('SIGINT');
  process.once('exit', onExit);
  void exited.then(() => process.off('exit', onExit));
  const until = performance.now() + startLimit;
  while (!isReady(place, server.pid)) {
    if (hasEnded(server) || performance.now() > until) {
      server.kill('SIGQUIT');
      await exited;
      throw new Error(lastLines.join(' ') || 'it ended at once');
    }
    await pause(10);
  }
  return { exited, pid: server.pid as number, stop: () => stopChild(server, exited) };
}

/** A database that outlived its process (which was killed) is stopped before it is started anew. */
export async function stopOrphan(place: Place): Promise<void> {
  const pid = Number(statusLinesOf(place.folder)[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isListed(pid)) return;
  const command = commandOf(pid) ?? '';
  // A process that is just ending has no command any more.
  if (isAlive(pid) && command !== '') {
    if (!command.includes(dataFolder(place))) return;
    place.onLine(`stopping PostgreSQL ${pid}, whose process is gone`);
    process.kill(pid, 'SIGINT');
    const hasEnded = await waitUntil(() => !isAlive(pid));
    if (!hasEnded) process.kill(pid, 'SIGQUIT');
  }
  const isOver = await waitUntil(() => !isAlive(pid) && processesIn(dataFolder(place)).length === 0);
  // PostgreSQL takes an ended process that is still listed for a running one.
  if (isOver && isListed(pid)) rmSync(statusFile(place), { force: true });
}

async function waitUntil(isSo: () => boolean): Promise<boolean> {
  const until = performance.now() + stopLimit;
  while (!isSo()) {
    if (performance.now() > until) return false;
    await pause(20);
  }
  return true;
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function settings(place: Place, port: number): readonly string[] {
  const values: Readonly<Record<string, string>> = {
    listen_addresses: '127.0.0.1',
    port: `${port}`,
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '128MB',
    max_wal_size: '2GB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // Neither statements nor the values in them reach the log.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
    log_checkpoints: 'off',
    ...(place.isDurable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** A group of its own, so that Ctrl-C in a terminal reaches us alone and we stop the database when we are done. */
function run(place: Place, program: string, arguments_: readonly string[]): ChildProcess {
  return spawn(program, arguments_, {
    cwd: place.folder,
    env: { TZ: 'UTC', LC_ALL: 'C', ...systemRoot() },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    ...(place.user === null ? {} : { uid: place.user.uid, gid: place.user.gid }),
  });
}

/** Windows does not run programs without it. */
function systemRoot(): Record<string, string> {
  const value = process.env['SystemRoot'];
  return value === undefined ? {} : { SystemRoot: value };
}

/** What a running server says of itself: its process first, its port fourth, its state eighth; nothing when none runs. */
export function statusLinesOf(folder: string): readonly string[] {
  try {
    return readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

function isReady(place: Place, pid: number | undefined): boolean {
  const lines = statusLinesOf(place.folder);
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

function hasEnded(server: ChildProcess): boolean {
  return server.exitCode !== null || server.signalCode !== null || server.pid === undefined;
}

async function stopChild(server: ChildProcess, exited: Promise<void>): Promise<void> {
  if (hasEnded(server)) return;
  server.kill('SIGINT');
  const giveUp = setTimeout(() => server.kill('SIGQUIT'), stopLimit);
  await exited;
  clearTimeout(giveUp);
}
