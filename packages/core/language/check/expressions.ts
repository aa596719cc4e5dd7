// SPDX-License-Identifier: Apache-2.0
// Written expressions as checked ones: every node gets its type, every name its meaning.

import type { Comparison, Expression } from '../../program/expression.ts';
import { negate } from '../../values/rational.ts';
import type { Expr, Name } from '../tree.ts';
import { asValue, checkChain, checkPart } from './chain.ts';
import { clauseAmount } from './clause-reads.ts';
import { literalExpression } from './constants.ts';
import { type Context, type Env, find, reference } from './context.ts';
import { mustFit, unified } from './fit.ts';
import { unknownName } from './lookup.ts';
import { fail } from './report.ts';
import { roundingModeOf, roundStep } from './rounding-words.ts';
import { edgeOf, periodAtHand } from './scopes.ts';
import { tableOf } from './tables.ts';
import {
  combineUnits,
  countType,
  dateType,
  durationType,
  isDimensionless,
  productType,
  type Quantity,
  sumType,
  typeText,
  yesNoType,
} from './types.ts';

/** Checks one expression where `env` holds. */
export function checkExpression(context: Context, env: Env, tree: Expr): Expression {
  const check = (inner: Expr) => checkExpression(context, env, inner);
  const { at } = tree;
  switch (tree.kind) {
    case 'chain':
      return asValue(context, checkChain(context, env, tree), at);
    case 'group':
      return check(tree.of);
    case 'negative':
      return negative(context, quantity(context, check(tree.of)));
    case 'binary':
      return binary(context, tree.operator, check(tree.left), check(tree.right), at);
    case 'table':
      return onTable(context, env, tree);
    case 'per':
      return per(context, env, tree);
    case 'elapsed': {
      const from = mustFit(context, check(tree.from), dateType);
      const to = mustFit(context, check(tree.to), dateType);
      return { kind: 'elapsed', from, to, unit: tree.unit, type: durationType, at };
    }
    case 'lesser':
    case 'greater': {
      const sides = unified(context, check(tree.left), check(tree.right));
      return { kind: tree.kind, ...sides, type: sides.left.type, at };
    }
    case 'shifted': {
      const by = mustFit(context, check(tree.by), durationType);
      const date = mustFit(context, check(tree.date), dateType);
      return {
        kind: 'shifted',
        date,
        by,
        direction: tree.direction === 'after' ? 1 : -1,
        type: dateType,
        at,
      };
    }
    case 'edge': {
      if (tree.date === null || tree.unit === 'period') {
        return edgeOf(tree.edge, periodAtHand(context, env, tree.unit, at), at);
      }
      const date = mustFit(context, check(tree.date), dateType);
      context.usedPeriods.push(at);
      return { kind: 'edge', edge: tree.edge, unit: tree.unit, date, type: dateType, at };
    }
    case 'ordinal': {
      const period = periodAtHand(context, env, tree.unit, at);
      return { kind: 'ordinal', period, unit: tree.unit, type: countType, at };
    }
    case 'amountOf':
      return clauseAmount(context, env, tree);
    case 'place':
      return placeAmong(context, env, tree);
    case 'balance':
      return balance(context, env, tree);
    case 'prorated': {
      const of = checkExpression(context, { ...env, isProrated: true }, tree.of);
      // In a clause the payee takes part; in a value, the party that it is of.
      const taking = env.payee ?? (env.it?.type.kind === 'party' ? env.it : null);
      if (taking === null || env.period === null) {
        fail(context.report, 'period_missing', at, { unit: 'period', has: '' });
      }
      const party = reference(taking, at);
      return { kind: 'prorated', of, party, period: env.period.expression, by: tree.by, type: of.type, at };
    }
    case 'compare':
      return comparison(context, tree.comparison, check(tree.left), check(tree.right), at);
    case 'oneOf': {
      const left = check(tree.left);
      const parts = tree.options.map((option) => comparison(context, 'is', left, check(option), option.at));
      return { kind: 'or', parts, type: yesNoType, at };
    }
    case 'range': {
      const left = check(tree.left);
      const from = comparison(context, 'at least', left, check(tree.from), at);
      const through = comparison(context, 'at most', left, check(tree.through), at);
      return { kind: 'and', parts: [from, through], type: yesNoType, at };
    }
    case 'exists':
      return exists(context, env, tree);
    case 'and':
    case 'or':
      return {
        kind: tree.kind,
        parts: tree.parts.map((part) => condition(context, env, part)),
        type: yesNoType,
        at,
      };
    case 'cases':
      return cases(context, env, tree);
    case 'ifNone': {
      const of = check(tree.of);
      const otherwise = mustFit(context, check(tree.otherwise), of.type, of.at);
      return { kind: 'ifNone', of, otherwise, type: of.type, at };
    }
    case 'round': {
      const of = quantity(context, check(tree.of));
      const step = roundStep(context, env, tree.rounding, of.type);
      return { kind: 'round', of, step, mode: roundingModeOf(tree.rounding), type: of.type, at };
    }
  }
}

