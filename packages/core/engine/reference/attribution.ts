// SPDX-License-Identifier: Apache-2.0
// Attribution: how an amount is borne by the facts behind it. The shares of an expression always add up to its value.
// In the declared order fact i bears F(xᵢ) − F(xᵢ₋₁); a gate or a fixed bonus is shared pro rata to the measure behind
// it; what no fact stands behind is one share without a fact.

import type { LineNote } from '../../program/entitlement.ts';
import type { Expression } from '../../program/expression.ts';
import type { Type } from '../../program/type.ts';
import {
  add,
  divide,
  equals,
  isZero,
  maximum,
  minimum,
  multiply,
  negate,
  type Rational,
  rational,
  sign,
  subtract,
  zero,
} from '../../values/rational.ts';
import { roundToInteger, roundToMultiple } from '../../values/rounding.ts';
import { answer, chosenCase, insideValue, isNamedSet, valueNamed } from './expression.ts';
import { isGiven } from './given.ts';
import { compareRecords, type FactRecord } from './order.ts';
import { isValue, numberOf } from './result.ts';
import type { Scope } from './scope.ts';
import { bindItem, itemsOf } from './sets.ts';
import { bandsOf, bandTable, isBandList } from './table-reading.ts';
import { rateAt, tableValue } from './tables.ts';

/** The part of a value that one fact bears; without a fact where none stands behind it. */
export interface Share {
  readonly record: FactRecord | null;
  readonly amount: Rational;
  readonly note: LineNote;
  /** True where it is a part of another clause's amount that returns have lowered already: none lowers it again. */
  readonly isLowered?: boolean;
}

type Shares = readonly Share[] | null;

/** The shares of an expression of a known value; they add up to it. */
export function sharesOf(e: Expression, total: Rational, asset: string, scope: Scope): readonly Share[] {
  const shares = borne(e, asset, { ...scope, waits: [] });
  if (shares === null) return isZero(total) ? [] : [{ record: null, amount: total, note: 'unattributed' }];
  const left = subtract(total, sumOf(shares));
  if (isZero(left)) return shares;
  return [...shares, { record: null, amount: left, note: 'adjustment' }];
}

export function sumOf(shares: readonly Share[]): Rational {
  return shares.reduce((sum, { amount }) => add(sum, amount), zero);
}

/** Shares of one fact added up, in the declared order; those without a fact come last. */
export function merged<T extends Share>(
  shares: readonly T[],
  together: (a: T, b: T) => T = (a, b) => ({ ...a, amount: add(a.amount, b.amount) }),
): readonly T[] {
  const byRecord = new Map<FactRecord | null, T[]>();
  for (const share of shares) {
    const same = byRecord.get(share.record);
    if (same === undefined) {
      byRecord.set(share.record, [share]);
      continue;
    }
    const place = same.findIndex(
      ({ note, isLowered }) => note === share.note && isLowered === share.isLowered,
    );
    if (place === -1) same.push(share);
    else same[place] = together(same[place]!, share);
  }
  return inOrder([...byRecord.values()].flat());
}

/** Shares in the declared order of their facts; those without a fact come last. */
export function inOrder<T extends Share>(shares: readonly T[]): readonly T[] {
  return shares.toSorted((a, b) =>
    a.record === null || b.record === null
      ? Number(a.record === null) - Number(b.record === null)
      : compareRecords(a.record, b.record),
  );
}

export function scaled(shares: readonly Share[], factor: Rational): readonly Share[] {
  return shares.map((share) => ({ ...share, amount: multiply(share.amount, factor) }));
}

/** Differences of a function of the running sum: share i is f(x₁ + … + xᵢ) − f(x₁ + … + xᵢ₋₁). */
export function differencesOf(
  shares: readonly Share[],
  f: (x: Rational) => Rational | null,
): readonly Share[] | null {
  let sum = zero;
  let before = zero;
  const result: Share[] = [];
  for (const share of shares) {
    sum = add(sum, share.amount);
    const now = f(sum);
    if (now === null) return null;
    result.push({ ...share, amount: subtract(now, before) });
    before = now;
  }
  return result;
}

/** A total shared in proportion to shares; equally where they are all zero or of both signs. */
export function proRata(total: Rational, shares: readonly Share[]): readonly Share[] {
  const weights = shares.filter(({ record }) => record !== null);
  if (weights.length === 0) return [{ record: null, amount: total, note: 'unattributed' }];
  const sum = sumOf(weights);
  const isMixed =
    weights.some(({ amount }) => sign(amount) > 0) && weights.some(({ amount }) => sign(amount) < 0);
  return weights.map((share) => ({
    ...share,
    amount:
      isMixed || isZero(sum)
        ? multiply(total, rational(1, weights.length))
        : multiply(total, divide(share.amount, sum)!),
  }));
}

function quantityOf(e: Expression, scope: Scope): Rational | null {
  const value = answer(e, scope);
  return isValue(value) && e.type.kind === 'quantity' ? numberOf(value) : null;
}

