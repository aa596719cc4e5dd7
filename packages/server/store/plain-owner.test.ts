// SPDX-License-Identifier: Apache-2.0
// The user of a PostgreSQL of one's own is no superuser: it owns its database and may make roles, or has them granted.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { openedToAll } from '../testing/temporary-folder.ts';
import { emptyBatch } from './batch.ts';
import { startEmbedded } from './embedded/start.ts';
import { migrate } from './migrate.ts';
import { openStore } from './open.ts';
import { createWorkspace } from './workspace-rows.ts';
import { openWriterSession } from './writer-session.ts';

/** As the user of the URL: migrates, makes a workspace, writes as its owner, reads within it. */
async function useAs(url: string): Promise<number> {
  const migrated = await migrate(url);
  expect(migrated.kind).toBe('migrated');
  const store = await openStore({ url, onError: () => undefined });
  if (store.kind === 'refused') throw new Error(store.code);
  const workspace = (await store.accessing((query) =>
    createWorkspace(query, { name: 'one', title: 'One' }),
  ))!;
  const session = await openWriterSession(url, workspace, 'test');
  if (session.kind !== 'owner') throw new Error(session.owner);
  expect(await session.commit(emptyBatch(7))).toBe('committed');
  await session.close();
  const rows = await store.within(workspace, ({ query }) =>
    query.selectFrom('partition').selectAll().execute(),
  );
  await store.close();
  return rows[0]!.head;
}

test('a user that may make roles, then one that has them granted, each with a database of its own', async () => {
  const folder = openedToAll(mkdtempSync(join(tmpdir(), 'rapport-owner-')));
  const database = await startEmbedded({
    folder: join(folder, 'database'),
    onLine: () => undefined,
    isDurable: false,
  });
  if (database.kind === 'refused') throw new Error(database.code);
  const administrator = new pg.Client({ connectionString: database.url });
  await administrator.connect();
  const urlOf = (user: string) => {
    const url = new URL(database.url);
    return `postgres://${user}:word@${url.host}/of_${user}`;
  };
  try {
    await administrator.query(`create role maker login createrole password 'word'`);
    await administrator.query('create database of_maker owner maker');
    expect(await useAs(urlOf('maker'))).toBe(7);
    await administrator.query(`create role granted login password 'word'`);
    await administrator.query('grant rapport_app, rapport_writer, rapport_access to granted');
    await administrator.query('create database of_granted owner granted');
    expect(await useAs(urlOf('granted'))).toBe(7);
  } finally {
    await administrator.end();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
