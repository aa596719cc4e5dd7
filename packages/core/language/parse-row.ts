// SPDX-License-Identifier: Apache-2.0
// The rows under a clause that pays, issues or moves. They act top to bottom; here each is read as it stands.
import type { Cursor } from './cursor.ts';
import { chain } from './parse-chain.ts';
import { condition, rounding, sum } from './parse-expression.ts';
import { failRow } from './rows.ts';
import type { Expr, ReturnWords, RowTree } from './tree.ts';

const starts = [
  'at most',
  'at least',
  'times',
  'from',
  'through',
  'released when',
  'released in the share that',
  'held back',
  'vests in',
  'usable from',
  'usable through',
  'usable while there is a',
  'for every',
  'taking',
  'while it lasts',
  'on a return:',
  'on a shortage:',
  'as it grows',
  'when the',
  'posted on',
  'once, and kept',
  'once, and reversible',
  'prorated by',
  'rounded',
  'late facts:',
  'formerly',
];

export function clauseRow(cursor: Cursor): RowTree {
  return (
    limits(cursor) ??
    releases(cursor) ??
    points(cursor) ??
    terms(cursor) ??
    failRow(cursor, 'a clause', starts)
  );
}

function limits(cursor: Cursor): RowTree | null {
  const start = cursor.peek().at;
  for (const kind of ['at most', 'at least', 'times'] as const) {
    if (!cursor.take(kind)) continue;
    const of = sum(cursor);
    const when = cursor.take('when') ? condition(cursor) : null;
    return { kind, of, when, at: cursor.from(start) };
  }
  if (cursor.take('from')) {
    const from = sum(cursor);
    const through = cursor.take('through') ? sum(cursor) : null;
    return { kind: 'during', from, through, at: cursor.from(start) };
  }
  if (cursor.take('through'))
    return { kind: 'during', from: null, through: sum(cursor), at: cursor.from(start) };
  if (!cursor.take('while it lasts')) return null;
  const atMost = cursor.take(', for at most') ? sum(cursor) : null;
  return { kind: 'while it lasts', atMost, at: cursor.from(start) };
}

function releases(cursor: Cursor): RowTree | null {
  const start = cursor.peek().at;
  if (cursor.take('released when')) {
    return { kind: 'released when', condition: condition(cursor), at: cursor.from(start) };
  }
  if (cursor.take('released in the share that')) {
    const part = chain(cursor);
    cursor.expect('bears to');
    return { kind: 'released in share', part, whole: chain(cursor), at: cursor.from(start) };
  }
  if (cursor.take('held back')) {
    const share = sum(cursor);
    if (cursor.take('through')) {
      return { kind: 'held back', share, through: sum(cursor), until: null, at: cursor.from(start) };
    }
    cursor.expect(', released when');
    return { kind: 'held back', share, through: null, until: condition(cursor), at: cursor.from(start) };
  }
  if (!cursor.take('vests in')) return null;
  const parts = sum(cursor);
  cursor.expect('equal parts , one each');
  cursor.shiftAllowed = false;
  const every = sum(cursor);
  cursor.shiftAllowed = true;
  cursor.expect('after');
  const from = sum(cursor);
  const first = cursor.take(', the first after') ? sum(cursor) : null;
  return { kind: 'vests', parts, every, from, first, at: cursor.from(start) };
}

function points(cursor: Cursor): RowTree | null {
  const start = cursor.peek().at;
  for (const kind of ['usable from', 'usable through'] as const) {
    if (!cursor.take(kind)) continue;
    return { kind, date: sum(cursor), at: cursor.from(start) };
  }
  if (cursor.take('usable while there is a')) {
    const factKind = cursor.name('the name of a kind of fact');
    cursor.expect('every');
    return { kind: 'usable while active', factKind, every: sum(cursor), at: cursor.from(start) };
  }
  if (cursor.take('for every')) {
    const step = sum(cursor);
    cursor.expect('of usable');
    const asset = cursor.name('the name of an asset');
    cursor.expect(', taken at once');
    return { kind: 'for every', step, asset, at: cursor.from(start) };
  }
  if (!cursor.take('taking')) return null;
  const amount = sum(cursor);
  cursor.expect('from usable');
  const asset = cursor.name('the name of an asset');
  const isPartial = cursor.take(', as far as they go');
  if (!isPartial) cursor.take(', refused if short');
  return {
    kind: 'taking',
    amount,
    asset,
    ifShort: isPartial ? 'as far as they go' : 'refused',
    at: cursor.from(start),
  };
}

function terms(cursor: Cursor): RowTree | null {
  const start = cursor.peek().at;
  if (cursor.take('on a return :')) return onReturn(cursor, start);
  if (cursor.take('on a shortage :')) {
    const sentence = cursor.expectOne(['it is carried', 'it is waived', 'the balance goes below zero']);
    const mode =
      sentence === 'it is carried' ? 'carried' : sentence === 'it is waived' ? 'waived' : 'negative';
    return { kind: 'on a shortage', mode, at: cursor.from(start) };
  }
  if (cursor.take('as it grows')) return { kind: 'as it grows', at: cursor.from(start) };
  if (cursor.take('when the')) {
    const unit = cursor.period();
    cursor.expect('ends');
    return { kind: 'when ends', unit, at: cursor.from(start) };
  }
  if (cursor.take('posted on')) return { kind: 'posted on', date: sum(cursor), at: cursor.from(start) };
  if (cursor.take('once , and')) {
    const reversible = cursor.expectOne(['kept', 'reversible']) === 'reversible';
    return { kind: 'once', reversible, at: cursor.from(start) };
  }
  if (cursor.take('prorated by')) {
    return { kind: 'prorated', by: cursor.expectOne(['days', 'whole months']), at: cursor.from(start) };
  }
  if (cursor.take('rounded')) return { kind: 'rounded', rounding: rounding(cursor), at: cursor.from(start) };
  if (cursor.take('late facts :'))
    return { kind: 'late facts', sentence: restOfRow(cursor), at: cursor.from(start) };
  if (cursor.take('formerly')) return { kind: 'formerly', name: cursor.text(), at: cursor.from(start) };
  return null;
}

function onReturn(cursor: Cursor, start: RowTree['at']): RowTree {
  let mode: ReturnWords;
  let share: Expr | null = null;
  if (cursor.take('taking back')) {
    if (!cursor.at('what')) {
      share = sum(cursor);
      cursor.expect('of');
    }
    mode = `taking back ${cursor.expectOne(['what it earned', 'what was paid'])}`;
  } else {
    mode = cursor.expectOne(['none', 'as if the sale had been smaller', 'as a negative sale today']);
  }
  const givesBack = cursor.take(', and what was used is given back');
  return { kind: 'on a return', mode, givesBack, share, at: cursor.from(start) };
}

/** The words up to the end of the row as one sentence with single spaces. */
function restOfRow(cursor: Cursor): string {
  const first = cursor.peek();
  if (cursor.atEndOfRow()) cursor.fail('a sentence', []);
  cursor.skipRow();
  const { start, end } = cursor.from(first.at);
  return cursor.reading.text.slice(start.offset, end.offset).replace(/\s+/g, ' ');
}
