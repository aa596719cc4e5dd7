// SPDX-License-Identifier: Apache-2.0
// The peer: a columnar database that computes the slice commission of every won deal by window function with exact
// decimals, from a table in its memory, with as many threads as we use. Sorting is included on both sides. It is no
// dependency, since its lock entries for other platforms do not install everywhere: put it there with
// `npm install --no-save @duckdb/node-api@1.5.6-r.1`.
import type { FactStore } from '../packages/core/program/fact-store.ts';
import { fastest, type Taken } from './measure.ts';

/** What is used of the database's package. */
interface Database {
  readonly DuckDBInstance: {
    create(
      path: string,
      options: Record<string, string>,
    ): Promise<{ connect(): Promise<Connection>; closeSync(): void }>;
  };
}
interface Connection {
  run(query: string): Promise<unknown>;
  createAppender(table: string): Promise<Appender>;
  closeSync(): void;
}
interface Appender {
  appendInteger(value: number): void;
  appendBoolean(value: boolean): void;
  endRow(): void;
  closeSync(): void;
}

async function database(): Promise<Database | null> {
  const name = '@duckdb/node-api';
  try {
    return (await import(name)) as Database;
  } catch {
    return null;
  }
}

/** The database with the deals in a table of its own. */
export interface Peer {
  commission(threads: number, runs: number): Promise<Taken<unknown>>;
  close(): void;
}

/** Takes the deals in; null where the database is not installed. */
export async function openPeer(store: FactStore): Promise<Peer | null> {
  const found = await database();
  if (found === null) return null;
  const instance = await found.DuckDBInstance.create(':memory:', {});
  const connection = await instance.connect();
  await connection.run(
    'CREATE TABLE entered (id INTEGER, rep INTEGER, won BOOLEAN, cents INTEGER, day INTEGER)',
  );
  const table = store.tables.get('Deal')!;
  const representative = table.codes('Representative').values;
  const stage = table.codes('Stage');
  const won = stage.dictionary.find('Won');
  const closed = table.days('Closed').values;
  const amount = table.quantities('Amount').values;
  const appender = await connection.createAppender('entered');
  for (let row = 0; row < table.length; row += 1) {
    appender.appendInteger(row);
    appender.appendInteger(representative[row]!);
    appender.appendBoolean(stage.values[row] === won);
    appender.appendInteger(amount[row]!);
    appender.appendInteger(closed[row]!);
    appender.endRow();
  }
  appender.closeSync();
  await connection.run(`
    CREATE TABLE deal AS SELECT id, rep, won, (cents::DECIMAL(18,2) * 0.01)::DECIMAL(18,2) AS amount,
      DATE '1970-01-01' + day AS closed FROM entered`);
  await connection.run('DROP TABLE entered');
  return {
    commission: async (threads, runs) => {
      await connection.run(`SET threads = ${threads}`);
      return fastest(runs, () => connection.run(commissionQuery));
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

const commissionQuery = `
    CREATE OR REPLACE TABLE line AS
    WITH running AS (
      SELECT id, amount, sum(amount) OVER (
        PARTITION BY rep, date_trunc('quarter', closed) ORDER BY closed, id
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)::DECIMAL(18,2) AS sold
      FROM deal WHERE won)
    SELECT id,
      (least(sold, 50000) * 0.05 + greatest(least(sold, 100000) - 50000, 0) * 0.08
        + greatest(sold - 100000, 0) * 0.12)
      - (least(sold - amount, 50000) * 0.05 + greatest(least(sold - amount, 100000) - 50000, 0) * 0.08
        + greatest(sold - amount - 100000, 0) * 0.12) AS commission
    FROM running`;
