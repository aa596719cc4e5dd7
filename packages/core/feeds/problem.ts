// SPDX-License-Identifier: Apache-2.0
// What is wrong with a row, a file or a feed, found where no place is known yet: a code and the real values. The
// place is added when it becomes a diagnostic; the sentence comes from messages.ts.

import type { Diagnostic, Severity } from '../program/diagnostic.ts';

export interface Problem {
  readonly kind: 'problem';
  readonly code: string;
  readonly facts: Readonly<Record<string, string>>;
}

export function problem(code: string, facts: Readonly<Record<string, string>> = {}): Problem {
  return { kind: 'problem', code, facts };
}

/** Most characters of a cell that a message repeats. */
const shownMax = 60;

/** A cell's text as a message shows it: on one line, and not without end. */
export function shown(text: string, most = shownMax): string {
  const line = text.replace(/\p{Cc}/gu, ' ');
  return line.length <= most ? line : `${line.slice(0, most)}…`;
}

/** The problem at a line of a file; line 0 is the file as a whole. */
export function diagnosticOf(
  { code, facts }: Problem,
  file: string,
  line: number,
  severity: Severity = 'error',
): Diagnostic {
  const position = { offset: 0, line: Math.max(1, line), column: 1 };
  return {
    code,
    severity,
    at: { source: file, start: position, end: position },
    facts: { file, ...(line > 0 ? { row: String(line) } : {}), ...facts },
    related: [],
  };
}
