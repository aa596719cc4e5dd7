// SPDX-License-Identifier: Apache-2.0
// Expressions about one fact, as formulas over the rows of its table: fields, comparisons with constants, arithmetic,
// days elapsed, tables, named values, and links to parties directly or through a dated relation on the counting date.

import {
  type DayColumn,
  type Dictionary,
  missingDay,
  openDay,
  type QuantityColumn,
} from '../../program/columns.ts';
import type { Expression, Variable } from '../../program/expression.ts';
import type { FactStore, FactTable } from '../../program/fact-store.ts';
import type { Program } from '../../program/program.ts';
import type { Day } from '../../values/date.ts';
import { constantNumber, constantScalar } from './constants.ts';
import {
  boundFormula,
  casesFormula,
  compareFormula,
  constantFormula,
  joinedFormula,
  kernelFormula,
  type NumberFormula,
  productFormula,
  sumFormula,
  type TruthFormula,
} from './formula.ts';
import { Relation } from './relation.ts';
import type { Span } from './span.ts';
import { tableKernel } from './table-kernel.ts';
import { unsupported } from './unsupported.ts';

/** A code per row, with the dictionary that gave it. */
export interface CodeFormula {
  readonly kind: 'code';
  readonly dictionary: Dictionary;
  readonly at: (row: number) => number;
  /** The codes of consecutive rows. */
  readonly many: (span: Span, out: Int32Array) => void;
  /** What it stands for: two links with the same path are the same key. */
  readonly path: string;
  /** Set where a relation on the counting date leads to it. */
  readonly via?: { readonly holder: CodeFormula; readonly relation: Relation };
}

export type RowFormula = NumberFormula<number> | TruthFormula<number> | CodeFormula;

/** A table of facts seen by a program, with the variables that stand for the fact at hand. */
export interface RowScope {
  readonly program: Program;
  readonly store: FactStore;
  readonly table: FactTable;
  asOf: Day;
  /** Whether a formula takes the day of evaluation for an open date: then it changes with every day. */
  readonly today: { isRead: boolean };
  /** Whether a relation is followed from what another one leads to: then it moves other facts than its holder's. */
  readonly chain: { isFollowed: boolean };
  readonly items: ReadonlySet<number>;
  /** Relations are built once for each attribute. */
  readonly relations: Map<string, Relation>;
  /** The condition of each derived kind, so that it is computed once for all sets that it goes into. */
  readonly conditions: Map<string, TruthFormula<number>>;
}

/** The same scope where one more variable stands for the fact at hand. */
export function withItem(scope: RowScope, variable: Variable): RowScope {
  return { ...scope, items: new Set([...scope.items, variable.id]) };
}

/** The days on which rows count. */
export function countingDays(scope: RowScope): DayColumn {
  const [field, ...rest] = scope.table.kind.countsOn;
  if (field === undefined || rest.length > 0) unsupported('a counting date behind a link');
  return scope.table.days(field);
}

/** The day on which each row counts. */
export function countingDay(scope: RowScope): (row: number) => Day {
  const column = countingDays(scope);
  return (row) => column.values[row]!;
}

export function numberOfRow(expression: Expression, scope: RowScope): NumberFormula<number> {
  const formula = rowFormula(expression, scope);
  return formula.kind === 'number' ? formula : unsupported(`a ${formula.kind} where a number is wanted`);
}

export function truthOfRow(expression: Expression, scope: RowScope): TruthFormula<number> {
  const formula = rowFormula(expression, scope);
  return formula.kind === 'truth' ? formula : unsupported(`a ${formula.kind} where a truth is wanted`);
}

export function codeOfRow(expression: Expression, scope: RowScope): CodeFormula {
  const formula = rowFormula(expression, scope);
  return formula.kind === 'code' ? formula : unsupported(`a ${formula.kind} where a link is wanted`);
}

