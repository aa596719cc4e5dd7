// SPDX-License-Identifier: Apache-2.0
// Statuses with hysteresis: the level of a party as a walk over its facts and its period ends. A level rises with or
// after the fact that reaches it, or at the end of a period; it falls as the terms say, after their grace, and never
// before it was kept as long as promised.
import type { Status } from '../../program/declaration.ts';
import type { Expression } from '../../program/expression.ts';
import type { Day } from '../../values/date.ts';
import { addDuration, type Duration } from '../../values/duration.ts';
import type { Period } from '../../values/period.ts';
import { answer } from './expression.ts';
import { hasCome, noteDay } from './horizon.ts';
import { compareRecords, type FactRecord } from './order.ts';
import { partySpan, periodHolding, periodsFrom } from './participation.ts';
import { type Answer, compareValues, isValue, none, stopped } from './result.ts';
import { bind, bindingOf, type Limit, type Scope } from './scope.ts';
import { kindRecords } from './sets.ts';
import { balanceReadBy } from './wallet-asset.ts';
import { momentDay } from './window.ts';
import { keptOf, type World } from './world.ts';

/** A change of level: after the facts of `day`, or at `record`, already counting for that fact itself or not. */
export interface Change {
  readonly day: Day;
  readonly record: FactRecord | null;
  readonly countsWith: boolean;
  readonly rank: number;
  /** What the measure was when the level changed. */
  readonly measure: Answer;
}

/** The level of a party at a moment. */
export function statusAt(e: Expression & { kind: 'status' }, scope: Scope): Answer {
  const status = scope.world.program.statuses.find(({ id }) => id === e.status);
  if (status === undefined) throw new Error(`There is no status ${e.status}.`);
  const of = answer(e.of, scope);
  if (!isValue(of)) return stopped(of);
  if (of.kind !== 'party') return none;
  if (balanceReadBy(status.measure, scope.world.program) !== null) {
    // A level by the balance of a wallet follows it at once, both ways.
    const { rank } = levelReached(status, of.value, scope.limit, scope.world.asOf, null, scope);
    return { kind: 'level', status: status.id, rank };
  }
  const changes = changesInForce(e, status, of.value, scope);
  return changes === null ? none : { kind: 'level', status: status.id, rank: changes.at(-1)?.rank ?? 0 };
}

/** The changes of level of a party that have happened by the moment of a read; null where the moment is unknown. */
export function changesInForce(
  e: Expression & { kind: 'status' },
  status: Status,
  of: string,
  scope: Scope,
): readonly Change[] | null {
  const changes = keptOf(scope.world, status, of, () => changesOf(status, of, scope));
  const record = e.moment.kind === 'counting' ? bindingOf(scope, e.moment.fact).record : null;
  const day = record?.day ?? momentDay(e.moment, scope);
  if (day === null) return null;
  const isBeforeDay = e.moment.kind === 'start';
  return changes.filter((change) => isInForce(change, record, isBeforeDay ? day - 1 : day));
}

/** Whether a change has happened at a fact, or by the close of a day. */
function isInForce(change: Change, record: FactRecord | null, day: Day): boolean {
  if (record === null) return change.day <= day;
  if (change.record === null) return change.day < record.day;
  const order = compareRecords(change.record, record);
  return order < 0 || (order === 0 && change.countsWith);
}

/** All changes of level of one party, in order. */
function changesOf(status: Status, of: string, scope: Scope): readonly Change[] {
  const { world } = scope;
  const changes: Change[] = [];
  let rank = 0;
  let keptThrough: Day = -Infinity;
  let measure: Answer = none;
  const move = (to: number, day: Day, record: FactRecord | null, countsWith: boolean): void => {
    if (to > rank && (status.keeps?.restarts !== false || day > keptThrough)) {
      const length = status.keeps === null ? null : lengthOf(status.keeps.length, scope);
      if (length !== null) keptThrough = addDuration(day, length) - 1;
    }
    rank = to;
    changes.push({ day, record, countsWith, rank, measure });
  };
  for (const event of eventsOf(status, of, scope)) {
    const found = levelReached(status, of, event.limit, event.day, event.period, scope);
    const reached = found.rank;
    measure = found.measure;
    if (event.record !== null && status.rises.when === 'at once') {
      if (reached > rank) move(reached, event.day, event.record, status.rises.counts === 'with');
    } else if (event.ends === 'rises' && reached > rank) move(reached, event.day, null, false);
    if (reached >= rank || event.day <= keptThrough || status.falls === null) continue;
    if (status.falls.when === 'at once') move(reached, event.day, event.record, true);
    else if (event.ends === 'falls') move(status.falls.oneStep ? rank - 1 : reached, event.day, null, false);
  }
  return changes.filter(({ day }) => day <= world.asOf);
}

