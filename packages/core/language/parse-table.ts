// SPDX-License-Identifier: Apache-2.0
// Tables with a declared mode, and statuses: both are lists of bounds, one a row.
import type { Cursor } from './cursor.ts';
import { sum } from './parse-expression.ts';
import { eachRow, failRow } from './rows.ts';
import type { BandTree, ChangeTree, Expr, Name, Statement, TableModeWords } from './tree.ts';

const modes: readonly TableModeWords[] = [
  'each slice at its own rate',
  'one rate on the whole',
  'the amount of the band reached',
  'the amount of each band in proportion',
  'in straight lines',
];

type BandRow = Extract<Statement, { kind: 'table' }>['bands'][number];

export function table(cursor: Cursor): Statement {
  const start = cursor.peek().at;
  cursor.expect('table');
  const name = cursor.declaredName();
  cursor.expect(',');
  const mode = cursor.expectOne(modes);
  cursor.expect(':');
  const bands: BandRow[] = [];
  eachRow(cursor, () => {
    const found = band(cursor);
    if (found === null)
      failRow(cursor, 'a table', ['up to', 'up to and including', 'below', 'from', 'above', 'otherwise']);
    cursor.expect(':');
    const result = sum(cursor);
    bands.push({ band: found, result, rising: cursor.take(', rising') ? rising(cursor) : null });
  });
  return { kind: 'table', name, mode, bands, at: cursor.from(start) };
}

function rising(cursor: Cursor): BandRow['rising'] {
  cursor.perAllowed = false;
  const by = sum(cursor);
  cursor.perAllowed = true;
  cursor.expect('per');
  const whole = cursor.take('whole');
  return { by, per: sum(cursor), whole };
}

/** A band, or null when nothing here starts one. */
export function band(cursor: Cursor): BandTree | null {
  const start = cursor.peek().at;
  for (const kind of ['up to and including', 'up to', 'below', 'from'] as const) {
    if (!cursor.take(kind)) continue;
    return { kind, bound: sum(cursor), at: cursor.from(start) };
  }
  if (cursor.take('otherwise')) return { kind: 'otherwise', at: cursor.from(start) };
  if (!cursor.take('above')) return null;
  const bound: Expr | null = cursor.at(':') || cursor.atEndOfRow() ? null : sum(cursor);
  return { kind: 'above', bound, at: cursor.from(start) };
}

export function status(cursor: Cursor): Statement {
  const start = cursor.peek().at;
  cursor.expect('status');
  const name = cursor.declaredName();
  cursor.expect('of');
  cursor.expectArticle();
  const of = cursor.name();
  cursor.expect(', by');
  const measure = sum(cursor);
  cursor.expect(':');
  const levels: { readonly name: Name; readonly from: Expr | null }[] = [];
  const changes: ChangeTree[] = [];
  eachRow(cursor, () => {
    if (cursor.peek().kind !== 'name') {
      changes.push(change(cursor));
      return;
    }
    const level = cursor.name();
    if (cursor.take('at first')) levels.push({ name: level, from: null });
    else if (cursor.take('from')) levels.push({ name: level, from: sum(cursor) });
    else cursor.fail('"at first" or "from"', ['at', 'from']);
  });
  return { kind: 'status', name, of, measure, levels, changes, at: cursor.from(start) };
}

function change(cursor: Cursor): ChangeTree {
  const start = cursor.peek().at;
  if (cursor.take('rises at once')) {
    cursor.expect(',');
    const counts = cursor.expectOne(['with', 'before']);
    cursor.expect('the');
    const factKind = cursor.name('the name of a kind of fact');
    cursor.expect('that reaches it');
    return { kind: 'rises at once', counts, factKind, at: cursor.from(start) };
  }
  if (cursor.take('rises at the end of a')) {
    return { kind: 'rises at the end', unit: cursor.period(), at: cursor.from(start) };
  }
  if (cursor.take('falls at once')) return { kind: 'falls at once', at: cursor.from(start) };
  if (cursor.take('falls at the end of a')) {
    const unit = cursor.period();
    const oneStep = cursor.take(', one step at a time');
    const after = cursor.take(', after') ? sum(cursor) : null;
    return { kind: 'falls at the end', unit, oneStep, after, at: cursor.from(start) };
  }
  if (cursor.take('keeps at least')) {
    const length = sum(cursor);
    const anew = cursor.take(', counted anew at each rise');
    return { kind: 'keeps', length, anew, at: cursor.from(start) };
  }
  return failRow(cursor, 'a status', [
    'a level',
    'rises at once',
    'rises at the end of a',
    'falls at once',
    'falls at the end of a',
    'keeps at least',
  ]);
}
