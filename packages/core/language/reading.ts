// SPDX-License-Identifier: Apache-2.0
// One reading of one text: turns offsets into exact places and collects what is wrong. Lines end with LF, CRLF or CR.
// At most `diagnosticsMax` diagnostics are kept.
import type { Diagnostic, Position, Span } from '../program/diagnostic.ts';
import { diagnosticsMax } from './limits.ts';

export type Related = readonly { readonly at: Span; readonly note: string }[];

export interface Reading {
  readonly source: string;
  readonly text: string;
  readonly diagnostics: Diagnostic[];
  /** The stretch between two offsets. */
  readonly span: (start: number, end: number) => Span;
  readonly report: (
    code: string,
    at: Span,
    facts: Readonly<Record<string, string>>,
    related?: Related,
  ) => void;
}

/** Opens a text for reading. */
export function openReading(text: string, source: string): Reading {
  const starts = lineStarts(text);
  const diagnostics: Diagnostic[] = [];
  const position = (offset: number): Position => {
    const line = lineAt(starts, offset);
    return { offset, line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
  return {
    source,
    text,
    diagnostics,
    span: (start, end) => ({ source, start: position(start), end: position(end) }),
    report: (code, at, facts, related = []) => {
      if (diagnostics.length < diagnosticsMax)
        diagnostics.push({ code, severity: 'error', at, facts, related });
    },
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** The index of the last line that starts at or before the offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
