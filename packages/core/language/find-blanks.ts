// SPDX-License-Identifier: Apache-2.0
// Blanks `[value : Name]` in the prose, found before Markdown reads it. The last " : " separates value and name, so times,
// ratios and addresses work as values. Captions `[table : Name]` have the same form.

import { Cursor } from './cursor.ts';
import { readTokens } from './lexer.ts';
import type { Piece } from './markdown.ts';
import { takeLiteral } from './parse-literal.ts';
import { openReading, type Reading } from './reading.ts';
import type { Token } from './token.ts';
import type { BlankTree, Literal, Name } from './tree.ts';

/** A blank as found in the text, before anything is said about it. */
export interface FoundBlank {
  readonly start: number;
  readonly end: number;
  /** Between the opening bracket and the last " : ", as written. */
  readonly value: string;
  readonly name: string;
  readonly nameStart: number;
}

const pattern = /\[([^[\]\r\n]*(?:(?:\r\n|\n|\r)(?![ \t]*(?:\r|\n))[^[\]\r\n]*)?)\]/g;

/** Every stretch in brackets that has a " : " in it. */
export function findBlanks(text: string): readonly FoundBlank[] {
  const found: FoundBlank[] = [];
  for (const match of text.matchAll(pattern)) {
    const inside = match[1] ?? '';
    const separator = lastSeparator(inside);
    if (separator === null) continue;
    const after = inside.slice(separator.end);
    const name = after.trim();
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      value: inside.slice(0, separator.start).trim().replace(/\s+/g, ' '),
      name: name.replace(/\s+/g, ' '),
      nameStart: match.index + 1 + separator.end + after.length - after.trimStart().length,
    });
  }
  return found;
}

function lastSeparator(inside: string): { readonly start: number; readonly end: number } | null {
  let last = null;
  for (const match of inside.matchAll(/(?<=^|\s):(?=\s|$)/g))
    last = { start: match.index, end: match.index + 1 };
  return last;
}

/** The text with every blank replaced by letters of the same length; line ends stay. */
export function withoutBlanks(text: string, blanks: readonly FoundBlank[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of blanks) {
    parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\r\n]/g, 'x'));
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('').replace(/^\ufeff/, ' ');
}

/** Reads a blank and reports what is wrong with it. Null when it has no usable name. */
export function readBlank(
  reading: Reading,
  found: FoundBlank,
  around: Piece | undefined,
  section: number,
): BlankTree | null {
  const at = reading.span(found.start, found.end);
  const written = reading.text.slice(found.start, found.end);
  checkSurroundings(reading, found, around, written);
  const name = blankName(reading, found);
  if (name === null) return null;
  const { value, typeHint } = blankValue(reading, found);
  return { text: found.value, value, typeHint, name, section, at };
}

function checkSurroundings(
  reading: Reading,
  found: FoundBlank,
  around: Piece | undefined,
  blank: string,
): void {
  const at = reading.span(found.start, found.end);
  const { text } = reading;
  const next = text[found.end] ?? '';
  const lineStart = text.slice(Math.max(0, found.start - 4), found.start);
  const isAtStart = /(?:^|[\r\n]) {0,3}$/.test(found.start < 4 ? lineStart : lineStart);
  const definition = /^:[ \t]*\S+[ \t]*(?:["'(].*)?(?:\r|\n|$)/.test(text.slice(found.end, found.end + 400));
  if (next === '(' || (next === ':' && isAtStart && definition)) {
    reading.report('blank_reads_as_link', at, { blank, next });
  }
  if (around?.kind === 'table' && blank.includes('|')) reading.report('blank_cut_by_table', at, { blank });
}

/** The name of a blank or caption; reports one that is missing or not in Capitalised Words. */
export function blankName(reading: Reading, found: FoundBlank): Name | null {
  const at = reading.span(found.nameStart, found.nameStart + found.name.length);
  if (found.name === '') {
    const whole = reading.span(found.start, found.end);
    reading.report('blank_without_name', whole, { blank: reading.text.slice(found.start, found.end) });
    return null;
  }
  const tokens: Token[] = [];
  const place = { start: found.nameStart, end: found.end - 1 };
  readTokens(reading, place.start, place.end, tokens);
  const only = tokens.length === 1 ? tokens[0] : undefined;
  if (only?.kind === 'name') return { text: only.text, at: only.at };
  const lower =
    tokens.find((token) => token.kind === 'word') ?? tokens.find((token) => token.kind !== 'name');
  reading.report('name_with_lowercase', at, {
    name: found.name,
    word: lower?.text ?? found.name,
    suggestion: found.name
      .split(' ')
      .filter((part) => !/^(of|for|and|to|in|on|per|from|the|a|an)$/.test(part))
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
      .join(' '),
  });
  return null;
}

const typeHints =
  /^(?:([A-Z]{3})|text|number|count|percent|date|duration|party|yes or no)?\s*(?:…|\.\.\.|_{2,})?$/;
const looksLikeLiteral =
  /^(?:[A-Z]{3}\s*[-−]?\s*[\d.,]+|[-−]?\d[\d.,]*\s*%?|\d{4}-\d{1,2}-\d{1,2}|\d+ (?:years?|months?|weeks?|days?)\b.*|["“].*)$/;

function blankValue(reading: Reading, found: FoundBlank): { value: Literal | null; typeHint: string | null } {
  if (typeHints.test(found.value)) {
    const hint = found.value.replace(/\s*(?:…|\.\.\.|_+)$/, '');
    return { value: null, typeHint: hint === '' ? null : hint };
  }
  const start = found.start + 1;
  const end = start + reading.text.slice(start, found.nameStart).lastIndexOf(':');
  const isLiteral = looksLikeLiteral.test(found.value);
  // Prose such as "Northwind Hardware Inc." is a value too, so its characters are read without reporting them.
  const quiet = isLiteral ? reading : { ...reading, report: () => undefined };
  const tokens: Token[] = [];
  const lines = reading.text.slice(start, end).matchAll(/[^\r\n]+/g);
  const before = reading.diagnostics.length;
  for (const line of lines)
    readTokens(quiet, start + line.index, start + line.index + line[0].length, tokens);
  const at = reading.span(start, end);
  tokens.push({ kind: 'end', text: '', at: reading.span(end, end) });
  const cursor = new Cursor(quiet, tokens);
  const value = takeLiteral(cursor);
  if (value !== null && cursor.atEndOfRow()) return { value, typeHint: null };
  if (isLiteral && reading.diagnostics.length === before) {
    reading.report('literal_malformed', at, {
      literal: found.value,
      kind: 'a value that the language knows',
      example: 'USD 50,000, 5%, 90 days, 2026-01-31 or 40',
    });
  }
  const only = tokens.length === 2 ? tokens[0] : undefined;
  if (only?.kind === 'name') {
    return { value: { kind: 'named', name: { text: only.text, at: only.at }, at: only.at }, typeHint: null };
  }
  return { value: { kind: 'text', text: found.value, at }, typeHint: null };
}

/** A text on its own, for values that do not stand in a document: `"4.75%"`, `"90 days"`. Null when it is no literal. */
export function literalOf(text: string): Literal | null {
  const reading = openReading(text, '');
  const tokens: Token[] = [];
  readTokens(reading, 0, text.length, tokens);
  tokens.push({ kind: 'end', text: '', at: reading.span(text.length, text.length) });
  const cursor = new Cursor(reading, tokens);
  const value = takeLiteral(cursor);
  return value !== null && cursor.atEndOfRow() && reading.diagnostics.length === 0 ? value : null;
}