export function rowFormula(expression: Expression, scope: RowScope): RowFormula {
  const constant = constantNumber(expression, scope.program);
  if (constant !== null) return constantFormula(constant);
  switch (expression.kind) {
    case 'field':
      return fieldFormula(expression, scope);
    case 'attribute':
      return relationFormula(expression, scope);
    case 'call':
      return callFormula(expression, scope);
    case 'arithmetic': {
      if (expression.operator === '/') unsupported('a division by fact');
      const left = numberOfRow(expression.left, scope);
      const right = numberOfRow(expression.right, scope);
      if (expression.operator === '*') return productFormula(left, right);
      return sumFormula(left, right, expression.operator === '+' ? 1 : -1);
    }
    case 'lesser':
    case 'greater':
      return boundFormula(
        numberOfRow(expression.left, scope),
        numberOfRow(expression.right, scope),
        expression.kind,
      );
    case 'compare':
      return comparisonFormula(expression, scope);
    case 'and':
    case 'or':
      return joinedFormula(
        expression.kind,
        expression.parts.map((part) => truthOfRow(part, scope)),
      );
    case 'cases':
      return casesFormula(
        expression.cases.map(({ when, then }) => ({
          when: truthOfRow(when, scope),
          then: numberOfRow(then, scope),
        })),
        expression.otherwise === null ? null : numberOfRow(expression.otherwise, scope),
      );
    case 'table': {
      const table = scope.program.tables.find(({ id }) => id === expression.table);
      if (table?.kind !== 'bands' || expression.and !== null) unsupported('a table of two dimensions');
      const on = numberOfRow(expression.on, scope);
      const kernel = tableKernel(table, scope.program, on.scale);
      return kernelFormula(on, kernel.scale, kernel.at, kernel.many);
    }
    case 'elapsed': {
      if (expression.unit !== 'days') unsupported('months elapsed');
      const from = dayFormula(expression.from, scope, Number.NaN);
      const to = dayFormula(expression.to, scope, scope.asOf);
      const { to: end } = expression;
      const field =
        end.kind === 'field' ? scope.table.kind.fields.find(({ name }) => name === end.field) : null;
      if (field?.mayStayOpen !== false) scope.today.isRead = true;
      return { ...sumFormula(to, from, -1), many: daysBetween(expression, scope) };
    }
    default:
      return unsupported(`${expression.kind} by fact`);
  }
}

function isItem(expression: Expression, scope: RowScope): boolean {
  return expression.kind === 'variable' && scope.items.has(expression.variable.id);
}

function fieldFormula(expression: Expression & { kind: 'field' }, scope: RowScope): RowFormula {
  if (!isItem(expression.of, scope)) unsupported('a field behind a link');
  const column = scope.table.columns.get(expression.field) ?? unsupported(`no column ${expression.field}`);
  switch (column.kind) {
    case 'code':
      return {
        kind: 'code',
        dictionary: column.dictionary,
        at: (row) => column.values[row]!,
        many: ({ firstRow, count }, out) => out.set(column.values.subarray(firstRow, firstRow + count)),
        path: expression.field,
      };
    case 'day':
      return dayFormula(expression, scope, Number.NaN);
    case 'quantity':
      return quantityFormula(column);
  }
}

function quantityFormula(column: QuantityColumn): NumberFormula<number> {
  const { scale } = column;
  return {
    kind: 'number',
    scale,
    constant: null,
    reads: 0,
    at: (row) => {
      const value = column.values[row]!;
      // The column may have been refined since; and what stands elsewhere is not finite.
      return column.scale === scale && value - value === 0 ? value : Number.NaN;
    },
    many: ({ firstRow, count }, out) => {
      const { values } = column;
      const known = column.scale === scale ? 0 : Number.NaN;
      for (let index = 0; index < count; index += 1) {
        const value = values[firstRow + index]!;
        out[index] = value - value === known ? value : Number.NaN;
      }
    },
  };
}

/** A date by row: NaN when it is missing, `open` when it stays open. */
function dayFormula(expression: Expression, scope: RowScope, open: number): NumberFormula<number> {
  if (expression.kind !== 'field' || !isItem(expression.of, scope)) unsupported('a date that is no field');
  const column = scope.table.days(expression.field);
  return {
    kind: 'number',
    scale: 0,
    constant: null,
    reads: 0,
    at: (row) => {
      const day = column.values[row]!;
      return day === missingDay ? Number.NaN : day === openDay ? open : day;
    },
    many: ({ firstRow, count }, out) => {
      const { values } = column;
      for (let index = 0; index < count; index += 1) {
        const day = values[firstRow + index]!;
        out[index] = day > openDay ? day : day === openDay ? open : Number.NaN;
      }
    },
  };
}

