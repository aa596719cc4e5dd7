// SPDX-License-Identifier: Apache-2.0
// What an expression is worth in a scope: a value, waiting, or none. One case per kind of expression; the sets,
// tables, statuses and dates behind them have files of their own. Nothing here rounds unless the text says so.
import type { NamedValue } from '../../program/declaration.ts';
import type { Expression } from '../../program/expression.ts';
import type { SetExpression } from '../../program/set.ts';
import type { Value } from '../../program/value.ts';
import { contractPeriod } from '../../values/contract-period.ts';
import { firstDay, isoDay, lastDay } from '../../values/date.ts';
import { addDuration, subtractDuration } from '../../values/duration.ts';
import { periodContaining, periodOrdinal, shiftPeriod } from '../../values/period.ts';
import { add, divide, multiply, subtract, zero } from '../../values/rational.ts';
import { roundToMultiple } from '../../values/rounding.ts';
import { isMeasure, isTerm, proratedBound } from './amendment.ts';
import { attributeAt, isWithin } from './attributes.ts';
import { elapsed, perStep } from './counting.ts';
import { decided } from './decisions.ts';
import { fold } from './fold.ts';
import { atSeam } from './given.ts';
import { recordField } from './lowering.ts';
import { periodHolding, placeOf, proratedShare } from './participation.ts';
import {
  type Answer,
  compareValues,
  isValue,
  keyOf,
  no,
  none,
  numberOf,
  quantity,
  stopped,
  waiting,
  yes,
} from './result.ts';
import { bind, bindingOf, bindRecord, type Scope } from './scope.ts';
import { itemsOf } from './sets.ts';
import { statusAt } from './status.ts';
import { matrixValue, tableOn } from './table-reading.ts';
import { periodOf } from './window.ts';
import { blankValue, declaredKind, enteredField, factOf, keptOf, staticAttribute } from './world.ts';

