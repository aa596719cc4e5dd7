// SPDX-License-Identifier: Apache-2.0
// Worked examples: facts, what becomes known later, days that pass, and what each step gives.
import type { Cursor } from './cursor.ts';
import { literal } from './parse-literal.ts';
import { eachRow, failRow } from './rows.ts';
import type { Literal, Name, Statement, StepTree } from './tree.ts';

export function example(cursor: Cursor): Statement {
  const start = cursor.peek().at;
  cursor.expect('example');
  const name = cursor.text('the title of the example in quotation marks');
  cursor.expect(':');
  const steps: StepTree[] = [];
  eachRow(cursor, () => {
    steps.push(step(cursor));
  });
  return { kind: 'example', name, steps, at: cursor.from(start) };
}

function step(cursor: Cursor): StepTree {
  const start = cursor.peek().at;
  const later = cursor.take('later');
  if (cursor.peek().kind === 'name') return factStep(cursor, start, later);
  if (cursor.take('decided')) return decided(cursor, start, later);
  if (later) cursor.fail('a kind of fact or "decided"', ['decided']);
  if (cursor.take('gives nothing else')) return { kind: 'gives nothing else', at: cursor.from(start) };
  if (cursor.take('gives')) return gives(cursor, start);
  if (cursor.take('as of')) return { kind: 'as of', day: day(cursor), at: cursor.from(start) };
  if (cursor.take('with')) {
    const blank = cursor.name('the name of a blank');
    return { kind: 'with', blank, value: literal(cursor), at: cursor.from(start) };
  }
  if (cursor.take('opening')) return opening(cursor, start);
  if (isSpan(cursor)) {
    const span = spanOf(cursor);
    cursor.expect('is closed');
    return { kind: 'closed', span, at: cursor.from(start) };
  }
  return failRow(cursor, 'an example', [
    'the kind of a fact',
    'later',
    'decided',
    'opening',
    'with',
    'as of',
    'gives',
    'gives nothing else',
    'a period such as 2026-Q1',
  ]);
}

function factStep(cursor: Cursor, start: StepTree['at'], later: boolean): StepTree {
  const subject = cursor.name();
  const id = cursor.text('the id in quotation marks');
  if (cursor.take('is void'))
    return { kind: 'void', later, subject, id, recorded: recorded(cursor), at: cursor.from(start) };
  if (!cursor.take('has')) cursor.fail('"has" or "is void"', ['has', 'is']);
  const fields: { name: Name; value: Literal }[] = [];
  let on: string | null = null;
  do {
    const name = cursor.name('the name of a field');
    fields.push({ name, value: literal(cursor) });
    on = recorded(cursor);
  } while (on === null && (cursor.take(', and') || cursor.take(',') || cursor.take('and')));
  const from = cursor.take('from') ? day(cursor) : null;
  const through = cursor.take('through') ? day(cursor) : null;
  return {
    kind: 'has',
    later,
    subject,
    id,
    fields,
    from,
    through,
    recorded: on ?? recorded(cursor),
    at: cursor.from(start),
  };
}

/** The day on which a fact came to be known, where the example says so. */
function recorded(cursor: Cursor): string | null {
  return cursor.take(', recorded') || cursor.take('recorded') ? day(cursor) : null;
}

function decided(cursor: Cursor, start: StepTree['at'], later: boolean): StepTree {
  const decision = cursor.name();
  cursor.expect('of');
  const of = cursor.text();
  cursor.expect('for');
  const span = spanOf(cursor);
  const value = literal(cursor);
  const by = cursor.take('by') ? cursor.text() : null;
  return { kind: 'decided', later, decision, of, span, value, by, at: cursor.from(start) };
}

function opening(cursor: Cursor, start: StepTree['at']): StepTree {
  const component = cursor.text();
  cursor.expect('of');
  const of = cursor.text();
  const amount = literal(cursor);
  cursor.expect('on');
  const on = day(cursor);
  const through = cursor.take('through') ? day(cursor) : null;
  return { kind: 'opening', component, of, amount, on, through, at: cursor.from(start) };
}

function gives(cursor: Cursor, start: StepTree['at']): StepTree {
  const payee = cursor.text('the party in quotation marks');
  const span = cursor.take('for') ? spanOf(cursor) : '';
  cursor.expect(':');
  const amounts: { component: StepText; amount: Literal; now: Literal | null }[] = [];
  do {
    const component = cursor.text('the title of a clause in quotation marks');
    const amount = literal(cursor);
    const now = cursor.take(', now') ? literal(cursor) : null;
    amounts.push({ component, amount, now });
  } while (cursor.take(', and') || cursor.take(',') || cursor.take('and'));
  return { kind: 'gives', payee, span, amounts, at: cursor.from(start) };
}
type StepText = Extract<StepTree, { kind: 'gives' }>['payee'];

function day(cursor: Cursor): string {
  const token = cursor.peek();
  if (token.kind !== 'date') return cursor.fail('a date such as 2026-01-31', []);
  cursor.next();
  return token.text;
}

/** A year, a period such as 2026-Q1, FY2026-P03 or 2026-03, or a day. */
function isSpan(cursor: Cursor): boolean {
  const { kind, text } = cursor.peek();
  return kind === 'span' || kind === 'date' || (kind === 'number' && /^\d{4}$/.test(text));
}

function spanOf(cursor: Cursor): string {
  if (!isSpan(cursor)) return cursor.fail('a period such as 2026-Q1, 2026-03 or 2026', []);
  return cursor.next().text;
}
