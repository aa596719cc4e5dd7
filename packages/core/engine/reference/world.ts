// SPDX-License-Identifier: Apache-2.0
// A program beside what is known, arranged for plain scans: facts by kind in their declared order, attributes by whom
// they belong to. Facts that count after the day of evaluation are not in it; those without a counting date count
// nowhere, but links may lead to them.
import type { LateMode } from '../../program/clause.ts';
import type { FactKind, Path } from '../../program/declaration.ts';
import type { Expression, PeriodUnitName } from '../../program/expression.ts';
import type { AttributeFact, Fact, Known } from '../../program/log.ts';
import type { Program } from '../../program/program.ts';
import type { Type } from '../../program/type.ts';
import type { Scalar, Value, WaitingFor } from '../../program/value.ts';
import type { PeriodUnit } from '../../values/calendar.ts';
import type { Day } from '../../values/date.ts';
import { type Asked, everything } from './asked.ts';
import { type Horizon, hasCome, newHorizon } from './horizon.ts';
import { type LateRule, lateFactsOf } from './late-facts.ts';
import { compareRecords, type FactRecord } from './order.ts';
import { type Answer, isValue, waiting } from './result.ts';

export interface World {
  readonly program: Program;
  readonly known: Known;
  readonly asOf: Day;
  /** How long the answers hold. */
  readonly horizon: Horizon;
  /** Every known fact of a declared kind, by id. */
  readonly facts: ReadonlyMap<string, ReadonlyMap<string, Fact>>;
  /** Facts of a declared kind that count by the day of evaluation, in the declared order. */
  readonly records: ReadonlyMap<string, readonly FactRecord[]>;
  readonly recordsById: ReadonlyMap<string, ReadonlyMap<string, FactRecord>>;
  /** Values of an attribute of a party, by `attributeKey`. */
  readonly attributes: ReadonlyMap<string, readonly AttributeFact[]>;
  /** Ids of the known parties and things of each kind, sorted. */
  readonly parties: ReadonlyMap<string, readonly string[]>;
  /** The first day on which each party plays a part, by kind and id; null when there is no saying. */
  readonly firstDays: ReadonlyMap<string, ReadonlyMap<string, Day | null>>;
  readonly asked: Asked;
  /** How a clause sees late facts, where in a way of its own. */
  readonly late: { readonly mode: LateMode; readonly unit: PeriodUnitName | null } | null;
  /** Results kept for the length of one evaluation. */
  readonly kept: Map<string, unknown>;
  readonly keptByNode: Map<object, Map<string, unknown>>;
}

export function attributeKey(party: string, of: string, attribute: string): string {
  return `${party}\u0000${of}\u0000${attribute}`;
}

/** A result kept under a node of the program and a key, or made now. */
export function keptOf<T>(world: World, node: object, key: string, make: () => T): T {
  let results = world.keptByNode.get(node);
  if (results === undefined) {
    results = new Map();
    world.keptByNode.set(node, results);
  }
  if (results.has(key)) return results.get(key) as T;
  const made = make();
  results.set(key, made);
  return made;
}

/** The declared kind behind a kind: a Won Deal is a Deal. */
export function declaredKind(program: Program, kind: string): string {
  const derived = program.derivedKinds.find((candidate) => candidate.id === kind);
  return derived === undefined ? kind : declaredKind(program, derived.base);
}

/** The value of a field as entered, or what is unknown. */
export function enteredField(fact: Fact, field: string): Answer {
  return fact.fields[field] ?? waiting({ what: 'field', name: field, of: fact.id });
}

/** A static attribute of a party or thing. */
export function staticAttribute(world: World, party: string, of: string, attribute: string): Answer {
  const values = world.attributes.get(attributeKey(party, of, attribute)) ?? [];
  const value = values.find(({ from }) => from === null) ?? values[0];
  return value?.value ?? waiting({ what: 'attribute', name: attribute, of });
}

type Facts = Map<string, Map<string, Fact>>;