function hasUnit(type: Type, asset: string): boolean {
  return type.kind === 'quantity' && type.unit.some(({ base, exponent }) => base === asset && exponent > 0);
}

/** The shares of an expression, or null where no facts stand behind it. */
function borne(e: Expression, asset: string, scope: Scope): Shares {
  if (isGiven(e, scope)) return null;
  switch (e.kind) {
    case 'fold':
      return borneByItems(e, asset, scope);
    case 'call':
      return borneByValue(e, asset, scope);
    case 'rise': {
      const before: Expression = { ...e.period, kind: 'shiftedPeriod', period: e.period, by: -1 };
      const [now, then] = [e.period, before].map((period) =>
        borneByValue({ ...e, kind: 'call', period }, asset, scope),
      );
      return now && then ? merged([...now, ...scaled(then, rational(-1))]) : null;
    }
    case 'entitlement':
      return borneByClause(e, scope);
    case 'arithmetic':
      return borneByArithmetic(e, asset, scope);
    case 'table':
      return borneByTable(e, asset, scope);
    case 'per': {
      const shares = borne(e.of, asset, scope);
      const rate = answer(e.rate, scope);
      const step = answer(e.step, scope);
      if (shares === null || !isValue(rate) || !isValue(step)) return null;
      const one = divide(numberOf(rate), numberOf(step));
      if (one === null) return null;
      if (!e.whole) return scaled(shares, one);
      return differencesOf(shares, (x) =>
        multiply(numberOf(rate), rational(roundToInteger(divide(x, numberOf(step))!, 'toward zero'))),
      );
    }
    case 'cases': {
      const { value, when, branch } = chosenCase(e, scope);
      if (branch === null || !isValue(value)) return null;
      const own = borne(branch, asset, scope);
      if (own !== null || when === null) return own;
      const measure = firstMeasure(when, asset, scope);
      return measure === null ? null : proRata(numberOf(value), measure);
    }
    case 'ifNone':
      return borne(answer(e.of, scope).kind === 'none' ? e.otherwise : e.of, asset, scope);
    case 'round': {
      const shares = borne(e.of, asset, scope);
      const step = quantityOf(e.step, scope);
      if (shares === null || step === null) return null;
      return differencesOf(shares, (x) => roundToMultiple(x, step, e.mode));
    }
    case 'prorated': {
      const shares = borne(e.of, asset, scope);
      const whole = quantityOf(e.of, scope);
      const part = quantityOf(e, scope);
      if (shares === null || whole === null || part === null) return null;
      return scaled(shares, divide(part, whole) ?? zero);
    }
    case 'lesser':
    case 'greater':
      return borneByBound(e, asset, scope);
    default:
      return null;
  }
}

function borneByItems(e: Expression & { kind: 'fold' }, asset: string, scope: Scope): Shares {
  if (e.fold !== 'sum' && e.fold !== 'count' && e.fold !== 'mean') return null;
  const items = itemsOf(e.set, scope);
  if (e.fold === 'count' || e.each === null) {
    if (items.some(({ record }) => record === null)) return null;
    return items
      .filter(({ record }) => record?.lowering === null)
      .map(({ record }) => ({ record, amount: rational(1), note: 'credit' }));
  }
  const shares: Share[] = [];
  for (const item of items) {
    const inner = bindItem(scope, e.item, item);
    const value = quantityOf(e.each, inner);
    if (value === null) continue;
    if (item.record !== null)
      shares.push({
        record: item.record,
        amount: value,
        note: item.record.lowering === null ? 'credit' : 'return',
      });
    else
      shares.push(
        ...(borne(e.each, asset, inner) ?? [{ record: null, amount: value, note: 'unattributed' }]),
      );
  }
  if (e.fold === 'sum') return merged(shares);
  const count = items.filter(({ record }) => record?.lowering === null).length;
  return count === 0 ? null : scaled(merged(shares), rational(1, count));
}

function borneByValue(e: Expression & { kind: 'call' }, asset: string, scope: Scope): Shares {
  const of = e.of === null ? null : answer(e.of, scope);
  const period = e.period === null ? null : answer(e.period, scope);
  if ((of !== null && !isValue(of)) || (period !== null && !isValue(period))) return null;
  const named = valueNamed(e.value, scope);
  return borne(named.body, asset, insideValue(named, of, period, scope));
}

/** The lines of another clause; a return that the clause has taken into account is not taken back again. */
function borneByClause(e: Expression & { kind: 'entitlement' }, scope: Scope): Shares {
  const of = answer(e.of, scope);
  const period = e.period === null ? null : answer(e.period, scope);
  if (of.kind !== 'party' || (period !== null && period.kind !== 'period')) return null;
  const days = period === null ? { start: -Infinity, end: Infinity } : period.value;
  const clause = scope.world.program.clauses.find(({ id }) => id === e.clause);
  return merged(
    scope
      .entitlement(e.clause, of.value, days.start, days.end)
      .map(({ record, amount, note: said }): Share => {
        const note = record === null ? 'unattributed' : said === 'return' ? 'return' : 'credit';
        const share: Share = { record, amount, note };
        return clause === undefined || clause.returns === 'none' ? share : { ...share, isLowered: true };
      }),
  );
}