/** What the expression is worth. */
export function answer(e: Expression, scope: Scope): Answer {
  switch (e.kind) {
    case 'literal':
      return e.value;
    case 'level':
      return { kind: 'level', status: e.status, rank: e.rank };
    case 'blank':
      return blankValue(scope.world.program, e);
    case 'variable':
      return bindingOf(scope, e.variable).value;
    case 'field':
      return fieldOf(e, scope);
    case 'attribute': {
      const of = answer(e.of, scope);
      if (!isValue(of)) return stopped(of);
      if (of.kind !== 'party' || e.of.type.kind !== 'party')
        throw new Error(`${e.attribute} is read of no party.`);
      return attributeAt(scope, e.of.type.of, of.value, e.attribute, e.moment);
    }
    case 'call':
      return call(e, scope);
    case 'fold':
      return atSeam(e, scope, () => fold(e, scope));
    case 'arithmetic':
      return arithmetic(e, scope);
    case 'lesser':
    case 'greater': {
      const left = answer(e.left, scope);
      const right = answer(e.right, scope);
      if (!isValue(left) || !isValue(right)) return stopped(left, right);
      return (e.kind === 'lesser') === compareValues(left, right) <= 0 ? left : right;
    }
    case 'compare':
      return comparison(e, scope);
    case 'within': {
      const left = answer(e.left, scope);
      const right = answer(e.right, scope);
      if (!isValue(left) || !isValue(right)) return stopped(left, right);
      if (left.kind !== 'party' || right.kind !== 'party' || e.left.type.kind !== 'party') return no;
      return isWithin(scope.world, e.left.type.of, left.value, right.value, scope.world.asOf) ? yes : no;
    }
    case 'member':
      return atSeam(e, scope, () => memberOf(e, scope));
    case 'and':
    case 'or':
      return logical(e, scope);
    case 'cases':
      return chosenCase(e, scope).value;
    case 'table':
      return e.and === null && isBands(e, scope) ? tableOn(e, scope) : matrixValue(e, scope);
    case 'per':
      return perStep(e, scope);
    case 'elapsed':
      return elapsed(e, scope);
    case 'shifted': {
      const date = answer(e.date, scope);
      const by = answer(e.by, scope);
      if (date.kind === 'open') return date;
      if (!isValue(date) || !isValue(by)) return stopped(date, by);
      if (date.kind !== 'date' || by.kind !== 'duration')
        throw new Error('Only dates are moved by durations.');
      const move = e.direction === 1 ? addDuration : subtractDuration;
      return { kind: 'date', value: move(date.value, by.value) };
    }
    case 'edge': {
      const date = answer(e.date, scope);
      if (!isValue(date) || date.kind !== 'date') return isValue(date) ? date : stopped(date);
      if (e.unit.startsWith('contract')) {
        const unit = e.unit.slice('contract '.length) as 'month' | 'quarter' | 'year';
        const period = contractPeriod(date.value, unit, date.value);
        return { kind: 'date', value: e.edge === 'start' ? period.start : period.end };
      }
      const period = periodContaining(
        scope.world.program.policies.calendar,
        e.unit as 'day' | 'week' | 'month' | 'quarter' | 'half' | 'year',
        date.value,
      );
      return { kind: 'date', value: e.edge === 'start' ? period.start : period.end };
    }
    case 'periodEdge': {
      const period = periodOf(e.period, scope);
      if (period === null) return none;
      return { kind: 'date', value: e.edge === 'start' ? period.start : period.end };
    }
    case 'ordinal':
      return ordinal(e, scope);
    case 'shiftedPeriod': {
      const period = periodOf(e.period, scope);
      if (period === null) return none;
      return {
        kind: 'period',
        value: shiftPeriod(scope.world.program.policies.calendar, period, e.by),
      };
    }
    case 'periodOf': {
      const date = answer(e.date, scope);
      if (!isValue(date)) return stopped(date);
      if (date.kind !== 'date') return none;
      return {
        kind: 'period',
        value: periodHolding(scope.world, e.unit, date.value, () => date.value),
      };
    }
    case 'span':
      return span(e, scope);
    case 'round': {
      const of = answer(e.of, scope);
      const step = answer(e.step, scope);
      if (!isValue(of) || !isValue(step)) return stopped(of, step);
      return quantity(roundToMultiple(numberOf(of), numberOf(step), e.mode));
    }
    case 'ifNone': {
      const of = answer(e.of, scope);
      return of.kind === 'none' ? answer(e.otherwise, scope) : of;
    }
    case 'rise': {
      const period = periodOf(e.period, scope);
      if (period === null) return none;
      const of = e.of === null ? null : answer(e.of, scope);
      if (of !== null && !isValue(of)) return stopped(of);
      const before = shiftPeriod(scope.world.program.policies.calendar, period, -1);
      const now = namedValue(e.value, of, { kind: 'period', value: period }, scope);
      const then = namedValue(e.value, of, { kind: 'period', value: before }, scope);
      if (!isValue(now) || !isValue(then)) return stopped(now, then);
      return quantity(subtract(numberOf(now), numberOf(then)));
    }
    case 'prorated': {
      const of = answer(e.of, scope);
      if (!isValue(of)) return stopped(of);
      const share = proratedShare(e, scope);
      return isValue(share) ? quantity(multiply(numberOf(of), numberOf(share))) : share;
    }
    case 'status':
      return atSeam(e, scope, () => statusAt(e, scope));
    case 'place':
      return atSeam(e, scope, () => placeOf(e, scope));
    case 'balance': {
      const of = answer(e.of, scope);
      if (!isValue(of)) return stopped(of);
      if (scope.wallet === null || of.kind !== 'party')
        throw new Error(`There is no wallet of ${e.asset} here.`);
      return quantity(scope.wallet.balance(e.asset, e.state, of.value));
    }
    case 'entitlement':
      return atSeam(e, scope, () => entitledTo(e, scope));
    case 'decision':
      return decided(e, scope);
    case 'set':
      throw new Error('A set is no single value.');
  }
}

function memberOf(e: Expression & { kind: 'member' }, scope: Scope): Answer {
  const item = answer(e.item, scope);
  if (!isValue(item)) return stopped(item);
  const key = keyOf(item);
  return itemsOf(e.set, scope).some(({ value }) => keyOf(value) === key) ? yes : no;
}

/** What another clause gives, unrounded. */
function entitledTo(e: Expression & { kind: 'entitlement' }, scope: Scope): Answer {
  const of = answer(e.of, scope);
  if (!isValue(of) || of.kind !== 'party') return isValue(of) ? none : stopped(of);
  const period = e.period === null ? null : periodOf(e.period, scope);
  if (e.period !== null && period === null) return none;
  const borne = scope.entitlement(e.clause, of.value, period?.start ?? -Infinity, period?.end ?? Infinity);
  return quantity(borne.reduce((sum, { amount }) => add(sum, amount), zero));
}

