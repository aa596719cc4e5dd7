// SPDX-License-Identifier: Apache-2.0
// Factors: brackets, tables applied to measures, rates per step, spans between dates, dates after dates, places in a ranking,
// balances, other clauses; and else a chain.
import type { Cursor } from './cursor.ts';
import { chain, link, scope } from './parse-chain.ts';
import { expression, isWordBeforeBreak } from './parse-expression.ts';
import type { Expr, Part } from './tree.ts';

export function factor(cursor: Cursor): Expr {
  return cursor.nested(() => {
    const start = cursor.peek().at;
    const inner = unprorated(cursor);
    if (!cursor.take('prorated by')) return inner;
    const by = cursor.expectOne(['days', 'whole months']);
    return { kind: 'prorated', of: inner, by, at: cursor.from(start) };
  });
}

function unprorated(cursor: Cursor): Expr {
  const start = cursor.peek().at;
  if (cursor.at('(')) return group(cursor);
  for (const unit of ['days', 'months'] as const) {
    if (!cursor.take(`${unit} from`)) continue;
    const from = dateOperand(cursor);
    cursor.expect('to');
    return { kind: 'elapsed', unit, from, to: dateOperand(cursor), at: cursor.from(start) };
  }
  return special(cursor) ?? postfix(cursor, start);
}

function group(cursor: Cursor): Expr {
  const opening = cursor.next();
  const shiftAllowed = cursor.shiftAllowed;
  const perAllowed = cursor.perAllowed;
  cursor.shiftAllowed = true;
  cursor.perAllowed = true;
  const of = expression(cursor);
  cursor.shiftAllowed = shiftAllowed;
  cursor.perAllowed = perAllowed;
  if (cursor.atEndOfRow() || cursor.at(':')) {
    const found = cursor.at(':') ? '":"' : 'the end of the row';
    cursor.failWith('bracket_not_closed', cursor.peek().at, { found }, [
      { at: opening.at, note: 'opened_here' },
    ]);
  }
  cursor.expect(')');
  return { kind: 'group', of, at: cursor.from(opening.at) };
}

/** A date or a shifted date, without a window after it. */
function dateOperand(cursor: Cursor): Expr {
  const start = cursor.peek().at;
  return cursor.nested(() => special(cursor) ?? postfix(cursor, start));
}

/** Factors that start with a word of ours, after an optional `the`; or null. */
function special(cursor: Cursor): Expr | null {
  const start = cursor.peek().at;
  const skipped = cursor.at('the') ? 1 : 0;
  for (const kind of ['lesser', 'greater'] as const) {
    if (!cursor.at(`${kind} of`, skipped)) continue;
    takeCount(cursor, skipped + 2);
    const left = factor(cursor);
    cursor.expect('and');
    return { kind, left, right: factor(cursor), at: cursor.from(start) };
  }
  for (const edge of ['start', 'end'] as const) {
    if (!cursor.at(`${edge} of the`, skipped)) continue;
    takeCount(cursor, skipped + 3);
    const unit = cursor.periodOrAny();
    const date = cursor.take('of') ? chain(cursor) : null;
    return { kind: 'edge', edge, unit, date, at: cursor.from(start) };
  }
  if (cursor.at('number of the', skipped)) {
    takeCount(cursor, skipped + 3);
    return { kind: 'ordinal', unit: cursor.period(), at: cursor.from(start) };
  }
  if (cursor.at('amount of', skipped) && cursor.peek(skipped + 2).kind === 'text') {
    takeCount(cursor, skipped + 2);
    const clause = cursor.text();
    return { kind: 'amountOf', clause, scope: scope(cursor), at: cursor.from(start) };
  }
  if (cursor.at('place of', skipped)) {
    takeCount(cursor, skipped + 2);
    const of = chain(cursor);
    cursor.expect('by');
    const lowest = cursor.take('lowest');
    const by = cursor.name();
    return { kind: 'place', of, by, lowest, scope: scope(cursor), at: cursor.from(start) };
  }
  for (const state of ['usable', 'pending'] as const) {
    if (!cursor.at(state, skipped)) continue;
    takeCount(cursor, skipped + 1);
    const asset = cursor.name('the name of an asset');
    const of = cursor.take('of') ? chain(cursor) : null;
    return { kind: 'balance', state, asset, of, at: cursor.from(start) };
  }
  return null;
}

function takeCount(cursor: Cursor, count: number): void {
  for (let taken = 0; taken < count; taken++) cursor.next();
}

/** A chain, and what may follow it: a table's measure, a step, or a date to count from. */
function postfix(cursor: Cursor, start: Expr['at']): Expr {
  const first = chain(cursor);
  if (first.kind !== 'chain' || first.who !== null) return first;
  if (cursor.take('on')) return applied(cursor, first.part, start);
  if (cursor.perAllowed && cursor.at('per')) return stepped(cursor, first.part, start);
  if (!cursor.shiftAllowed) return first;
  for (const direction of ['after', 'before'] as const) {
    if (!cursor.take(direction)) continue;
    const date = dateOperand(cursor);
    return { kind: 'shifted', by: first, direction, date, at: cursor.from(start) };
  }
  return first;
}

/** `Commission Rates on Revenue`, `Payout Matrix on Revenue Achievement and Margin`. */
function applied(cursor: Cursor, table: Part, start: Expr['at']): Expr {
  const on = factor(cursor);
  const isSecondMeasure = cursor.at('and') && !isWordBeforeBreak(cursor, 1, ['is', 'are', 'there']);
  const and = isSecondMeasure ? secondMeasure(cursor) : null;
  return { kind: 'table', table, on, and, at: cursor.from(start) };
}

function secondMeasure(cursor: Cursor): Expr {
  cursor.expect('and');
  return factor(cursor);
}

/** `Earn Rate per whole USD of Total`; a currency alone is one of it. */
function stepped(cursor: Cursor, rate: Part, start: Expr['at']): Expr {
  cursor.expect('per');
  const whole = cursor.take('whole');
  const token = cursor.peek();
  const isCurrencyAlone = token.kind === 'currency' && cursor.peek(1).kind !== 'number';
  if (isCurrencyAlone) cursor.next();
  const first = isCurrencyAlone
    ? ({
        kind: 'literal',
        literal: { kind: 'money', currency: token.text, number: '1', at: token.at },
        at: token.at,
      } as const)
    : link(cursor);
  const at = first.at;
  const step: Expr = {
    kind: 'chain',
    part: { links: [first], scope: null, moment: null, leastCount: null, at },
    who: null,
    at,
  };
  cursor.expect('of');
  return { kind: 'per', rate, whole, step, of: chain(cursor), at: cursor.from(start) };
}
