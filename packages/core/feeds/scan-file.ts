// SPDX-License-Identifier: Apache-2.0
// Reads one file in any of the formats and hands over its rows with the wanted columns found by name. What makes the
// whole file unreadable (nothing in it, not UTF-8, a column that is not there) comes back as one problem.

import { AlignedScanner } from './aligned.ts';
import { closestName } from './closest-name.ts';
import { CsvScanner } from './csv.ts';
import type { FileFormat } from './feed.ts';
import { JsonScanner } from './json-rows.ts';
import { type Problem, problem, shown } from './problem.ts';
import { type RecordSink, scanChunks } from './record.ts';
import { decodeUtf8 } from './utf8.ts';

export interface RowHandler {
  /** Once, before the first row: where each wanted column stands in a record. */
  columns(indexes: readonly number[]): void;
  /** One row; the wanted cells have no space around them. Valid during the call only. */
  row(bytes: Uint8Array, starts: Int32Array, ends: Int32Array, line: number): void;
  /** Several rows of `width` cells on consecutive lines; cell c of row r is at r · width + c. Like `row` for each. */
  rows?(
    bytes: Uint8Array,
    starts: Int32Array,
    ends: Int32Array,
    count: number,
    width: number,
    line: number,
  ): void;
  /** A row that could not be read. */
  broken(problem: Problem, line: number): void;
}

/** Reads the file; gives what is wrong with the whole of it, or null. */
export function scanFile(
  format: FileFormat,
  chunks: Iterable<Uint8Array>,
  wanted: readonly string[],
  handler: RowHandler,
): Problem | null {
  let failure: Problem | null = null;
  let indexes: readonly number[] | null = null;
  let width = 0;
  let hasRows = false;
  const useColumns = (names: readonly string[]) => {
    width = names.length;
    const found = placesOf(wanted, names);
    if ('kind' in found) failure = found;
    else {
      indexes = found;
      handler.columns(found);
    }
  };
  const sink: RecordSink = {
    get plainWidth() {
      return handler.rows === undefined || indexes === null || failure !== null ? 0 : width;
    },
    plain(bytes, starts, ends, count, line) {
      hasRows = true;
      for (const index of indexes!) {
        for (let at = index; at < count * width; at += width) trim(bytes, starts, ends, at);
      }
      handler.rows!(bytes, starts, ends, count, width, line);
    },
    record(bytes, starts, ends, count, line) {
      if (failure !== null) return;
      if (indexes === null) {
        const names = headerOf(bytes, starts, ends, count);
        if (names === null) failure = problem('file_not_utf8');
        else useColumns(names);
        return;
      }
      hasRows = true;
      if (count !== width) {
        handler.broken(problem('row_field_count', { found: String(count), expected: String(width) }), line);
        return;
      }
      for (const index of indexes) trim(bytes, starts, ends, index);
      handler.row(bytes, starts, ends, line);
    },
    broken(found, line) {
      hasRows = true;
      if (failure === null) handler.broken(found, line);
    },
  };
  const isJson = format.format === 'json' || format.format === 'jsonl';
  if (isJson) useColumns([...new Set(wanted)]);
  else if (format.columns !== null) useColumns(format.columns);
  if (failure !== null) return failure;
  const scanner = isJson
    ? new JsonScanner([...new Set(wanted)], format.format === 'jsonl', sink)
    : format.format === 'csv'
      ? new CsvScanner(format.delimiter, sink)
      : new AlignedScanner(sink);
  scanChunks(
    utf8Only(chunks, () => {
      failure = problem('file_not_utf8');
    }),
    scanner,
  );
  if (failure !== null) return failure;
  if (indexes === null || (isJson && !hasRows)) return problem('file_empty');
  if (scanner instanceof JsonScanner && scanner.seen.size > 0) {
    const seen = [...scanner.seen];
    const missing = wanted.find((path) => !scanner.seen.has(path));
    if (missing !== undefined && seen.length < 200) return unknownColumn(missing, seen);
  }
  return null;
}

/** Takes the space around a cell off. */
function trim(bytes: Uint8Array, starts: Int32Array, ends: Int32Array, at: number): void {
  let start = starts[at]!;
  let end = ends[at]!;
  while (start < end && bytes[start]! <= 0x20) start += 1;
  while (end > start && bytes[end - 1]! <= 0x20) end -= 1;
  starts[at] = start;
  ends[at] = end;
}

/** The chunks as they are; none when the first bytes are those of UTF-16. */
function* utf8Only(chunks: Iterable<Uint8Array>, onOther: () => void): Iterable<Uint8Array> {
  let isFirst = true;
  for (const chunk of chunks) {
    if (isFirst && chunk.length >= 2) {
      isFirst = false;
      const [one, two] = chunk;
      if ((one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff) || one === 0 || two === 0) {
        onOther();
        return;
      }
    }
    yield chunk;
  }
}

function headerOf(bytes: Uint8Array, starts: Int32Array, ends: Int32Array, count: number): string[] | null {
  const names: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = decodeUtf8(bytes, starts[index]!, ends[index]!);
    if (name === null) return null;
    names.push(name.trim());
  }
  return names;
}

function placesOf(wanted: readonly string[], names: readonly string[]): readonly number[] | Problem {
  const missing = wanted.find((name) => !names.includes(name));
  const other = names.length === 1 ? otherDelimiter(names[0] ?? '') : undefined;
  if (missing !== undefined && other !== undefined) return problem('file_other_delimiter', other);
  if (missing !== undefined) return unknownColumn(missing, names);
  const twice = wanted.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined) return problem('file_column_twice', { column: twice });
  return wanted.map((name) => names.indexOf(name));
}

const delimiters = [
  { sign: ';', name: 'semicolons' },
  { sign: '\t', name: 'tabs' },
  { sign: '|', name: 'vertical bars' },
  { sign: ',', name: 'commas' },
] as const;

/** What else a header that came out as one column seems to be divided by. */
export function otherDelimiter(
  header: string,
): { readonly name: string; readonly written: string } | undefined {
  const found = delimiters.find(({ sign }) => header.includes(sign));
  return found && { name: found.name, written: found.sign === '\t' ? 'tab' : found.sign };
}

/** The names of columns of a file that a message lists. */
const listedMax = 400;

function unknownColumn(column: string, known: readonly string[]): Problem {
  const closest = closestName(column, known);
  return problem('row_unknown_column', {
    column,
    known: shown(known.slice(0, 40).join(', '), listedMax),
    ...(closest === null ? {} : { closest }),
  });
}