/** The days from … through … as a period; an end that is not given is the first or last day there is. */
function span(e: Expression & { kind: 'span' }, scope: Scope): Answer {
  const from = e.from === null ? null : answer(e.from, scope);
  const through = e.through === null ? null : answer(e.through, scope);
  if ((from !== null && !isValue(from)) || (through !== null && !isValue(through)))
    return stopped(from ?? none, through ?? none);
  const start = from?.kind === 'date' ? from.value : firstDay;
  const end = through?.kind === 'date' ? through.value : lastDay;
  return {
    kind: 'period',
    value: { unit: 'day', start, end, label: `${isoDay(start)} to ${isoDay(end)}` },
  };
}

function isBands(e: Expression & { kind: 'table' }, scope: Scope): boolean {
  return scope.world.program.tables.some((table) => table.id === e.table && table.kind === 'bands');
}

function fieldOf(e: Expression & { kind: 'field' }, scope: Scope): Answer {
  const { of } = e;
  if (of.kind === 'variable' && of.type.kind === 'fact') {
    const binding = bindingOf(scope, of.variable);
    if (binding.record !== null) return recordField(scope, binding.record, e.field);
  }
  const owner = answer(of, scope);
  if (!isValue(owner)) return stopped(owner);
  if (owner.kind === 'party' && of.type.kind === 'party')
    return staticAttribute(scope.world, of.type.of, owner.value, e.field);
  if (owner.kind === 'open') return waiting({ what: 'field', name: e.field, of: '' });
  const fact = factOf(scope.world, of.type, owner);
  if ('what' in fact) return waiting(fact);
  const record = scope.world.recordsById.get(fact.kind)?.get(fact.id);
  return record === undefined ? enteredField(fact, e.field) : recordField(scope, record, e.field);
}

/** The value of a named value, and the scope inside its body. */
export function insideValue(named: NamedValue, of: Value | null, period: Value | null, scope: Scope): Scope {
  let inner: Scope = { ...scope, bound: null };
  if (named.of !== null && of !== null) {
    const kind = named.of.type.kind === 'fact' ? declaredKind(scope.world.program, named.of.type.of) : null;
    const record =
      kind !== null && of.kind === 'fact' ? scope.world.recordsById.get(kind)?.get(of.value) : undefined;
    inner = record === undefined ? bind(inner, named.of, of) : bindRecord(inner, named.of, record);
  }
  if (named.period !== null && period !== null) inner = bind(inner, named.period.variable, period);
  return inner;
}

export function valueNamed(name: string, scope: Scope): NamedValue {
  const named = scope.world.program.values.find(({ id }) => id === name);
  if (named === undefined) throw new Error(`There is no value ${name}.`);
  return named;
}

/** A named value of something, in a period. */
export function namedValue(name: string, of: Value | null, period: Value | null, scope: Scope): Answer {
  const named = valueNamed(name, scope);
  if (scope.limit !== null || scope.during !== null || scope.clip !== null || scope.wallet !== null)
    return answer(named.body, insideValue(named, of, period, scope));
  const key = `${of === null ? '' : keyOf(of)}\u0000${period === null ? '' : keyOf(period)}\u0000${scope.returns}`;
  const kept = keptOf(scope.world, named, key, () => {
    const inner = { ...insideValue(named, of, period, scope), waits: [] };
    return { value: answer(named.body, inner), waits: inner.waits };
  });
  scope.waits.push(...kept.waits);
  return kept.value;
}

/** A named value whose `of` may be the record at hand: a negative sale, or a late one, keeps being one inside. */
function call(e: Expression & { kind: 'call' }, scope: Scope): Answer {
  const of = e.of === null ? null : answer(e.of, scope);
  const period = e.period === null ? null : answer(e.period, scope);
  if ((of !== null && !isValue(of)) || (period !== null && !isValue(period)))
    return stopped(of ?? none, period ?? none);
  if (e.of?.kind === 'variable' && e.of.variable.type.kind === 'fact') {
    const record = bindingOf(scope, e.of.variable).record;
    const named = valueNamed(e.value, scope);
    if (record !== null && (record.lowering !== null || record.isLate === true) && named.of !== null) {
      const inner = bindRecord({ ...scope, bound: null }, named.of, record);
      return answer(
        named.body,
        named.period === null || period === null ? inner : bind(inner, named.period.variable, period),
      );
    }
  }
  return namedValue(e.value, of, period, scope);
}

