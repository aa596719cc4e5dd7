// SPDX-License-Identifier: Apache-2.0
// Migrations go forward, once, however many processes start; a database that does not fit is not opened.
import { expect, test } from 'vitest';
import { testDatabase } from '../testing/test-database.ts';
import { migrate, tooOld } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { openStore } from './open.ts';

const names = migrations.map(({ name }) => name);

test('three that start at once do each migration once', async () => {
  const { url, asOwner } = await testDatabase({ empty: true });
  const outcomes = await Promise.all([migrate(url), migrate(url), migrate(url)]);
  const applied = outcomes.flatMap((outcome) =>
    outcome.kind === 'migrated' ? [...outcome.applied] : ['refused'],
  );
  expect(applied).toEqual(names);
  expect(await asOwner('select name from rapport.migration order by name')).toEqual(
    names.map((name) => ({ name })),
  );
});

test('a migration that fails leaves nothing behind, and the next start goes on from there', async () => {
  const { url, asOwner } = await testDatabase({ empty: true });
  const broken = { name: '0099-broken', sql: 'create table rapport.half (a integer); select 1/0' };
  await expect(migrate(url, [...migrations, broken])).rejects.toThrow(/0099-broken: division by zero/);
  expect(await asOwner(`select to_regclass('rapport.half') as half`)).toEqual([{ half: null }]);
  expect(await migrate(url)).toEqual({ kind: 'migrated', applied: [] });
});

test('a database without its migrations is not opened', async () => {
  const { url } = await testDatabase({ empty: true });
  const store = await openStore({ url, onError: () => undefined });
  expect(store).toMatchObject({
    kind: 'refused',
    code: 'migrations_missing',
    facts: { names: names.join(', ') },
  });
});

test('a database that a newer Rapport has migrated is neither migrated nor opened', async () => {
  const { url, asOwner } = await testDatabase();
  await asOwner(`insert into rapport.migration (name) values ('0999-of-tomorrow')`);
  const expected = { kind: 'refused', code: 'migrations_unknown', facts: { names: '0999-of-tomorrow' } };
  expect(await migrate(url)).toEqual(expected);
  expect(await openStore({ url, onError: () => undefined })).toEqual(expected);
});

test('PostgreSQL 14 is refused by its name, 15 is not', async () => {
  const server = (number: string, name: string) =>
    ({ query: async () => ({ rows: [{ number, name }] }) }) as unknown as Parameters<typeof tooOld>[0];
  expect(await tooOld(server('140011', '14.11'))).toMatchObject({
    code: 'database_too_old',
    facts: { found: '14.11' },
  });
  expect(await tooOld(server('150000', '15.0'))).toBe(null);
});

test('a server that does not answer is a refusal that says why', async () => {
  const url = 'postgres://rapport:x@127.0.0.1:1/rapport';
  expect(await migrate(url)).toMatchObject({ code: 'database_unreachable' });
  expect(await openStore({ url, onError: () => undefined })).toMatchObject({ code: 'database_unreachable' });
});
