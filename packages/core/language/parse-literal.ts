// SPDX-License-Identifier: Apache-2.0
// Literals: money, numbers, percents, texts, dates, durations, amounts of an asset, yes, no, open.
import type { Cursor } from './cursor.ts';
import type { Literal } from './tree.ts';

const durationUnit = /^(year|month|week|day)s?$/;

/** The literal that comes next, with its sign, or null when none does. */
export function takeLiteral(cursor: Cursor): Literal | null {
  const start = cursor.peek().at;
  const isNegative = cursor.at('-');
  const first = cursor.peek(isNegative ? 1 : 0);
  const sign = isNegative ? '-' : '';
  if (first.kind === 'currency') {
    const hasInnerSign = !isNegative && cursor.at('-', 1);
    const digits = cursor.peek(isNegative || hasInnerSign ? 2 : 1);
    if (digits.kind !== 'number') return null;
    while (cursor.next() !== digits);
    const number = `${sign}${hasInnerSign ? '-' : ''}${digits.text}`;
    return { kind: 'money', currency: first.text, number, at: cursor.from(start) };
  }
  if (first.kind === 'percent' || first.kind === 'number') {
    while (cursor.next() !== first);
    if (first.kind === 'percent')
      return { kind: 'percent', number: sign + first.text, at: cursor.from(start) };
    return afterNumber(cursor, sign, first.text, start);
  }
  if (isNegative) return null;
  const at = first.at;
  if (first.kind === 'text') {
    cursor.next();
    return { kind: 'text', text: first.text, at };
  }
  if (first.kind === 'date') {
    cursor.next();
    return { kind: 'date', iso: first.text, at };
  }
  if (cursor.take('yes')) return { kind: 'yesNo', value: true, at };
  if (cursor.take('no')) return { kind: 'yesNo', value: false, at };
  if (cursor.take('open')) return { kind: 'open', at };
  return null;
}

/** A number may go on as a duration or as an amount of an asset. */
function afterNumber(cursor: Cursor, sign: string, digits: string, start: Literal['at']): Literal {
  const next = cursor.peek();
  if (next.kind === 'name') {
    cursor.next();
    const asset = { text: next.text, at: next.at };
    return { kind: 'assetAmount', number: sign + digits, asset, at: cursor.from(start) };
  }
  if (sign === '' && next.kind === 'word' && durationUnit.test(next.text)) {
    const parts = [`${digits} ${cursor.next().text}`];
    while (cursor.peek().kind === 'number' && durationUnit.test(cursor.peek(1).text)) {
      parts.push(`${cursor.next().text} ${cursor.next().text}`);
    }
    return { kind: 'duration', text: parts.join(' '), at: cursor.from(start) };
  }
  return { kind: 'number', number: sign + digits, at: cursor.from(start) };
}

/** A literal or a failure. A name stands for itself. */
export function literal(cursor: Cursor): Literal {
  const found = takeLiteral(cursor);
  if (found !== null) return found;
  const token = cursor.peek();
  if (token.kind !== 'name')
    return cursor.fail('a value such as USD 1,000, 5%, 90 days, 2026-01-31 or "text"', []);
  cursor.next();
  return { kind: 'named', name: { text: token.text, at: token.at }, at: token.at };
}
