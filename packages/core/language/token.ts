// SPDX-License-Identifier: Apache-2.0
// The smallest pieces of a formula. A name is one token however many Capitalised words it has; a word of ours is lower
// case; a new row is a token of its own, so that nothing ever reads across the end of a row.
import type { Span } from '../program/diagnostic.ts';

export type TokenKind =
  | 'name'
  | 'word'
  | 'currency'
  | 'number'
  | 'percent'
  | 'date'
  | 'span'
  | 'text'
  | 'sign'
  | 'row'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Normal form: text without quotation marks, digits without commas, `+ - * / ( ) , ; :` for signs. */
  readonly text: string;
  readonly at: Span;
}

/** What a person would call the token: `"of"`, the name "Base Rate", the end of the row. */
export function tokenText(token: Token): string {
  switch (token.kind) {
    case 'row':
      return 'the end of the row';
    case 'end':
      return 'the end of the statement';
    case 'name':
      return `the name "${token.text}"`;
    case 'text':
      return `the text "${token.text}"`;
    case 'percent':
      return `"${token.text}%"`;
    case 'word':
    case 'currency':
    case 'number':
    case 'date':
    case 'span':
    case 'sign':
      return `"${token.text}"`;
  }
}
