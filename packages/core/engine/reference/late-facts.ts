// SPDX-License-Identifier: Apache-2.0
// Facts that come late, where a clause does not simply change the period they belong to: ignored after so many days,
// ignored once the period is closed, or counted in the period that was open when they came. A revision comes late as a
// fact does. Which revision stands, and on which day it counts, depends on the order of the log alone.
import { type Closed, closePeriod } from '../../ledger/accounting-period.ts';
import type { LateMode } from '../../program/clause.ts';
import type { Fact, Recording } from '../../program/log.ts';
import type { Scalar } from '../../program/value.ts';
import type { Calendar, PeriodUnit } from '../../values/calendar.ts';
import type { Day } from '../../values/date.ts';
import { nextPeriod, parsePeriod, periodContaining } from '../../values/period.ts';
import { isZero, negate, subtract, zero } from '../../values/rational.ts';

/** How a clause treats late facts, and the periods that it speaks of. */
export interface LateRule {
  readonly mode: LateMode;
  readonly calendar: Calendar;
  readonly unit: PeriodUnit;
}

/** What counts of a fact on a day: a revision, or (`lowering`: the later revision) the difference between two. */
export interface Layer {
  readonly fact: Fact;
  readonly day: Day;
  readonly lowering: Fact | null;
}

export interface LateFact {
  /** What is read of the fact through a link; null when it is void, or was ignored from the beginning. */
  readonly standing: Fact | null;
  readonly layers: readonly Layer[];
}

/** A fact while its revisions are read. */
interface Reading {
  readonly standing: Fact | null;
  /** The day on which the revision that stands counts. */
  readonly day: Day | null;
  readonly layers: readonly Layer[];
  readonly revision: number;
  readonly isTouched: boolean;
}

const unread: Reading = { standing: null, day: null, layers: [], revision: 0, isTouched: false };

/** The facts of a kind of which a revision came late, by id. `dayOf` is the day on which a revision says it counts. */
export function lateFactsOf(
  kind: string,
  recordings: readonly Recording[],
  rule: LateRule,
  dayOf: (fact: Fact) => Day | null,
): ReadonlyMap<string, LateFact> {
  const facts = new Map<string, Reading>();
  const closedAt = new Map<readonly string[], Closed>();
  for (const { fact, on, closed } of recordings) {
    if (fact.kind !== kind) continue;
    const before = facts.get(fact.id) ?? unread;
    if (fact.revision < before.revision) continue;
    const stretches = closedAt.get(closed) ?? closedDays(closed, rule.calendar);
    closedAt.set(closed, stretches);
    const arrival = { fact, on, closed: stretches };
    const read = rule.mode.kind === 'count in the open period' ? counted : inTime;
    facts.set(fact.id, { ...read(before, arrival, rule, dayOf), revision: fact.revision });
  }
  return new Map([...facts].filter(([, { isTouched }]) => isTouched));
}

interface Arrival {
  readonly fact: Fact;
  readonly on: Day | null;
  readonly closed: Closed;
}

function closedDays(labels: readonly string[], calendar: Calendar): Closed {
  return labels.reduce<Closed>((closed, label) => {
    const period = parsePeriod(calendar, label);
    return period === null ? closed : closePeriod(closed, period);
  }, []);
}

/** The revision that came in time stands; one that came too late for its own day, or for the day it would leave, does not. */
function inTime(
  before: Reading,
  arrival: Arrival,
  rule: LateRule,
  dayOf: (fact: Fact) => Day | null,
): Omit<Reading, 'revision'> {
  const { fact } = arrival;
  const days = [before.standing, fact.isVoid === true ? null : fact].flatMap(
    (one) => (one === null ? null : dayOf(one)) ?? [],
  );
  if (days.some((day) => isTooLate(day, arrival, rule))) return { ...before, isTouched: true };
  const standing = fact.isVoid === true ? null : fact;
  const day = standing === null ? null : dayOf(standing);
  const layers = standing === null || day === null ? [] : [{ fact: standing, day, lowering: null }];
  return { standing, day, layers, isTouched: before.isTouched };
}

