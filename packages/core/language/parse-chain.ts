// SPDX-License-Identifier: Apache-2.0
// Chains: links joined by `of`, with one window, one moment and one least count at the end. They are read right to
// left by the checker; here they keep the order of the text.
import type { Cursor } from './cursor.ts';
import { sum } from './parse-expression.ts';
import { takeLiteral } from './parse-literal.ts';
import type { Expr, FoldWord, Link, Moment, Name, Part, Scope } from './tree.ts';

const folds = new Set(['sum', 'count', 'mean', 'least', 'greatest', 'first', 'last', 'rise']);

/** `part (('who' | 'that') 'are' 'not'? part)?` */
export function chain(cursor: Cursor): Expr {
  const start = cursor.peek().at;
  const first = part(cursor);
  let who: { readonly not: boolean; readonly part: Part } | null = null;
  if (cursor.take('who are') || cursor.take('that are')) {
    const not = cursor.take('not');
    who = { not, part: part(cursor) };
  }
  return { kind: 'chain', part: first, who, at: cursor.from(start) };
}

/** Links, then at most one window, one moment and one least count. */
export function part(cursor: Cursor): Part {
  const start = cursor.peek().at;
  const links = [link(cursor)];
  while (cursor.at('of') && isLinkAhead(cursor)) {
    cursor.next();
    links.push(link(cursor));
  }
  const isBareName = links.length === 1 && links[0]?.kind === 'name' && links[0].article === null;
  const within = scope(cursor);
  const when = moment(cursor, isBareName);
  let leastCount: Expr | null = null;
  if (cursor.at(', of at least')) {
    cursor.expect(', of at least');
    leastCount = sum(cursor);
  }
  return { links, scope: within, moment: when, leastCount, at: cursor.from(start) };
}

/** Words after `of` that belong to the row around the chain. */
function isLinkAhead(cursor: Cursor): boolean {
  return !(
    cursor.sees('of what') ||
    cursor.sees('of usable') ||
    cursor.sees('of its end') ||
    cursor.sees('of the pay') ||
    cursor.sees('of at')
  );
}

export function link(cursor: Cursor): Link {
  const start = cursor.peek().at;
  if (cursor.take('it')) return { kind: 'it', at: start };
  const written = takeLiteral(cursor);
  if (written !== null) return { kind: 'literal', literal: written, at: written.at };
  const article = cursor.take('its') ? 'its' : cursor.take('the') ? 'the' : cursor.takeArticle() ? 'a' : null;
  const token = cursor.peek();
  if (token.kind === 'word' && folds.has(token.text) && article !== 'its' && article !== 'a') {
    cursor.next();
    return { kind: 'fold', fold: token.text as FoldWord, at: cursor.from(start) };
  }
  if (token.kind !== 'name')
    return cursor.fail('a name, a value or a word such as "sum"', [...folds, 'the', 'its']);
  cursor.next();
  const atAnyLevel = cursor.take('at any level');
  const name = { text: token.text, at: token.at };
  return { kind: 'name', article, name, atAnyLevel, at: cursor.from(start) };
}

function isPeriodAfter(cursor: Cursor, words: string): boolean {
  const length = words.split(' ').length;
  return cursor.at(words) && (cursor.periodLength(length) > 0 || cursor.at('period', length));
}

/** The window at the end of a chain, or null. */
export function scope(cursor: Cursor): Scope | null {
  const start = cursor.peek().at;
  if (cursor.take('in the same')) {
    const unit = cursor.period();
    cursor.expect('of the year before');
    return { kind: 'period', unit, shift: 0, yearBefore: true, at: cursor.from(start) };
  }
  if (isPeriodAfter(cursor, 'in the')) {
    cursor.expect('in the');
    return periodScope(cursor, start);
  }
  if (cursor.at('in the')) {
    cursor.expect('in the');
    return rolling(cursor, start);
  }
  if (cursor.take('so far')) return { kind: 'so far', at: cursor.from(start) };
  if (cursor.take('before it')) return { kind: 'before it', at: cursor.from(start) };
  for (const word of ['through', 'before'] as const) {
    if (!isPeriodAfter(cursor, `${word} the`)) continue;
    cursor.expect(`${word} the`);
    return { kind: word, unit: cursor.periodOrAny(), at: cursor.from(start) };
  }
  if (cursor.at('from') && !cursor.sees('from usable')) {
    cursor.expect('from');
    const from = sum(cursor);
    cursor.expect('through');
    return { kind: 'between', from, through: sum(cursor), at: cursor.from(start) };
  }
  if (cursor.take('lasting')) {
    const during =
      moment(cursor, false) ?? cursor.fail('a moment such as "on" or "at the end of the quarter"', []);
    return { kind: 'lasting', moment: during, at: cursor.from(start) };
  }
  return null;
}

function periodScope(cursor: Cursor, start: Scope['at']): Scope {
  const unit = cursor.periodOrAny();
  if (unit !== 'period' && cursor.take('so far')) return { kind: 'so far in', unit, at: cursor.from(start) };
  if (unit !== 'period' && cursor.take('of')) {
    return { kind: 'period of', unit, date: cursor.name('the name of a date'), at: cursor.from(start) };
  }
  const shift = cursor.take('before') ? -1 : 0;
  return { kind: 'period', unit, shift, yearBefore: false, at: cursor.from(start) };
}

function rolling(cursor: Cursor, start: Scope['at']): Scope {
  const length = link(cursor);
  if (cursor.take('before it')) {
    return { kind: 'rolling', length, end: { kind: 'before it' }, at: cursor.from(start) };
  }
  const kind = cursor.take('to the end of the') ? 'to the end of' : 'before';
  if (kind === 'before') cursor.expect('before the');
  return { kind: 'rolling', length, end: { kind, unit: cursor.periodOrAny() }, at: cursor.from(start) };
}

/** The moment at which a dated attribute is read, or null. After a bare name `on` applies a table instead. */
function moment(cursor: Cursor, isBareName: boolean): Moment | null {
  const start = cursor.peek().at;
  if (cursor.take('now')) return { kind: 'now', at: start };
  for (const kind of ['start', 'end'] as const) {
    if (!cursor.take(`at the ${kind} of the`)) continue;
    return { kind, unit: cursor.periodOrAny(), at: cursor.from(start) };
  }
  if (cursor.take('on average over the')) {
    return { kind: 'average', unit: cursor.periodOrAny(), at: cursor.from(start) };
  }
  if (!isBareName && cursor.at('on') && cursor.peek(1).kind === 'name') {
    cursor.next();
    const date: Name = cursor.name();
    return { kind: 'on', date, at: cursor.from(start) };
  }
  return null;
}
