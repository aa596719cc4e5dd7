// SPDX-License-Identifier: Apache-2.0
// Statements that declare: parties, things, assets, attributes, kinds of facts, derived kinds, values.

import { currencyDecimals } from '../values/currencies.ts';
import type { Cursor } from './cursor.ts';
import { condition, expression, sum } from './parse-expression.ts';
import { eachRow } from './rows.ts';
import type { Expr, FieldTree, Name, PathTree, Statement, Trait, TypeTree } from './tree.ts';

export function party(cursor: Cursor): Statement {
  const start = cursor.peek().at;
  cursor.expect('party');
  return { kind: 'party', name: cursor.declaredName(), at: cursor.from(start) };
}

export function parties(cursor: Cursor): Statement {
  const start = cursor.peek().at;
  const role = cursor.expectOne(['parties', 'things']);
  const names = cursor.list(() => {
    const plural = cursor.declaredName();
    if (!cursor.take('(')) return { plural, singular: null };
    const singular = cursor.declaredName();
    cursor.expect(')');
    return { plural, singular };
  });
  return { kind: 'parties', role, names, at: cursor.from(start) };
}

export function asset(cursor: Cursor): Statement {
  const start = cursor.peek().at;
  cursor.expect('asset');
  const name = cursor.declaredName();
  cursor.expect(',');
  if (cursor.take('whole')) return { kind: 'asset', name, decimals: 0, at: cursor.from(start) };
  if (!cursor.take('with')) cursor.fail('"whole" or "with 2 decimals"', ['whole', 'with']);
  const count = cursor.peek();
  if (count.kind !== 'number' || !/^\d{1,2}$/.test(count.text)) cursor.fail('a number of decimals', []);
  cursor.next();
  cursor.expectOne(['decimals', 'decimal']);
  return { kind: 'asset', name, decimals: Number(count.text), at: cursor.from(start) };
}

/** `each NAME has …`: a kind of fact, or attributes. */
export function has(cursor: Cursor): Statement {
  const start = cursor.peek().at;
  cursor.expect('each');
  const of = cursor.declaredName();
  cursor.expect('has');
  if (cursor.take('at any time')) {
    return { kind: 'attributes', of, fields: cursor.list(() => field(cursor)), at: cursor.from(start) };
  }
  const fields = cursor.list(() => field(cursor));
  const traits: Trait[] = [];
  while (cursor.take(';')) traits.push(trait(cursor));
  return { kind: 'has', of, fields, traits, at: cursor.from(start) };
}

function field(cursor: Cursor): FieldTree {
  const start = cursor.peek().at;
  const one = cursor.take('one');
  const name = cursor.declaredName('the name of a field');
  if (!cursor.take('(')) return { one, name, type: null, mayStayOpen: false, at: cursor.from(start) };
  const type = typeWord(cursor);
  const mayStayOpen = cursor.take(', may stay open');
  if (cursor.atEndOfRow()) {
    cursor.failWith('bracket_not_closed', cursor.peek().at, { found: 'the end of the row' });
  }
  cursor.expect(')');
  return { one, name, type, mayStayOpen, at: cursor.from(start) };
}

const typeWords = ['text', 'number', 'count', 'percent', 'date', 'duration', 'yes or no'] as const;

export function typeWord(cursor: Cursor): TypeTree {
  const start = cursor.peek().at;
  const word = typeWords.find((phrase) => cursor.take(phrase));
  if (word !== undefined) return { kind: 'word', word, at: cursor.from(start) };
  const token = cursor.peek();
  if (token.kind === 'currency' && currencyDecimals.has(token.text)) {
    cursor.next();
    return { kind: 'currency', code: token.text, at: token.at };
  }
  if (token.kind === 'name') return { kind: 'name', name: cursor.name(), at: token.at };
  if (!cursor.take('one of')) {
    cursor.fail(
      'a type: text, number, count, percent, date, duration, yes or no, a currency, a name or one of "…"',
      [...typeWords, 'one'],
    );
  }
  const options = [cursor.text()];
  while (cursor.take(', or') || cursor.take('or') || (cursor.peek(1).kind === 'text' && cursor.take(','))) {
    options.push(cursor.text());
  }
  return { kind: 'oneOf', options, at: cursor.from(start) };
}

