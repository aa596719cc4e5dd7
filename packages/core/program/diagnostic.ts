// SPDX-License-Identifier: Apache-2.0
// What is wrong with a text or a row, as data: a code, a place, the real values. Sentences are made from it in
// one file per area (`messages.ts`), so that no message is ever assembled where the mistake is found.

/** A position in a source text. Lines and columns count from 1, offsets from 0 (UTF-16 code units). */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** A half-open stretch of one source (a file name, or "" when there is only one). */
export interface Span {
  readonly source: string;
  readonly start: Position;
  readonly end: Position;
}

export type Severity = 'error' | 'warning';

export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly at: Span;
  /** The real values that the sentence and its remedy name. */
  readonly facts: Readonly<Record<string, string>>;
  /** Every other place that has a part in it, with a note key understood by `messages.ts`. */
  readonly related: readonly { readonly at: Span; readonly note: string }[];
}
