// SPDX-License-Identifier: Apache-2.0
// A fenced block → statements. A line at the margin starts a statement; a deeper line under a head with a colon is a row,
// unless it starts with a word or sign that continues the row above; other deeper lines continue the head.
import { Cursor } from './cursor.ts';
import { readTokens } from './lexer.ts';
import { nearest } from './nearest.ts';
import { statement } from './parse-statement.ts';
import type { Reading } from './reading.ts';
import type { Token } from './token.ts';
import type { Statement } from './tree.ts';

/** The keys of policies. */
export const policyKeys: readonly string[] = [
  'calendar',
  'rounding',
  'late facts',
  'returns',
  'amendments',
  'proration',
  'attribution',
  'semantics',
];

const continues = /^(?:(?:and|or)\b|[+\-−–×*÷/])/;

/** Words that start rows: with a colon after them they are no policy. */
const rowStarts = /^(up|below|above|from|otherwise|at|gives|on|example|table|status|each|a|an|the|later)\b/;

export interface Line {
  readonly start: number;
  readonly end: number;
  readonly isDeep: boolean;
}

/** The lines with something on them between two offsets; deep when indented by more than `margin` characters. */
export function linesBetween(text: string, start: number, end: number, margin: number): readonly Line[] {
  const lines: Line[] = [];
  const pattern = /[^\r\n]+/g;
  pattern.lastIndex = start;
  for (let match = pattern.exec(text); match !== null && match.index < end; match = pattern.exec(text)) {
    const content = match[0].trimEnd();
    const indent = content.length - content.trimStart().length;
    if (content.trim() === '') continue;
    lines.push({ start: match.index + indent, end: match.index + content.length, isDeep: indent > margin });
  }
  return lines;
}

/** Lines grouped into statements: each group starts with a line at the margin (or with the block). */
export function statementsOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const groups: Line[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (group === undefined || !line.isDeep) groups.push([line]);
    else group.push(line);
  }
  return groups;
}

export function parseBlock(
  reading: Reading,
  start: number,
  end: number,
  margin: number,
): readonly Statement[] {
  return statementsOf(linesBetween(reading.text, start, end, margin)).flatMap((lines) => {
    const found = policy(reading, lines) ?? statement(new Cursor(reading, tokensOf(reading, lines)));
    return found === null ? [] : [found];
  });
}

/** The tokens of one statement, with a token between rows and one at the end. */
export function tokensOf(reading: Reading, lines: readonly Line[]): readonly Token[] {
  const tokens: Token[] = [];
  let hasColon = false;
  for (const line of lines) {
    const opening = reading.text.slice(line.start, line.end);
    if (hasColon && !continues.test(opening)) {
      tokens.push({ kind: 'row', text: '', at: reading.span(line.start, line.start) });
    }
    readTokens(reading, line.start, line.end, tokens);
    hasColon ||= tokens.some((token) => token.kind === 'sign' && token.text === ':');
  }
  const last = lines.at(-1);
  tokens.push({ kind: 'end', text: '', at: reading.span(last?.end ?? 0, last?.end ?? 0) });
  return tokens;
}

/** A policy `key: sentence`, whose sentence is kept as written; null when the lines are another statement. */
export function policy(reading: Reading, lines: readonly Line[]): Statement | null {
  const first = lines[0];
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return null;
  const match = /^([a-z]+(?: [a-z]+)*)\s*:\s*/.exec(reading.text.slice(first.start, last.end));
  const key = match?.[1];
  if (match === null || key === undefined || rowStarts.test(key)) return null;
  if (!policyKeys.includes(key)) {
    reading.report('policy_unknown', reading.span(first.start, first.start + key.length), {
      key,
      known: policyKeys.join(', '),
      suggestion: nearest(key, policyKeys) ?? '',
    });
  }
  const from = first.start + match[0].length;
  const sentence = reading.text.slice(from, last.end).replace(/\s+/g, ' ');
  const at = reading.span(first.start, last.end);
  return { kind: 'policy', key, sentence, sentenceAt: reading.span(Math.min(from, last.end), last.end), at };
}
