// SPDX-License-Identifier: Apache-2.0
// What the right end of a chain of words means so far: one value, a set, or something of each item of a set. A set
// can be built as it stands, and can also say what it takes to belong to it, so that "Deals of Representatives of
// the Manager" becomes one set of deals with a condition.
import type { Span } from '../../program/diagnostic.ts';
import type { Expression, Moment, Variable } from '../../program/expression.ts';
import type { SetExpression } from '../../program/set.ts';
import type { Type } from '../../program/type.ts';
import { type Context, reference, variable } from './context.ts';

export interface ValueOperand {
  readonly kind: 'value';
  readonly expression: Expression;
}
export interface SetOperand {
  readonly kind: 'set';
  readonly of: 'facts' | 'parties';
  /** Kind of fact (declared or derived), party or thing. */
  readonly element: string;
  readonly build: () => SetExpression;
  /** The conditions under which an element belongs; facts of inner sets belong whenever they count. */
  readonly test: (element: Expression, moment: Moment | null) => Expression[];
}
export interface MappedOperand {
  readonly kind: 'mapped';
  readonly set: SetExpression;
  readonly item: Variable;
  readonly each: Expression;
  /** A value of every thing of its kind, in a sentence about the whole company: their sum is meant. */
  readonly isTotal?: boolean;
}
export type Operand = ValueOperand | SetOperand | MappedOperand;

export function valueOperand(expression: Expression): ValueOperand {
  return { kind: 'value', expression };
}

/** The type of one item of a set. */
export function elementType(set: { readonly of: 'facts' | 'parties'; readonly element: string }): Type {
  return { kind: set.of === 'facts' ? 'fact' : 'party', of: set.element };
}

/** A new variable for the items of a set. */
export function itemOf(context: Context, set: SetOperand): Variable {
  return variable(context, set.element, elementType(set));
}

export function isEqual(left: Expression, right: Expression, at: Span): Expression {
  return { kind: 'compare', comparison: 'is', left, right, type: { kind: 'yesNo' }, at };
}

export function isMember(item: Expression, set: SetExpression, at: Span): Expression {
  return { kind: 'member', item, set, type: { kind: 'yesNo' }, at };
}

/** A set of any making, whose only test is membership. */
export function plainSet(
  of: 'facts' | 'parties',
  element: string,
  at: Span,
  build: () => SetExpression,
): SetOperand {
  return { kind: 'set', of, element, build, test: (item) => [isMember(item, build(), at)] };
}

/** What it takes for something to be (in) the operand: equal to a value, or a member of a set. */
export function testOf(operand: ValueOperand | SetOperand, at: Span): SetOperand['test'] {
  if (operand.kind === 'set') return operand.test;
  return (element) => [isEqual(element, operand.expression, at)];
}

/** Something of each item of a set. */
export function mapped(
  context: Context,
  set: SetOperand,
  at: Span,
  each: (item: Expression, bound: Variable) => Expression,
): MappedOperand {
  const item = itemOf(context, set);
  return { kind: 'mapped', set: set.build(), item, each: each(reference(item, at), item) };
}
