// SPDX-License-Identifier: Apache-2.0
// What one payee's entitlements rest on, found without passing over everything: the facts that name the payee, those
// linked with them either way, and what the reach of the clauses adds. And the other way round: whom a fact, or what is
// said about a party or thing, can concern.

import { openCode } from '../../program/columns.ts';
import { type FactStore, type FactTable, factAt } from '../../program/fact-store.ts';
import { attributeSubject, decisionSubject, LastWords } from '../../program/last-words.ts';
import type {
  AttributeFact,
  DecisionFact,
  Fact,
  Known,
  OpeningBalance,
  Recording,
  SettledThrough,
} from '../../program/log.ts';
import type { Version } from '../../program/program.ts';
import { nothingPromised, promisedTo } from '../../program/promise.ts';
import type { Day } from '../../values/date.ts';
import type { Came } from './came.ts';
import type { Now } from './payee-asker.ts';
import type { Reach } from './reach.ts';
import { RowChains } from './row-chains.ts';
import { declaredKind, type StartDay } from './start-day.ts';

/** A field that leads from facts of a table to a party or thing, or to facts of another table. */
interface Link {
  readonly table: FactTable;
  readonly field: string;
  readonly kind: 'party' | 'fact';
  /** The kind of party or thing, or the declared kind of fact. */
  readonly of: string;
  readonly chains: RowChains;
}

/** Payees, with the days on which what concerns them counts. */
export type Concerned = Map<string, Set<Day>>;

/** A part of what a payee's entitlements rest on: the payee's facts that count within some days, and some rows beside. */
export interface Part {
  /** Facts that are asked about as if they were there: what is near them belongs to it. */
  readonly besides?: readonly Fact[];
  readonly isWithin: (day: Day) => boolean;
  readonly also: readonly { readonly table: FactTable; readonly row: number }[];
}

/** Rows of several tables, each once. */
type Rows = Map<FactTable, Set<number>>;

export class NearFacts {
  private readonly store: FactStore;
  readonly attributes: LastWords<AttributeFact>;
  readonly decisions: LastWords<DecisionFact>;
  readonly openings: LastWords<OpeningBalance>;
  private readonly links: readonly Link[];
  /** How facts came, where that matters. */
  private readonly came: Came | null;
  private readonly days: StartDay;
  private settled: {
    readonly all: NonNullable<Known['settled']>;
    readonly byPayee: readonly ReadonlyMap<string, SettledThrough['payees'][number]>[];
  } | null = null;

  constructor(store: FactStore, versions: readonly Version[], came: Came | null, days: StartDay) {
    this.days = days;
    this.store = store;
    this.attributes = new LastWords(store.attributes, attributeSubject, ({ of, value }) =>
      value.kind === 'party' ? [holder(of), valued(value.value)] : [holder(of)],
    );
    this.decisions = new LastWords(store.decisions, decisionSubject, ({ of }) => [of]);
    // Every opening balance is a word of its own.
    let number = 0;
    this.openings = new LastWords(
      store.openings,
      () => `${number++}`,
      ({ of }) => [of],
    );
    this.came = came;
    this.links = [...store.tables.values()].flatMap((table) =>
      table.kind.fields.flatMap(({ name: field, type }): Link[] => {
        if (type.kind !== 'party' && type.kind !== 'fact') return [];
        const of = type.kind === 'party' ? type.of : declaredKind(type.of, versions, store);
        return [{ table, field, kind: type.kind, of, chains: new RowChains(table.codes(field)) }];
      }),
    );
  }

  /** Payees whom a fact concerns, as it stands in a row, with the days on which it or what is near it counts. */
  concernedBy(reach: Reach, table: FactTable, row: number): Concerned {
    const rows: Rows = new Map();
    this.addLinked(rows, table, row);
    this.addShared(rows, reach);
    const payees = this.payeesIn(rows, reach);
    if (this.came !== null)
      for (const [{ kind, ids }, own] of rows)
        for (const at of own) this.addEver(payees, this.came.ofFact(kind.id, ids.text(at)));
    return payees;
  }

  /** Whom a fact would concern that is not there, or not as it is here. */
  concernedByFact(reach: Reach, fact: Fact): Set<string> {
    const payees = new Set<string>();
    for (const [table, rows] of this.rowsNear(reach, [fact]))
      for (const row of rows)
        for (const payee of this.concernedBy(reach, table, row).keys()) payees.add(payee);
    for (const value of Object.values(fact.fields))
      if (value.kind === 'party') {
        payees.add(value.value);
        for (const related of this.relatedTo(reach, value.value)) payees.add(related);
      }
    return payees;
  }

