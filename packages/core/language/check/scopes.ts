// SPDX-License-Identifier: Apache-2.0
// Windows in words ("in the quarter before", "so far", "in the 90 days before it") as windows over facts and as
// periods for named values, and moments ("at the start of the quarter") for dated attributes.
import type { Span } from '../../program/diagnostic.ts';
import type { Expression, Moment, PeriodUnitName, Variable } from '../../program/expression.ts';
import type { Window } from '../../program/set.ts';
import type { Moment as MomentTree, Scope } from '../tree.ts';
import { chainLinks as chainValue } from './chain.ts';
import { baseKind, type Context, type Env, reference } from './context.ts';
import { checkExpression } from './expressions.ts';
import { fail } from './report.ts';
import { dateType, periodType, typeText } from './types.ts';

/** A window in both its forms; null where it has none. */
export interface Frame {
  readonly window: Window | null;
  readonly period: Expression | null;
}

/** The counting date of a fact at hand. */
export function countingDate(context: Context, fact: Variable, at: Span): Expression {
  let of = reference(fact, at);
  let kind = fact.type.kind === 'fact' ? baseKind(context, fact.type.of) : null;
  for (const name of kind?.countsOn ?? []) {
    const field = kind?.fields.find((candidate) => candidate.name === name);
    if (field === undefined) break;
    of = { kind: 'field', of, field: name, type: field.type, at };
    kind = field.type.kind === 'fact' ? baseKind(context, field.type.of) : null;
  }
  return of;
}

function periodOf(unit: PeriodUnitName, date: Expression, at: Span): Expression {
  return { kind: 'periodOf', unit, date, type: periodType, at };
}

export function edgeOf(edge: 'start' | 'end', period: Expression, at: Span): Expression {
  return { kind: 'periodEdge', edge, period, type: dateType, at };
}

function span(from: Expression | null, through: Expression | null, at: Span): Expression {
  return { kind: 'span', from, through, type: periodType, at };
}

const daysIn: Readonly<Record<string, number>> = {
  day: 1,
  week: 7,
  month: 30,
  quarter: 91,
  half: 182,
  year: 365,
};

/** How long a unit is, roughly, to tell the shorter of two. */
export function lengthOf(unit: PeriodUnitName): number {
  return daysIn[unit.replace('contract ', '')] ?? 0;
}

/** The period that "the quarter" means here: the one at hand, the longer one around it, or that of the fact. */
export function periodAtHand(
  context: Context,
  env: Env,
  unit: PeriodUnitName | 'period',
  at: Span,
): Expression {
  context.usedPeriods.push(at);
  const { period, fact } = env;
  const isContract = period?.unit?.replace('contract ', '') === unit;
  if (period !== null && (unit === 'period' || period.unit === unit || isContract)) return period.expression;
  if (unit !== 'period' && fact !== null) return periodOf(unit, countingDate(context, fact, at), at);
  const isLonger =
    unit !== 'period' && period !== null && (period.unit === null || lengthOf(unit) > lengthOf(period.unit));
  if (isLonger) return periodOf(unit, edgeOf('end', period.expression, at), at);
  fail(context.report, 'period_missing', at, { unit, has: period?.unit ?? '' });
}

/** What a written window means, for facts and for values per period. */
export function frameOf(context: Context, env: Env, scope: Scope): Frame {
  const { at } = scope;
  const endOf = (unit: PeriodUnitName | 'period') => edgeOf('end', periodAtHand(context, env, unit, at), at);
  const ofPeriod = (period: Expression): Frame => ({ window: { kind: 'period', period }, period });
  switch (scope.kind) {
    case 'period': {
      const base = periodAtHand(context, env, scope.unit, at);
      const unit = scope.unit === 'period' ? (env.period?.unit ?? 'year') : scope.unit;
      const by = scope.yearBefore ? -yearsBack(context, unit, at) : scope.shift;
      return ofPeriod(by === 0 ? base : { kind: 'shiftedPeriod', period: base, by, type: periodType, at });
    }
    case 'so far in':
      return soFarIn(context, env, scope.unit, at);
    case 'period of': {
      const name = {
        kind: 'name',
        article: null,
        name: scope.date,
        atAnyLevel: false,
        at: scope.date.at,
      } as const;
      const date = chainValue(context, env, [name], scope.date.at);
      if (date.type.kind !== 'date') {
        fail(context.report, 'type_mismatch', scope.date.at, {
          found: typeText(date.type),
          expected: 'a date',
        });
      }
      return ofPeriod(periodOf(scope.unit, date, at));
    }
    case 'rolling':
      return rolling(context, env, scope);
    case 'so far':
      if (env.fact !== null) return { window: { kind: 'soFar', fact: env.fact }, period: null };
      if (env.period === null) return { window: { kind: 'all' }, period: span(null, null, at) };
      return through(env.period.expression, at);
    case 'before it':
      return {
        window: { kind: 'beforeFact', fact: factAtHand(context, env, at), length: null },
        period: null,
      };
    case 'through':
      return through(periodAtHand(context, env, scope.unit, at), at);
    case 'before': {
      const period = periodAtHand(context, env, scope.unit, at);
      const dayBefore = shifted(edgeOf('start', period, at), days(1, at), -1, at);
      return { window: { kind: 'beforePeriod', period }, period: span(null, dayBefore, at) };
    }
    case 'between': {
      const from = dateOf(context, env, scope.from);
      const last = dateOf(context, env, scope.through);
      return { window: { kind: 'between', from, through: last }, period: span(from, last, at) };
    }
    case 'lasting': {
      const moment = momentOf(context, env, scope.moment);
      return { window: { kind: 'lasting', moment }, period: null };
    }
  }

  function soFarIn(inner: Context, here: Env, unit: PeriodUnitName, place: Span): Frame {
    const isAtHand = here.period?.unit === unit && here.period !== null;
    if (here.isStatus && isAtHand) return ofPeriod(periodAtHand(inner, here, unit, place));
    if (here.fact !== null) {
      const end = { fact: here.fact };
      const window = toDate(unit, end);
      const start = edge('start', unit, countingDate(inner, here.fact, place), place);
      return {
        window: window ?? { kind: 'between', from: start, through: countingDate(inner, here.fact, place) },
        period: null,
      };
    }
    const last = here.period === null ? endOf(unit) : edgeOf('end', here.period.expression, place);
    inner.usedPeriods.push(place);
    const from = edge('start', unit, last, place);
    const window = here.period === null ? null : toDate(unit, { period: here.period.expression });
    return { window: window ?? { kind: 'between', from, through: last }, period: span(from, last, place) };
  }
}

