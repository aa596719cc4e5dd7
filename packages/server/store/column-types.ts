// SPDX-License-Identifier: Apache-2.0
// How values of PostgreSQL come back: date as Day, numeric as bigint (numeric columns hold whole smallest units),
// bigint as number (none of ours grows past 2^53), timestamps as Date. What does not fit is an error, never rounded.

import { type Day, parseIsoDay } from '@rapport/core/values/date.ts';
import pg from 'pg';

function dayOfColumn(text: string): Day {
  const day = parseIsoDay(text);
  if (day === null) throw new RangeError('a date of the database is outside the years 1 to 9999');
  return day;
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a number of the database is beyond 2^53');
  return value;
}

const readers: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.DATE, dayOfColumn],
  [pg.types.builtins.NUMERIC, BigInt],
  [pg.types.builtins.INT8, safeInteger],
]);

/** For the `types` of a connection. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (id, format) =>
    (format === 'binary' ? undefined : readers.get(id)) ?? pg.types.getTypeParser(id, format),
};