  /** The rows that facts would be linked with if they were there, and those that they would be chosen from with. */
  private rowsNear(reach: Reach, facts: readonly Fact[]): Rows {
    const rows: Rows = new Map();
    const add = (table: FactTable | undefined, row: number): void => {
      if (table !== undefined && row !== -1 && this.isThere(table, row)) this.addLinked(rows, table, row);
    };
    for (const { kind, id, fields } of facts) {
      const own = this.store.tables.get(kind);
      add(own, own?.rowOf(id) ?? -1);
      for (const { table, field, kind: leadsTo, of, chains } of this.links) {
        if (leadsTo === 'fact' && of === kind)
          for (const row of chains.rows(table.codes(field).dictionary.find(id))) add(table, row);
        const value = table === own ? fields[field] : undefined;
        if (leadsTo === 'fact' && value?.kind === 'fact') {
          const target = this.store.tables.get(of);
          add(target, target?.rowOf(value.value) ?? -1);
        }
        const isShared = reach.shared.some((one) => one.kind === kind && one.field === field);
        if (isShared && value !== undefined && 'value' in value && typeof value.value === 'string')
          for (const row of chains.rows(table.codes(field).dictionary.find(value.value))) add(table, row);
      }
    }
    return rows;
  }

  /** Adds whom any revision names: where late ones are left aside, an early one may still count. */
  private addEver(payees: Concerned, recordings: readonly Recording[]): void {
    for (const { fact } of recordings)
      for (const value of Object.values(fact.fields))
        if (value.kind === 'party' && !payees.has(value.value)) payees.set(value.value, new Set());
  }

  /** Payees whom something said about a party or thing concerns, in an attribute or a decision. */
  concernedByWord(reach: Reach, about: string): Set<string> {
    const rows: Rows = new Map();
    const seen = new Set([about]);
    for (const named of seen) {
      for (const { chains, kind, of, table } of this.links) {
        if (kind !== 'party') continue;
        const code = this.store.dictionaries.get(`party ${of}`)?.find(named) ?? -1;
        for (const row of chains.rows(code)) if (this.isThere(table, row)) this.addLinked(rows, table, row);
      }
      // What belongs to somebody is read by way of those who lead there.
      for (const { of } of this.attributes.concerning(valued(named))) seen.add(of);
    }
    this.addShared(rows, reach);
    const payees = new Set(this.payeesIn(rows, reach).keys());
    for (const named of [...seen]) {
      payees.add(named);
      for (const related of this.relatedTo(reach, named)) payees.add(related);
    }
    return payees;
  }

  /** What is said about a party or thing, of whatever kind it is. */
  attributesOfHolder(of: string): readonly AttributeFact[] {
    return this.attributes.concerning(holder(of));
  }

  /** Rows that name a payee in a field of a kind of party, and are not gone. */
  *rowsNaming(party: string, payee: string): Generator<{ table: FactTable; row: number }> {
    for (const link of this.links)
      if (link.kind === 'party' && link.of === party)
        for (const row of this.rowsOf(link, payee))
          if (!link.table.gone.has(row)) yield { table: link.table, row };
  }

  /** A payee with everybody who shared a wallet with it on any day, and the pools themselves; in the order of their ids. */
  together({ pools }: Reach, payee: string): readonly string[] {
    if (pools.length === 0) return [payee];
    const found = new Set([payee]);
    for (const one of found) {
      for (const { attribute, value } of this.attributes.concerning(holder(one)))
        if (pools.includes(attribute) && value.kind === 'party') found.add(value.value);
      for (const { attribute, of } of this.attributes.concerning(valued(one)))
        if (pools.includes(attribute)) found.add(of);
    }
    return [...found].sort();
  }

  /** How many facts the entitlements of a payee rest on. */
  count(reach: Reach, payee: string): number {
    let count = 0;
    for (const own of this.rowsAround(reach, payee).rows.values()) count += own.size;
    return count;
  }

