// SPDX-License-Identifier: Apache-2.0
// Expressions about a payee in a period, as formulas over folded measures; and how each is borne by the facts behind
// it: the running form computes the same expression with the sum so far in place of the sum.

import type { Expression, Variable } from '../../program/expression.ts';
import type { SetExpression } from '../../program/set.ts';
import { constantNumber } from './constants.ts';
import { rowSet } from './fact-set.ts';
import {
  boundFormula,
  casesFormula,
  compareFormula,
  constantFormula,
  copyColumn,
  joinedFormula,
  kernelFormula,
  type NumberFormula,
  productFormula,
  runningSum,
  sumFormula,
  type TruthFormula,
} from './formula.ts';
import { type KeyScope, periodBound, stageOf } from './key-scope.ts';
import type { DistinctSet, Frame, Input } from './plan.ts';
import { codeOfRow, numberOfRow, withItem } from './row-formula.ts';
import { tableKernel } from './table-kernel.ts';
import { termsOf } from './terms.ts';
import { unsupported } from './unsupported.ts';

export type KeyNumber = NumberFormula<Frame>;

export function keyNumber(expression: Expression, scope: KeyScope): KeyNumber {
  const constant = constantNumber(expression, scope.program);
  if (constant !== null) return constantFormula(constant);
  switch (expression.kind) {
    case 'call':
      return keyNumber(...inside(expression, scope));
    case 'fold':
      return inputFormula(foldInput(expression, scope), scope);
    case 'arithmetic': {
      if (expression.operator === '/') unsupported('a division by key');
      const left = keyNumber(expression.left, scope);
      const right = keyNumber(expression.right, scope);
      if (expression.operator === '*') return productFormula(left, right);
      return sumFormula(left, right, expression.operator === '+' ? 1 : -1);
    }
    case 'lesser':
    case 'greater':
      return boundFormula(
        keyNumber(expression.left, scope),
        keyNumber(expression.right, scope),
        expression.kind,
      );
    case 'cases':
      return casesFormula(
        expression.cases.map(({ when, then }) => ({
          when: keyTruth(when, scope),
          then: keyNumber(then, scope),
        })),
        expression.otherwise === null ? null : keyNumber(expression.otherwise, scope),
      );
    case 'table':
      return tableOf(expression, keyNumber(expression.on, scope), scope);
    default:
      return unsupported(`${expression.kind} by key`);
  }
}

export function keyTruth(expression: Expression, scope: KeyScope): TruthFormula<Frame> {
  switch (expression.kind) {
    case 'compare':
      return compareFormula(
        expression.comparison,
        keyNumber(expression.left, scope),
        keyNumber(expression.right, scope),
      );
    case 'and':
    case 'or':
      return joinedFormula(
        expression.kind,
        expression.parts.map((part) => keyTruth(part, scope)),
      );
    default:
      return unsupported(`${expression.kind} as a condition by key`);
  }
}

function tableOf(expression: Expression & { kind: 'table' }, on: KeyNumber, scope: KeyScope): KeyNumber {
  const table = scope.program.tables.find(({ id }) => id === expression.table);
  if (table?.kind !== 'bands' || expression.and !== null) unsupported('a table of two dimensions');
  const kernel = tableKernel(table, scope.program, on.scale);
  return kernelFormula(on, kernel.scale, kernel.at, kernel.many, kernel.straight);
}

/** The body of a named value, with what it is of and its period bound. */
function inside(expression: Expression & { kind: 'call' }, scope: KeyScope): [Expression, KeyScope] {
  const named = scope.program.values.find(({ id }) => id === expression.value);
  if (named === undefined) unsupported('an unknown value');
  return [named.body, applied(named, expression.of, expression.period, scope)];
}

function applied(
  named: { readonly of: Variable | null; readonly period: { readonly variable: Variable } | null },
  of: Expression | null,
  period: Expression | null,
  scope: KeyScope,
): KeyScope {
  const bound = new Map(scope.bound);
  if (named.of !== null) {
    const what = of?.kind === 'variable' ? scope.bound.get(of.variable.id) : undefined;
    if (what?.kind !== 'payee') unsupported('a value of somebody else');
    bound.set(named.of.id, what);
  }
  if (named.period !== null) {
    if (period === null) unsupported('a value without its period');
    bound.set(named.period.variable.id, periodBound(period, scope));
  }
  return { ...scope, bound };
}