function borneByArithmetic(e: Expression & { kind: 'arithmetic' }, asset: string, scope: Scope): Shares {
  const left = borne(e.left, asset, scope);
  const right = borne(e.right, asset, scope);
  if (left === null && right === null) return null;
  const a = answer(e.left, scope);
  const b = answer(e.right, scope);
  if (!isValue(a) || !isValue(b)) return null;
  switch (e.operator) {
    case '+':
    case '-': {
      const others = right ?? plain(numberOf(b));
      return merged([
        ...(left ?? plain(numberOf(a))),
        ...(e.operator === '+' ? others : scaled(others, rational(-1))),
      ]);
    }
    case '*': {
      if (left === null || right === null)
        return left === null ? scaled(right!, numberOf(a)) : scaled(left, numberOf(b));
      return hasUnit(e.right.type, asset) && !hasUnit(e.left.type, asset)
        ? scaled(right, numberOf(a))
        : scaled(left, numberOf(b));
    }
    case '/': {
      const inverse = divide(rational(1), numberOf(b));
      return left === null || inverse === null ? null : scaled(left, inverse);
    }
  }
}

function plain(amount: Rational): readonly Share[] {
  return isZero(amount) ? [] : [{ record: null, amount, note: 'unattributed' }];
}

function borneByTable(e: Expression & { kind: 'table' }, asset: string, scope: Scope): Shares {
  const table = bandTable(e.table, scope);
  if (table === null) return borneByMatrix(e, asset, scope);
  const shares = borne(e.on, asset, scope);
  if (shares === null) return null;
  const bands = bandsOf(table, scope);
  if (!isBandList(bands)) return null;
  if (table.mode === 'whole') {
    const rate = rateAt(bands, sumOf(shares));
    return rate === null ? null : scaled(shares, rate);
  }
  return differencesOf(shares, (x) => tableValue(table.mode, bands, x));
}

/** An amount of money that a matrix gives is shared in proportion to the first measure it is looked up by. */
function borneByMatrix(e: Expression & { kind: 'table' }, asset: string, scope: Scope): Shares {
  const { type } = e;
  const isMoney =
    type.kind === 'quantity' &&
    type.unit.length === 1 &&
    hasUnit(type, asset) &&
    type.unit[0]!.exponent === 1;
  const amount = isMoney ? quantityOf(e, scope) : null;
  if (amount === null) return null;
  const measure = borne(e.on, asset, scope) ?? (e.and === null ? null : borne(e.and, asset, scope));
  return measure === null ? null : proRata(amount, measure);
}

/** The lesser is a cap, later facts bear less; the greater of a value and a bound is the value and a top-up. */
function borneByBound(e: Expression & { kind: 'lesser' | 'greater' }, asset: string, scope: Scope): Shares {
  const left = borne(e.left, asset, scope);
  const right = borne(e.right, asset, scope);
  const shares = left ?? right;
  const bound = quantityOf(left === null ? e.left : e.right, scope);
  if (shares === null || bound === null) return null;
  if (e.kind === 'lesser') return differencesOf(shares, (x) => minimum(x, bound));
  const total = sumOf(shares);
  return [...shares, ...topUp(maximum(total, bound), total)];
}

/** What is added to reach a minimum: one share without a fact. */
export function topUp(reached: Rational, total: Rational): readonly Share[] {
  return equals(reached, total)
    ? []
    : [{ record: null, amount: add(reached, negate(total)), note: 'minimum' }];
}

/** The shares of the first measure in a condition that facts stand behind. */
function firstMeasure(condition: Expression, asset: string, scope: Scope): Shares {
  switch (condition.kind) {
    case 'and':
    case 'or':
      for (const part of condition.parts) {
        const shares = firstMeasure(part, asset, scope);
        if (shares !== null) return shares;
      }
      return null;
    case 'compare':
      return measureBehind(condition.left, asset, scope) ?? measureBehind(condition.right, asset, scope);
    default:
      return null;
  }
}

/** The shares of a measure; of a count of parties, one for each fact that leads to them. */
function measureBehind(e: Expression, asset: string, scope: Scope): Shares {
  const shares = borne(e, asset, scope);
  if (shares !== null || e.kind !== 'fold' || e.fold !== 'count' || isGiven(e, scope)) return shares;
  let { set } = e;
  let inner = scope;
  while (set.kind === 'named') {
    const named = isNamedSet(set, inner);
    set = named.body;
    inner = named.inner;
  }
  if (set.kind !== 'through') return null;
  const items = itemsOf(set.of, inner);
  if (items.length === 0 || items.some(({ record }) => record === null)) return null;
  return items.map(({ record }) => ({ record, amount: rational(1), note: 'credit' }));
}