/** The value at the end of a path of fields that starts at a fact. */
function pathValue(
  world: Pick<World, 'program' | 'attributes'> & { facts: ReadonlyMap<string, ReadonlyMap<string, Fact>> },
  kind: FactKind,
  fact: Fact,
  path: Path,
): Answer {
  const [name, ...rest] = path;
  if (name === undefined) return { kind: 'fact', value: fact.id };
  const value = enteredField(fact, name);
  if (rest.length === 0 || !isValue(value)) return value;
  const type = kind.fields.find((field) => field.name === name)?.type;
  if (value.kind === 'fact' && type?.kind === 'fact') {
    const of = declaredKind(world.program, type.of);
    const next = world.facts.get(of)?.get(value.value);
    const nextKind = world.program.factKinds.find((candidate) => candidate.id === of);
    if (next === undefined || nextKind === undefined)
      return waiting({ what: 'fact', name: of, of: value.value });
    return pathValue(world, nextKind, next, rest);
  }
  if (value.kind === 'party' && type?.kind === 'party')
    return staticAttribute(world as World, type.of, value.value, rest[0] ?? '');
  throw new Error(`The field ${name} of ${kind.id} leads nowhere.`);
}

/** The world as all facts are known, or (`late`) as a clause sees it that treats late facts in a way of its own. */
export function worldOf(
  program: Program,
  known: Known,
  { asked, horizon }: { readonly asked: Asked; readonly horizon: Horizon } = {
    asked: everything,
    horizon: newHorizon(),
  },
  late: LateRule | null = null,
): World {
  const { asOf } = known;
  const facts: Facts = new Map(program.factKinds.map((kind) => [kind.id, new Map()]));
  const openFields = new Map(
    program.factKinds.map(({ id, fields }) => [
      id,
      fields.filter(({ mayStayOpen }) => mayStayOpen).map(({ name }) => name),
    ]),
  );
  const enter = (fact: Fact): Fact => withOpenFields(fact, openFields.get(fact.kind) ?? []);
  for (const fact of known.facts) if (fact.isVoid !== true) facts.get(fact.kind)?.set(fact.id, enter(fact));
  const attributes = new Map<string, AttributeFact[]>();
  for (const attribute of known.attributes) {
    const key = attributeKey(attribute.party, attribute.of, attribute.attribute);
    const values = attributes.get(key);
    if (values === undefined) attributes.set(key, [attribute]);
    else values.push(attribute);
  }
  for (const values of attributes.values())
    values.sort((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity) || 0);
  const linked = { program, attributes, facts };
  const recordOf = (kind: FactKind, fact: Fact, day: Day): FactRecord => {
    const keys = kind.order.map((path) => {
      const key = pathValue(linked, kind, fact, path);
      return isValue(key) ? key : null;
    });
    const value = { kind: 'fact', value: fact.id } as const;
    const kindPlace = program.factKinds.indexOf(kind);
    return { kind: kind.id, fact, value, day, kindPlace, keys, lowering: null };
  };
  const dayOf = (kind: FactKind, fact: Fact): Day | null => {
    const day = pathValue(linked, kind, fact, kind.countsOn);
    return day.kind === 'date' ? day.value : null;
  };
  const records = new Map<string, FactRecord[]>();
  const marked = late?.mode.kind === 'count in the open period' ? ({ isLate: true } as const) : {};
  const recordings =
    known.arrivals?.recordings.map((recording) => ({ ...recording, fact: enter(recording.fact) })) ?? [];
  // What counts by way of a link comes after what the link leads to.
  for (const kind of program.factKinds.toSorted((a, b) => a.countsOn.length - b.countsOn.length)) {
    const lateFacts =
      late === null ? null : lateFactsOf(kind.id, recordings, late, (fact) => dayOf(kind, fact));
    for (const [id, { standing }] of lateFacts ?? []) {
      if (standing === null) facts.get(kind.id)?.delete(id);
      else facts.get(kind.id)?.set(id, standing);
    }
    const list: FactRecord[] = [];
    for (const fact of facts.get(kind.id)?.values() ?? []) {
      if (lateFacts?.has(fact.id) === true) continue;
      const day = dayOf(kind, fact);
      if (day !== null) list.push(recordOf(kind, fact, day));
    }
    for (const { layers } of lateFacts?.values() ?? [])
      for (const { fact, day, lowering } of layers)
        list.push({ ...recordOf(kind, fact, day), lowering, ...marked });
    records.set(kind.id, list.filter(({ day }) => hasCome({ asOf, horizon }, day)).sort(compareRecords));
  }
  const recordsById = new Map(
    [...records].map(([kind, list]) => [kind, new Map(list.map((record) => [record.fact.id, record]))]),
  );
  const firstDays = withGiven(firstDaysOf(program, known, records), asked);
  const parties = new Map([...firstDays].map(([kind, ids]) => [kind, [...ids.keys()].sort()]));
  return {
    program,
    known,
    asOf,
    horizon,
    facts,
    records,
    recordsById,
    attributes,
    parties,
    firstDays,
    asked,
    late: null,
    kept: new Map(),
    keptByNode: new Map(),
  };
}

