// SPDX-License-Identifier: Apache-2.0
// The peer: a columnar database that computes the slice commission of every won deal by window function with exact
// decimals, from a table in its memory, with as many threads as we use. Sorting is included on both sides. It is no
// dependency, since its lock entries for other platforms do not install everywhere: put it there with
// `npm install --no-save @duckdb/node-api@1.5.6-r.1`.
import type { FactStore } from '../packages/core/program/fact-store.ts';
import { firstDay } from './deals.ts';
import { fastest } from './measure.ts';

/** What is used of the database's package. */
interface Database {
  readonly DuckDBInstance: {
    create(
      path: string,
      options: Record<string, string>,
    ): Promise<{ connect(): Promise<Connection>; closeSync(): void }>;
  };
  readonly DuckDBDecimalValue: new (value: bigint, width: number, scale: number) => object;
  readonly DuckDBDateValue: new (day: number) => object;
}
interface Connection {
  run(query: string): Promise<unknown>;
  createAppender(table: string): Promise<Appender>;
  closeSync(): void;
}
interface Appender {
  appendInteger(value: number): void;
  appendBoolean(value: boolean): void;
  appendDecimal(value: object): void;
  appendDate(value: object): void;
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

/** Seconds for the commission clause alone; null where the database is not installed. */
export async function peerSeconds(store: FactStore, threads: number, runs: number): Promise<number | null> {
  const found = await database();
  if (found === null) return null;
  const { DuckDBInstance, DuckDBDecimalValue, DuckDBDateValue } = found;
  const instance = await DuckDBInstance.create(':memory:', { threads: `${threads}` });
  const connection = await instance.connect();
  await connection.run(
    'CREATE TABLE deal (id INTEGER, rep INTEGER, won BOOLEAN, amount DECIMAL(18,2), closed DATE)',
  );
  const table = store.tables.get('Deal')!;
  const representative = table.codes('Representative').values;
  const stage = table.codes('Stage');
  const won = stage.dictionary.find('Won');
  const closed = table.days('Closed').values;
  const amount = table.quantities('Amount').values;
  const appender = await connection.createAppender('deal');
  for (let row = 0; row < table.length; row += 1) {
    appender.appendInteger(row);
    appender.appendInteger(representative[row]!);
    appender.appendBoolean(stage.values[row] === won);
    appender.appendDecimal(new DuckDBDecimalValue(BigInt(amount[row]!), 18, 2));
    appender.appendDate(new DuckDBDateValue(closed[row]!));
    appender.endRow();
  }
  appender.closeSync();
  if (firstDay > closed[0]! + 1000) throw new Error('The days are out of range.');
  const query = `
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
  const { seconds } = await fastest(runs, () => connection.run(query));
  connection.closeSync();
  instance.closeSync();
  return seconds;
}
