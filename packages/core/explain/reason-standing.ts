// SPDX-License-Identifier: Apache-2.0
// The parts of what a figure cannot say alone: who stood where, both ends of a rise, how a level was reached and since
// when, who decided and why, and which row and column of a matrix were found.
import { answer, namedValue } from '../engine/reference/expression.ts';
import { type Answer, isValue, numberOf } from '../engine/reference/result.ts';
import { changesInForce } from '../engine/reference/status.ts';
import { keyPlace } from '../engine/reference/table-reading.ts';
import { periodOf } from '../engine/reference/window.ts';
import type { Expression } from '../program/expression.ts';
import type { Type } from '../program/type.ts';
import { isoDay } from '../values/date.ts';
import { shiftPeriod } from '../values/period.ts';
import { compare } from '../values/rational.ts';
import { figureFor } from './answer-figure.ts';
import { figureOf } from './figures.ts';
import { keyWords } from './reading-table.ts';
import type { Place, Reason } from './reason.ts';

/** At most so many that stand in a row, or changes of level, are listed. */
const listMax = 12;

function leaf(label: string, figure: string): Reason {
  return { label, figure, exact: null, fact: null, parts: [] };
}

function valued({ scope }: Place, label: string, type: Type, found: Answer): Reason {
  return { label, ...figureFor(type, found, scope), fact: null, parts: [] };
}

function typeOfValue({ scope }: Place, name: string): Type | null {
  return scope.world.program.values.find(({ id }) => id === name)?.body.type ?? null;
}

/** Everybody with a value, the first first. */
export function placeParts(place: Place, e: Expression & { kind: 'place' }): readonly Reason[] {
  const { scope } = place;
  const type = typeOfValue(place, e.value);
  const period = e.period === null ? null : answer(e.period, scope);
  if (type === null || e.of.type.kind !== 'party' || (period !== null && !isValue(period))) return [];
  const standing = [...(scope.world.parties.get(e.of.type.of) ?? [])].flatMap((id) => {
    const found = namedValue(e.value, { kind: 'party', value: id }, period, scope);
    return isValue(found) ? [{ id, found, number: numberOf(found) }] : [];
  });
  const sense = e.lowestFirst ? 1 : -1;
  standing.sort((a, b) => sense * compare(a.number, b.number) || (a.id < b.id ? -1 : 1));
  const lines = standing.map(({ id, found, number }) => {
    const ahead = standing.filter((other) => sense * compare(other.number, number) < 0).length;
    return valued(place, `${ahead + 1}. ${id}`, type, found);
  });
  const rest = lines.length - listMax;
  return rest <= 0 ? lines : [...lines.slice(0, listMax), leaf(`and ${rest} more`, '')];
}

/** The value at both ends. */
export function riseParts(place: Place, e: Expression & { kind: 'rise' }): readonly Reason[] {
  const { scope } = place;
  const type = typeOfValue(place, e.value);
  const period = periodOf(e.period, scope);
  const of = e.of === null ? null : answer(e.of, scope);
  if (type === null || period === null || (of !== null && !isValue(of))) return [];
  const before = shiftPeriod(scope.world.program.policies.calendar, period, -1);
  return [period, before].map((value) =>
    valued(
      place,
      `${e.value} for ${value.label}`,
      type,
      namedValue(e.value, of, { kind: 'period', value }, scope),
    ),
  );
}

/** How the level came about: each change with its day, the fact that brought it, and the measure of that moment. */
export function statusParts(place: Place, e: Expression & { kind: 'status' }): readonly Reason[] {
  const { scope } = place;
  const status = scope.world.program.statuses.find(({ id }) => id === e.status);
  const of = answer(e.of, scope);
  if (status === undefined || !isValue(of) || of.kind !== 'party') return [];
  const changes = changesInForce(e, status, of.value, scope) ?? [];
  if (changes.length === 0)
    return [leaf(`${status.levels[0]?.name ?? 'the first level'} from the beginning`, '')];
  return changes.slice(-listMax).map((change) => {
    const name = status.levels[change.rank]?.name ?? `level ${change.rank}`;
    const { record } = change;
    const by = record === null ? '' : `, with ${record.kind} ${record.fact.id}`;
    return valued(place, `${name} since ${isoDay(change.day)}${by}`, status.measure.type, change.measure);
  });
}

/** Who decided, and why; or that nobody did in time. */
export function decisionParts({ scope }: Place, e: Expression & { kind: 'decision' }): readonly Reason[] {
  const of = answer(e.of, scope);
  const period = periodOf(e.period, scope);
  if (!isValue(of) || of.kind !== 'party' || period === null) return [];
  const taken = scope.world.known.decisions.findLast(
    (one) => one.decision === e.decision && one.of === of.value && one.period === period.label,
  );
  if (taken === undefined) return [leaf('not decided in time, so what holds otherwise', '')];
  const why = taken.reason === '' ? '' : `: ${taken.reason}`;
  const who = taken.author === '' ? 'decided' : `decided by ${taken.author}`;
  return [leaf(`${who}${why}`, figureOf(e.type, taken.value))];
}

/** The row and the column of a matrix that were found. */
export function matrixParts({ scope, voice }: Place, e: Expression & { kind: 'table' }): readonly Reason[] {
  const table = scope.world.program.tables.find(({ id }) => id === e.table);
  if (table?.kind !== 'matrix') return [];
  const on = answer(e.on, scope);
  const and = e.and === null ? null : answer(e.and, scope);
  if (!isValue(on) || (and !== null && !isValue(and))) return [];
  const row = table.rows[keyPlace(table.rows, on, scope)];
  const column = and === null ? undefined : table.columns[keyPlace(table.columns, and, scope)];
  return [
    leaf(row === undefined ? 'no row fits' : `row found: ${keyWords(voice, row)}`, ''),
    ...(and === null
      ? []
      : [leaf(column === undefined ? 'no column fits' : `column found: ${keyWords(voice, column)}`, '')]),
  ];
}
