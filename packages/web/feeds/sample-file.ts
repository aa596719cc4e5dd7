// SPDX-License-Identifier: Apache-2.0
// The beginning of a file that somebody chose, read in the browser as the service would read it: its columns and rows,
// and the text on which a mapping is tried. Nothing of it is sent before that.
import type { FileFormat } from '@rapport/core/feeds/feed.ts';
import { feedMessageOf } from '@rapport/core/feeds/messages.ts';
import { diagnosticOf } from '@rapport/core/feeds/problem.ts';
import { readSample } from '@rapport/core/feeds/sample.ts';
import { otherDelimiter } from '@rapport/core/feeds/scan-file.ts';
import type { FeedDraft } from './draft.ts';

/** Bytes that are read: some thousand rows. */
const bytesMax = 200_000;
const rowsMax = 200;

/** A file as it was chosen: its beginning. */
export interface Chosen {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
}

export interface SampleFile {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Whole records alone, to try a mapping on. */
  readonly text: string;
  readonly isWhole: boolean;
  /** What makes it unreadable, in words; null. */
  readonly wrong: string | null;
}

export async function beginningOf(file: File): Promise<Chosen> {
  const bytes = new Uint8Array(await file.slice(0, bytesMax).arrayBuffer());
  return { name: file.name, bytes, isWhole: bytes.length === file.size };
}

type HowItIsRead = Pick<FeedDraft, 'format' | 'delimiter' | 'columns'>;

export function sampleOf({ name, bytes, isWhole }: Chosen, how: HowItIsRead): SampleFile {
  const format = fileFormat(name, how);
  const { columns, rows, length, problem } = readSample(format, bytes, isWhole, rowsMax);
  const text = new TextDecoder().decode(bytes.subarray(0, length));
  const message = problem === null ? null : feedMessageOf(diagnosticOf(problem, name, 0));
  return {
    columns,
    rows,
    text: how.format === 'json' && !isWhole ? `${text.replace(/[,\s]+$/, '')}]` : text,
    isWhole,
    wrong: message === null ? null : `${message.sentence} ${message.remedy}`,
  };
}

/** The sign between fields, by the header: the one that makes columns of it. */
export function delimiterOf(chosen: Chosen): string {
  const usual = /\.tsv$/i.test(chosen.name) ? 'tab' : ',';
  const { columns } = sampleOf(chosen, { format: 'csv', delimiter: usual, columns: [] });
  return columns.length === 1 ? (otherDelimiter(columns[0]!)?.written ?? usual) : usual;
}

function fileFormat(file: string, { format, delimiter, columns }: HowItIsRead): FileFormat {
  const sign = delimiter === 'tab' ? '\t' : delimiter;
  const isNamed = columns.length > 0 || format === 'columns';
  return { file, format, delimiter: (sign || ',').charCodeAt(0), columns: isNamed ? columns : null };
}

/** The texts of a column, in the order of the rows. */
export function cellsOf({ columns, rows }: SampleFile, column: string): readonly string[] {
  const index = columns.indexOf(column);
  return index < 0 ? [] : rows.map((row) => row[index] ?? '');
}
