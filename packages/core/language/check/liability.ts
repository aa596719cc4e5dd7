// SPDX-License-Identifier: Apache-2.0
// The most that one clause can give one payee for one occasion, where the text bounds it: a cap, a fixed bonus, a
// table of amounts. Everything else is unbounded, and a budget must look at the facts.

import type { Clause } from '../../program/clause.ts';
import type { Expression } from '../../program/expression.ts';
import type { Program } from '../../program/program.ts';
import { add, maximum, minimum, multiply, type Rational, sign, zero } from '../../values/rational.ts';
import { constantOf } from './constants.ts';
import { type Index, indexOf } from './program-index.ts';

/** The bound in the clause's asset, per payee and occasion; null when there is none. */
export function maximumLiability(program: Program, clause: Clause): Rational | null {
  const index = indexOf(program);
  let bound = upperBound(clause.amount, index);
  for (const row of clause.rows) {
    if (row.kind === 'at most' && row.when === null) {
      const limit = upperBound(row.limit, index);
      if (limit !== null) bound = bound === null ? limit : minimum(bound, limit);
    }
    if (row.kind === 'at least') {
      const limit = upperBound(row.limit, index);
      bound = bound === null || limit === null ? null : maximum(bound, limit);
    }
    if (row.kind === 'times') {
      const factor = upperBound(row.factor, index);
      bound = bound === null || factor === null ? null : multiply(bound, factor);
    }
    if (row.kind === 'for every') bound = null;
  }
  return bound;
}

function upperBound(expression: Expression, index: Index): Rational | null {
  const constant = constantOf(expression, index.blanks);
  if (constant !== null) return constant;
  const of = (inner: Expression) => upperBound(inner, index);
  switch (expression.kind) {
    case 'cases': {
      const branches = [
        ...expression.cases.map((one) => of(one.then)),
        expression.otherwise === null ? zero : of(expression.otherwise),
      ];
      return greatest(branches);
    }
    case 'lesser': {
      const [left, right] = [of(expression.left), of(expression.right)];
      if (left === null || right === null) return left ?? right;
      return minimum(left, right);
    }
    case 'greater':
      return greatest([of(expression.left), of(expression.right)]);
    case 'arithmetic': {
      const [left, right] = [of(expression.left), of(expression.right)];
      if (left === null || right === null) return null;
      if (expression.operator === '+') return add(left, right);
      return expression.operator === '*' && sign(left) >= 0 && sign(right) >= 0
        ? multiply(left, right)
        : null;
    }
    case 'table': {
      const table = index.tables.get(expression.table);
      if (table === undefined) return null;
      if (table.kind === 'matrix') return greatest(table.cells.flat().map(of));
      if (table.mode === 'reached') return greatest(table.bands.map((band) => of(band.result)));
      return null;
    }
    case 'call': {
      const body = index.values.get(expression.value)?.body;
      return body === undefined ? null : of(body);
    }
    case 'round':
      return null;
    default:
      return null;
  }
}

function greatest(bounds: readonly (Rational | null)[]): Rational | null {
  return bounds.reduce<Rational | null>(
    (high, bound) => (high === null || bound === null ? null : maximum(high, bound)),
    bounds[0] ?? null,
  );
}