/** An expression that must be yes or no. */
export function condition(context: Context, env: Env, tree: Expr): Expression {
  return mustFit(context, checkExpression(context, env, tree), yesNoType);
}

/** An expression that must be a quantity. `days from X to Y` among quantities is their count. */
function quantity(context: Context, expression: Expression): Expression & { type: Quantity } {
  if (expression.kind === 'elapsed') return { ...expression, type: countType };
  if (expression.type.kind !== 'quantity') {
    fail(context.report, 'type_mismatch', expression.at, {
      found: typeText(expression.type),
      expected: 'a quantity',
    });
  }
  return { ...expression, type: expression.type };
}

function negative(context: Context, of: Expression & { type: Quantity }): Expression {
  if (of.kind === 'literal' && of.value.kind === 'quantity') {
    return { ...of, value: { kind: 'quantity', value: negate(of.value.value) } };
  }
  const zero = {
    kind: 'literal',
    value: { kind: 'quantity', value: { n: 0n, d: 1n } },
    type: of.type,
    at: of.at,
  } as const;
  return binary(context, '-', zero, of, of.at);
}

function binary(
  context: Context,
  operator: '+' | '-' | '*' | '/',
  leftSide: Expression,
  rightSide: Expression,
  at: Expression['at'],
): Expression {
  if (operator === '*' || operator === '/') {
    const left = quantity(context, leftSide);
    const right = quantity(context, rightSide);
    const type = productType(left.type, right.type, operator === '*' ? 1 : -1);
    return { kind: 'arithmetic', operator, left, right, type, at };
  }
  const sides = unified(context, quantity(context, leftSide), quantity(context, rightSide));
  const left = quantity(context, sides.left);
  const right = quantity(context, sides.right);
  return { kind: 'arithmetic', operator, left, right, type: sumType(left.type, right.type), at };
}

const comparisons: Readonly<Record<string, Comparison>> = {
  is: 'is',
  not: 'is not',
  'at least': 'at least',
  'at most': 'at most',
  'more than': 'more than',
  'less than': 'less than',
};

function comparison(
  context: Context,
  word: string,
  left: Expression,
  right: Expression,
  at: Expression['at'],
): Expression {
  const sides = unified(context, left, right);
  if (word === 'within') {
    if (sides.left.type.kind !== 'party') {
      fail(context.report, 'type_mismatch', left.at, {
        found: typeText(left.type),
        expected: 'a party or thing',
      });
    }
    return { kind: 'within', ...sides, type: yesNoType, at };
  }
  const comparing = comparisons[word] ?? 'is';
  const isOrdered = ['quantity', 'date', 'duration', 'level'].includes(sides.left.type.kind);
  if (comparing !== 'is' && comparing !== 'is not' && !isOrdered) {
    fail(context.report, 'type_mismatch', left.at, {
      found: typeText(left.type),
      expected: 'something with an order',
    });
  }
  return { kind: 'compare', comparison: comparing, ...sides, type: yesNoType, at };
}

function onTable(context: Context, env: Env, tree: Extract<Expr, { kind: 'table' }>): Expression {
  const [link] = tree.table.links;
  const name: Name | null = link?.kind === 'name' ? link.name : null;
  if (name === null)
    fail(context.report, 'type_mismatch', tree.at, { found: 'no name', expected: 'a table' });
  const found = find(context, name.text);
  if (found === null) unknownName(context, name, 'table');
  if (found.declaration.kind !== 'table') {
    fail(context.report, 'type_mismatch', name.at, { found: found.declaration.id, expected: 'a table' });
  }
  const table = tableOf(context, found.declaration, name.at);
  const on = checkExpression(context, env, tree.on);
  const and = tree.and === null ? null : checkExpression(context, env, tree.and);
  const inputs = table.kind === 'bands' ? { rows: table.input, columns: null } : table.input;
  if ((and === null) !== (inputs.columns === null)) {
    fail(context.report, 'table_dimensions', tree.at, { table: table.id });
  }
  const first = mustFit(context, on, inputs.rows, table.at);
  const second =
    and === null || inputs.columns === null ? null : mustFit(context, and, inputs.columns, table.at);
  let type = table.result;
  const isRate = table.kind === 'bands' && (table.mode === 'slice' || table.mode === 'whole');
  if (isRate && type.kind === 'quantity' && first.type.kind === 'quantity')
    type = productType(type, first.type, 1);
  return { kind: 'table', table: table.id, on: first, and: second, type, at: tree.at };
}

function per(context: Context, env: Env, tree: Extract<Expr, { kind: 'per' }>): Expression {
  const rate = quantity(context, asValue(context, checkPart(context, env, tree.rate, null), tree.rate.at));
  const step = quantity(context, checkExpression(context, env, tree.step));
  const of = quantity(context, mustFit(context, checkExpression(context, env, tree.of), step.type, step.at));
  // A rate with the step's unit below its line ("Points per USD") has it already.
  const isQuotient = rate.type.unit.some((part) => part.exponent < 0);
  const type = isQuotient ? productType(rate.type, of.type, 1) : rate.type;
  return { kind: 'per', rate, step, of, whole: tree.whole, type, at: tree.at };
}

