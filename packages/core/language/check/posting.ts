// SPDX-License-Identifier: Apache-2.0
// When a clause posts. It may post as it grows only where more facts can never make it smaller: sums and counts
// through rising tables, fixed rates and gates. Means, ratios, differences and sets with a `who are` wait for the end.

import type { Clause } from '../../program/clause.ts';
import type { Table } from '../../program/declaration.ts';
import type { Expression } from '../../program/expression.ts';
import type { SetExpression } from '../../program/set.ts';
import { compare, sign } from '../../values/rational.ts';
import type { ClauseDraft } from './clauses.ts';
import { type BlankValues, constantOf } from './constants.ts';
import type { Index } from './program-index.ts';

/** `fixed`: the same whatever comes later; `grows`: never smaller; `moves`: either way. */
type Growth = 'fixed' | 'grows' | 'moves';

/** The moment at which differences of a clause are posted. */
export function postsOf(clause: ClauseDraft, index: Index): Clause['posts'] {
  for (const row of clause.rows) {
    if (row.kind === 'as it grows') return { kind: 'grows' };
    if (row.kind === 'when the period ends') return { kind: 'ends' };
    if (row.kind === 'posted on') return { kind: 'on', date: row.date };
  }
  const growth = growthOf(clause.amount, index, new Set());
  const { kind } = clause.occasion;
  if (kind === 'period' || kind === 'lasting') return { kind: growth === 'grows' ? 'grows' : 'ends' };
  const isUnperioded = kind === 'ever' || clause.occasion.unit === null;
  return { kind: growth === 'moves' && !isUnperioded ? 'ends' : 'grows' };
}

function growthOf(expression: Expression, index: Index, calls: Set<string>): Growth {
  const of = (inner: Expression) => growthOf(inner, index, calls);
  switch (expression.kind) {
    case 'fold':
      return foldGrowth(expression, index, calls);
    case 'call': {
      const value = index.values.get(expression.value);
      if (value === undefined || calls.has(expression.value)) return 'moves';
      return growthOf(value.body, index, new Set([...calls, expression.value]));
    }
    case 'arithmetic':
      return arithmeticGrowth(expression, index.blanks, of);
    case 'lesser':
    case 'greater':
      return joined([of(expression.left), of(expression.right)]);
    case 'per':
      return of(expression.rate) === 'fixed' && of(expression.step) === 'fixed' ? of(expression.of) : 'moves';
    case 'table': {
      const table = index.tables.get(expression.table);
      const growth = joined([of(expression.on), ...(expression.and === null ? [] : [of(expression.and)])]);
      if (growth !== 'grows') return growth;
      return table !== undefined && isRising(table, index.blanks) ? 'grows' : 'moves';
    }
    case 'cases':
      return casesGrowth(expression, of);
    case 'round':
    case 'prorated':
      return of(expression.of);
    case 'ifNone':
      return of(expression.of) === 'fixed' && of(expression.otherwise) === 'fixed' ? 'fixed' : 'moves';
    case 'compare':
      return comparisonGrowth(expression, of);
    case 'and':
    case 'or':
      return joined(expression.parts.map(of));
    case 'member':
    case 'entitlement':
    case 'balance':
    case 'place':
    case 'decision':
    case 'rise':
    case 'set':
      return 'moves';
    default:
      return 'fixed';
  }
}

function joined(parts: readonly Growth[]): Growth {
  if (parts.includes('moves')) return 'moves';
  return parts.includes('grows') ? 'grows' : 'fixed';
}

function foldGrowth(
  { fold, set, each }: Expression & { kind: 'fold' },
  index: Index,
  calls: Set<string>,
): Growth {
  if (isEarlierOnly(set)) return 'fixed';
  // Who is there at the end of the period, and what lasts then, is only known at the end.
  if (set.kind === 'parties' || set.kind === 'below' || !isPlain(set, index)) return 'moves';
  const parts = each === null ? 'fixed' : growthOf(each, index, calls);
  return parts === 'fixed' && (fold === 'sum' || fold === 'count' || fold === 'greatest') ? 'grows' : 'moves';
}

/** Facts before the one at hand: they are all there when it counts. */
function isEarlierOnly(set: SetExpression): boolean {
  return set.kind === 'facts' && (set.window.kind === 'beforeFact' || set.window.kind === 'soFar');
}

/** Whether more facts can only add to the set. */
function isPlain(set: SetExpression, index: Index): boolean {
  switch (set.kind) {
    case 'facts': {
      if (set.window.kind === 'lasting') return false;
      const derived = index.derivedKinds.get(set.factKind);
      const isFirst = derived === undefined || derived.rule.kind !== 'last';
      return (
        isFirst &&
        set.where.every((condition) => condition.kind !== 'member' || isPlain(condition.set, index))
      );
    }
    case 'through':
      return isPlain(set.of, index);
    case 'both':
    case 'either':
      return isPlain(set.left, index) && isPlain(set.right, index);
    case 'named': {
      const body = index.values.get(set.value)?.body;
      return body?.kind === 'set' && isPlain(body.set, index);
    }
    case 'below':
    case 'parties':
      return true;
    case 'without':
      return false;
  }
}

function arithmeticGrowth(
  { operator, left, right }: Expression & { kind: 'arithmetic' },
  blanks: BlankValues,
  of: (inner: Expression) => Growth,
): Growth {
  const sides = [of(left), of(right)] as const;
  if (joined(sides) !== 'grows') return joined(sides);
  const isAbove = (side: Expression) => {
    const value = constantOf(side, blanks);
    return value === null ? side.kind === 'blank' : sign(value) >= 0;
  };
  switch (operator) {
    case '+':
      return 'grows';
    case '-':
      return sides[1] === 'fixed' ? 'grows' : 'moves';
    case '*':
      if (sides[0] === 'grows' && sides[1] === 'grows') return 'grows';
      return isAbove(sides[0] === 'fixed' ? left : right) ? 'grows' : 'moves';
    case '/':
      return sides[1] === 'fixed' && isAbove(right) ? 'grows' : 'moves';
  }
}

/** One case behind a rising gate, with nothing otherwise. */
function casesGrowth(expression: Expression & { kind: 'cases' }, of: (inner: Expression) => Growth): Growth {
  const all = [
    ...expression.cases.flatMap((one) => [of(one.when), of(one.then)]),
    ...(expression.otherwise === null ? [] : [of(expression.otherwise)]),
  ];
  if (joined(all) !== 'grows') return joined(all);
  return expression.cases.length === 1 && expression.otherwise === null ? 'grows' : 'moves';
}

function comparisonGrowth(
  { comparison, left, right }: Expression & { kind: 'compare' },
  of: (inner: Expression) => Growth,
): Growth {
  const sides = [of(left), of(right)] as const;
  if (joined(sides) !== 'grows') return joined(sides);
  const isUp = comparison === 'at least' || comparison === 'more than';
  const isDown = comparison === 'at most' || comparison === 'less than';
  if (isUp && sides[1] === 'fixed') return 'grows';
  return isDown && sides[0] === 'fixed' ? 'grows' : 'moves';
}

/** Whether a table never falls, with the blanks as they are. */
function isRising(table: Table, blanks: BlankValues): boolean {
  if (table.kind === 'matrix') return false;
  const results = table.bands.map((band) => constantOf(band.result, blanks));
  if (results.some((result) => result === null || sign(result) < 0)) return false;
  if (table.mode === 'slice' || table.mode === 'proportion') return true;
  return results.every((result, place) => {
    const before = results[place - 1];
    return before === undefined || before === null || result === null || compare(before, result) <= 0;
  });
}