function toDate(unit: PeriodUnitName, end: (Window & { kind: 'toDate' })['end']): Window | null {
  if (unit !== 'month' && unit !== 'quarter' && unit !== 'half' && unit !== 'year') return null;
  return { kind: 'toDate', unit, end };
}

function through(period: Expression, at: Span): Frame {
  return { window: { kind: 'through', period }, period: span(null, edgeOf('end', period, at), at) };
}

function rolling(context: Context, env: Env, scope: Extract<Scope, { kind: 'rolling' }>): Frame {
  const { at } = scope;
  const length = chainValue(context, env, [scope.length], scope.length.at);
  if (length.type.kind !== 'duration') {
    fail(context.report, 'type_mismatch', scope.length.at, {
      found: typeText(length.type),
      expected: 'a length of time',
    });
  }
  if (scope.end.kind === 'before it') {
    return { window: { kind: 'beforeFact', fact: factAtHand(context, env, at), length }, period: null };
  }
  const period = periodAtHand(context, env, scope.end.unit, at);
  const isBefore = scope.end.kind === 'before';
  const last = isBefore
    ? shifted(edgeOf('start', period, at), days(1, at), -1, at)
    : edgeOf('end', period, at);
  const dayAfter = shifted(last, days(1, at), 1, at);
  return {
    window: { kind: 'rolling', period, length, ends: isBefore ? 'before' : 'to' },
    period: span(shifted(dayAfter, length, -1, at), last, at),
  };
}

function factAtHand(context: Context, env: Env, at: Span): Variable {
  if (env.fact === null) fail(context.report, 'fact_missing', at);
  return env.fact;
}

function yearsBack(context: Context, unit: PeriodUnitName, at: Span): number {
  const counts: Readonly<Record<string, number>> = { week: 52, month: 12, quarter: 4, half: 2, year: 1 };
  const count = counts[unit.replace('contract ', '')];
  if (count === undefined) fail(context.report, 'period_missing', at, { unit, has: '' });
  return count;
}

function days(count: number, at: Span): Expression {
  const value = { kind: 'duration', value: { months: 0, days: count } } as const;
  return { kind: 'literal', value, type: { kind: 'duration' }, at };
}

function shifted(date: Expression, by: Expression, direction: 1 | -1, at: Span): Expression {
  return { kind: 'shifted', date, by, direction, type: dateType, at };
}

function edge(side: 'start' | 'end', unit: PeriodUnitName, date: Expression, at: Span): Expression {
  return { kind: 'edge', edge: side, unit, date, type: dateType, at };
}

function dateOf(context: Context, env: Env, tree: Parameters<typeof checkExpression>[2]): Expression {
  const date = checkExpression(context, env, tree);
  if (date.type.kind !== 'date') {
    fail(context.report, 'type_mismatch', tree.at, { found: typeText(date.type), expected: 'a date' });
  }
  return date;
}

/** When a dated attribute is read, as written. */
export function momentOf(context: Context, env: Env, tree: MomentTree): Moment {
  switch (tree.kind) {
    case 'start':
    case 'end':
      return { kind: tree.kind, period: periodAtHand(context, env, tree.unit, tree.at) };
    case 'average':
      return { kind: 'weighted', period: periodAtHand(context, env, tree.unit, tree.at) };
    case 'on': {
      const link = {
        kind: 'name',
        article: null,
        name: tree.date,
        atAnyLevel: false,
        at: tree.date.at,
      } as const;
      return { kind: 'on', date: chainValue(context, env, [link], tree.at) };
    }
    case 'now':
      return { kind: 'now' };
  }
}

/** When a dated attribute is read where the text does not say: the day the fact at hand counts, else nothing. */
export function defaultMoment(env: Env): Moment | null {
  if (env.fact !== null) return { kind: 'counting', fact: env.fact };
  if (env.isProrated && env.period !== null) return { kind: 'weighted', period: env.period.expression };
  return null;
}
