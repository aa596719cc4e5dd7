// SPDX-License-Identifier: Apache-2.0
// What is known of a formula before any fact: the value of literals, blanks and sums of them. Used to order table
// bounds, to find cliffs and to know that a divisor is not zero.

import type { Blank } from '../../program/declaration.ts';
import type { Expression } from '../../program/expression.ts';
import type { Scalar } from '../../program/value.ts';
import { add, divide, multiply, type Rational, rational, subtract } from '../../values/rational.ts';
import type { Literal } from '../tree.ts';
import type { Context } from './context.ts';
import { literalOf } from './literals.ts';

export type BlankValues = ReadonlyMap<string, Scalar | null>;

/** A written literal as an expression. */
export function literalExpression(context: Context, literal: Literal): Expression {
  return { kind: 'literal', ...literalOf(context, literal), at: literal.at };
}

export function blankValues(blanks: readonly Blank[]): BlankValues {
  return new Map(blanks.map((blank) => [blank.id, blank.value]));
}

/** The number behind a scalar; durations count in days, a month as thirty, which is enough to order them. */
export function numberOf(scalar: Scalar | null | undefined): Rational | null {
  switch (scalar?.kind) {
    case 'quantity':
      return scalar.value;
    case 'date':
      return rational(scalar.value);
    case 'duration':
      return rational(scalar.value.months * 30 + scalar.value.days);
    default:
      return null;
  }
}

/** The value of an expression that rests on blanks and literals alone; null for any other. */
export function constantOf(expression: Expression, blanks: BlankValues): Rational | null {
  switch (expression.kind) {
    case 'literal':
      return numberOf(expression.value);
    case 'blank':
      return numberOf(blanks.get(expression.blank));
    case 'arithmetic': {
      const left = constantOf(expression.left, blanks);
      const right = constantOf(expression.right, blanks);
      if (left === null || right === null) return null;
      if (expression.operator === '+') return add(left, right);
      if (expression.operator === '-') return subtract(left, right);
      return expression.operator === '*' ? multiply(left, right) : divide(left, right);
    }
    case 'round':
    case 'ifNone':
      return constantOf(expression.of, blanks);
    default:
      return null;
  }
}

/** Whether an expression rests on blanks and literals alone, whatever their values. */
export function isConstant(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
    case 'blank':
    case 'level':
      return true;
    case 'arithmetic':
    case 'lesser':
    case 'greater':
      return isConstant(expression.left) && isConstant(expression.right);
    case 'round':
      return isConstant(expression.of);
    default:
      return false;
  }
}
