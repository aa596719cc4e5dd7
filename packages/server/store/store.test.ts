// SPDX-License-Identifier: Apache-2.0
// Two walls: a row of a truth table is never changed by anybody, and a workspace never sees the rows of another.
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../testing/test-database.ts';
import { recordAudit } from './audit-rows.ts';
import { migrations } from './migrations/index.ts';

const database = await testDatabase();
const store = await database.store();

const truth = [
  ...['log', 'agreement', 'agreement_version', 'transfer', 'hold', 'hold_end'],
  ...['commitment', 'statement', 'checkpoint', 'audit', 'erasure'],
];

/** One row in a truth table, with plain values in the columns that have no default. */
async function putRow(table: string, workspace: number): Promise<void> {
  const columns = await database.asOwner<{ column_name: string; data_type: string }>(
    `select column_name, data_type from information_schema.columns
      where table_schema = 'rapport' and table_name = $1 and is_nullable = 'NO' and column_default is null
        and is_identity = 'NO'`,
    [table],
  );
  const plain: Readonly<Record<string, string>> = { part: 'due', state: 'posted', workspace: `${workspace}` };
  const byType: Readonly<Record<string, string>> = {
    date: '2026-01-01',
    jsonb: '[]',
    boolean: 'true',
    text: 'A',
  };
  const values = columns.map((column) => plain[column.column_name] ?? byType[column.data_type] ?? '1');
  await database.asOwner(
    `insert into rapport.${table} (${columns.map(({ column_name }) => column_name).join(', ')})
     values (${values.map((_, index) => `$${index + 1}`).join(', ')})`,
    values,
  );
}

describe('truth', () => {
  test.each(truth)('rows of %s are only added, whoever asks', async (table) => {
    const workspace = await database.newWorkspace();
    if (table === 'hold_end') await putRow('hold', workspace);
    await putRow(table, workspace);
    const refusal = /only ever added/;
    await expect(database.asOwner(`update rapport.${table} set workspace = workspace`)).rejects.toThrow(
      refusal,
    );
    await expect(database.asOwner(`delete from rapport.${table}`)).rejects.toThrow(refusal);
    await expect(database.asOwner(`truncate rapport.${table} cascade`)).rejects.toThrow(refusal);
    for (const role of ['rapport_app', 'rapport_writer', 'rapport_access']) {
      const rights = await database.asOwner<{ may: boolean }>(
        `select has_table_privilege($1, $2, 'update') or has_table_privilege($1, $2, 'delete')
           or has_table_privilege($1, $2, 'truncate') as may`,
        [role, `rapport.${table}`],
      );
      expect(rights).toEqual([{ may: false }]);
    }
  });

  test('is not changed by a session that plays replication either', async () => {
    const workspace = await database.newWorkspace();
    await putRow('log', workspace);
    await expect(
      database.asOwner(
        `do $$ begin set local session_replication_role = replica; delete from rapport.log; end $$`,
      ),
    ).rejects.toThrow(/only ever added/);
  });
});

describe('a workspace', () => {
  test('sees its own rows alone', async () => {
    const [one, two] = [await database.newWorkspace(), await database.newWorkspace()];
    await store.within(one, (scope) =>
      recordAudit(scope, { actor: 'ann', action: 'tested', subject: 'store', details: {} }),
    );
    const seen = (workspace: number) =>
      store.within(workspace, ({ query }) => query.selectFrom('audit').select('actor').execute());
    expect(await seen(one)).toEqual([{ actor: 'ann' }]);
    expect(await seen(two)).toEqual([]);
  });

  test('cannot write a row of another', async () => {
    const [one, two] = [await database.newWorkspace(), await database.newWorkspace()];
    const intruding = store.within(one, ({ query }) =>
      query.insertInto('setting').values({ workspace: two, name: 'x', value: '1' }).execute(),
    );
    await expect(intruding).rejects.toThrow(/row-level security/);
  });

  test('that is not set has no rows', async () => {
    const workspace = await database.newWorkspace();
    await putRow('log', workspace);
    const rows = await store.within(workspace, async ({ query }) => {
      await sql`select set_config('rapport.workspace', '', true)`.execute(query);
      return query.selectFrom('log').selectAll().execute();
    });
    expect(rows).toEqual([]);
  });

  test('is not touched by the role that looks callers up, which sees names alone', async () => {
    await expect(store.accessing((query) => sql`select * from rapport.log`.execute(query))).rejects.toThrow(
      /permission denied/,
    );
  });

  test('cannot write the log or the books, or read a password, from a request', async () => {
    const workspace = await database.newWorkspace();
    for (const statement of [
      sql`insert into log select * from log`,
      sql`insert into posted select * from posted`,
      sql`update partition set head = 1`,
      sql`select password from access.account`,
    ]) {
      await expect(store.within(workspace, ({ query }) => statement.execute(query))).rejects.toThrow(
        /permission denied/,
      );
    }
  });

  test('has row-level security on every table', async () => {
    const open = await database.asOwner(
      `select relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname = 'rapport' and relkind = 'r' and not relrowsecurity and relname <> 'migration'`,
    );
    expect(open).toEqual([]);
  });
});

test('numbers of migrations go up, so that their order is never in doubt', () => {
  const names = migrations.map(({ name }) => name);
  expect([...names].sort()).toEqual(names);
  expect(new Set(names.map((name) => name.slice(0, 4))).size).toBe(names.length);
});

test('a connection that breaks between two queries fails its own transaction, and nothing else', async () => {
  const workspace = await database.newWorkspace();
  const broken = store.within(workspace, async ({ query }) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(query);
    await database.asOwner('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
    await pause(50);
    return sql`select 1`.execute(query);
  });
  await expect(broken).rejects.toThrow();
  expect(await store.isReachable()).toBe(true);
});
