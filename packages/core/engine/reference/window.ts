// SPDX-License-Identifier: Apache-2.0
// Windows: which facts of a set are seen, as a range of counting dates and, where a fact is at hand, a place in the
// declared order. Both ends are inclusive.
import type { Expression, Moment, Variable } from '../../program/expression.ts';
import type { SetExpression } from '../../program/set.ts';
import type { Day } from '../../values/date.ts';
import { type addDuration, subtractDuration } from '../../values/duration.ts';
import type { Period } from '../../values/period.ts';
import { periodContaining } from '../../values/period.ts';
import { answer } from './expression.ts';
import { today } from './horizon.ts';
import { compareRecords, type FactRecord } from './order.ts';
import { isValue } from './result.ts';
import { recordOf, type Scope } from './scope.ts';
import { mentions } from './sets.ts';
import { declaredKind } from './world.ts';

export interface Range {
  readonly from: Day;
  readonly through: Day;
  /** Only facts before this one in the order, or with it when `isSeen`. */
  readonly limits: readonly { readonly record: FactRecord; readonly isSeen: boolean }[];
  /** Facts must last on this day, whatever their counting date. */
  readonly lasting: { readonly day: Day; readonly from: string; readonly through: string } | null;
}

/** Whether a record whose day is in range fulfils the rest of it. */
export function isInWindow(record: FactRecord, range: Range): boolean {
  for (const limit of range.limits) {
    const order = compareRecords(record, limit.record);
    if (order > 0 || (order === 0 && !limit.isSeen)) return false;
  }
  if (range.lasting === null) return true;
  const from = record.fact.fields[range.lasting.from];
  const through = record.fact.fields[range.lasting.through];
  const { day } = range.lasting;
  if (from?.kind !== 'date' || from.value > day) return false;
  return through === undefined || through.kind !== 'date' || through.value >= day;
}

/** The range of a window; null where what it is measured by is unknown, which is noted. */
export function windowRange(set: SetExpression & { kind: 'facts' }, scope: Scope): Range | null {
  const own = ownRange(set, scope);
  if (own === null) return null;
  const range = clipped(own, scope.clip);
  const { during, limit } = scope;
  return {
    from: during === null ? range.from : Math.max(range.from, during.from),
    through: Math.min(range.through, during?.through ?? Infinity, limit?.day ?? Infinity, scope.world.asOf),
    limits:
      limit === null || limit.record === null
        ? range.limits
        : [...range.limits, { record: limit.record, isSeen: limit.isSeen }],
    lasting: range.lasting,
  };
}

/** Within the period at hand, only the days that its version covers. */
function clipped(range: Range, clip: Scope['clip']): Range {
  if (clip === null || range.from < clip.period.start || range.through > clip.period.end) return range;
  return {
    ...range,
    from: Math.max(range.from, clip.from),
    through: Math.min(range.through, clip.through),
  };
}

function days(from: Day, through: Day): Range {
  return { from, through, limits: [], lasting: null };
}

