// SPDX-License-Identifier: Apache-2.0
// Making two values meet: a text becomes the id or option that the other side wants, nought takes any unit, and a
// bare number in a blank takes the unit that its use demands. What cannot meet is refused with both places.

import type { Span } from '../../program/diagnostic.ts';
import type { Expression } from '../../program/expression.ts';
import type { Type } from '../../program/type.ts';
import { currency } from '../../values/asset.ts';
import { isBareNumber } from './blank-types.ts';
import { type Context, findKind } from './context.ts';
import { scalarAs } from './literals.ts';
import { fail } from './report.ts';
import { combineUnits, isMatching, type Quantity, sameUnit, typeText } from './types.ts';

/** The expression as one of `type`, or null when it cannot be. */
export function fitted(context: Context, expression: Expression, type: Type): Expression | null {
  const own = expression.type;
  if (expression.kind === 'literal') {
    const isZero = expression.value.kind === 'quantity' && expression.value.value.n === 0n;
    if (isZero && type.kind === 'quantity' && own.kind === 'quantity' && own.unit.length === 0) {
      return { ...expression, type };
    }
    const value = scalarAs({ type: own, value: expression.value }, type);
    if (value !== null)
      return {
        ...expression,
        value,
        type: own.kind === type.kind && own.kind !== 'text' && own.kind !== 'quantity' ? own : type,
      };
  }
  if (isMatching(own, type)) return expression;
  if (expression.kind === 'cases' && type.kind === 'quantity') {
    const cases = expression.cases.map((one) => ({ when: one.when, then: fitted(context, one.then, type) }));
    const otherwise = expression.otherwise === null ? null : fitted(context, expression.otherwise, type);
    const isWhole =
      cases.every((one) => one.then !== null) && (expression.otherwise === null) === (otherwise === null);
    if (isWhole) {
      return {
        ...expression,
        cases: cases.map((one) => ({ when: one.when, then: one.then ?? expression })),
        otherwise,
        type,
      };
    }
  }
  if (own.kind === 'quantity' && type.kind === 'quantity') {
    const missing = combineUnits(type.unit, own.unit, -1);
    const [part] = missing;
    const isAsset =
      missing.length === 1 && part !== undefined && part.exponent === 1 && currency(part.base) === null;
    if (isAsset) {
      const unit: Quantity = { kind: 'quantity', unit: missing, flavour: 'amount' };
      if (demandUnit(context, expression, unit)) return { ...expression, type };
    }
  }
  return null;
}

/** Asks the bare numbers behind an expression to be of a unit; false when there is none to ask. */
function demandUnit(context: Context, expression: Expression, unit: Quantity): boolean {
  switch (expression.kind) {
    case 'blank': {
      const blank = findKind(context, expression.blank, 'blank');
      if (blank === null || !isBareNumber(blank.tree)) return false;
      if (context.demands.has(expression.blank)) return false;
      context.demands.set(expression.blank, { type: unit, at: expression.at });
      return true;
    }
    case 'literal':
      return expression.value.kind === 'quantity' && expression.value.value.n === 0n;
    case 'per':
      return demandUnit(context, expression.rate, unit);
    case 'call': {
      const value = findKind(context, expression.value, 'value');
      return value?.lazy.state === 'done' && demandUnit(context, value.lazy.value.body, unit);
    }
    case 'cases': {
      const branches = [
        ...expression.cases.map((one) => one.then),
        ...(expression.otherwise === null ? [] : [expression.otherwise]),
      ];
      return branches.map((branch) => demandUnit(context, branch, unit)).every(Boolean);
    }
    case 'arithmetic':
      if (expression.operator === '+' || expression.operator === '-') {
        return [expression.left, expression.right]
          .map((side) => demandUnit(context, side, unit))
          .every(Boolean);
      }
      return (
        demandUnit(context, expression.left, unit) ||
        (expression.operator === '*' && demandUnit(context, expression.right, unit))
      );
    case 'lesser':
    case 'greater':
      return [expression.left, expression.right]
        .map((side) => demandUnit(context, side, unit))
        .every(Boolean);
    case 'round':
    case 'ifNone':
    case 'prorated':
      return demandUnit(context, expression.of, unit);
    case 'table': {
      const table = findKind(context, expression.table, 'table');
      if (table?.lazy.state !== 'done') return false;
      const { value } = table.lazy;
      const results = value.kind === 'bands' ? value.bands.map((band) => band.result) : value.cells.flat();
      return results.map((result) => demandUnit(context, result, unit)).every(Boolean);
    }
    default:
      return false;
  }
}

/** The expression as one of `type`, or an error with the place of both. */
export function mustFit(
  context: Context,
  expression: Expression,
  type: Type,
  wantedBy: Span | null = null,
): Expression {
  const fit = fitted(context, expression, type);
  if (fit !== null) return fit;
  refuse(context, expression, type, wantedBy);
}

function refuse(context: Context, expression: Expression, type: Type, wantedBy: Span | null): never {
  const related = wantedBy === null ? [] : [{ at: wantedBy, note: 'other_side' }];
  const facts = { found: typeText(expression.type), expected: typeText(type) };
  const own = expression.type;
  const demand = expression.kind === 'blank' ? context.demands.get(expression.blank) : undefined;
  if (demand !== undefined && expression.kind === 'blank') {
    fail(
      context.report,
      'blank_unit_ambiguous',
      expression.at,
      { name: expression.blank, first: typeText(demand.type), second: typeText(type) },
      [{ at: demand.at, note: 'demanded_first' }],
    );
  }
  if (own.kind === 'quantity' && type.kind === 'quantity') {
    const isCurrencyMissing = own.unit.length === 0 && type.unit.some((part) => currency(part.base) !== null);
    const code = isCurrencyMissing
      ? 'currency_missing'
      : sameUnit(own.unit, type.unit)
        ? 'type_mismatch'
        : 'units_differ';
    fail(context.report, code, expression.at, facts, related);
  }
  fail(context.report, 'type_mismatch', expression.at, facts, related);
}

/** Two sides that meet in a sum or a comparison. */
export function unified(
  context: Context,
  left: Expression,
  right: Expression,
): { readonly left: Expression; readonly right: Expression } {
  const rightAsLeft = fitted(context, right, left.type);
  if (rightAsLeft !== null) return { left, right: rightAsLeft };
  const leftAsRight = fitted(context, left, right.type);
  if (leftAsRight !== null) return { left: leftAsRight, right };
  refuse(context, right, left.type, left.at);
}