function placeAmong(context: Context, env: Env, tree: Extract<Expr, { kind: 'place' }>): Expression {
  const of = checkExpression(context, env, tree.of);
  const found = find(context, tree.by.text);
  if (found?.declaration.kind !== 'value') unknownName(context, tree.by, 'value');
  const { declaration } = found;
  const hasPeriod = declaration.tree.period !== null;
  const scoped = tree.scope;
  const unit = scoped?.kind === 'period' ? scoped.unit : (declaration.tree.period ?? 'period');
  const period = hasPeriod ? periodAtHand(context, env, unit, tree.at) : null;
  return {
    kind: 'place',
    value: declaration.id,
    of,
    period,
    lowestFirst: tree.lowest,
    type: countType,
    at: tree.at,
  };
}

function balance(context: Context, env: Env, tree: Extract<Expr, { kind: 'balance' }>): Expression {
  const found = find(context, tree.asset.text);
  if (found?.declaration.kind !== 'asset') unknownName(context, tree.asset, 'asset');
  const asset = found.declaration.id;
  const holder = tree.of === null ? env.payee : null;
  if (tree.of === null && holder === null) fail(context.report, 'it_unbound', tree.at);
  const of =
    tree.of === null ? reference(holder ?? failHolder(), tree.at) : checkExpression(context, env, tree.of);
  const unit = combineUnits([{ base: asset, exponent: 1 }], [], 1);
  return {
    kind: 'balance',
    asset,
    state: tree.state,
    of,
    type: { kind: 'quantity', unit, flavour: 'amount' },
    at: tree.at,
  };
}

function failHolder(): never {
  throw new Error('A wallet without a holder was let through.');
}

/** `there is a Won Deal of …` asks of all Won Deals whether there is one. */
function inPlural(context: Context, tree: Expr): Expr {
  if (tree.kind !== 'chain') return tree;
  const [first, ...others] = tree.part.links;
  if (first?.kind !== 'name') return tree;
  const found = find(context, first.name.text);
  const plural = found?.isPlural === false ? found.declaration.plural : null;
  if (plural === null) return tree;
  const link = { ...first, name: { ...first.name, text: plural } };
  return { ...tree, part: { ...tree.part, links: [link, ...others] } };
}

function exists(context: Context, env: Env, tree: Extract<Expr, { kind: 'exists' }>): Expression {
  const set = checkExpression(context, env, inPlural(context, tree.set));
  const { at } = tree;
  if (set.kind !== 'set' || set.type.kind !== 'set') {
    fail(context.report, 'type_mismatch', tree.set.at, { found: typeText(set.type), expected: 'a set' });
  }
  const element = { kind: set.type.of === 'facts' ? 'fact' : 'party', of: set.type.element } as const;
  context.nextVariable += 1;
  const item = { id: context.nextVariable, name: set.type.element, type: element };
  const count: Expression = {
    kind: 'fold',
    fold: 'count',
    set: set.set,
    item,
    each: null,
    leastCount: null,
    type: countType,
    at,
  };
  const zero: Expression = {
    kind: 'literal',
    value: { kind: 'quantity', value: { n: 0n, d: 1n } },
    type: countType,
    at,
  };
  return {
    kind: 'compare',
    comparison: tree.not ? 'is' : 'more than',
    left: count,
    right: zero,
    type: yesNoType,
    at,
  };
}

function cases(context: Context, env: Env, tree: Extract<Expr, { kind: 'cases' }>): Expression {
  const branches = tree.cases.map((one) => ({
    when: condition(context, env, one.when),
    then: checkExpression(context, env, one.then),
  }));
  const last = tree.otherwise === null ? null : checkExpression(context, env, tree.otherwise);
  const all = [...branches.map((branch) => branch.then), ...(last === null ? [] : [last])];
  const isZero = (expression: Expression) =>
    expression.kind === 'literal' && expression.value.kind === 'quantity' && expression.value.value.n === 0n;
  const lead =
    all.find((one) => one.type.kind === 'quantity' && one.type.unit.length > 0) ??
    all.find((one) => !isZero(one)) ??
    all[0];
  if (lead === undefined)
    fail(context.report, 'type_mismatch', tree.at, { found: 'no case', expected: 'a case' });
  const fit = (expression: Expression) =>
    expression === lead ? lead : mustFit(context, expression, lead.type, lead.at);
  if (last === null && lead.type.kind !== 'quantity') {
    fail(context.report, 'otherwise_missing', tree.at, { type: typeText(lead.type) });
  }
  const type = all.reduce<Expression['type']>((sum, one) => {
    const isBoth = sum.kind === 'quantity' && isDimensionless(one.type) && sum.unit.length === 0;
    return isBoth && !isZero(one) ? sumType(sum, one.type) : sum;
  }, lead.type);
  return {
    kind: 'cases',
    cases: branches.map(({ when, then }) => ({ when, then: fit(then) })),
    otherwise: last === null ? null : fit(last),
    type,
    at: tree.at,
  };
}

export { literalExpression };