/** The place of an input among those of the clause. */
export function inputFormula(input: Input, scope: KeyScope): KeyNumber {
  const same = JSON.stringify(input);
  let place = scope.inputs.findIndex((other) => JSON.stringify(other) === same);
  if (place === -1) place = scope.inputs.push(input) - 1;
  if (place >= 32) unsupported('more than 32 measures in one clause');
  const at = place;
  const scale = input.kind === 'measure' ? scope.stage.of!.measures[input.measure]!.scale : 0;
  return {
    kind: 'number',
    scale,
    constant: null,
    reads: 1 << at,
    at: (frame) => frame.values[at]!,
    column: (span) => span.inputs[at]!,
    many: (span, out) => copyColumn(span.inputs[at]!, out, span.count),
  };
}

function foldInput(expression: Expression & { kind: 'fold' }, scope: KeyScope): Input {
  const { fold, each, set } = expression;
  if (expression.leastCount !== null || (fold !== 'sum' && fold !== 'count')) unsupported(`${fold} by key`);
  const [facts, inner] = unnamed(set, scope);
  if (facts.kind !== 'facts') {
    if (fold !== 'count') unsupported('a sum over parties');
    return { kind: 'distinct', set: distinctSet(facts, inner) };
  }
  return factsMeasure(facts, fold === 'count' ? null : each, expression.item, inner);
}

/** A set behind its names, and the scope that it stands in. */
export function unnamed(set: SetExpression, scope: KeyScope): [SetExpression, KeyScope] {
  if (set.kind !== 'named') return [set, scope];
  const named = scope.program.values.find(({ id }) => id === set.value);
  if (named?.body.kind !== 'set') unsupported('a named set that is none');
  return unnamed(named.body.set, applied(named, set.of, set.period, scope));
}

function factsMeasure(
  facts: SetExpression & { kind: 'facts' },
  each: Expression | null,
  item: Variable,
  scope: KeyScope,
): Input & { kind: 'measure' } {
  const { set, shift } = keyedSet(facts, scope);
  const { measures, scope: rows } = scope.stage.of!;
  const formula = each === null ? null : numberOfRow(each, withItem(rows, item));
  const column = each === null ? '' : placeless(each, item);
  const name = each === null ? `count ${set}` : `sum ${set} ${column}`;
  let measure = measures.findIndex((other) => other.name === name);
  if (measure === -1)
    measure =
      measures.push({
        set,
        each: formula,
        name,
        column,
        scale: formula?.scale ?? 0,
        terms: termsOf(each, scope.program),
      }) - 1;
  return { kind: 'measure', measure, shift };
}

/** An expression as text, the same for the same expression about different items. */
export function placeless(expression: Expression, item: Variable): string {
  return JSON.stringify(expression, (key, value) => {
    if (key === 'at' || key === 'type') return undefined;
    if (typeof value === 'bigint') return `${value}`;
    if (value !== null && typeof value === 'object' && value.id === item.id && 'name' in value) return 'it';
    return value;
  });
}

/** A set of facts that belong to the payee, in a period: its place in the stage. */
function keyedSet(
  facts: SetExpression & { kind: 'facts' },
  scope: KeyScope,
): { readonly set: number; readonly shift: number } {
  if (facts.window.kind !== 'period') unsupported(`a window ${facts.window.kind}`);
  const { shift } = periodBound(facts.window.period, scope);
  const keys = facts.where.map((condition) => ownerLink(condition, scope));
  const place = keys.findIndex((link) => link !== null);
  const link = keys[place];
  if (link === undefined || link === null) unsupported('facts of more than the payee');
  const stage = stageOf(scope, facts.factKind, facts.item, link);
  const rest = facts.where.filter((_, index) => index !== place);
  const set = rowSet(facts.factKind, rest, withItem(stage.scope, facts.item));
  let index = stage.sets.findIndex(({ name }) => name === set.name);
  if (index === -1) index = stage.sets.push(set) - 1;
  return { set: index, shift };
}

/** The link of the condition `link of the item is the payee`, or null. */
function ownerLink(condition: Expression, scope: KeyScope): Expression | null {
  if (condition.kind !== 'compare' || condition.comparison !== 'is') return null;
  if (isPayee(condition.right, scope)) return condition.left;
  return isPayee(condition.left, scope) ? condition.right : null;
}

function isPayee(expression: Expression, scope: KeyScope): boolean {
  return expression.kind === 'variable' && scope.bound.get(expression.variable.id)?.kind === 'payee';
}

