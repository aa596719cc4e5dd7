// SPDX-License-Identifier: Apache-2.0
// What stands at a place, for an editor: what a name is and how it is declared, and what a word of the language does.
// Works in broken text and never throws.
import type { Span } from '../program/diagnostic.ts';
import type { DeclaredName } from './declared-names.ts';
import { findBlanks } from './find-blanks.ts';
import { readTokens } from './lexer.ts';
import { blocksIn, namesIn } from './open-text.ts';
import { openReading } from './reading.ts';
import type { Token } from './token.ts';
import { wordSentences } from './word-sentences.ts';

/** `at` is the whole name or word; `text` may have several lines. */
export interface Hover {
  readonly at: Span;
  readonly title: string;
  readonly text: string;
}

/** What the name or word at the offset is; null where there is none. */
export function hoverAt(text: string, offset: number): Hover | null {
  const reading = { ...openReading(text, ''), report: () => undefined };
  const blocks = blocksIn(text);
  const block = blocks.find(({ start, end }) => start <= offset && offset <= end);
  if (block === undefined) {
    const blank = findBlanks(text).find(({ start, end }) => start <= offset && offset < end);
    if (blank === undefined) return null;
    const name = namesIn(text, blocks).find((one) => one.text === blank.name);
    return name === undefined ? null : hoverOf(name, reading.span(blank.start, blank.end), name.text);
  }
  const start = Math.max(block.start, text.lastIndexOf('\n', offset - 1) + 1);
  const next = text.indexOf('\n', offset);
  const tokens: Token[] = [];
  readTokens(reading, start, Math.min(block.end, next < 0 ? text.length : next), tokens);
  const token = tokens.find(({ at }) => at.start.offset <= offset && offset < at.end.offset);
  if (token === undefined) return null;
  if (token.kind === 'name' || token.kind === 'text') {
    const names = namesIn(text, blocks);
    const isClause = token.kind === 'text';
    const found = names.find((one) => one.text === token.text && (one.sort === 'clause') === isClause);
    const single =
      found?.sort === 'set' ? names.find((one) => one.text === found.of && one.sort !== 'set') : null;
    return found === undefined ? null : hoverOf(single ?? found, token.at, single?.text ?? found.text);
  }
  const sentence = token.kind === 'word' ? wordSentences[token.text] : undefined;
  return sentence === undefined ? null : { at: token.at, title: token.text, text: sentence };
}

function hoverOf(name: DeclaredName, at: Span, title: string): Hover {
  return { at, title, text: name.body === '' ? name.detail : `${name.detail}\n${name.body}` };
}