function ownRange(set: SetExpression & { kind: 'facts' }, scope: Scope): Range | null {
  const { window } = set;
  const calendar = scope.world.program.policies.calendar;
  switch (window.kind) {
    case 'all':
      return days(-Infinity, Infinity);
    case 'period': {
      const period = periodOf(window.period, scope);
      return period === null ? null : days(period.start, period.end);
    }
    case 'through': {
      const period = periodOf(window.period, scope);
      return period === null ? null : days(-Infinity, period.end);
    }
    case 'beforePeriod': {
      const period = periodOf(window.period, scope);
      return period === null ? null : days(-Infinity, period.start - 1);
    }
    case 'toDate': {
      if ('fact' in window.end) {
        const record = recordOf(scope, window.end.fact);
        if (record === null) return null;
        const { start } = periodContaining(calendar, window.unit, record.day);
        return { ...days(start, record.day), limits: sameKindLimit(set, record, scope, true) };
      }
      const period = periodOf(window.end.period, scope);
      if (period === null) return null;
      return days(periodContaining(calendar, window.unit, period.end).start, period.end);
    }
    case 'soFar':
      return rangeSoFar(set, window.fact, scope);
    case 'beforeFact': {
      const record = recordOf(scope, window.fact);
      if (record === null) return null;
      const limits = sameKindLimit(set, record, scope, false);
      if (window.length === null) return { ...days(-Infinity, record.day), limits };
      const length = lengthOf(window.length, scope);
      return length === null ? null : { ...days(subtractDuration(record.day, length), record.day), limits };
    }
    case 'rolling': {
      const period = periodOf(window.period, scope);
      const length = lengthOf(window.length, scope);
      if (period === null || length === null) return null;
      const end = window.ends === 'to' ? period.end : period.start - 1;
      return days(subtractDuration(end + 1, length), end);
    }
    case 'between': {
      const from = dateOf(window.from, scope);
      const through = dateOf(window.through, scope);
      return from === null || through === null ? null : days(from, through);
    }
    case 'lasting': {
      if (window.moment.kind === 'now') today(scope.world);
      const day = momentDay(window.moment, scope);
      const kind = declaredKind(scope.world.program, set.factKind);
      const lasts = scope.world.program.factKinds.find(({ id }) => id === kind)?.lasts ?? null;
      if (day === null || lasts === null) return null;
      return { ...days(-Infinity, Infinity), lasting: { day, ...lasts } };
    }
  }
}

/**
 * Up to and with the fact at hand. Facts that link to the fact at hand (payments of an invoice) come after it by
 * nature: of those all are seen that count by the day of evaluation.
 */
function rangeSoFar(set: SetExpression & { kind: 'facts' }, fact: Variable, scope: Scope): Range | null {
  const record = recordOf(scope, fact);
  if (record === null) return null;
  const kind = declaredKind(scope.world.program, set.factKind);
  if (kind !== record.kind && mentions(set.where, fact.id)) return days(-Infinity, Infinity);
  return { ...days(-Infinity, record.day), limits: sameKindLimit(set, record, scope, true) };
}

function sameKindLimit(
  set: SetExpression & { kind: 'facts' },
  record: FactRecord,
  scope: Scope,
  isSeen: boolean,
): Range['limits'] {
  return declaredKind(scope.world.program, set.factKind) === record.kind || !isSeen
    ? [{ record, isSeen }]
    : [];
}

/** The period that an expression stands for; null where it waits, which is noted. */
export function periodOf(expression: Expression, scope: Scope): Period | null {
  const value = answer(expression, scope);
  if (isValue(value) && value.kind === 'period') return value.value;
  if (value.kind === 'waiting') scope.waits.push(...value.for);
  return null;
}

function lengthOf(expression: Expression, scope: Scope): Parameters<typeof addDuration>[1] | null {
  const value = answer(expression, scope);
  if (isValue(value) && value.kind === 'duration') return value.value;
  if (value.kind === 'waiting') scope.waits.push(...value.for);
  return null;
}

function dateOf(expression: Expression, scope: Scope): Day | null {
  const value = answer(expression, scope);
  if (isValue(value) && value.kind === 'date') return value.value;
  if (value.kind === 'open') return Infinity;
  if (value.kind === 'waiting') scope.waits.push(...value.for);
  return null;
}

/** The day on which a dated attribute or a relation is read; null where it waits, or is a mean over days. */
export function momentDay(moment: Moment, scope: Scope): Day | null {
  switch (moment.kind) {
    case 'counting':
      return recordOf(scope, moment.fact)?.day ?? null;
    case 'start':
      return periodOf(moment.period, scope)?.start ?? null;
    case 'end':
      return periodOf(moment.period, scope)?.end ?? null;
    case 'on':
      return dateOf(moment.date, scope);
    case 'weighted':
      return periodOf(moment.period, scope)?.end ?? null;
    case 'now':
      return scope.world.asOf;
  }
}
