// SPDX-License-Identifier: Apache-2.0
// Tables: rows of bands become half-open stretches whose ends follow from the words (`up to and including X` takes X
// in, `below X` and `from X` meet at X), so that each value lies in one band.
import type { Band, BandTable, Key, MatrixTable, Table, TableMode } from '../../program/declaration.ts';
import type { Span } from '../../program/diagnostic.ts';
import type { Expression } from '../../program/expression.ts';
import type { Type } from '../../program/type.ts';
import type { BandTree, Expr, KeyTree, TableModeWords } from '../tree.ts';
import { type Context, type Declared, emptyEnv, type Of } from './context.ts';
import { checkExpression } from './expressions.ts';
import { mustFit } from './fit.ts';
import { fail, note, Stop } from './report.ts';
import { numberType } from './types.ts';

export const tableModes: Readonly<Record<TableModeWords, TableMode>> = {
  'each slice at its own rate': 'slice',
  'one rate on the whole': 'whole',
  'the amount of the band reached': 'reached',
  'the amount of each band in proportion': 'proportion',
  'in straight lines': 'lines',
};

/** The checked table, made when first used. */
export function tableOf(context: Context, declaration: Declared<'table'>, at: Span): Table {
  const { lazy, tree } = declaration;
  if (lazy.state === 'done') return lazy.value;
  if (lazy.state === 'failed') throw new Stop();
  if (lazy.state === 'busy') fail(context.report, 'circular_definition', at, { name: declaration.id });
  declaration.lazy = { state: 'busy' };
  const section = context.section;
  context.section = context.sections.get(tree) ?? section;
  try {
    const value = tree.kind === 'table' ? bandTable(context, tree) : matrixTable(context, tree);
    declaration.lazy = { state: 'done', value };
    return value;
  } catch (error) {
    declaration.lazy = { state: 'failed' };
    throw error;
  } finally {
    context.section = section;
  }
}

type Bound = Band['from'];
interface Edge {
  readonly from: Bound;
  readonly to: Bound;
  readonly at: Span;
}

function bandTable(context: Context, tree: Of<'table'>): BandTable {
  const mode = tableModes[tree.mode];
  const check = (expr: Expr) => checkExpression(context, emptyEnv, expr);
  const isLoose = mode === 'slice' || mode === 'proportion';
  const edges = edgesOf(
    context,
    tree.bands.map((row) => row.band),
    isLoose,
  );
  const input = leadType(
    edges.flatMap((edge) => [edge.from, edge.to]).flatMap((bound) => (bound === null ? [] : [bound.value])),
  );
  const results = tree.bands.map((row) => check(row.result));
  const result = leadType(results) ?? numberType;
  const bands = tree.bands.map((row, index): Band => {
    const edge = edges[index] ?? { from: null, to: null, at: row.band.at };
    const rising = row.rising;
    if (rising !== null && mode !== 'lines')
      fail(context.report, 'rising_outside_lines', row.band.at, { table: tree.name.text });
    const slope =
      rising === null
        ? null
        : {
            rising: mustFit(context, check(rising.by), result),
            per: mustFit(context, check(rising.per), input ?? numberType),
            whole: rising.whole,
          };
    return {
      from: fitBound(context, edge.from, input),
      to: fitBound(context, edge.to, input),
      result: mustFit(context, results[index] ?? check(row.result), result),
      slope,
      at: row.band.at,
    };
  });
  return { kind: 'bands', id: tree.name.text, at: tree.at, mode, input: input ?? numberType, result, bands };
}

function fitBound(context: Context, bound: Bound, type: Type | null): Bound {
  return bound === null || type === null ? bound : { ...bound, value: mustFit(context, bound.value, type) };
}

/** The type that decides for all: the first with a unit, else the first. */
function leadType(expressions: readonly Expression[]): Type | null {
  const lead =
    expressions.find(({ type }) => type.kind !== 'quantity' || type.unit.length > 0) ??
    expressions.find(({ type }) => type.kind === 'quantity' && type.flavour === 'percent') ??
    expressions[0];
  return lead?.type ?? null;
}

/** The stretches of a column of bands. A row without a start begins where the row before it ends, and so on. */
function edgesOf(context: Context, bands: readonly BandTree[], isLoose: boolean): Edge[] {
  const edges: { from: Bound; to: Bound; at: Span; hasTo: boolean }[] = [];
  for (const [index, band] of bands.entries()) {
    const before = edges[edges.length - 1] ?? null;
    const next =
      before === null || before.to === null
        ? null
        : { value: before.to.value, inclusive: !before.to.inclusive };
    const bound =
      'bound' in band && band.bound !== null ? checkExpression(context, emptyEnv, band.bound) : null;
    switch (band.kind) {
      case 'up to':
        if (!isLoose) note(context.report, 'table_bound_ambiguous', band.at, { row: String(index + 1) });
        edges.push({ from: next, to: bound && { value: bound, inclusive: false }, at: band.at, hasTo: true });
        break;
      case 'up to and including':
        edges.push({ from: next, to: bound && { value: bound, inclusive: true }, at: band.at, hasTo: true });
        break;
      case 'below':
        edges.push({ from: next, to: bound && { value: bound, inclusive: false }, at: band.at, hasTo: true });
        break;
      case 'from':
      case 'above': {
        const from = bound === null ? next : { value: bound, inclusive: band.kind === 'from' };
        if (before !== null && !before.hasTo && from !== null)
          before.to = { value: from.value, inclusive: !from.inclusive };
        edges.push({ from, to: null, at: band.at, hasTo: false });
        break;
      }
      case 'otherwise':
        edges.push({ from: next, to: null, at: band.at, hasTo: false });
        break;
    }
  }
  return edges;
}

function matrixTable(context: Context, tree: Of<'matrix'>): MatrixTable {
  const rows = keysOf(context, tree.rows);
  const columns = keysOf(context, tree.columns);
  const cells = tree.cells.map((row) => row.map((cell) => checkExpression(context, emptyEnv, cell)));
  const result = leadType(cells.flat()) ?? numberType;
  return {
    kind: 'matrix',
    id: tree.name.text,
    at: tree.at,
    rows: rows.keys,
    columns: columns.keys,
    cells: cells.map((row) => row.map((cell) => mustFit(context, cell, result))),
    input: {
      rows: rows.type ?? numberType,
      columns: columns.keys.length === 0 ? null : (columns.type ?? numberType),
    },
    result,
  };
}

function keysOf(context: Context, trees: readonly KeyTree[]): { keys: Key[]; type: Type | null } {
  const bands = trees.flatMap((tree) => (tree.kind === 'band' ? [tree.band] : []));
  const edges = edgesOf(context, bands, false);
  const values: Expression[] = [];
  let band = 0;
  const keys = trees.map((tree): Key => {
    if (tree.kind === 'value') {
      const value = checkExpression(context, emptyEnv, tree.value);
      values.push(value);
      return { kind: 'is', value };
    }
    const edge = edges[band];
    band += 1;
    if (tree.band.kind === 'otherwise' || edge === undefined) return { kind: 'otherwise' };
    for (const bound of [edge.from, edge.to]) if (bound !== null) values.push(bound.value);
    return { kind: 'band', from: edge.from, to: edge.to };
  });
  return { keys, type: leadType(values) };
}
