// SPDX-License-Identifier: Apache-2.0
// Expressions that are the same for everybody: literals, blanks and what is reckoned from them, as exact numbers.
// Lengths of time count in days, unless they have months, which have no fixed number of days.

import type { Expression } from '../../program/expression.ts';
import type { Program } from '../../program/program.ts';
import type { Scalar } from '../../program/value.ts';
import { add, divide, multiply, type Rational, rational, subtract } from '../../values/rational.ts';

/** The value of a literal or a filled blank; null for every other expression. */
export function constantScalar(expression: Expression, program: Program): Scalar | null {
  if (expression.kind === 'literal') return expression.value;
  if (expression.kind !== 'blank') return null;
  return program.blanks.find(({ id }) => id === expression.blank)?.value ?? null;
}

/** The number of an expression that depends on nothing; null when it depends on something or is no number. */
export function constantNumber(expression: Expression, program: Program): Rational | null {
  const scalar = constantScalar(expression, program);
  if (scalar !== null) {
    if (scalar.kind === 'quantity') return scalar.value;
    if (scalar.kind === 'date') return rational(scalar.value);
    if (scalar.kind === 'duration' && scalar.value.months === 0) return rational(scalar.value.days);
    return null;
  }
  if (expression.kind !== 'arithmetic') return null;
  const left = constantNumber(expression.left, program);
  const right = constantNumber(expression.right, program);
  if (left === null || right === null) return null;
  switch (expression.operator) {
    case '+':
      return add(left, right);
    case '-':
      return subtract(left, right);
    case '*':
      return multiply(left, right);
    case '/':
      return divide(left, right);
  }
}