/** The world as a clause sees it: late facts are as it treats them. Made once for each way. */
export function worldUnder(world: World, late: LateMode, unit: PeriodUnitName | null): World {
  if (late.kind === 'restate' || world.known.arrivals === undefined) return world;
  const name = `late facts ${JSON.stringify([late, unit])}`;
  const kept = world.kept.get(name) as World | undefined;
  if (kept !== undefined) return kept;
  const rule: LateRule = {
    mode: late,
    calendar: world.program.policies.calendar,
    // Periods of a contract are never closed; their days are.
    unit: unit === null || unit.startsWith('contract') ? 'day' : (unit as PeriodUnit),
  };
  const made = {
    ...worldOf(world.program, world.known, world, rule),
    late: { mode: late, unit },
  };
  world.kept.set(name, made);
  return made;
}

/** What may stay open and is not given is open, not unknown. */
function withOpenFields(fact: Fact, names: readonly string[]): Fact {
  const missing = names.filter((name) => fact.fields[name] === undefined);
  if (missing.length === 0) return fact;
  const open = Object.fromEntries(missing.map((name) => [name, { kind: 'open' }] as const));
  return { ...fact, fields: { ...fact.fields, ...open } };
}

/** Every party named anywhere, with the first day on which it is: a counting date, or the start of an attribute. */
function firstDaysOf(
  program: Program,
  known: Known,
  records: ReadonlyMap<string, readonly FactRecord[]>,
): Map<string, Map<string, Day | null>> {
  const days = new Map<string, Map<string, Day | null>>(
    program.parties.map((kind) => [kind.id, new Map(kind.role === 'the party' ? [[kind.id, null]] : [])]),
  );
  const note = (type: Type | undefined, value: Scalar | undefined, day: Day | null): void => {
    if (type?.kind !== 'party' || value?.kind !== 'party') return;
    noteParty(type.of, value.value, day);
  };
  const noteParty = (kind: string, id: string, day: Day | null): void => {
    const ids = days.get(kind);
    if (ids === undefined) return;
    const before = ids.get(id);
    if (before === undefined) ids.set(id, day);
    else if (day === null || (before !== null && day < before)) ids.set(id, day);
  };
  for (const kind of program.factKinds) {
    const links = kind.fields.filter((field) => field.type.kind === 'party');
    for (const record of records.get(kind.id) ?? [])
      for (const link of links) note(link.type, record.fact.fields[link.name], record.day);
  }
  for (const attribute of known.attributes) {
    const kind = program.parties.find((candidate) => candidate.id === attribute.party);
    const field = [...(kind?.attributes ?? []), ...(kind?.fields ?? [])].find(
      ({ name }) => name === attribute.attribute,
    );
    // A static attribute says nothing about when its party plays a part.
    noteParty(attribute.party, attribute.of, attribute.from ?? Infinity);
    note(field?.type, attribute.value, attribute.from);
  }
  for (const balance of known.openings)
    for (const [kind, ids] of days) if (ids.has(balance.of)) noteParty(kind, balance.of, balance.on);
  return days;
}

/** The payee's first days as they are given: others' facts may name the payee first. */
function withGiven(
  days: Map<string, Map<string, Day | null>>,
  { given }: Asked,
): Map<string, Map<string, Day | null>> {
  if (given === null) return days;
  for (const [kind, ids] of days) {
    const first = given.firstDay(kind, ids.get(given.payee));
    if (first !== undefined) ids.set(given.payee, first);
  }
  return days;
}

/** A fact behind a value, if it is known. */
export function factOf(world: World, type: Type, value: Value): Fact | WaitingFor {
  if (type.kind !== 'fact' || value.kind !== 'fact') throw new Error(`A ${value.kind} is no link to a fact.`);
  const kind = declaredKind(world.program, type.of);
  return world.facts.get(kind)?.get(value.value) ?? { what: 'fact', name: kind, of: value.value };
}

/** The blanks of a program as values; one that is not filled in is an assertion, since nothing is signed with it. */
export function blankValue(program: Program, expression: Expression & { kind: 'blank' }): Answer {
  const blank = program.blanks.find(({ id }) => id === expression.blank);
  if (blank === undefined) throw new Error(`There is no blank ${expression.blank}.`);
  return blank.value ?? waiting({ what: 'field', name: blank.id, of: '' });
}
