// SPDX-License-Identifier: Apache-2.0
// The periods of an agreement and how each stands. Closed is what a recorded close covers; locked is what is closed and
// has, for everybody with postings in it, a statement that was issued after the close.
import { type Closed, closePeriod as closedAfter } from '@rapport/core/ledger/accounting-period.ts';
import type { Program } from '@rapport/core/program/program.ts';
import type { Calendar, Period, PeriodUnit } from '@rapport/core/values/calendar.ts';
import { periodUnits } from '@rapport/core/values/calendar.ts';
import { type Day, isoDay } from '@rapport/core/values/date.ts';
import { parsePeriod, periodsBetween } from '@rapport/core/values/period.ts';
import type { AccountingTotal } from '../store/period-rows.ts';
import type { LogRow } from '../store/tables.ts';
import type { PeriodRow } from '../wire/periods.ts';
import type { AwaitedFeed } from '../wire/standing.ts';
import { wireAmount } from './caused.ts';
import type { Declared } from './declared.ts';

export interface PeriodFacts {
  readonly program: Program;
  /** The day that has begun last; null before the first. */
  readonly today: Day | null;
  readonly closes: readonly LogRow[];
  readonly totals: readonly AccountingTotal[];
  readonly statements: readonly {
    readonly period: string;
    readonly payee: string;
    readonly sequence: number;
  }[];
  /** Feeds of the agreement that say when they are complete, with the day through which each is. */
  readonly feeds: readonly {
    readonly feed: string;
    readonly title: string;
    readonly completeThrough: Day | null;
    readonly declaredAt: Date | null;
  }[];
  readonly declared: Declared;
  /** How many statements of a period are approved, by its label. */
  readonly approved: ReadonlyMap<string, number>;
}

/** The most periods that are listed. */
const periodsMax = 400;

/** The units in which an agreement pays and settles. */
export function unitsOf({ clauses, settlements }: Program): readonly PeriodUnit[] {
  const used = new Set<string>(settlements.map(({ unit }) => unit));
  for (const { occasion } of clauses)
    if ('unit' in occasion && occasion.unit !== null) used.add(occasion.unit);
  return periodUnits.filter((unit) => used.has(unit) && unit !== 'day');
}

/** The newest first; shorter ones before the longer ones that end with them. */
export function periodRows(facts: PeriodFacts): readonly PeriodRow[] {
  return periodsOf(facts)
    .sort((a, b) => b.end - a.end || b.start - a.start)
    .slice(0, periodsMax)
    .map((period) => periodRow(facts, period));
}

function periodsOf({ program, today, totals, closes }: PeriodFacts): Period[] {
  const { calendar } = program.policies;
  const known = new Map<string, Period>();
  for (const label of [
    ...totals.map(({ accounting }) => accounting),
    ...closes.map(({ subject }) => subject),
  ]) {
    const period = parsePeriod(calendar, label);
    if (period !== null) known.set(label, period);
  }
  const first = Math.min(today ?? Number.POSITIVE_INFINITY, ...[...known.values()].map(({ start }) => start));
  if (today !== null) {
    for (const unit of unitsOf(program)) {
      const from = Math.max(first, today - reachDays[unit]);
      for (const period of periodsBetween(calendar, unit, from, today)) known.set(period.label, period);
    }
  }
  return [...known.values()];
}

/** How far back periods without postings are listed. */
const reachDays: Readonly<Record<PeriodUnit, number>> = {
  day: 31,
  week: 7 * 26,
  month: 31 * 24,
  quarter: 92 * 12,
  half: 184 * 8,
  year: 366 * 10,
};

export function closedStretches(calendar: Calendar, labels: readonly string[]): Closed {
  return labels.reduce<Closed>((closed, label) => {
    const period = parsePeriod(calendar, label);
    return period === null ? closed : closedAfter(closed, period);
  }, []);
}

export function isClosed(closed: Closed, period: Period): boolean {
  return closed.some(({ from, through }) => from <= period.start && period.end <= through);
}

export function periodRow(facts: PeriodFacts, period: Period): PeriodRow {
  const { closes, totals, statements, today, declared } = facts;
  const closed = closedStretches(
    facts.program.policies.calendar,
    closes.map(({ subject }) => subject),
  );
  const close = closes.findLast(({ subject }) => subject === period.label) ?? null;
  const here = totals.filter(({ accounting }) => accounting === period.label);
  const payees = new Set(here.flatMap((total) => total.payees));
  const issued = statements.filter((one) => one.period === period.label);
  const isLocked = isClosed(closed, period) && hasAll(payees, issued, close?.sequence ?? 0);
  const isAhead = today === null || today < period.start;
  return {
    period: period.label,
    unit: period.unit,
    start: isoDay(period.start),
    end: isoDay(period.end),
    state: isLocked ? 'locked' : isClosed(closed, period) ? 'closed' : isAhead ? 'ahead' : 'open',
    closedAt: close?.recorded_at.toISOString() ?? null,
    closedBy: close?.actor ?? null,
    sequence: close?.sequence ?? null,
    awaited: awaitedFeeds(facts, period),
    totals: here.filter(({ due }) => due !== 0n).map(({ due, asset }) => wireAmount(declared, due, asset)),
    payees: payees.size,
    statementsIssued: issued.length,
    statementsApproved: facts.approved.get(period.label) ?? 0,
  };
}

function hasAll(payees: ReadonlySet<string>, issued: PeriodFacts['statements'], since: number): boolean {
  const after = new Set(issued.filter(({ sequence }) => sequence > since).map(({ payee }) => payee));
  return after.size > 0 && [...payees].every((payee) => after.has(payee));
}

/** Feeds that have not delivered everything through the last day of the period. */
export function awaitedFeeds({ feeds }: Pick<PeriodFacts, 'feeds'>, { end }: Period): AwaitedFeed[] {
  return feeds
    .filter(({ completeThrough }) => completeThrough === null || completeThrough < end)
    .map(({ feed, title, completeThrough, declaredAt }) => ({
      ...{ feed, title },
      completeThrough: completeThrough === null ? null : isoDay(completeThrough),
      since: completeThrough === null ? null : isoDay(completeThrough + 1),
      declaredAt: declaredAt?.toISOString() ?? null,
    }));
}
