// SPDX-License-Identifier: Apache-2.0
// A whole CSV file as rows of text, for small tables that no feed describes. The delimiter is the one of comma,
// semicolon and tab that the first line has most of.
import { CsvScanner } from '@rapport/core/feeds/csv.ts';
import { scanChunks } from '@rapport/core/feeds/record.ts';

/** The rows of a CSV text, the header first; a record that cannot be read is left out and its line named. */
export function tableOfText(text: string): {
  readonly rows: readonly (readonly string[])[];
  readonly broken: readonly number[];
} {
  const rows: string[][] = [];
  const broken: number[] = [];
  const decoder = new TextDecoder();
  const scanner = new CsvScanner(delimiterOf(text), {
    record: (bytes, starts, ends, count) => {
      const cells = Array.from({ length: count }, (_, index) =>
        decoder.decode(bytes.slice(starts[index], ends[index])),
      );
      rows.push(cells);
    },
    broken: (_, line) => broken.push(line),
  });
  scanChunks([new TextEncoder().encode(text)], scanner);
  return { rows, broken };
}

function delimiterOf(text: string): number {
  const [first = ''] = text.split('\n', 1);
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: first.split(mark).length }));
  const [most] = counts.sort((a, b) => b.count - a.count);
  return (most?.mark ?? ',').charCodeAt(0);
}
