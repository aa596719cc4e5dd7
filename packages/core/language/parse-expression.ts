// SPDX-License-Identifier: Apache-2.0
// Expressions: cases over conditions over comparisons over sums over products over factors. Every function takes exactly
// its own tokens; nesting and width have limits, so reading always ends.
import type { Cursor } from './cursor.ts';
import { operandsMax } from './limits.ts';
import { chain } from './parse-chain.ts';
import { factor } from './parse-factor.ts';
import type { ComparisonWord, Expr, RoundingWords } from './tree.ts';

/** Cases or one sum, with what holds if there is none, and a rounding. */
export function expression(cursor: Cursor): Expr {
  const start = cursor.peek().at;
  let result = sum(cursor);
  if (cursor.at('when')) result = cases(cursor, result);
  if (cursor.take(', or')) {
    const otherwise = sum(cursor);
    cursor.expect('if there is none');
    result = { kind: 'ifNone', of: result, otherwise, at: cursor.from(start) };
  }
  if (cursor.take(', rounded')) {
    result = { kind: 'round', of: result, rounding: rounding(cursor), at: cursor.from(start) };
  }
  return result;
}

function cases(cursor: Cursor, first: Expr): Expr {
  const found: { readonly then: Expr; readonly when: Expr }[] = [];
  let then = first;
  let otherwise: Expr | null = null;
  for (;;) {
    cursor.expect('when');
    found.push({ then, when: condition(cursor) });
    if (cursor.take(', otherwise')) {
      otherwise = sum(cursor);
      break;
    }
    if (!cursor.at(',') || cursor.at(', or') || cursor.at(', rounded')) break;
    cursor.expect(',');
    then = sum(cursor);
  }
  return { kind: 'cases', cases: found, otherwise, at: cursor.from(first.at) };
}

/** Comparisons joined by `and`, or by `or`; never by both. */
export function condition(cursor: Cursor): Expr {
  const first = comparison(cursor);
  const parts = [first];
  let connective: 'and' | 'or' | null = null;
  let connectiveAt = first.at;
  while (cursor.at('and') || cursor.at('or')) {
    const token = cursor.next();
    const word = token.text === 'and' ? 'and' : 'or';
    if (connective !== null && connective !== word) {
      cursor.failWith('and_or_mixed', token.at, {}, [{ at: connectiveAt, note: 'first_connective' }]);
    }
    if (connective === null) connectiveAt = token.at;
    connective = word;
    parts.push(comparison(cursor));
    limitOperands(cursor, parts.length);
  }
  return connective === null ? first : { kind: connective, parts, at: cursor.from(first.at) };
}

const comparisons: readonly ComparisonWord[] = [
  'at least',
  'at most',
  'more than',
  'less than',
  'not',
  'within',
];

function comparison(cursor: Cursor): Expr {
  const start = cursor.peek().at;
  if (cursor.take('there is')) {
    const not = cursor.expectOne(['a', 'an', 'no']) === 'no';
    return { kind: 'exists', not, set: chain(cursor), at: cursor.from(start) };
  }
  const left = sum(cursor);
  if (!cursor.take('is') && !cursor.take('are')) cursor.fail('"is"', ['is', 'are']);
  if (cursor.take('one of')) {
    return { kind: 'oneOf', left, options: options(cursor), at: cursor.from(start) };
  }
  if (cursor.take('from')) {
    const from = sum(cursor);
    cursor.expect('through');
    return { kind: 'range', left, from, through: sum(cursor), at: cursor.from(start) };
  }
  const word = comparisons.find((phrase) => cursor.take(phrase)) ?? 'is';
  return { kind: 'compare', comparison: word, left, right: sum(cursor), at: cursor.from(start) };
}

