// SPDX-License-Identifier: Apache-2.0
// Workspaces never see each other: every table that has a workspace, in both schemas, asked by every role that acts for
// one. The list comes from the database itself, so that a new table is asked as well.
import { sql, type Transaction } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../testing/test-database.ts';

const database = await testDatabase();
const store = await database.store();
const [mine, theirs] = [await database.newWorkspace(), await database.newWorkspace()];

interface Column {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
}

/** What checks and keys ask of a column; other columns take any value of their type. */
const particular: Readonly<Record<string, string>> = {
  ...{
    state: 'known',
    mode: 'events',
    direction: 'in',
    outcome: 'taken',
    part: 'due',
    purpose: 'join',
    user: 'u-1',
  },
};
const anyOf: Readonly<Record<string, string>> = {
  ...{
    text: 'A',
    jsonb: '{}',
    boolean: 'true',
    date: '2026-01-01',
    bytea: '\\x00',
    ARRAY: '{}',
    bigint: '1',
  },
  ...{ integer: '1', smallint: '1', numeric: '1', 'timestamp with time zone': '2026-01-01T00:00:00Z' },
};
const states: Readonly<Record<string, string>> = { hold_end: 'posted', posted: 'final' };

const tables = (
  await database.asOwner<{ schema: string; name: string }>(
    `select table_schema as schema, table_name as name from information_schema.columns
      where table_schema in ('rapport', 'access') and column_name = 'workspace' order by 1, 2`,
  )
).map(({ schema, name }) => [`${schema}.${name}`, schema, name] as const);

await database.asOwner(
  `insert into access."user" (id, name, email) values ('u-1', 'A', 'a@example.com') on conflict do nothing`,
);
for (const workspace of [mine, theirs]) {
  // Rows that others refer to come first.
  for (const name of ['hold', 'subject_key']) await putRow('rapport', name, workspace);
  for (const [, schema, name] of tables) {
    if (!['workspace', 'partition', 'hold', 'subject_key'].includes(name))
      await putRow(schema, name, workspace);
  }
}

async function columnsOf(schema: string, name: string): Promise<readonly Column[]> {
  return await database.asOwner<Column & Record<string, unknown>>(
    `select column_name as name, data_type as type,
        is_nullable = 'NO' and column_default is null and is_identity = 'NO' as "isRequired"
      from information_schema.columns where table_schema = $1 and table_name = $2`,
    [schema, name],
  );
}

async function putRow(schema: string, name: string, workspace: number): Promise<void> {
  const required = (await columnsOf(schema, name)).filter(({ isRequired }) => isRequired);
  const values = required.map(({ name: column, type }) => {
    if (column === 'workspace') return `${workspace}`;
    if (column === 'state') return states[name] ?? particular['state']!;
    if (column === 'hash' && schema === 'access') return `${name}-${workspace}`;
    if (column === 'id' && schema === 'access') return `${name}-${workspace}`;
    return particular[column] ?? anyOf[type]!;
  });
  await database.asOwner(
    `insert into ${schema}.${name} (${required.map((column) => `"${column.name}"`).join(', ')})
      values (${values.map((_, index) => `$${index + 1}`).join(', ')})`,
    values,
  );
}

/** Runs as the role, in my workspace. */
async function as<T>(role: string, work: (query: Transaction<never>) => Promise<T>): Promise<T> {
  return await store.within(mine, async ({ query }) => {
    await sql`reset role`.execute(query);
    await sql`select set_config('role', ${role}, true)`.execute(query);
    return await work(query as unknown as Transaction<never>);
  });
}

async function may(role: string, table: string, right: string): Promise<boolean> {
  const [row] = await database.asOwner<{ may: boolean }>('select has_table_privilege($1, $2, $3) as may', [
    role,
    table,
    right,
  ]);
  return row!.may;
}

test('there are tables to ask', () => {
  expect(tables.length).toBeGreaterThan(30);
});

describe.each(['rapport_app', 'rapport_writer'])('%s', (role) => {
  test.each(tables)('reads and changes of %s the rows of its workspace alone', async (table) => {
    const id = sql.id(...table.split('.'));
    if (await may(role, table, 'select')) {
      const seen = await as(role, (query) =>
        sql<{ workspace: number }>`select workspace from ${id}`.execute(query),
      );
      expect(seen.rows.map(({ workspace }) => workspace)).not.toContain(theirs);
      expect(seen.rows.map(({ workspace }) => workspace)).toContain(mine);
    }
    if (await may(role, table, 'delete')) {
      const deleted = await as(role, (query) =>
        sql`delete from ${id} where workspace = ${theirs}`.execute(query),
      );
      expect(deleted.numAffectedRows).toBe(0n);
    }
  });

  test.each(tables)('puts no row of another workspace into %s', async (table) => {
    if (!(await may(role, table, 'insert'))) return;
    const id = sql.id(...table.split('.'));
    const intruding = as(role, (query) =>
      sql`insert into ${id} (workspace) values (${theirs})`.execute(query),
    );
    await expect(intruding).rejects.toThrow(/row-level security/);
  });
});
