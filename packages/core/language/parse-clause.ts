// SPDX-License-Identifier: Apache-2.0
// Clauses that book something: pays, issues, grants, moves, settles; and decisions, the order of use, pools.
import type { Cursor } from './cursor.ts';
import { typeWord } from './parse-declaration.ts';
import { expression, sum } from './parse-expression.ts';
import { clauseRow } from './parse-row.ts';
import { eachRow, failRow } from './rows.ts';
import type { BalanceTree, DueTree, Expr, Name, PayeeTree, RowTree, Statement } from './tree.ts';

/** `NAME pays …`, `NAME issues NAME to …`, `NAME grants NAME to …`. */
export function pays(cursor: Cursor): Statement {
  const start = cursor.peek().at;
  const payer = cursor.name();
  let asset: Name | null = null;
  if (cursor.expectOne(['pays', 'issues', 'grants']) !== 'pays') {
    asset = cursor.name('the name of an asset');
    cursor.expect('to');
  }
  const payee = payeeOf(cursor);
  const due = dueOf(cursor);
  const component = cursor.text('"each", "in its" or the title of the clause in quotation marks');
  cursor.expect(':');
  return {
    kind: 'pays',
    payer,
    asset,
    payee,
    due,
    component,
    ...amountAndRows(cursor),
    at: cursor.from(start),
  };
}

function amountAndRows(cursor: Cursor): { readonly amount: Expr; readonly rows: readonly RowTree[] } {
  if (cursor.peek().kind === 'row') cursor.next();
  const amount = expression(cursor);
  cursor.expectEndOfRow();
  const rows: RowTree[] = [];
  eachRow(cursor, () => {
    rows.push(clauseRow(cursor));
  });
  return { amount, rows };
}

function payeeOf(cursor: Cursor): PayeeTree {
  const start = cursor.peek().at;
  if (cursor.take('each')) {
    return { kind: 'each', party: cursor.name('the name of a kind of party'), at: cursor.from(start) };
  }
  if (cursor.take('the')) {
    const path = [cursor.name()];
    while (cursor.take('of its') || cursor.take('of the')) path.push(cursor.name());
    cursor.expect('of each');
    return { kind: 'of each', path, fact: cursor.name(), at: cursor.from(start) };
  }
  const party = cursor.name('"each", "the" or the name of a party');
  cursor.expect('for each');
  return { kind: 'for each', party, fact: cursor.name(), at: cursor.from(start) };
}

function dueOf(cursor: Cursor): DueTree | null {
  const start = cursor.peek().at;
  if (cursor.take('each')) return { kind: 'each', unit: cursor.period(), at: cursor.from(start) };
  if (!cursor.take('in its')) return null;
  const unit = cursor.period();
  const date = cursor.take('of') ? cursor.name('the name of a date') : null;
  return { kind: 'in its', unit, date, at: cursor.from(start) };
}

export function moves(cursor: Cursor): Statement {
  const start = cursor.peek().at;
  const party = cursor.name();
  cursor.expect('moves from');
  const from = cursor.text();
  cursor.expect('to');
  const to = cursor.text();
  cursor.expect('each');
  const unit = cursor.period();
  const component = cursor.text('the title of the clause in quotation marks');
  cursor.expect(':');
  return {
    kind: 'moves',
    party,
    from,
    to,
    unit,
    component,
    ...amountAndRows(cursor),
    at: cursor.from(start),
  };
}

export function settles(cursor: Cursor): Statement {
  const start = cursor.peek().at;
  const payer = cursor.name();
  cursor.expect('settles with each');
  const payee = cursor.name();
  cursor.expect('each');
  const unit = cursor.period();
  const name = cursor.text('the title of the settlement in quotation marks');
  cursor.expect(', from');
  const from = cursor.list(() => cursor.text('the title of a clause in quotation marks'));
  cursor.expect(':');
  const rows: BalanceTree[] = [];
  eachRow(cursor, () => {
    rows.push(balance(cursor));
  });
  return { kind: 'settles', payer, payee, unit, name, from, rows, at: cursor.from(start) };
}

function balance(cursor: Cursor): BalanceTree {
  const start = cursor.peek().at;
  if (cursor.take('at least')) {
    const amount = sum(cursor);
    const from = cursor.take(', from') ? sum(cursor) : null;
    cursor.take(',');
    const through = cursor.take('through') ? sum(cursor) : null;
    return { kind: 'at least', amount, from, through, at: cursor.from(start) };
  }
  if (cursor.take('at most')) {
    const amount = sum(cursor);
    cursor.expect(', the excess is');
    return { kind: 'at most', amount, excess: cursor.expectOne(['lost', 'carried']), at: cursor.from(start) };
  }
  if (cursor.take('the shortfall is forgiven')) return { kind: 'forgiven', at: cursor.from(start) };
  if (cursor.take('the shortfall is owed')) {
    cursor.expect(', and recovered from');
    const share = sum(cursor);
    cursor.expect('of the pay above it');
    const from = cursor.take(', from') ? sum(cursor) : null;
    return { kind: 'owed', share, from, at: cursor.from(start) };
  }
  if (cursor.take('paid ahead on the first day')) return { kind: 'paid ahead', at: cursor.from(start) };
  return failRow(cursor, 'a settlement', [
    'at least',
    'at most',
    'the shortfall is forgiven',
    'the shortfall is owed, and recovered from',
    'paid ahead on the first day',
  ]);
}

export function decides(cursor: Cursor): Statement {
  const start = cursor.peek().at;
  cursor.expect('the');
  const decider = cursor.name();
  cursor.expect('decides');
  const name = cursor.name();
  cursor.expect('of each');
  const of = cursor.name();
  cursor.expect('each');
  const unit = cursor.period();
  cursor.expect('(');
  const type = typeWord(cursor);
  cursor.expect(')');
  cursor.expect('within');
  const within = sum(cursor);
  cursor.expect('of its end , otherwise');
  return {
    kind: 'decides',
    decider,
    name,
    of,
    unit,
    type,
    within,
    otherwise: sum(cursor),
    at: cursor.from(start),
  };
}

/** `Points are used in order of expiry, then issue`. */
export function burn(cursor: Cursor): Statement {
  const start = cursor.peek().at;
  const asset = cursor.name();
  cursor.expect('are used in order of');
  const order = [cursor.expectOne(['expiry', 'issue'])];
  while (cursor.take(', then')) order.push(cursor.expectOne(['expiry', 'issue']));
  return { kind: 'burn', asset, order, at: cursor.from(start) };
}

/** `Points of Members of one Household are pooled`. */
export function pool(cursor: Cursor): Statement {
  const start = cursor.peek().at;
  const asset = cursor.name();
  cursor.expect('of');
  const members = cursor.name();
  cursor.expect('of one');
  const by = cursor.name();
  cursor.expect('are pooled');
  return { kind: 'pool', asset, members, by, at: cursor.from(start) };
}
