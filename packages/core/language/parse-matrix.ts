// SPDX-License-Identifier: Apache-2.0
// A Markdown table under a caption `[table : Name]` → a matrix. The first column holds bands or keys; the header cells of
// the others hold those of a second dimension, or any words when there is one column only. Cells are literals or blanks.
import { Cursor, SyntaxFault } from './cursor.ts';
import type { FoundBlank } from './find-blanks.ts';
import { readTokens } from './lexer.ts';
import type { Region } from './markdown.ts';
import { sum } from './parse-expression.ts';
import { band } from './parse-table.ts';
import type { Reading } from './reading.ts';
import type { Token } from './token.ts';
import type { BandTree, Expr, KeyTree, Literal, Name, Statement } from './tree.ts';

export interface MatrixPlace {
  readonly name: Name;
  readonly start: number;
  readonly end: number;
  readonly rows: readonly (readonly Region[])[];
  readonly blanks: readonly FoundBlank[];
}

export function parseMatrix(reading: Reading, place: MatrixPlace): Statement {
  const [header = [], ...body] = place.rows;
  const columns = header.length > 2 ? header.slice(1).map((cell) => key(reading, cell)) : [];
  const rows = body.map((cells) => key(reading, cells[0] ?? { start: place.end, end: place.end }));
  const cells = body.map((row) => row.slice(1).map((cell) => cellValue(reading, cell, place.blanks)));
  return { kind: 'matrix', name: place.name, rows, columns, cells, at: reading.span(place.start, place.end) };
}

/** The offsets of what a cell holds, without its bars and spaces. */
function inside(reading: Reading, cell: Region): Region {
  const text = reading.text.slice(cell.start, cell.end);
  const start = cell.start + (/^\|?\s*/.exec(text)?.[0].length ?? 0);
  const end = cell.end - (/\s*\|?$/.exec(text)?.[0].length ?? 0);
  return { start, end: Math.max(start, end) };
}

function cursorOf(reading: Reading, { start, end }: Region): Cursor {
  const tokens: Token[] = [];
  readTokens(reading, start, end, tokens);
  tokens.push({ kind: 'end', text: '', at: reading.span(end, end) });
  return new Cursor(reading, tokens);
}

/** A band, a literal or a name; other words stand for themselves as text. */
function key(reading: Reading, cell: Region): KeyTree {
  const region = inside(reading, cell);
  const at = reading.span(region.start, region.end);
  const text = reading.text.slice(region.start, region.end);
  const quiet = { ...reading, report: () => undefined };
  const found = attempt(cursorOf(quiet, region), band);
  if (found !== null) return { kind: 'band', band: found, at };
  const value = attempt(cursorOf(quiet, region), sum);
  return { kind: 'value', value: value ?? literalChain({ kind: 'text', text, at }), at };
}

function attempt<Tree extends BandTree | Expr>(
  cursor: Cursor,
  read: (cursor: Cursor) => Tree | null,
): Tree | null {
  try {
    const found = read(cursor);
    return cursor.atEndOfRow() ? found : null;
  } catch (fault) {
    if (fault instanceof SyntaxFault) return null;
    throw fault;
  }
}

function cellValue(reading: Reading, cell: Region, blanks: readonly FoundBlank[]): Expr {
  const region = inside(reading, cell);
  const at = reading.span(region.start, region.end);
  const blank = blanks.find(({ start, end }) => start === region.start && end === region.end);
  if (blank !== undefined) {
    const name = { text: blank.name, at };
    return chainOf({ kind: 'name', article: null, name, atAnyLevel: false, at });
  }
  const before = reading.diagnostics.length;
  const value = attempt(cursorOf({ ...reading, report: () => undefined }, region), sum);
  if (value !== null) return value;
  const literal = reading.text.slice(region.start, region.end);
  if (reading.diagnostics.length === before) {
    reading.report('literal_malformed', at, {
      literal,
      kind: 'a value for a cell of a table',
      example: '5%, USD 1,000 or [5% : Base Rate]',
    });
  }
  return literalChain({ kind: 'text', text: literal, at });
}

function literalChain(literal: Literal): Expr {
  return chainOf({ kind: 'literal', literal, at: literal.at });
}

function chainOf(link: Extract<Expr, { kind: 'chain' }>['part']['links'][number]): Expr {
  const { at } = link;
  return {
    kind: 'chain',
    part: { links: [link], scope: null, moment: null, leastCount: null, at },
    who: null,
    at,
  };
}