function distinctSet(set: SetExpression, scope: KeyScope): DistinctSet {
  const [own, inner] = unnamed(set, scope);
  switch (own.kind) {
    case 'both':
    case 'without':
    case 'either':
      return { kind: own.kind, left: distinctSet(own.left, inner), right: distinctSet(own.right, inner) };
    case 'through': {
      const [facts, within] = unnamed(own.of, inner);
      if (facts.kind !== 'facts') unsupported('links of parties');
      const place = keyedSet(facts, within);
      const stage = within.stage.of!;
      const code = codeOfRow(own.link, withItem(stage.scope, own.item));
      let link = stage.links.findIndex(({ path }) => path === code.path);
      if (link === -1) link = stage.links.push(code) - 1;
      return { kind: 'links', set: place.set, link, shift: place.shift };
    }
    default:
      return unsupported(`a set ${own.kind}`);
  }
}

/** How an expression is borne, as a function of the running sum of one measure; null where no facts bear it. */
export interface Borne {
  readonly input: Input & { kind: 'measure' };
  readonly cumulative: KeyNumber;
}

export function borne(expression: Expression, scope: KeyScope): Borne | null {
  if (constantNumber(expression, scope.program) !== null) return null;
  switch (expression.kind) {
    case 'call':
      return borne(...inside(expression, scope));
    case 'fold': {
      const input = foldInput(expression, scope);
      if (input.kind !== 'measure') return null;
      const { scale } = scope.stage.of!.measures[input.measure]!;
      return {
        input,
        cumulative: runningSum(scale),
      };
    }
    case 'arithmetic': {
      const left = borne(expression.left, scope);
      const right = borne(expression.right, scope);
      if (left === null && right === null) return null;
      const own = left ?? right!;
      if ((left !== null && right !== null) || expression.operator !== '*') {
        unsupported('lines of a sum or product of measures');
      }
      const other = keyNumber(left === null ? expression.left : expression.right, scope);
      return { input: own.input, cumulative: productFormula(own.cumulative, other) };
    }
    case 'table': {
      const on = borne(expression.on, scope);
      if (on === null) return null;
      const table = scope.program.tables.find(({ id }) => id === expression.table);
      if (table?.kind !== 'bands') unsupported('a table of two dimensions');
      if (table.mode !== 'whole') {
        return { input: on.input, cumulative: tableOf(expression, on.cumulative, scope) };
      }
      const whole = keyNumber(expression.on, scope);
      const kernel = tableKernel(table, scope.program, whole.scale);
      const rate = kernelFormula(whole, kernel.rateScale, kernel.rateAt, kernel.rateMany);
      return { input: on.input, cumulative: productFormula(on.cumulative, rate) };
    }
    case 'lesser': {
      const left = borne(expression.left, scope);
      const right = borne(expression.right, scope);
      const own = left ?? right;
      if (own === null) return null;
      const bound = keyNumber(left === null ? expression.left : expression.right, scope);
      return { input: own.input, cumulative: boundFormula(own.cumulative, bound, 'lesser') };
    }
    default:
      return unsupported(`lines of ${expression.kind}`);
  }
}

/** The measure in proportion to which a gate's amount is shared: the first in its condition that facts stand behind. */
export function gateMeasure(condition: Expression, scope: KeyScope): (Input & { kind: 'measure' }) | null {
  if (condition.kind === 'and' || condition.kind === 'or') {
    for (const part of condition.parts) {
      const found = gateMeasure(part, scope);
      if (found !== null) return found;
    }
    return null;
  }
  if (condition.kind !== 'compare') return null;
  return measureBehind(condition.left, scope) ?? measureBehind(condition.right, scope);
}

function measureBehind(expression: Expression, scope: KeyScope): (Input & { kind: 'measure' }) | null {
  const own = gateBorne(expression, scope);
  if (own !== null) return own;
  if (expression.kind !== 'fold' || expression.fold !== 'count') return null;
  const [set, inner] = unnamed(expression.set, scope);
  if (set.kind !== 'through') return null;
  const [facts, within] = unnamed(set.of, inner);
  return facts.kind === 'facts' ? factsMeasure(facts, null, facts.item, within) : null;
}

/** A measure alone, or times a constant: shares in proportion are the same. */
function gateBorne(expression: Expression, scope: KeyScope): (Input & { kind: 'measure' }) | null {
  const own = borne(expression, scope);
  if (own === null) return null;
  const isPlain = expression.kind === 'fold' || expression.kind === 'call';
  const body = expression.kind === 'call' ? inside(expression, scope)[0] : expression;
  if (!isPlain || body.kind !== 'fold') unsupported('a gate on more than one measure');
  return own.input;
}