  /** Everything that the entitlements of a payee rest on, or what counts within some days and a few rows beside. */
  known(reach: Reach, payee: string, { asOf, startDay }: Now, part: Part | null = null): Known {
    const { rows, parties } = this.rowsAround(reach, payee, part);
    const payees = this.together(reach, payee);
    const { arrivals } = this.store.beside;
    const facts: Fact[] = [];
    const recordings = new Set(parties.flatMap((party) => this.came?.ofParty(party) ?? []));
    for (const [table, own] of rows)
      for (const row of own) {
        if (!table.gone.has(row)) facts.push(factAt(this.store, table.kind.id, row));
        if (this.came === null) continue;
        for (const recording of this.came.ofFact(table.kind.id, table.ids.text(row)))
          recordings.add(recording);
      }
    const besides = (part?.besides ?? []).flatMap(partiesIn);
    const words = this.words(this.named(rows, [...parties, ...besides]), parties, payees);
    const late = arrivals === undefined ? {} : { arrivals: { ...arrivals, recordings: [...recordings] } };
    return withStart({ ...words, ...late, facts, asOf }, startDay);
  }

  /** What is said about a payee, with these facts alone. */
  knownBeside(facts: readonly Fact[], payee: string, { asOf, startDay }: Now): Known {
    return withStart(
      { ...this.words(this.named(new Map(), [payee]), [payee], [payee]), facts, asOf },
      startDay,
    );
  }

  /** What is said about some parties and things, and by the books about the payee. */
  private words(
    named: ReadonlySet<string>,
    parties: readonly string[],
    payees: readonly string[],
  ): Omit<Known, 'facts' | 'asOf'> {
    const { settled, promised } = this.store.beside;
    return {
      attributes: this.attributesOf(named, parties),
      decisions: [...named].flatMap((one) => this.decisions.concerning(one)),
      openings: payees.flatMap((one) => this.openings.concerning(one)),
      ...(settled === undefined ? {} : { settled: this.settledTo(settled, payees) }),
      promised: promisedTo(promised ?? nothingPromised(), ...payees),
    };
  }

  /** What is settled of some payees; all of them are looked through once. */
  private settledTo(
    settled: NonNullable<Known['settled']>,
    payees: readonly string[],
  ): NonNullable<Known['settled']> {
    if (this.settled?.all !== settled)
      this.settled = {
        all: settled,
        byPayee: settled.map(({ payees }) => new Map(payees.map((one) => [one.of, one] as const))),
      };
    return settled.map((one, place) => {
      const own = this.settled!.byPayee[place]!;
      return { ...one, payees: payees.flatMap((payee) => own.get(payee) ?? []) };
    });
  }

  /** The facts that name a payee, or a party that a relation of the reach leads from, with all that belongs to them. */
  private rowsAround(
    reach: Reach,
    payee: string,
    part: Part | null = null,
  ): { readonly rows: Rows; readonly parties: readonly string[] } {
    const rows: Rows = new Map();
    const parties = [...this.together(reach, payee)];
    for (const { party, of, attribute } of this.attributes.concerning(valued(payee)))
      if (reach.relations.some((one) => one.party === party && one.attribute === attribute)) parties.push(of);
    for (const link of this.links)
      if (link.kind === 'party' && reach.parties.has(link.of))
        for (const party of parties)
          for (const row of this.rowsOf(link, party))
            if (part === null || part.isWithin(this.days.dayOf(link.table, row)))
              this.addLinked(rows, link.table, row);
    for (const { table, row } of part?.also ?? []) this.addLinked(rows, table, row);
    for (const [table, near] of this.rowsNear(reach, part?.besides ?? []))
      for (const row of near) this.addLinked(rows, table, row);
    // An exchange that was promised shows the fact at which it happened, whomever that names by now.
    const { promised } = this.store.beside;
    for (const { by } of this.together(reach, payee).flatMap((one) => promised?.uses.get(one) ?? [])) {
      const table = by?.fact == null ? undefined : this.store.tables.get(by.fact.kind);
      const row = table?.rowOf(by!.fact!.id) ?? -1;
      if (table !== undefined && row !== -1 && this.isThere(table, row)) this.addLinked(rows, table, row);
    }
    this.addShared(rows, reach);
    return { rows, parties };
  }

  /** Where late facts are left aside, a revision that was superseded may still be the one that counts. */
  private isThere(table: FactTable, row: number): boolean {
    return this.came !== null || !table.gone.has(row);
  }

  private rowsOf({ chains, of, table }: Link, party: string): readonly number[] {
    const rows = chains.rows(this.store.dictionaries.get(`party ${of}`)?.find(party) ?? -1);
    return rows.filter((row) => this.isThere(table, row));
  }

