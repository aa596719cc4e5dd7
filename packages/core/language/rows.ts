// SPDX-License-Identifier: Apache-2.0
// The rows of a statement: each is read on its own, so a slip in one leaves the others whole.
import { type Cursor, SyntaxFault } from './cursor.ts';
import { nearest } from './nearest.ts';
import { tokenText } from './token.ts';

/** Reads every row that is left, skipping to the next one after a slip. */
export function eachRow(cursor: Cursor, read: () => void): void {
  if (!cursor.atEndOfRow()) read();
  while (cursor.peek().kind === 'row') {
    cursor.next();
    try {
      read();
      cursor.expectEndOfRow();
    } catch (fault) {
      if (!(fault instanceof SyntaxFault)) throw fault;
      cursor.skipRow();
    }
  }
}

/** Fails because no row of this statement starts like this one. */
export function failRow(cursor: Cursor, statement: string, starts: readonly string[]): never {
  const token = cursor.peek();
  const words = starts.map((start) => start.split(' ')[0] ?? '');
  const near = token.kind === 'word' ? nearest(token.text, words) : null;
  return cursor.failWith('row_not_understood', token.at, {
    statement,
    found: tokenText(token),
    expected: starts.join(', '),
    suggestion: starts.find((start) => near !== null && start.startsWith(near)) ?? '',
  });
}