function isTooLate(day: Day, { on, closed }: Arrival, { mode, calendar, unit }: LateRule): boolean {
  switch (mode.kind) {
    case 'cut off':
      return on !== null && on - day > mode.afterDays;
    case 'ignore after lock':
      return isClosed(periodContaining(calendar, unit, day).end, closed);
    case 'restate':
    case 'count in the open period':
      return false;
  }
}

/** A period is closed when its last day is. */
function isClosed(end: Day, closed: Closed): boolean {
  return closed.some(({ from, through }) => from <= end && end <= through);
}

/** What closed periods count stays; what is new about the fact counts in the period that is open. */
function counted(
  before: Reading,
  arrival: Arrival,
  rule: LateRule,
  dayOf: (fact: Fact) => Day | null,
): Omit<Reading, 'revision'> {
  const { fact } = arrival;
  const { standing, day: standingDay } = before;
  const given = fact.isVoid === true ? null : fact;
  const ownDay = given === null ? null : dayOf(given);
  const givenDay = ownDay === null ? null : openDay(ownDay, arrival, rule);
  const full = given === null || givenDay === null ? [] : [{ fact: given, day: givenDay, lowering: null }];
  const standsFor = { standing: given, day: givenDay };
  if (standing === null || standingDay === null || !isPeriodClosed(standingDay, arrival.closed, rule)) {
    // What stands in an open period is replaced; what closed periods count stays before it.
    const kept = standing === null || standingDay === null ? before.layers : before.layers.slice(0, -1);
    return {
      ...standsFor,
      layers: [...kept, ...full],
      isTouched: before.isTouched || givenDay !== ownDay,
    };
  }
  const day = openDay(standingDay, arrival, rule);
  if (given !== null && isSameBesideQuantities(standing, given)) {
    const difference = combined(given, standing, (now, then) => subtract(now, then));
    const layers = [...before.layers, { fact: difference, day, lowering: fact }];
    return { standing: given, day: standingDay, layers, isTouched: true };
  }
  const taken = combined(standing, standing, (_, value) => negate(value));
  return {
    ...standsFor,
    layers: [...before.layers, { fact: taken, day, lowering: fact }, ...full],
    isTouched: true,
  };
}

function isPeriodClosed(day: Day, closed: Closed, { calendar, unit }: LateRule): boolean {
  return isClosed(periodContaining(calendar, unit, day).end, closed);
}

/** The day itself while its period is open; else the day of recording, or the first day of the earliest period open. */
function openDay(day: Day, { on, closed }: Arrival, { calendar, unit }: LateRule): Day {
  let period = periodContaining(calendar, unit, day);
  if (!isClosed(period.end, closed)) return day;
  while (isClosed(period.end, closed)) period = nextPeriod(calendar, period);
  return on !== null && on >= period.start && on <= period.end ? on : period.start;
}

type Quantity = Extract<Scalar, { kind: 'quantity' }>['value'];

/** A fact with each quantity made of its own and that of another revision. */
function combined(fact: Fact, other: Fact, make: (own: Quantity, other: Quantity) => Quantity): Fact {
  const fields = Object.entries(fact.fields).map(([name, value]) => {
    const beside = other.fields[name];
    if (value.kind !== 'quantity') return [name, value] as const;
    const made = make(value.value, beside?.kind === 'quantity' ? beside.value : zero);
    return [name, { ...value, value: isZero(made) ? zero : made }] as const;
  });
  return { ...fact, fields: Object.fromEntries(fields) };
}

function isSameBesideQuantities(a: Fact, b: Fact): boolean {
  const rest = ({ fields }: Fact) =>
    JSON.stringify(
      Object.entries(fields)
        .flatMap(([name, value]) =>
          value.kind === 'quantity' ? [[name]] : [[name, value.kind, textOf(value)]],
        )
        .sort(([a], [b]) => (a! < b! ? -1 : 1)),
    );
  return rest(a) === rest(b);
}

function textOf(value: Scalar): string {
  if (!('value' in value)) return '';
  return typeof value.value === 'object'
    ? JSON.stringify(value.value, (_, part) => (typeof part === 'bigint' ? `${part}` : part))
    : `${value.value}`;
}
