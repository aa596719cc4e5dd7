// SPDX-License-Identifier: Apache-2.0
// The rows of a clause that change its amount, top to bottom: caps, minimums, multipliers, proration, dates. A cap cuts
// later facts first; a minimum is one share of its own.
import type { Clause, Row } from '../../program/clause.ts';
import type { Expression } from '../../program/expression.ts';
import type { WaitingFor } from '../../program/value.ts';
import type { Period } from '../../values/period.ts';
import {
  compare,
  divide,
  equals,
  maximum,
  minimum,
  multiply,
  type Rational,
  rational,
  zero,
} from '../../values/rational.ts';
import { proratedBound, shareOf } from './amendment.ts';
import { differencesOf, type Share, scaled, sumOf, topUp } from './attribution.ts';
import { answer } from './expression.ts';
import { measuredOf } from './measured.ts';
import type { FactRecord } from './order.ts';
import { shareOfPeriod } from './participation.ts';
import { isValue, numberOf } from './result.ts';
import type { Scope } from './scope.ts';

/** What the rows made of an amount, or what they wait for. */
export interface Rowed {
  readonly shares: readonly Share[];
  /** With every row but the minimums: what the facts themselves earned. */
  readonly earned: readonly Share[];
  readonly waits: readonly WaitingFor[];
}

/** For whom and when the amount is; the record where one fact is at hand. */
export interface Occurrence {
  readonly clause: Clause;
  readonly payee: string;
  readonly period: Period | null;
  readonly record: FactRecord | null;
}

export function applyRows(shares: readonly Share[], occurrence: Occurrence, scope: Scope): Rowed {
  let current = shares;
  let earned = shares;
  for (const row of occurrence.clause.rows) {
    const changed = applyRow(row, current, occurrence, scope);
    if ('for' in changed) return { shares: [], earned: [], waits: changed.for };
    const earnedHere =
      row.kind === 'at least' ? { shares: earned } : applyRow(row, earned, occurrence, scope);
    current = changed.shares;
    if ('shares' in earnedHere) earned = earnedHere.shares;
  }
  return { shares: current, earned, waits: [] };
}

/** The shares after one row, or what the row waits for. */
export type Changed = { readonly shares: readonly Share[] } | { readonly for: readonly WaitingFor[] };

/** One row that changes an amount; any other leaves it as it is. */
export function applyRow(row: Row, shares: readonly Share[], occurrence: Occurrence, scope: Scope): Changed {
  switch (row.kind) {
    case 'at most':
    case 'at least':
    case 'times': {
      const isMet = row.when === null ? true : conditionIn(row.when, scope);
      if (typeof isMet !== 'boolean') return isMet;
      if (!isMet) return { shares };
      const bound = answer(row.kind === 'times' ? row.factor : row.limit, scope);
      if (bound.kind === 'waiting') return bound;
      if (!isValue(bound)) return { shares };
      const limit = row.kind === 'times' ? numberOf(bound) : boundOf(row, numberOf(bound), occurrence, scope);
      return { shares: bounded(row.kind, shares, limit, occurrence.record) };
    }
    case 'during': {
      if (occurrence.record === null) return { shares };
      const from = row.from === null ? null : answer(row.from, scope);
      const through = row.through === null ? null : answer(row.through, scope);
      if (from?.kind === 'waiting') return from;
      if (through?.kind === 'waiting') return through;
      const { day } = occurrence.record;
      const isOutside =
        (from?.kind === 'date' && day < from.value) || (through?.kind === 'date' && day > through.value);
      return { shares: isOutside ? [] : shares };
    }
    case 'prorated': {
      if (occurrence.period === null) return { shares };
      return { shares: prorated(row, shares, occurrence, occurrence.period, scope) };
    }
    default:
      return { shares };
  }
}

/** A bound in money in a part of a period. A fixed amount is reduced by a later row; until then its bounds are whole. */
function boundOf(
  row: Row & { kind: 'at most' | 'at least' },
  bound: Rational,
  { clause }: Occurrence,
  scope: Scope,
): Rational {
  const isReducedLater = clause.rows.slice(clause.rows.indexOf(row)).some(({ kind }) => kind === 'prorated');
  return isReducedLater && measuredOf(clause.amount, scope.world.program) === 'fixed'
    ? bound
    : proratedBound(row.limit, bound, scope);
}

/** In proportion to taking part. What only the facts of a part of the period are in is reduced for that part already. */
function prorated(
  row: Row & { kind: 'prorated' },
  shares: readonly Share[],
  { clause, payee }: Occurrence,
  period: Period,
  scope: Scope,
): readonly Share[] {
  const clip = scope.clip !== null && scope.clip.share !== null ? scope.clip : undefined;
  const { parts, whole } = shareOfPeriod(scope.world, clause.payee.party, payee, period, row.by, clip);
  if (whole === 0) return [];
  const ofPeriod = rational(parts, whole);
  if (clip === undefined) return scaled(shares, ofPeriod);
  const ofPart = divide(ofPeriod, shareOf(period, clip, row.by)) ?? zero;
  const measured = measuredOf(clause.amount, scope.world.program);
  return shares.map((share) => {
    const isFixed = measured === 'fixed' || (measured === 'mixed' && share.record === null);
    return { ...share, amount: multiply(share.amount, isFixed ? ofPeriod : ofPart) };
  });
}

function conditionIn(when: Expression, scope: Scope): boolean | { readonly for: readonly WaitingFor[] } {
  const condition = answer(when, scope);
  if (condition.kind === 'waiting') return condition;
  return condition.kind === 'yesNo' && condition.value;
}

function bounded(
  kind: 'at most' | 'at least' | 'times',
  shares: readonly Share[],
  bound: Rational,
  record: FactRecord | null,
): readonly Share[] {
  if (kind === 'times') return shares.map((share) => ({ ...share, amount: multiply(share.amount, bound) }));
  const total = sumOf(shares);
  if (kind === 'at least') {
    if (compare(total, bound) >= 0) return shares;
    return [...shares, ...topUp(maximum(total, bound), total).map((share) => ({ ...share, record }))];
  }
  if (compare(total, bound) <= 0) return shares;
  const capped = differencesOf(shares, (x) => minimum(x, bound)) ?? shares;
  return capped.map((share, index) =>
    equals(share.amount, shares[index]!.amount) ? share : { ...share, note: 'cap' },
  );
}
