// SPDX-License-Identifier: Apache-2.0
// Joins between files: a whole file by the texts of one column, so that a row of another file can look things up.

import type { LookupTable } from './feed.ts';
import { type Problem, problem, shown } from './problem.ts';
import { scanFile } from './scan-file.ts';
import { decodeUtf8 } from './utf8.ts';

/** Texts of one wanted column by key. */
export type Lookups = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Reads the columns of the file by its key; what is wrong goes to `onProblem` with its line (0: the whole file). */
export function readLookups(
  table: LookupTable,
  columns: readonly string[],
  chunks: Iterable<Uint8Array>,
  onProblem: (found: Problem, line: number) => void,
): Lookups {
  const lookups = new Map(columns.map((column) => [column, new Map<string, string>()]));
  let indexes: readonly number[] = [];
  const failure = scanFile(table, chunks, [table.key, ...columns], {
    columns(found) {
      indexes = found;
    },
    row(bytes, starts, ends, line) {
      const texts = indexes.map((index) => decodeUtf8(bytes, starts[index]!, ends[index]!));
      const [key, ...values] = texts;
      if (key === undefined || key === null || values.includes(null)) {
        onProblem(problem('row_not_utf8'), line);
        return;
      }
      const before = columns.map((column) => lookups.get(column)?.get(key));
      if (columns.some((_, index) => before[index] !== undefined && before[index] !== values[index])) {
        onProblem(problem('row_duplicate_key', { value: shown(key), column: table.key }), line);
        return;
      }
      columns.forEach((column, index) => {
        lookups.get(column)?.set(key, values[index] ?? '');
      });
    },
    broken: onProblem,
  });
  if (failure !== null) onProblem(failure, 0);
  return lookups;
}