/** Days from one date of a fact to another, for many rows at once. */
function daysBetween(
  { from, to }: Expression & { kind: 'elapsed' },
  scope: RowScope,
): NumberFormula<number>['many'] {
  if (from.kind !== 'field' || to.kind !== 'field') return unsupported('a date that is no field');
  const begun = scope.table.days(from.field);
  const ended = scope.table.days(to.field);
  const { asOf } = scope;
  return ({ firstRow, count }, out) => {
    const starts = begun.values;
    const ends = ended.values;
    let least = 0;
    for (let index = 0; index < count; index += 1) {
      const start = starts[firstRow + index]!;
      const end = ends[firstRow + index]!;
      least = Math.min(least, start, end);
      out[index] = end - start;
    }
    if (least > openDay) return;
    for (let index = 0; index < count; index += 1) {
      const start = starts[firstRow + index]!;
      const end = ends[firstRow + index]!;
      if (start <= openDay || end === missingDay) out[index] = Number.NaN;
      else if (end === openDay) out[index] = asOf - start;
    }
  };
}

/** The party that a relation leads to on the counting date. */
function relationFormula(expression: Expression & { kind: 'attribute' }, scope: RowScope): CodeFormula {
  const { of, attribute, moment, type } = expression;
  if (moment.kind !== 'counting' || !scope.items.has(moment.fact.id)) unsupported('an attribute at a moment');
  if (of.type.kind !== 'party' || type.kind !== 'party') unsupported('an attribute that is no relation');
  if (of.kind !== 'field') scope.chain.isFollowed = true;
  const holder = codeOfRow(of, scope);
  const name = `${of.type.of} ${attribute}`;
  let relation = scope.relations.get(name);
  if (relation === undefined) {
    const targets = scope.store.dictionaries.get(`party ${type.of}`) ?? unsupported('an undeclared party');
    relation = new Relation(scope.store.attributes, of.type.of, attribute, holder.dictionary, targets);
    scope.relations.set(name, relation);
  }
  const found = relation;
  const day = countingDay(scope);
  const days = countingDays(scope);
  return {
    kind: 'code',
    dictionary: scope.store.dictionaries.get(`party ${type.of}`)!,
    at: (row) => found.on(holder.at(row), day(row)),
    many: (span, out) => {
      holder.many(span, out);
      found.manyOn(out, days, span.firstRow, span.count);
    },
    path: `${holder.path}.${attribute}`,
    via: { holder, relation: found },
  };
}

function callFormula(expression: Expression & { kind: 'call' }, scope: RowScope): RowFormula {
  const named = scope.program.values.find(({ id }) => id === expression.value);
  if (named === undefined || expression.period !== null) unsupported('a value per period by fact');
  if (named.of === null) return rowFormula(named.body, scope);
  if (expression.of === null || !isItem(expression.of, scope)) unsupported('a value of something else');
  return rowFormula(named.body, withItem(scope, named.of));
}

function comparisonFormula(
  expression: Expression & { kind: 'compare' },
  scope: RowScope,
): TruthFormula<number> {
  const { comparison, left, right } = expression;
  const text = constantScalar(right, scope.program);
  if (text !== null && (text.kind === 'text' || text.kind === 'party' || text.kind === 'yesNo')) {
    const code = codeOfRow(left, scope);
    const wanted = code.dictionary.code(text.kind === 'yesNo' ? (text.value ? 'yes' : 'no') : text.value);
    const { at } = code;
    const [same, other] =
      comparison === 'is' ? [1, 0] : comparison === 'is not' ? [0, 1] : unsupported('an order of texts');
    return {
      kind: 'truth',
      reads: 0,
      at: (row) => {
        const value = at(row);
        return value === wanted ? same : value >= 0 ? other : Number.NaN;
      },
      many: (span, out) => {
        const codes = span.borrowCodes();
        code.many(span, codes);
        compareCodes(codes, out, span.count, wanted, same, other);
        span.releaseCodes(codes);
      },
    };
  }
  return compareFormula(comparison, numberOfRow(left, scope), numberOfRow(right, scope));
}

/** No branch depends on a code that is there, since which one comes next cannot be guessed. */
function compareCodes(
  codes: Int32Array,
  out: Float64Array,
  count: number,
  wanted: number,
  same: number,
  other: number,
): void {
  const difference = same - other;
  let all = 0;
  for (let index = 0; index < count; index += 1) {
    const value = codes[index]!;
    all |= value;
    out[index] = other + difference * Number(value === wanted);
  }
  if (all >= 0) return;
  for (let index = 0; index < count; index += 1) if (codes[index]! < 0) out[index] = Number.NaN;
}