interface Event {
  readonly day: Day;
  readonly record: FactRecord | null;
  readonly limit: Limit | null;
  readonly ends: 'rises' | 'falls' | null;
  /** The period whose measure decides; null: the one that holds the day. */
  readonly period: Period | null;
}

function eventsOf(status: Status, of: string, scope: Scope): Event[] {
  const { world } = scope;
  const events: Event[] = [];
  if (status.rises.when === 'at once' || status.falls?.when === 'at once')
    for (const record of recordsOfParty(status, of, scope))
      events.push({
        day: record.day,
        record,
        limit: { day: record.day, record, isSeen: true },
        ends: null,
        period: null,
      });
  const { from, through } = partySpan(world, partyKind(status), of);
  if (status.rises.when === 'end')
    for (const period of periodsFrom(world, status.rises.unit, from, from, through))
      if (hasCome(world, period.end))
        events.push({ day: period.end, record: null, limit: throughDay(period.end), ends: 'rises', period });
  if (status.falls?.when === 'end') {
    const grace = status.falls.grace === null ? null : lengthOf(status.falls.grace, scope);
    for (const period of periodsFrom(world, status.falls.unit, from, from, through)) {
      const day = grace === null ? period.end : addDuration(period.end, grace);
      if (hasCome(world, day))
        events.push({ day, record: null, limit: throughDay(day), ends: 'falls', period });
    }
  }
  return events.sort(
    (a, b) =>
      a.day - b.day ||
      Number(a.record === null) - Number(b.record === null) ||
      (a.record !== null && b.record !== null ? compareRecords(a.record, b.record) : 0),
  );
}

function throughDay(day: Day): Limit {
  return { day, record: null, isSeen: true };
}

function partyKind(status: Status): string {
  const { type } = status.of;
  if (type.kind !== 'party') throw new Error(`${status.id} is the status of no party.`);
  return type.of;
}

/** The facts that can raise or lower the level of a party: those that name it. */
function recordsOfParty(status: Status, of: string, scope: Scope): readonly FactRecord[] {
  const { world } = scope;
  const kinds =
    status.rises.when === 'at once' ? [status.rises.factKind] : world.program.factKinds.map(({ id }) => id);
  const groups = keptOf(world, status, '', () => {
    const byParty = new Map<string, FactRecord[]>();
    for (const kind of kinds) {
      const { records, isOf } = kindRecords(scope, kind);
      for (const record of isOf === null ? records : records.filter(isOf)) {
        const link = linkTo(world, record.kind, partyKind(status));
        const party = link === null ? undefined : record.fact.fields[link];
        if (party?.kind !== 'party') continue;
        const list = byParty.get(party.value);
        if (list === undefined) byParty.set(party.value, [record]);
        else list.push(record);
      }
    }
    for (const list of byParty.values()) list.sort(compareRecords);
    return byParty;
  });
  return groups.get(of) ?? [];
}

function linkTo(world: World, kind: string, party: string): string | null {
  const fields = world.program.factKinds.find(({ id }) => id === kind)?.fields ?? [];
  return fields.find(({ type }) => type.kind === 'party' && type.of === party)?.name ?? null;
}

/** The highest level whose bound the measure reaches; 0 where the measure waits or is none. */
function levelReached(
  status: Status,
  of: string,
  limit: Limit | null,
  day: Day,
  period: Period | null,
  scope: Scope,
): { readonly rank: number; readonly measure: Answer } {
  const { world } = scope;
  let inner: Scope = { ...scope, bound: null, limit, waits: [] };
  inner = bind(inner, status.of, { kind: 'party', value: of });
  if (status.period !== null) {
    const { from } = partySpan(world, partyKind(status), of);
    const holding = periodHolding(world, status.period.unit, period?.end ?? day, () => from);
    // A level by a balance is read on the day of evaluation: in the period after this one it may be another.
    if (day === world.asOf) noteDay(world, holding.end + 1);
    inner = bind(inner, status.period.variable, { kind: 'period', value: holding });
  }
  const measure = answer(status.measure, inner);
  if (!isValue(measure)) return { rank: 0, measure };
  let rank = 0;
  for (const [index, level] of status.levels.entries()) {
    if (level.from === null) continue;
    const bound = answer(level.from, inner);
    if (isValue(bound) && compareValues(measure, bound) >= 0) rank = index;
  }
  return { rank, measure };
}

function lengthOf(expression: Expression, scope: Scope): Duration | null {
  const value = answer(expression, { ...scope, bound: null });
  return isValue(value) && value.kind === 'duration' ? value.value : null;
}