function path(cursor: Cursor): PathTree {
  const start = cursor.peek().at;
  const name = cursor.name('the name of a field');
  const ofIts = cursor.take('of its') ? cursor.name() : null;
  return { field: name, ofIts, at: cursor.from(start) };
}

function trait(cursor: Cursor): Trait {
  const start = cursor.peek().at;
  if (cursor.take('counts on')) return { kind: 'counts on', path: path(cursor), at: cursor.from(start) };
  if (cursor.take('lasts from')) {
    const from = cursor.name();
    cursor.expect('through');
    return { kind: 'lasts', from, through: cursor.name(), at: cursor.from(start) };
  }
  if (cursor.take('in order of')) {
    const paths = [path(cursor)];
    while (cursor.take(', then') || cursor.take('then')) paths.push(path(cursor));
    return { kind: 'order', paths, at: cursor.from(start) };
  }
  if (!cursor.take('lowers')) {
    cursor.fail('"counts on", "lasts from", "in order of" or "lowers"', ['counts', 'lasts', 'in', 'lowers']);
  }
  const lowered = cursor.name();
  cursor.expect('of its');
  const linked = cursor.name();
  const by = cursor.take('by') ? cursor.name() : null;
  return { kind: 'lowers', field: lowered, link: linked, by, at: cursor.from(start) };
}

/** `a Won Deal is a Deal whose …`, `a First Deal is the first Won Deal of each Customer`. */
export function derived(cursor: Cursor): Statement {
  const start = cursor.peek().at;
  cursor.expectArticle();
  const name = cursor.declaredName();
  cursor.expect('is');
  const order = cursor.take('the first') ? 'first' : cursor.take('the last') ? 'last' : null;
  if (order !== null) {
    const base = cursor.name('the name of a kind of fact');
    cursor.expect('of each');
    const each = cursor.name();
    const unit = cursor.take('in each') ? cursor.period() : null;
    return { kind: 'derived', name, base, rule: { kind: order, each, unit }, at: cursor.from(start) };
  }
  if (!cursor.takeArticle()) cursor.fail('"a", "the first" or "the last"', ['a', 'the']);
  const base = cursor.name('the name of a kind of fact');
  cursor.expect('whose');
  return {
    kind: 'derived',
    name,
    base,
    rule: { kind: 'whose', condition: condition(cursor) },
    at: cursor.from(start),
  };
}

/** `NAME (of a NAME)? (in a PERIOD)? is …`. */
export function value(cursor: Cursor): Statement {
  const start = cursor.peek().at;
  const name = cursor.declaredName();
  const of: Name | null = cursor.take('of') ? valueOwner(cursor) : null;
  let period = null;
  if (cursor.take('in')) {
    cursor.expectArticle();
    period = cursor.periodOrAny();
  }
  const plural = cursor.take('are');
  if (!plural && !cursor.take('is'))
    cursor.fail('"is" or "are"', ['is', 'are', 'of', 'in', 'pays', 'issues', 'moves']);
  const firstThatApplies = cursor.take('the first that applies :');
  const body = firstThatApplies ? rowsOfCases(cursor) : expression(cursor);
  return { kind: 'value', name, of, period, plural, body, firstThatApplies, at: cursor.from(start) };
}

function valueOwner(cursor: Cursor): Name {
  cursor.expectArticle();
  return cursor.name();
}

function rowsOfCases(cursor: Cursor): Expr {
  const start = cursor.peek().at;
  const cases: { readonly then: Expr; readonly when: Expr }[] = [];
  let otherwise: Expr | null = null;
  eachRow(cursor, () => {
    if (otherwise !== null) cursor.fail('no row after "otherwise"', []);
    if (cursor.take('otherwise')) {
      otherwise = expression(cursor);
      return;
    }
    const then = sum(cursor);
    cursor.expect('when');
    cases.push({ then, when: condition(cursor) });
  });
  return { kind: 'cases', cases, otherwise, at: cursor.from(start) };
}
