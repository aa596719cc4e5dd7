// SPDX-License-Identifier: Apache-2.0
// Rows of a clause, top to bottom. Rows that change how the clause is rounded, returned or booked late also become
// the clause's rules, over the policies of the agreement.
import type { Clause, LateMode, Occasion, ReturnMode, Row, ShortageMode } from '../../program/clause.ts';
import type { Expression } from '../../program/expression.ts';
import type { Expr, Name, ReturnWords, RowTree } from '../tree.ts';
import { type Context, type Env, find, findKind } from './context.ts';
import { checkExpression, condition } from './expressions.ts';
import { mustFit } from './fit.ts';
import { unknownName } from './lookup.ts';
import { lateModeOf } from './policies.ts';
import { fail } from './report.ts';
import { clauseRounding } from './rounding-words.ts';
import { amountType, countType, dateType, durationType, numberType, percentType, typeText } from './types.ts';

export const returnModes: Readonly<Record<ReturnWords, ReturnMode>> = {
  none: 'none',
  'as if the sale had been smaller': 'as if smaller',
  'as a negative sale today': 'negative today',
  'taking back what it earned': 'what it earned',
  'taking back what was paid': 'what was paid',
};

type Rules = Pick<Clause, 'rounding' | 'returns' | 'late'>;

/** Checked rows, and the rules in force for the clause. */
export function rowsOf(
  context: Context,
  env: Env,
  trees: readonly RowTree[],
  asset: string,
  occasion: Occasion,
): { readonly rows: Row[]; readonly rules: Rules } {
  const rows = trees.flatMap((tree) => {
    const row = rowOf(context, env, tree, asset, occasion);
    return row === null ? [] : [row];
  });
  const policies = context.policies;
  let rules: Rules = {
    rounding: policies?.rounding ?? { step: null, mode: 'half away from zero' },
    returns: policies?.returns ?? 'none',
    late: policies?.late ?? { kind: 'restate' },
  };
  for (const row of rows) {
    if (row.kind === 'rounded') rules = { ...rules, rounding: row.rounding };
    if (row.kind === 'on a return') rules = { ...rules, returns: row.mode };
    if (row.kind === 'late facts') rules = { ...rules, late: row.mode };
  }
  return { rows, rules };
}

const shortages: Readonly<Record<'carried' | 'negative' | 'waived', ShortageMode>> = {
  carried: 'carried',
  negative: 'negative',
  waived: 'waived',
};

