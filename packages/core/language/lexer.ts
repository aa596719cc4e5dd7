// SPDX-License-Identifier: Apache-2.0
// Characters → tokens, one stretch of a line at a time. It never stops: what it cannot read it reports and leaves out.
// Curly quotes and the signs − × ÷ are the same as straight quotes and - * /. Thousands commas are removed.

import { currencyDecimals } from '../values/currencies.ts';
import { parseIsoDay } from '../values/date.ts';
import type { Reading } from './reading.ts';
import type { Token, TokenKind } from './token.ts';

/** Words that start sentences and so never start a name. */
const sentenceStarters = new Set(['The', 'A', 'An', 'If', 'Each', 'No']);

const space = /[\s\u00a0]+/y;
const date = /\d{4}-\d{1,2}-\d{1,2}(?![\w-])/y;
const periodSpan = /\d{4}-(?:Q[1-4]|H[12]|W\d{2}|\d{2})(?![\w-])/y;
/** A fiscal or retail year, or a part of it: FY2026, FY2026-Q1, FY2026-P03. */
const fiscalSpan = /FY\d{4}(?:-(?:Q[1-4]|H[12]|[WP]\d{2}))?(?![\w-])/y;
const number = /\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)|\d+(?:\.\d+)?/y;
const numberTail = /[\w.,]*\w/y;
const capital = /\p{Lu}[\p{L}\p{M}\p{N}_]*(?:[-’'][\p{L}\p{N}]+)*/uy;
const word = /[\p{L}_][\p{L}\p{M}\p{N}_]*(?:[-’'][\p{L}\p{N}]+)*/uy;
const text = /"([^"\r\n]*)"|[“”„]([^"“”\r\n]*)["“”]/y;
const signs: Readonly<Record<string, string>> = {
  '+': '+',
  '-': '-',
  '−': '-',
  '–': '-',
  '*': '*',
  '×': '*',
  '/': '/',
  '÷': '/',
  '(': '(',
  ')': ')',
  ',': ',',
  ';': ';',
  ':': ':',
};

/** Appends the tokens of the text between two offsets of one line. */
export function readTokens(reading: Reading, start: number, end: number, tokens: Token[]): void {
  const source = reading.text.slice(0, end);
  let at = start;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    return found === null ? null : found[0];
  };
  const push = (kind: TokenKind, value: string, length: number): void => {
    tokens.push({ kind, text: value, at: reading.span(at, at + length) });
    at += length;
  };
  while (at < end) {
    const gap = match(space);
    if (gap !== null) {
      at += gap.length;
      continue;
    }
    const digit = source.charCodeAt(at);
    if (digit >= 48 && digit <= 57) {
      const found = match(date) ?? match(periodSpan);
      if (found !== null) {
        const isDate = found.indexOf('-', 5) > 0;
        if (isDate && parseIsoDay(found) === null)
          reading.report('date_does_not_exist', reading.span(at, at + found.length), { date: found });
        push(isDate ? 'date' : 'span', found, found.length);
        continue;
      }
      readNumber();
      continue;
    }
    const fiscal = match(fiscalSpan);
    if (fiscal !== null) {
      push('span', fiscal, fiscal.length);
      continue;
    }
    const quoted = match(text);
    if (quoted !== null) {
      push('text', quoted.slice(1, -1), quoted.length);
      continue;
    }
    const character = String.fromCodePoint(source.codePointAt(at) ?? 32);
    if (/["“”„]/.test(character)) {
      reading.report('text_not_closed', reading.span(at, end), { text: source.slice(at, end).trim() });
      push('text', source.slice(at + 1, end).trim(), end - at);
      continue;
    }
    const sign = signs[character];
    if (sign !== undefined) {
      push('sign', sign, character.length);
      continue;
    }
    const capitalised = match(capital);
    if (capitalised !== null) {
      readName(capitalised);
      continue;
    }
    const lower = match(word);
    if (lower !== null) push('word', lower, lower.length);
    else push('sign', character, character.length);
  }

  function readNumber(): void {
    const digits = match(number) ?? '';
    const wholeStart = at;
    const percentAt =
      source[at + digits.length] === '%' ? 1 : source.startsWith(' %', at + digits.length) ? 2 : 0;
    if (percentAt > 0) {
      push('percent', digits.replaceAll(',', ''), digits.length + percentAt);
      return;
    }
    const tail = match(numberTail) ?? digits;
    if (tail.length > digits.length) {
      reading.report('literal_malformed', reading.span(wholeStart, wholeStart + tail.length), {
        literal: tail,
        kind: 'a number',
        example: '1,250.50',
      });
      push('number', digits.replaceAll(',', ''), tail.length);
      return;
    }
    push('number', digits.replaceAll(',', ''), digits.length);
  }

  function readName(first: string): void {
    if (currencyDecimals.has(first)) {
      push('currency', first, first.length);
      return;
    }
    const nameStart = at;
    const parts = [first];
    let nameEnd = at + first.length;
    for (;;) {
      at = nameEnd;
      const gap = match(space);
      if (gap === null) break;
      at = nameEnd + gap.length;
      const next = match(capital);
      if (next === null || currencyDecimals.has(next)) break;
      parts.push(next);
      nameEnd = at + next.length;
    }
    at = nameStart;
    if (sentenceStarters.has(first)) {
      reading.report('name_starts_with_article', reading.span(at, nameEnd), {
        name: parts.join(' '),
        word: first,
        lower: first.toLowerCase(),
      });
    }
    push('name', parts.join(' '), nameEnd - nameStart);
  }
}