/** `"A", "B" or "C"`: goes on while what follows the comma or `or` is no new case and no new comparison. */
function options(cursor: Cursor): readonly Expr[] {
  const found = [sum(cursor)];
  for (;;) {
    const isComma = cursor.at(',');
    if (!isComma && !cursor.at('or')) break;
    const skipped = cursor.at(', or') ? 2 : 1;
    if (isOtherwiseAhead(cursor, skipped) || isWordBeforeBreak(cursor, skipped, ['when', 'is', 'are', 'if']))
      break;
    for (let count = 0; count < skipped; count++) cursor.next();
    found.push(sum(cursor));
  }
  return found;
}

function isOtherwiseAhead(cursor: Cursor, ahead: number): boolean {
  return cursor.at('otherwise', ahead) || cursor.at('rounded', ahead);
}

/** True when one of the words comes before the next comma, `and`, `or` or end of the row. */
export function isWordBeforeBreak(cursor: Cursor, from: number, words: readonly string[]): boolean {
  for (let ahead = from; ; ahead++) {
    const token = cursor.peek(ahead);
    if (token.kind === 'row' || token.kind === 'end') return false;
    if (token.kind === 'sign' && /^[,;:]$/.test(token.text)) return false;
    if (token.kind !== 'word') continue;
    if (words.includes(token.text)) return true;
    if (token.text === 'and' || token.text === 'or') return false;
  }
}

export function sum(cursor: Cursor): Expr {
  const start = cursor.peek().at;
  let left = product(cursor);
  for (let count = 1; cursor.at('+') || cursor.at('-'); count++) {
    limitOperands(cursor, count);
    const operator = cursor.next().text === '+' ? '+' : '-';
    left = { kind: 'binary', operator, left, right: product(cursor), at: cursor.from(start) };
  }
  return left;
}

function product(cursor: Cursor): Expr {
  const start = cursor.peek().at;
  let left = signed(cursor);
  for (let count = 1; cursor.at('*') || cursor.at('/'); count++) {
    limitOperands(cursor, count);
    const operator = cursor.next().text === '*' ? '*' : '/';
    left = { kind: 'binary', operator, left, right: signed(cursor), at: cursor.from(start) };
  }
  return left;
}

/** A minus before a name or a bracket; a minus before a number belongs to the literal. */
function signed(cursor: Cursor): Expr {
  const start = cursor.peek().at;
  const isLiteral = /^(number|percent|currency)$/.test(cursor.peek(1).kind);
  if (!cursor.at('-') || isLiteral) return factor(cursor);
  cursor.next();
  const of = cursor.nested(() => signed(cursor));
  return { kind: 'negative', of, at: cursor.from(start) };
}

function limitOperands(cursor: Cursor, count: number): void {
  if (count < operandsMax) return;
  cursor.failWith('too_deep', cursor.peek().at, { what: 'joins parts', limit: String(operandsMax) });
}

/** After the word `rounded`. */
export function rounding(cursor: Cursor): RoundingWords {
  const start = cursor.peek().at;
  const direction = cursor.take('up') ? 'up' : cursor.take('down') ? 'down' : null;
  cursor.expect('to');
  if (cursor.take('the nearest')) {
    return { direction, to: { kind: 'nearest', step: sum(cursor) }, at: cursor.from(start) };
  }
  if (cursor.take('the cent')) return { direction, to: { kind: 'cent' }, at: cursor.from(start) };
  if (cursor.take('the whole')) {
    const token = cursor.peek();
    const isNoun =
      token.kind === 'currency' || token.kind === 'name' || cursor.at('percent') || cursor.at('number');
    if (!isNoun) cursor.fail('a currency, an asset, "percent" or "number"', ['percent', 'number']);
    cursor.next();
    return { direction, to: { kind: 'whole', noun: token.text }, at: cursor.from(start) };
  }
  const count = cursor.peek();
  if (count.kind !== 'number' || !/^\d{1,2}$/.test(count.text)) {
    cursor.fail('"the cent", "the whole …", "the nearest …" or a number of decimals', ['the']);
  }
  cursor.next();
  cursor.expectOne(['decimals', 'decimal']);
  return { direction, to: { kind: 'decimals', count: Number(count.text) }, at: cursor.from(start) };
}