function rowOf(context: Context, env: Env, tree: RowTree, asset: string, occasion: Occasion): Row | null {
  const { at } = tree;
  const check = (inner: Expr) => checkExpression(context, env, inner);
  const optional = <T>(inner: Expr | null, then: (inner: Expr) => T): T | null =>
    inner === null ? null : then(inner);
  const date = (inner: Expr) => mustFit(context, check(inner), dateType);
  const length = (inner: Expr) => mustFit(context, check(inner), durationType);
  const when = (inner: Expr) => condition(context, env, inner);
  switch (tree.kind) {
    case 'at most':
    case 'at least':
      return {
        kind: tree.kind,
        at,
        limit: mustFit(context, check(tree.of), amountType(asset)),
        when: optional(tree.when, when),
      };
    case 'times': {
      const factor = check(tree.of);
      const isPlain = factor.type.kind === 'quantity' && factor.type.unit.length === 0;
      const fitted = isPlain ? factor : mustFit(context, factor, numberType);
      return { kind: 'times', at, factor: fitted, when: optional(tree.when, when) };
    }
    case 'during':
      return { kind: 'during', at, from: optional(tree.from, date), through: optional(tree.through, date) };
    case 'released when':
      return { kind: 'released when', at, condition: when(tree.condition) };
    case 'released in share': {
      const part = check(tree.part);
      return {
        kind: 'released in share',
        at,
        part,
        whole: mustFit(context, check(tree.whole), part.type, part.at),
      };
    }
    case 'held back':
      return {
        kind: 'held back',
        at,
        share: share(context, check(tree.share)),
        through: optional(tree.through, date),
        until: optional(tree.until, when),
      };
    case 'vests':
      return {
        kind: 'vests',
        at,
        parts: mustFit(context, check(tree.parts), countType),
        every: length(tree.every),
        from: date(tree.from),
        first: optional(tree.first, length),
      };
    case 'usable from':
    case 'usable through':
      return { kind: tree.kind, at, date: date(tree.date) };
    case 'usable while active':
      return {
        kind: 'usable while active',
        at,
        activity: activityOf(context, env, tree.factKind),
        every: length(tree.every),
      };
    case 'for every': {
      const points = assetNamed(context, tree.asset);
      if (occasion.kind === 'period') fail(context.report, 'taking_in_period', at);
      return {
        kind: 'for every',
        at,
        step: mustFit(context, check(tree.step), amountType(points)),
        asset: points,
      };
    }
    case 'taking': {
      const points = assetNamed(context, tree.asset);
      const amount = mustFit(context, check(tree.amount), amountType(points));
      return { kind: 'taking', at, amount, asset: points, ifShort: tree.ifShort };
    }
    case 'while it lasts':
      return { kind: 'while it lasts', at, atMost: optional(tree.atMost, length) };
    case 'on a return':
      return {
        kind: 'on a return',
        at,
        mode: returnModes[tree.mode],
        restoresTaken: tree.givesBack,
        share: optional(tree.share, (inner) => share(context, check(inner))),
      };
    case 'on a shortage':
      return { kind: 'on a shortage', at, mode: shortages[tree.mode] };
    case 'as it grows':
      return { kind: 'as it grows', at };
    case 'when ends':
      if (env.period === null) fail(context.report, 'period_missing', at, { unit: tree.unit, has: '' });
      return { kind: 'when the period ends', at };
    case 'posted on':
      return { kind: 'posted on', at, date: date(tree.date) };
    case 'once':
      return { kind: 'once', at, reversible: tree.reversible };
    case 'prorated':
      return { kind: 'prorated', at, by: tree.by };
    case 'rounded':
      return { kind: 'rounded', at, rounding: clauseRounding(context, tree.rounding, asset) };
    case 'late facts': {
      const mode: LateMode | null = lateModeOf(tree.sentence);
      if (mode === null)
        fail(context.report, 'policy_sentence_unknown', at, { key: 'late facts', sentence: tree.sentence });
      return { kind: 'late facts', at, mode };
    }
    case 'formerly':
      return null;
  }
}

function share(context: Context, expression: Expression): Expression {
  if (expression.type.kind !== 'quantity' || expression.type.unit.length > 0) {
    fail(context.report, 'type_mismatch', expression.at, {
      found: typeText(expression.type),
      expected: typeText(percentType),
    });
  }
  return expression;
}

function assetNamed(context: Context, name: Name): string {
  const asset = findKind(context, name, 'asset');
  if (asset === null) unknownName(context, name, 'asset');
  return asset.id;
}

function activityOf(
  context: Context,
  env: Env,
  name: Name,
): Extract<Row, { kind: 'usable while active' }>['activity'] {
  if (find(context, name.text) === null) unknownName(context, name, 'kind of fact');
  const link = {
    kind: 'name',
    article: null,
    name: { text: pluralName(context, name), at: name.at },
    atAnyLevel: false,
    at: name.at,
  } as const;
  const payee = {
    kind: 'name',
    article: 'the',
    name: { text: env.payee?.name ?? '', at: name.at },
    atAnyLevel: false,
    at: name.at,
  } as const;
  const part = { links: [link, payee], scope: null, moment: null, leastCount: null, at: name.at };
  const set = checkExpression(context, env, { kind: 'chain', part, who: null, at: name.at });
  if (set.kind !== 'set' || set.set.kind !== 'facts') {
    fail(context.report, 'type_mismatch', name.at, { found: name.text, expected: 'a kind of fact' });
  }
  return set.set;
}

function pluralName(context: Context, name: Name): string {
  return find(context, name.text)?.declaration.plural ?? name.text;
}
