// SPDX-License-Identifier: Apache-2.0
// The head of a file: its columns and first rows as texts, so that somebody can say what each becomes. It is read as a
// load reads it. Of a beginning that was cut off anywhere, the last record that is whole is the last one there.

import { AlignedScanner } from './aligned.ts';
import { CsvScanner } from './csv.ts';
import type { FileFormat } from './feed.ts';
import { JsonScanner } from './json-rows.ts';
import { type Problem, problem } from './problem.ts';
import type { RecordSink, Scanner } from './record.ts';
import { decodeUtf8 } from './utf8.ts';

export interface Sample {
  readonly columns: readonly string[];
  /** As many cells as columns, without space around them; at most `rowsMax` rows. */
  readonly rows: readonly (readonly string[])[];
  /** Bytes of the beginning that are whole records. */
  readonly length: number;
  /** What makes the file unreadable, or the first record that is. */
  readonly problem: Problem | null;
}

/** @param isWhole whether the bytes are the whole file; else a record at their end is left out. */
export function readSample(format: FileFormat, bytes: Uint8Array, isWhole: boolean, rowsMax: number): Sample {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const read = (scannerOf: (sink: RecordSink) => Scanner) =>
    recordsOf(bytes.slice(start), isWhole, scannerOf);
  const isJson = format.format === 'json' || format.format === 'jsonl';
  if (!isJson) {
    const found = read((sink) =>
      format.format === 'csv' ? new CsvScanner(format.delimiter, sink) : new AlignedScanner(sink),
    );
    const [header, ...rest] = found.records;
    const columns = format.columns ?? header ?? [];
    const rows = format.columns === null ? rest : found.records;
    return sampleOf(columns, rows, found.length + start, found.problem, rowsMax);
  }
  const isLines = format.format === 'jsonl';
  let seen: ReadonlySet<string> = new Set();
  read((sink) => {
    const scanner = new JsonScanner([], isLines, sink);
    seen = scanner.seen;
    return scanner;
  });
  const columns = [...seen];
  const found = read((sink) => new JsonScanner(columns, isLines, sink));
  return sampleOf(columns, found.records, found.length + start, found.problem, rowsMax);
}

interface Records {
  readonly records: readonly (readonly string[])[];
  readonly length: number;
  readonly problem: Problem | null;
}

/** The scanner may write into the bytes. */
function recordsOf(bytes: Uint8Array, isWhole: boolean, scannerOf: (sink: RecordSink) => Scanner): Records {
  const records: string[][] = [];
  let wrong: Problem | null = null;
  const scanner = scannerOf({
    record: (within, starts, ends, count) => {
      const cells = Array.from({ length: count }, (_, index) =>
        decodeUtf8(within, starts[index]!, ends[index]!),
      );
      if (cells.every((cell) => cell !== null)) records.push(cells.map((cell) => cell.trim()));
      else wrong ??= problem('file_not_utf8');
    },
    broken: (found) => {
      wrong ??= found;
    },
  });
  const length = scanner.scan(bytes, bytes.length, isWhole);
  return { records, length, problem: wrong };
}

function sampleOf(
  columns: readonly string[],
  records: Records['records'],
  length: number,
  wrong: Problem | null,
  rowsMax: number,
): Sample {
  const rows = records.slice(0, rowsMax).map((row) => columns.map((_, index) => row[index] ?? ''));
  const isEmpty = columns.length === 0 && wrong === null;
  return { columns, rows, length, problem: isEmpty ? problem('file_empty') : wrong };
}
