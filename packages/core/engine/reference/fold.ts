// SPDX-License-Identifier: Apache-2.0
// Folds over a set: sum, count, mean, least, greatest, first, last. An item whose value waits is left out and noted,
// so the fold goes on and what rests on it is provisional. An empty sum is zero; an empty mean, least or first is none.
import type { Expression } from '../../program/expression.ts';
import type { Value } from '../../program/value.ts';
import { add, compare, divide, type Rational, rational, zero } from '../../values/rational.ts';
import { answer } from './expression.ts';
import { type Answer, compareValues, isValue, none, numberOf, quantity } from './result.ts';
import type { Scope } from './scope.ts';
import { bindItem, itemsOf } from './sets.ts';

export function fold(e: Expression & { kind: 'fold' }, scope: Scope): Answer {
  const items = itemsOf(e.set, scope);
  // A negative sale of a return takes money back; it is not one sale more.
  const counted = items.filter(({ record }) => record === null || record.lowering === null);
  const isShort = isTooFew(e, counted.length, scope);
  if (e.fold === 'count' || e.each === null) return isShort ? none : quantity(rational(counted.length));
  let sum: Rational = zero;
  let chosen: Value | null = null;
  const { each } = e;
  for (const item of e.fold === 'sum' || e.fold === 'mean' ? items : counted) {
    const value = answer(each, bindItem(scope, e.item, item));
    if (!isValue(value)) {
      if (value.kind === 'waiting') scope.waits.push(...value.for);
      continue;
    }
    switch (e.fold) {
      case 'sum':
      case 'mean':
        sum = add(sum, numberOf(value));
        break;
      case 'least':
        if (chosen === null || compareValues(value, chosen) < 0) chosen = value;
        break;
      case 'greatest':
        if (chosen === null || compareValues(value, chosen) > 0) chosen = value;
        break;
      case 'first':
        if (chosen === null) chosen = value;
        break;
      case 'last':
        chosen = value;
        break;
    }
  }
  if (isShort) return none;
  if (e.fold === 'sum') return quantity(sum);
  if (e.fold !== 'mean') return chosen ?? none;
  const mean = divide(sum, rational(counted.length));
  return mean === null ? none : quantity(mean);
}

function isTooFew(e: Expression & { kind: 'fold' }, count: number, scope: Scope): boolean {
  if (e.leastCount === null) return false;
  const least = answer(e.leastCount, scope);
  return isValue(least) && compare(rational(count), numberOf(least)) < 0;
}
