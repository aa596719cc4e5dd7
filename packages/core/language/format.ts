// SPDX-License-Identifier: Apache-2.0
// The formatter: every statement with one space between its words, rows indented by four, straight quotes, − × ÷. Lines and prose
// stay where they are. A block with a mistake in it is left alone, so formatting never changes what a text means.
import { statementBlock } from './check-fences.ts';
import { findBlanks, withoutBlanks } from './find-blanks.ts';
import { readTokens } from './lexer.ts';
import { documentLengthMax } from './limits.ts';
import { piecesOf } from './markdown.ts';
import { parseDocument } from './parse.ts';
import { type Line, linesBetween, policy, statementsOf } from './parse-block.ts';
import { openReading, type Reading } from './reading.ts';
import type { Token } from './token.ts';

export { printExpr } from './print-expression.ts';

const rowIndent = 4;
const shownSigns: Readonly<Record<string, string>> = { '-': '−', '*': '×', '/': '÷' };

/** The same document with its statements in normal form; formatting twice changes nothing more. */
export function formatDocument(text: string, source: string): string {
  if (text.length > documentLengthMax) return text;
  const faults = parseDocument(text, source).diagnostics.map(({ at }) => at.start.offset);
  const reading = openReading(text, source);
  const parts: string[] = [];
  let at = 0;
  for (const piece of piecesOf(withoutBlanks(text, findBlanks(text)))) {
    const fence = piece.kind === 'code' ? statementBlock(reading, piece) : null;
    if (fence === null || faults.some((offset) => offset >= piece.start && offset <= piece.end)) continue;
    const margin = ' '.repeat(fence.margin);
    for (const group of statementsOf(linesBetween(text, fence.start, fence.end, fence.margin))) {
      const isPolicy = policy(reading, group) !== null;
      for (const line of group) {
        const lineStart = startOfLine(text, line.start);
        const content = isPolicy
          ? text.slice(line.start, line.end).replace(/\s+/g, ' ')
          : formatLine(reading, line);
        parts.push(text.slice(at, lineStart), margin, line.isDeep ? ' '.repeat(rowIndent) : '', content);
        at = line.end;
        while (text[at] === ' ' || text[at] === '\t') at++;
      }
    }
  }
  parts.push(text.slice(at));
  return parts.join('');
}

function startOfLine(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}

function formatLine(reading: Reading, line: Line): string {
  const tokens: Token[] = [];
  readTokens(reading, line.start, line.end, tokens);
  const parts: string[] = [];
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    if (before !== undefined && isSpaced(before, token, tokens[index - 2])) parts.push(' ');
    parts.push(shown(reading, token));
  });
  return parts.join('');
}

function shown(reading: Reading, token: Token): string {
  if (token.kind === 'text') return `"${token.text}"`;
  if (token.kind === 'percent') return written(reading, token).replace(/\s+%$/, '%');
  if (token.kind === 'number') return written(reading, token);
  return token.kind === 'sign' ? (shownSigns[token.text] ?? token.text) : token.text;
}

/** Digits as the author grouped them. */
function written(reading: Reading, token: Token): string {
  return reading.text.slice(token.at.start.offset, token.at.end.offset);
}

function isSpaced(before: Token, token: Token, beforeThat: Token | undefined): boolean {
  if (token.kind === 'sign' && /^[,;:)]$/.test(token.text)) return false;
  if (before.kind !== 'sign') return true;
  if (before.text === '(') return false;
  return before.text !== '-' || !isUnary(beforeThat);
}

/** A minus is the sign of what follows, unless it stands after something that can be lessened. */
function isUnary(before: Token | undefined): boolean {
  if (before === undefined) return false;
  if (before.kind === 'sign') return before.text !== ')';
  return before.kind === 'currency' || (before.kind === 'word' && before.text !== 'it');
}