/** The set behind a named value that is one, with its scope. */
export function isNamedSet(
  set: SetExpression & { kind: 'named' },
  scope: Scope,
): { readonly body: SetExpression; readonly inner: Scope } {
  const named = valueNamed(set.value, scope);
  const of = set.of === null ? null : answer(set.of, scope);
  const period = set.period === null ? null : answer(set.period, scope);
  if (named.body.kind !== 'set') throw new Error(`${set.value} is no set.`);
  const inner = insideValue(
    named,
    of !== null && isValue(of) ? of : null,
    period !== null && isValue(period) ? period : null,
    scope,
  );
  return { body: named.body.set, inner };
}

function arithmetic(e: Expression & { kind: 'arithmetic' }, scope: Scope): Answer {
  const left = answer(e.left, scope);
  const right = answer(e.right, scope);
  if (!isValue(left) || !isValue(right)) return stopped(left, right);
  const a = numberOf(left);
  const b = numberOf(right);
  switch (e.operator) {
    case '+':
      return quantity(add(a, b));
    case '-':
      return quantity(subtract(a, b));
    case '*':
      return quantity(multiply(a, b));
    case '/': {
      const quotient = divide(a, b);
      return quotient === null ? none : quantity(quotient);
    }
  }
}

function comparison(e: Expression & { kind: 'compare' }, scope: Scope): Answer {
  const left = comparedSide(e.left, e.right, scope);
  const right = comparedSide(e.right, e.left, scope);
  if (!isValue(left) || !isValue(right)) return stopped(left, right);
  switch (e.comparison) {
    case 'is':
      return keyOf(left) === keyOf(right) ? yes : no;
    case 'is not':
      return keyOf(left) === keyOf(right) ? no : yes;
    case 'at least':
      return compareValues(left, right) >= 0 ? yes : no;
    case 'at most':
      return compareValues(left, right) <= 0 ? yes : no;
    case 'more than':
      return compareValues(left, right) > 0 ? yes : no;
    case 'less than':
      return compareValues(left, right) < 0 ? yes : no;
  }
}

/** One side of a comparison; a target in money is prorated where a version covers only a part of the period. */
function comparedSide(e: Expression, other: Expression, scope: Scope): Answer {
  const value = answer(e, scope);
  if (scope.clip === null || !isValue(value) || value.kind !== 'quantity') return value;
  return isTerm(e) && isMeasure(other, scope) ? quantity(proratedBound(e, value.value, scope)) : value;
}

/** Kleene's and, or: one false decides an and, one true an or, whatever the others wait for. */
function logical(e: Expression & { kind: 'and' | 'or' }, scope: Scope): Answer {
  const deciding = e.kind === 'or';
  const open: Answer[] = [];
  for (const part of e.parts) {
    const result = answer(part, scope);
    if (!isValue(result)) open.push(result);
    else if (result.kind === 'yesNo' && result.value === deciding) return deciding ? yes : no;
  }
  if (open.length > 0) return stopped(...open);
  return deciding ? no : yes;
}

/** The value of cases, and which branch was chosen (null: none of them, or waiting). */
export function chosenCase(
  e: Expression & { kind: 'cases' },
  scope: Scope,
): { readonly value: Answer; readonly when: Expression | null; readonly branch: Expression | null } {
  for (const { when, then } of e.cases) {
    const condition = answer(when, scope);
    if (condition.kind === 'waiting') return { value: condition, when: null, branch: null };
    if (condition.kind === 'yesNo' && condition.value)
      return { value: answer(then, scope), when, branch: then };
  }
  if (e.otherwise === null) return { value: quantity({ n: 0n, d: 1n }), when: null, branch: null };
  return { value: answer(e.otherwise, scope), when: null, branch: e.otherwise };
}

function ordinal(e: Expression & { kind: 'ordinal' }, scope: Scope): Answer {
  const period = periodOf(e.period, scope);
  if (period === null) return none;
  const calendar = scope.world.program.policies.calendar;
  const unit = e.unit as 'day' | 'week' | 'month' | 'quarter' | 'half' | 'year';
  const year = periodContaining(calendar, 'year', period.end);
  const place = periodOrdinal(calendar, unit, period.start) - periodOrdinal(calendar, unit, year.start) + 1;
  return quantity({ n: BigInt(place), d: 1n });
}
