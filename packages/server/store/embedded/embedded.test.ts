// SPDX-License-Identifier: Apache-2.0
// The embedded database keeps what it acknowledged through every crash, belongs to one process, and runs for every user.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { bundled } from '../../testing/bundled.ts';
import { openedToAll } from '../../testing/temporary-folder.ts';
import { type Refused, refusedSentence } from '../refused.ts';
import { lockFolder } from './folder-lock.ts';
import { isAlive } from './process-table.ts';
import { type EmbeddedDatabase, startEmbedded } from './start.ts';
import { canReach, type SystemUser } from './system-user.ts';

const base = openedToAll(mkdtempSync(join(tmpdir(), 'rapport-embedded-')));
const program = bundled('packages/server/testing/embedded-process.ts');
const open: { stop(): Promise<void> }[] = [];
const children: ChildProcess[] = [];
let folders = 0;

afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.stop()));
  for (const child of children.splice(0)) await ended(child);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const newFolder = () => join(base, `folder-${++folders}`);

async function start(
  folder: string,
  onLine: (line: string) => void = () => undefined,
): Promise<EmbeddedDatabase> {
  const database = await startEmbedded({ folder, onLine });
  if (database.kind === 'refused') throw new Error(refusedSentence(database));
  open.push(database);
  return database;
}

interface Told {
  readonly kind: 'started';
  readonly url: string;
  readonly pid: number;
  readonly uid: number;
}

async function startProcess(
  folder: string,
  user?: SystemUser,
): Promise<{ child: ChildProcess; told: Told | Refused }> {
  const child = spawn(process.execPath, [program, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
  });
  children.push(child);
  const [line] = await once(createInterface({ input: child.stdout as Readable }), 'line');
  return { child, told: JSON.parse(line) };
}

async function ended(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Runs work on a connection of its own. */
async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Writes numbers one by one until the connection breaks; the last one that was acknowledged. */
async function writeUntilBroken(url: string, onStart: () => void): Promise<number> {
  let acknowledged = 0;
  await withClient(url, async (client) => {
    await client.query('create table number (number integer primary key)');
    for (let next = 1; ; next += 1) {
      await client.query('insert into number values ($1)', [next]);
      acknowledged = next;
      if (next === 50) onStart();
    }
  }).catch(() => undefined);
  return acknowledged;
}

async function numbersOf(url: string): Promise<number> {
  for (let left = 100; ; left -= 1) {
    try {
      return await withClient(url, async (client) => {
        const { rows } = await client.query('select count(*)::integer as numbers from number');
        return rows[0].numbers as number;
      });
    } catch (error) {
      if (left === 0) throw error;
      await pause(100);
    }
  }
}

describe('what was acknowledged', () => {
  test('is there after a crash of the database, which is running again on the same address', async () => {
    const lines: string[] = [];
    const database = await start(newFolder(), (line) => lines.push(line));
    const before = database.pid();
    const acknowledged = await writeUntilBroken(database.url, () => process.kill(before, 'SIGKILL'));
    expect(acknowledged).toBeGreaterThanOrEqual(50);
    expect(await numbersOf(database.url)).toBeGreaterThanOrEqual(acknowledged);
    expect(database.pid()).not.toBe(before);
    expect(lines.join('\n')).toMatch(/starting it again/);
  });

  test('is there after the process was killed: the next start ends what it left behind', async () => {
    const folder = newFolder();
    const { child, told } = await startProcess(folder);
    if (told.kind !== 'started') throw new Error(told.code);
    const acknowledged = await writeUntilBroken(told.url, () => {
      child.kill('SIGKILL');
      setTimeout(() => isAlive(told.pid) && process.kill(told.pid, 'SIGKILL'), 50);
    });
    const database = await start(folder);
    expect(isAlive(told.pid) && told.pid !== database.pid()).toBe(false);
    expect(await numbersOf(database.url)).toBeGreaterThanOrEqual(acknowledged);
  });

  test('is there after a start in the middle of which the process was killed', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await withClient(first.url, (client) => client.query('create table number as select 1 as number'));
    await first.stop();
    mkdirSync(join(folder, 'data.new'));
    expect(await numbersOf((await start(folder)).url)).toBe(1);
  });
});

describe('a folder', () => {
  test('belongs to one process, and the second is told which', async () => {
    const folder = newFolder();
    const { child, told } = await startProcess(folder);
    expect(told.kind).toBe('started');
    const second = await startEmbedded({ folder, onLine: () => undefined });
    expect(second).toEqual({
      kind: 'refused',
      code: 'folder_in_use',
      facts: { folder, pid: `${child.pid}` },
    });
    expect(refusedSentence(second as Refused)).toContain(`Process ${child.pid} is using ${folder}`);
    await ended(child);
    expect((await start(folder)).kind).toBe('started');
  });

  test('whose process is gone without a trace is taken over, also when its number is used again', async () => {
    const folder = newFolder();
    mkdirSync(folder);
    for (const left of [`{"pid":${process.pid},"started":"of long ago"}`, '{"pid":', '']) {
      writeFileSync(join(folder, 'process.lock'), left);
      const lock = lockFolder(folder);
      expect(lock.kind).toBe('held');
      if (lock.kind === 'held') lock.release();
    }
  });

  test('of another version of PostgreSQL is left alone', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'data'), { recursive: true });
    writeFileSync(join(folder, 'data', 'PG_VERSION'), '16\n');
    expect(await startEmbedded({ folder, onLine: () => undefined })).toMatchObject({
      code: 'other_database_version',
      facts: { found: '16', expected: '18' },
    });
  });

  test('is stopped within a moment, with connections open', async () => {
    const database = await start(newFolder());
    const client = new pg.Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('begin');
    const startedAt = performance.now();
    await database.stop();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await client.end().catch(() => undefined);
  });
});

test('the password is asked for', async () => {
  const { url } = await start(newFolder());
  const wrong = url.replace(/:[^:@/]+@/, ':wrong@');
  await expect(withClient(wrong, (client) => client.query('select 1'))).rejects.toThrow(/password/);
});

const nobody: SystemUser = { name: 'nobody', uid: 65_534, gid: 65_534 };
/** Ourselves, and as root an ordinary user beside: where that one can reach the repository. */
const users: readonly (SystemUser | undefined)[] =
  process.getuid?.() === 0 && canReach(program, nobody) ? [undefined, nobody] : [undefined];

test.each(users)('it runs for %o', async (user) => {
  const folder = newFolder();
  mkdirSync(folder);
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const { child, told } = await startProcess(folder, user);
  expect(told).toMatchObject({ kind: 'started', uid: user?.uid ?? process.getuid?.() });
  const { rows } = await withClient((told as Told).url, (client) => client.query('show fsync'));
  expect(rows).toEqual([{ fsync: 'on' }]);
  await ended(child);
  expect(child.exitCode).toBe(0);
});

if (process.getuid?.() === 0) {
  test('as root, a folder below one that the other user may not enter is refused with a way out', async () => {
    const closed = join(base, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const refusal = await startEmbedded({ folder: join(closed, 'database'), onLine: () => undefined });
    expect(refusal).toMatchObject({ kind: 'refused', code: 'folder_not_reachable' });
    expect(refusedSentence(refusal as Refused)).toMatch(/RAPPORT_DATA/);
  });

  test('as root, folders that are made on the way let the other user pass, however careful root is', async () => {
    const mask = process.umask(0o077);
    try {
      expect((await start(join(newFolder(), 'data', 'database'))).kind).toBe('started');
    } finally {
      process.umask(mask);
    }
  });
}
