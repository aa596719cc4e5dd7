// SPDX-License-Identifier: Apache-2.0
// A backup is taken beside a running service and comes back in another folder; mistakes are told in a sentence.
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfiguration } from '../configuration/configuration.ts';
import { appendErasure } from '../store/backup/erasure-journal.ts';
import { openStore } from '../store/open.ts';
import { createWorkspace, listWorkspaces } from '../store/workspace-rows.ts';
import { openedToAll } from '../testing/temporary-folder.ts';
import { backup } from './backup.ts';
import type { Command } from './command.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { restore } from './restore.ts';

const base = openedToAll(mkdtempSync(join(tmpdir(), 'rapport-commands-')));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function configurationIn(folder: string) {
  const given = { isTerminal: false, usualDataFolder: join(base, folder) };
  const read = readConfiguration({}, given);
  if (read.kind === 'wrong') throw new Error(read.problems.join());
  return read.configuration;
}

/** Exit code and what was said. */
async function run(command: Command, folder: string, ...words: string[]): Promise<[number, string]> {
  const said: string[] = [];
  const code = await command.run({
    configuration: configurationIn(folder),
    log: silent,
    words,
    say: (line) => said.push(line),
  });
  return [code, said.join('\n')];
}

test('a backup is taken while the service runs, and is brought back into another folder', async () => {
  const file = join(base, 'one.backup');
  const database = await openDatabase(configurationIn('first'), silent);
  if (database.kind === 'refused') throw new Error(database.code);
  expect(await run(migrate, 'first')).toEqual([0, expect.stringMatching(/^Done: 0001-roles/)]);
  expect(await run(migrate, 'first')).toEqual([0, 'The database is up to date.']);
  const store = await openStore({ url: database.url, onError: () => undefined });
  if (store.kind === 'refused') throw new Error(store.code);
  await store.accessing((query) => createWorkspace(query, { name: 'sales', title: 'Sales' }));
  await store.close();
  expect(await run(backup, 'first', file)).toEqual([0, expect.stringMatching(/keep it apart/)]);
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(await run(backup, 'first', file)).toEqual([1, expect.stringMatching(/there already/)]);
  expect(await run(restore, 'first', file)).toEqual([1, expect.stringMatching(/is using/)]);
  await database.stop();

  const erasure = {
    workspace: 1,
    party: 'p1',
    at: '2026-05-01T00:00:00.000Z',
    actor: 'ann',
    reason: 'asked',
  };
  const second = await openDatabase(configurationIn('second'), silent);
  if (second.kind === 'started') await second.stop();
  appendErasure(join(base, 'second', 'erasures.jsonl'), erasure);
  expect(await run(restore, 'second', file)).toEqual([0, expect.stringMatching(/Erased again: 1\./)]);
  expect(await run(restore, 'second', file)).toEqual([1, expect.stringMatching(/not empty/)]);
  const restored = await openDatabase(configurationIn('second'), silent);
  if (restored.kind === 'refused') throw new Error(restored.code);
  const copy = await openStore({ url: restored.url, onError: () => undefined });
  if (copy.kind === 'refused') throw new Error(copy.code);
  expect(await copy.accessing(listWorkspaces)).toMatchObject([{ name: 'sales' }]);
  await copy.close();
  await restored.stop();
}, 120_000);

test('a backup of nothing and a restore of something else say why, and leave no file behind', async () => {
  const file = join(base, 'other.backup');
  expect(await run(backup, 'third', file)).toEqual([1, expect.stringMatching(/lacks the migrations/)]);
  expect(existsSync(file) || existsSync(`${file}.unfinished`)).toBe(false);
  expect(await run(backup, 'third')).toEqual([1, expect.stringMatching(/one file/)]);
  expect(await run(restore, 'third', file)).toEqual([1, `rapport-server: There is no file ${file}.`]);
  expect(await run(restore, 'third', file, '--nothing')).toEqual([1, expect.stringMatching(/--nothing/)]);
  writeFileSync(file, 'hello');
  expect(await run(restore, 'third', file)).toEqual([1, expect.stringMatching(/cannot be read/)]);
}, 120_000);
