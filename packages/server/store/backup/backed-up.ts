// SPDX-License-Identifier: Apache-2.0
// Which tables a backup holds, in an order in which they can be filled: a table comes after those it refers to.

import type pg from 'pg';

export interface BackedUpTable {
  /** With its schema: `rapport.log`. */
  readonly name: string;
  readonly columns: readonly string[];
}

/** What nobody wants back: after a restore everybody signs in anew. `rapport.migration` says the header. */
const leftOut: readonly string[] = [
  'rapport.migration',
  'access.session',
  'access.verification',
  'access.sign_in_attempt',
];

/** Every other table of both schemas. */
export async function tablesToBackUp(client: pg.ClientBase): Promise<readonly BackedUpTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; refers: string[] }>(`
    select format('%I.%I', nspname, relname) as name,
      (select array_agg(attname::text order by attnum) from pg_attribute
        where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
      (select coalesce(array_agg(distinct format('%I.%I', otherspace.nspname, other.relname)), '{}')
        from pg_constraint join pg_class other on other.oid = confrelid
        join pg_namespace otherspace on otherspace.oid = other.relnamespace
        where contype = 'f' and conrelid = pg_class.oid and confrelid <> conrelid) as refers
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname in ('rapport', 'access') and relkind = 'r' order by 1`);
  const ordered: BackedUpTable[] = [];
  const waiting = rows.filter(({ name }) => !leftOut.includes(name));
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ refers }) =>
      refers.every((other) => !waiting.some(({ name }) => name === other)),
    );
    if (next < 0) throw new Error('tables refer to each other in a circle');
    ordered.push(...waiting.splice(next, 1).map(({ name, columns }) => ({ name, columns })));
  }
  return ordered;
}

/** For a copy statement; names come from the catalogue of the database. */
export function copyTarget({ name, columns }: BackedUpTable): string {
  return `${name} (${columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(', ')})`;
}
