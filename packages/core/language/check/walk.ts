// SPDX-License-Identifier: Apache-2.0
// Walking a checked expression: its direct parts, those of the sets in it included. Everything that asks a question
// of a whole formula (does it need a period, can it be none, whose facts does it read) goes through here.
import type { Expression, Moment } from '../../program/expression.ts';
import type { SetExpression, Window } from '../../program/set.ts';

/** The expressions directly inside one. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'level':
    case 'blank':
    case 'variable':
      return [];
    case 'field':
      return [expression.of];
    case 'attribute':
    case 'status':
      return [expression.of, ...momentParts(expression.moment)];
    case 'call':
    case 'entitlement':
    case 'rise':
    case 'place':
      return present(expression.of, expression.period);
    case 'fold':
      return [...setParts(expression.set), ...present(expression.each, expression.leastCount)];
    case 'arithmetic':
    case 'lesser':
    case 'greater':
    case 'compare':
    case 'within':
      return [expression.left, expression.right];
    case 'member':
      return [expression.item, ...setParts(expression.set)];
    case 'and':
    case 'or':
      return expression.parts;
    case 'cases':
      return [...expression.cases.flatMap((one) => [one.when, one.then]), ...present(expression.otherwise)];
    case 'table':
      return present(expression.on, expression.and);
    case 'per':
      return [expression.rate, expression.step, expression.of];
    case 'elapsed':
      return [expression.from, expression.to];
    case 'shifted':
      return [expression.date, expression.by];
    case 'edge':
    case 'periodOf':
      return [expression.date];
    case 'periodEdge':
    case 'ordinal':
    case 'shiftedPeriod':
      return [expression.period];
    case 'span':
      return present(expression.from, expression.through);
    case 'round':
      return [expression.of, expression.step];
    case 'ifNone':
      return [expression.of, expression.otherwise];
    case 'prorated':
      return [expression.of, expression.party, expression.period];
    case 'balance':
      return [expression.of];
    case 'decision':
      return [expression.of, expression.period];
    case 'set':
      return setParts(expression.set);
  }
}

function present(...expressions: readonly (Expression | null)[]): Expression[] {
  return expressions.filter((expression) => expression !== null);
}

function momentParts(moment: Moment): readonly Expression[] {
  switch (moment.kind) {
    case 'start':
    case 'end':
    case 'weighted':
      return [moment.period];
    case 'on':
      return [moment.date];
    default:
      return [];
  }
}

/** The expressions directly inside a set, those of sets within it included. */
export function setParts(set: SetExpression): readonly Expression[] {
  switch (set.kind) {
    case 'facts':
      return [...set.where, ...windowParts(set.window)];
    case 'parties':
      return set.where;
    case 'through':
      return [...setParts(set.of), set.link];
    case 'both':
    case 'without':
    case 'either':
      return [...setParts(set.left), ...setParts(set.right)];
    case 'named':
      return present(set.of, set.period);
    case 'below':
      return [set.top, ...momentParts(set.moment)];
  }
}

function windowParts(window: Window): readonly Expression[] {
  switch (window.kind) {
    case 'period':
    case 'through':
    case 'beforePeriod':
      return [window.period];
    case 'toDate':
      return 'period' in window.end ? [window.end.period] : [];
    case 'beforeFact':
      return present(window.length);
    case 'rolling':
      return [window.period, window.length];
    case 'between':
      return [window.from, window.through];
    case 'lasting':
      return momentParts(window.moment);
    default:
      return [];
  }
}

/** The sets directly inside an expression. */
export function setsOf(expression: Expression): readonly SetExpression[] {
  return expression.kind === 'fold' || expression.kind === 'member' || expression.kind === 'set'
    ? nested(expression.set)
    : [];
}

function nested(set: SetExpression): readonly SetExpression[] {
  switch (set.kind) {
    case 'through':
      return [set, ...nested(set.of)];
    case 'both':
    case 'without':
    case 'either':
      return [set, ...nested(set.left), ...nested(set.right)];
    default:
      return [set];
  }
}

/** Visits an expression and everything inside it, outermost first. */
export function visit(expression: Expression, see: (inner: Expression) => void): void {
  see(expression);
  for (const part of partsOf(expression)) visit(part, see);
}

/** Every expression of a clause's amount and rows, as written (calls are not followed). */
export function clauseExpressions(clause: {
  readonly amount: Expression;
  readonly rows: readonly object[];
}): readonly Expression[] {
  return [clause.amount, ...clause.rows.flatMap(rowExpressions)];
}

/** Expressions held directly by a row of a clause or balance. */
export function rowExpressions(row: object): readonly Expression[] {
  return Object.values(row).flatMap((value: unknown) => {
    if (typeof value !== 'object' || value === null) return [];
    if ('type' in value && 'at' in value) return [value as Expression];
    if ('where' in value) return setParts(value as SetExpression);
    return [];
  });
}