  /** Adds a row and all that is linked with it: what it leads to, and what leads to it. */
  private addLinked(rows: Rows, table: FactTable, row: number): void {
    const own = rows.get(table) ?? new Set<number>();
    rows.set(table, own);
    if (own.has(row)) return;
    own.add(row);
    if (this.came !== null) this.addLinked(rows, table, table.rowOf(table.ids.text(row)));
    for (const link of this.links) {
      if (link.kind !== 'fact') continue;
      if (link.table === table) {
        const column = table.codes(link.field);
        const code = column.values[row]!;
        const target = this.store.tables.get(link.of);
        if (code < 0 || target === undefined) continue;
        const to = target.rowOf(column.dictionary.text(code));
        if (to !== -1 && this.isThere(target, to)) this.addLinked(rows, target, to);
      }
      if (link.of === table.kind.id) {
        const code = link.table.codes(link.field).dictionary.find(table.ids.text(row));
        for (const from of link.chains.rows(code))
          if (this.isThere(link.table, from)) this.addLinked(rows, link.table, from);
      }
    }
  }

  /** Adds the facts that are chosen from together with those that are there. */
  private addShared(rows: Rows, { shared }: Reach): void {
    for (const { kind, field } of shared) {
      const table = this.store.tables.get(kind);
      const link = this.links.find((one) => one.table === table && one.field === field);
      if (table === undefined || link === undefined) continue;
      const column = table.codes(field);
      const codes = new Set([...(rows.get(table) ?? [])].map((row) => column.values[row]!));
      for (const code of codes)
        for (const row of code > openCode ? link.chains.rows(code) : [])
          if (this.isThere(table, row)) this.addLinked(rows, table, row);
    }
  }

  private payeesIn(rows: Rows, reach: Reach): Concerned {
    const payees: Concerned = new Map();
    const note = (payee: string, day: Day): void => {
      const days = payees.get(payee);
      if (days === undefined) payees.set(payee, new Set([day]));
      else days.add(day);
    };
    for (const { table, field, kind, of } of this.links) {
      if (kind !== 'party' || !reach.parties.has(of)) continue;
      const column = table.codes(field);
      for (const row of rows.get(table) ?? []) {
        const code = column.values[row]!;
        if (code < 0) continue;
        const party = column.dictionary.text(code);
        const day = this.days.dayOf(table, row);
        note(party, day);
        for (const related of this.relatedTo(reach, party)) note(related, day);
      }
    }
    return payees;
  }

  /** Whom a relation leads to from a party, on any day. */
  private relatedTo({ relations }: Reach, of: string): readonly string[] {
    return this.attributes
      .concerning(holder(of))
      .flatMap(({ party, attribute, value }) =>
        value.kind === 'party' && relations.some((one) => one.party === party && one.attribute === attribute)
          ? [value.value]
          : [],
      );
  }

  /** Every party and thing that the facts name, and those that their attributes lead to. */
  private named(rows: Rows, parties: readonly string[]): Set<string> {
    const named = new Set(parties);
    for (const { table, field, kind } of this.links) {
      if (kind !== 'party') continue;
      const { values, dictionary } = table.codes(field);
      for (const row of rows.get(table) ?? [])
        if (values[row]! >= 0) named.add(dictionary.text(values[row]!));
    }
    for (const one of named)
      for (const { value } of this.attributes.concerning(holder(one)))
        if (value.kind === 'party') named.add(value.value);
    return named;
  }

  private attributesOf(named: ReadonlySet<string>, parties: readonly string[]): readonly AttributeFact[] {
    const found = new Set<AttributeFact>();
    for (const one of named)
      for (const attribute of this.attributes.concerning(holder(one))) found.add(attribute);
    // Being named by somebody says from when a party plays a part.
    for (const party of parties)
      for (const attribute of this.attributes.concerning(valued(party))) found.add(attribute);
    return [...found];
  }
}

/** The parties and things that a fact names. */
function partiesIn({ fields }: Fact): readonly string[] {
  return Object.values(fields).flatMap((value) => (value.kind === 'party' ? [value.value] : []));
}

/** Attributes concern whom they belong to, and whom they name. */
function holder(name: string): string {
  return `of ${name}`;
}

function valued(name: string): string {
  return `is ${name}`;
}

/** The first day is looked for only when an evaluation asks for it. */
function withStart(known: Known, startDay: () => Day): Known {
  return Object.defineProperty({ ...known }, 'start', { get: startDay, enumerable: true });
}
