// SPDX-License-Identifier: Apache-2.0
// What a database gives without us: rows inserted one by one over one connection, each durable before the next. The
// benchmark of the service measures itself against it.

import pg from 'pg';

/** Inserts so many rows into a table of its own, which is dropped afterwards; rows a second. */
export async function plainInsertRate(url: string, rows: number, body: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create table plain_insert (id bigint primary key, body text not null)');
  const insert = { name: 'plain insert', text: 'insert into plain_insert values ($1, $2)' };
  const start = performance.now();
  for (let id = 0; id < rows; id += 1) await client.query({ ...insert, values: [id, body] });
  const seconds = (performance.now() - start) / 1000;
  await client.query('drop table plain_insert');
  await client.end();
  return rows / seconds;
}
