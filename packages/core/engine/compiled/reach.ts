// SPDX-License-Identifier: Apache-2.0
// How far clauses reach beyond their payee. Most read facts that name the payee, and facts that are linked with those;
// some also facts of parties that a relation leads to the payee from, or facts that share a party or thing with the
// payee's ("the first Deal of each Customer"). Then these facts are enough to compute them, bit for bit; a clause that
// reads more has no reach here, and is computed from everything. Whatever is not known to be near counts as far.

import type { Clause, Settlement } from '../../program/clause.ts';
import type { Expression } from '../../program/expression.ts';
import type { Program, Version } from '../../program/program.ts';
import type { SetExpression } from '../../program/set.ts';
import { fieldPath } from './by-period.ts';
import { baseKind } from './fact-set.ts';

export interface Reach {
  /** Kinds of party whose facts are the payee's own. */
  readonly parties: ReadonlySet<string>;
  /** Relations (a kind of party and its attribute) that lead from a party to the payee. */
  readonly relations: readonly { readonly party: string; readonly attribute: string }[];
  /** Attributes that lead from a party to those it shares a wallet with. */
  readonly pools: readonly string[];
  /** Fields of facts: those with the same value are chosen from together. */
  readonly shared: readonly { readonly kind: string; readonly field: string }[];
}

/** A reach while it is found. */
interface Found {
  readonly parties: Set<string>;
  readonly relations: Map<string, Reach['relations'][number]>;
  readonly pools: Set<string>;
  readonly shared: Map<string, Reach['shared'][number]>;
}

/** The reach of some clauses together, under every version, and of settlements; null where one of them reads more. */
export function reachOfClauses(
  versions: readonly Version[],
  clauses: ReadonlySet<string>,
  settlements: readonly Settlement[] = [],
): Reach | null {
  const found: Found = { parties: new Set(), relations: new Map(), pools: new Set(), shared: new Map() };
  for (const { program } of versions) {
    const walk = new Walk(program, found);
    const own = program.clauses.filter(({ id }) => clauses.has(id));
    if (!own.every((clause) => walk.isNear(clause))) return null;
    if (!settlements.every((settlement) => walk.isNearSettlement(settlement))) return null;
  }
  const { parties, relations, pools, shared } = found;
  return {
    parties,
    relations: [...relations.values()],
    pools: [...pools],
    shared: [...shared.values()],
  };
}

/** A reach as far as each of some. */
export function reachesTogether(reaches: readonly Reach[]): Reach {
  return {
    parties: new Set(reaches.flatMap(({ parties }) => [...parties])),
    relations: reaches.flatMap(({ relations }) => relations),
    pools: reaches.flatMap(({ pools }) => pools),
    shared: reaches.flatMap(({ shared }) => shared),
  };
}

/** What an expression leads to: the payee; a fact near the payee; a party or thing that such a fact names; or no matter. */
interface Led {
  readonly to: 'payee' | 'fact' | 'named' | 'plain';
  /** From a fact: the fields that lead to the payee, with dots between; null where none are known to. */
  readonly way: string | null;
}

const thePayee: Led = { to: 'payee', way: null };
const named: Led = { to: 'named', way: null };
const plain: Led = { to: 'plain', way: null };
const someFact: Led = { to: 'fact', way: null };

/** Thrown inside a walk where something is read that may be far. */
class Far extends Error {}

/** Where a walk stands: what its variables lead to, and the kind of the payee. */
interface Place {
  readonly bound: ReadonlyMap<number, Led>;
  readonly payee: string;
}

class Walk {
  private readonly program: Program;
  private readonly found: Found;
  private readonly seen = new Map<string, Led>();

  constructor(program: Program, found: Found) {
    this.program = program;
    this.found = found;
  }

  /** Whether all that a clause reads is near. */
  isNear(clause: Clause): boolean {
    return this.tried(() => this.clause(clause)) !== null;
  }

  /** Whether all that the rows of a settlement read is near. */
  isNearSettlement({ payee, rows }: Settlement): boolean {
    this.found.parties.add(payee.party);
    const bound = new Map([[payee.variable.id, thePayee]]);
    return this.tried(() => this.all(rows, { bound, payee: payee.party })) !== null;
  }

  private tried<T>(work: () => T): { readonly value: T } | null {
    try {
      return { value: work() };
    } catch (error) {
      if (error instanceof Far) return null;
      throw error;
    }
  }

  private clause(clause: Clause): void {
    const { payee, occasion } = clause;
    const { parties, burns } = this.program;
    const kind = parties.find(({ id }) => id === payee.party);
    if (kind?.role !== 'parties' || clause.action === 'moves') far();
    for (const { pool } of burns) if (pool !== null) this.found.pools.add(pool.attribute);
    if (this.seen.has(`clause ${clause.id}`)) return;
    this.seen.set(`clause ${clause.id}`, plain);
    this.found.parties.add(payee.party);
    const bound = new Map<number, Led>([[payee.variable.id, thePayee]]);
    const place: Place = { bound, payee: payee.party };
    if (occasion.kind === 'fact' || occasion.kind === 'lasting') {
      const { fact, facts } = occasion;
      const way = this.wayOf(clause, fact.id);
      bound.set(fact.id, way);
      bound.set(facts.item.id, way);
      this.kind(facts.factKind, place);
      this.all(facts.where, place);
      this.parts(facts.window, place);
      if (occasion.kind === 'fact') this.walk(occasion.date, place);
    }
    this.all([clause.amount, clause.rows, clause.posts], place);
  }

  /** The fact of a clause, with the way from it to the payee. */
  private wayOf({ payee }: Clause, fact: number): Led {
    if (payee.from === null) return far();
    const path = fieldPath(payee.from);
    if (path !== null && path.root === fact) return { to: 'fact', way: path.names.join('.') };
    this.relation(payee.from, fact, payee.party);
    return someFact;
  }

  /** Visits every expression and set of a node. */
  private all(node: unknown, place: Place): void {
    if (Array.isArray(node)) for (const part of node) this.all(part, place);
    else if (node === null || typeof node !== 'object') return;
    else if (isSet(node)) this.set(node, place);
    else if (isExpression(node)) this.walk(node, place);
    else this.parts(node, place);
  }

  private parts(node: object, place: Place): void {
    for (const [name, part] of Object.entries(node))
      if (name !== 'at' && name !== 'type') this.all(part, place);
  }

  /** Where an expression leads. */
  private walk(e: Expression, place: Place): Led {
    switch (e.kind) {
      case 'variable':
        return place.bound.get(e.variable.id) ?? (isLink(e) ? far() : plain);
      case 'field':
        return this.field(e, place);
      case 'attribute':
        this.parts(e.moment, place);
        this.near(e.of, place);
        return isLink(e) ? named : plain;
      case 'call':
      case 'rise':
        this.all(e.period, place);
        return this.value(e.value, e.of === null ? plain : this.walk(e.of, place), place);
      case 'fold': {
        const inner = withItem(place, e.item.id, this.set(e.set, place));
        this.all(e.leastCount, inner);
        const each = e.each === null ? plain : this.walk(e.each, inner);
        return isLink(e) ? each : plain;
      }
      case 'member':
        this.walk(e.item, place);
        this.set(e.set, place);
        return plain;
      case 'set':
        return this.set(e.set, place);
      case 'status':
        this.ofPayee(e.of, place);
        this.parts(e.moment, place);
        this.status(e.status, place);
        return plain;
      case 'entitlement': {
        this.ofPayee(e.of, place);
        this.all(e.period, place);
        const read = this.program.clauses.find(({ id }) => id === e.clause);
        if (read === undefined || read.payee.party !== place.payee) far();
        this.clause(read);
        return plain;
      }
      case 'balance':
        this.ofPayee(e.of, place);
        return plain;
      case 'decision': {
        const of = this.near(e.of, place);
        this.all(e.period, place);
        const decision = this.program.decisions.find(({ id }) => id === e.decision) ?? far();
        this.all([decision.within, decision.otherwise], withItem(place, decision.of.id, of));
        return plain;
      }
      case 'table': {
        this.all([e.on, e.and], place);
        const table = this.program.tables.find(({ id }) => id === e.table) ?? far();
        this.all(table.kind === 'bands' ? table.bands : [table.rows, table.columns, table.cells], place);
        return plain;
      }
      case 'within':
        // Whether the left one lies below the right one: its own way up is enough.
        this.near(e.left, place);
        this.walk(e.right, place);
        return plain;
      case 'place':
        return far();
      case 'literal':
        return plain;
      default:
        this.parts(e, place);
        return isLink(e) ? far() : plain;
    }
  }

  private field(e: Expression & { kind: 'field' }, place: Place): Led {
    const of = this.near(e.of, place);
    const [first, ...rest] = of.way?.split('.') ?? [];
    const way = first === e.field ? rest.join('.') : null;
    if (way === '') return thePayee;
    if (e.type.kind === 'fact') return of.to === 'fact' ? { to: 'fact', way } : far();
    return e.type.kind === 'party' ? named : plain;
  }

  /** Something whose fields and attributes are at hand. */
  private near(e: Expression, place: Place): Led {
    const led = this.walk(e, place);
    return led.to === 'plain' ? far() : led;
  }

  private ofPayee(e: Expression, place: Place): void {
    if (this.walk(e, place).to !== 'payee') far();
  }

  private value(id: string, of: Led, place: Place): Led {
    const value = this.program.values.find((candidate) => candidate.id === id) ?? far();
    const name = JSON.stringify(['value', id, of, place.payee]);
    const before = this.seen.get(name);
    if (before !== undefined) return before;
    const bound = new Map<number, Led>(value.of === null || of.to === 'plain' ? [] : [[value.of.id, of]]);
    const found = this.walk(value.body, { ...place, bound });
    this.seen.set(name, found);
    return found;
  }

  private status(id: string, place: Place): void {
    const status = this.program.statuses.find((candidate) => candidate.id === id) ?? far();
    if (status.of.type.kind !== 'party' || status.of.type.of !== place.payee) far();
    if (this.seen.has(`status ${id}`)) return;
    this.seen.set(`status ${id}`, plain);
    const { measure, levels, rises, falls, keeps } = status;
    const inner: Place = { ...place, bound: new Map([[status.of.id, thePayee]]) };
    if (rises.when === 'at once') this.kind(rises.factKind, inner);
    this.all([measure, levels, falls, keeps], inner);
  }

  /** What the elements of a set are. */
  private set(set: SetExpression, place: Place): Led {
    switch (set.kind) {
      case 'facts': {
        const item = this.itemOf(set, place);
        this.kind(set.factKind, place);
        this.all(set.where, withItem(place, set.item.id, item));
        this.parts(set.window, withItem(place, set.item.id, item));
        return item;
      }
      case 'through': {
        const link = this.walk(set.link, withItem(place, set.item.id, this.set(set.of, place)));
        return link.to === 'plain' ? far() : link;
      }
      case 'both':
      case 'without':
      case 'either': {
        const [left, right] = [this.set(set.left, place), this.set(set.right, place)];
        if (left.to !== right.to) return named;
        return left.way === right.way ? left : { ...left, way: null };
      }
      case 'named':
        this.all(set.period, place);
        return this.value(set.value, set.of === null ? plain : this.walk(set.of, place), place);
      case 'parties':
      case 'below':
        return far();
    }
  }

  /** One condition must say whose the facts are: the payee's, those of a fact near, or of parties related to the payee. */
  private itemOf(set: SetExpression & { kind: 'facts' }, place: Place): Led {
    for (const condition of set.where) {
      if (condition.kind !== 'compare' || condition.comparison !== 'is') continue;
      for (const [link, owner] of [
        [condition.left, condition.right],
        [condition.right, condition.left],
      ] as const) {
        const item = this.itemBy(link, owner, set.item.id, place);
        if (item !== null) return item;
      }
    }
    return far();
  }

  private itemBy(link: Expression, owner: Expression, item: number, place: Place): Led | null {
    const path = fieldPath(link);
    const isOfItem = path !== null && path.root === item && path.names.length > 0;
    if (!isLink(owner) || (!isOfItem && link.kind !== 'attribute')) return null;
    const to = this.tried(() => this.walk(owner, place))?.value.to;
    if (isOfItem && to === 'fact') return link.type.kind === 'fact' ? someFact : null;
    if (to !== 'payee') return null;
    if (isOfItem) return isPartyOf(link, place.payee) ? { to: 'fact', way: path.names.join('.') } : null;
    return this.tried(() => this.relation(link, item, place.payee)) === null ? null : someFact;
  }

  /** The payee is the value of an attribute of a party that the fact names. */
  private relation(link: Expression, fact: number, payee: string): void {
    if (link.kind !== 'attribute' || !isPartyOf(link, payee)) far();
    const path = fieldPath(link.of);
    if (path === null || path.root !== fact || link.of.type.kind !== 'party') far();
    const party = link.of.type.of;
    this.found.parties.add(party);
    this.found.relations.set(`${party}\u0000${link.attribute}`, { party, attribute: link.attribute });
  }

  /** What the rule of a derived kind reads: conditions on the fact, or a choice among those that share a field. */
  private kind(id: string, place: Place): void {
    let choices = 0;
    for (let at = id; ; ) {
      const derived = this.program.derivedKinds.find((candidate) => candidate.id === at);
      if (derived === undefined) return;
      at = derived.base;
      const { rule } = derived;
      if (rule.kind === 'whose') {
        this.walk(rule.condition, { ...place, bound: new Map([[derived.item.id, someFact]]) });
        continue;
      }
      choices += 1;
      const path = fieldPath(rule.each);
      // Facts that are chosen among chosen ones may depend on others ever farther away.
      if (path === null || path.names.length !== 1 || choices > 1) far();
      const kind = baseKind(this.program, derived.base);
      this.found.shared.set(`${kind}\u0000${path.names[0]}`, { kind, field: path.names[0]! });
    }
  }
}

function far(): never {
  throw new Far();
}

function withItem(place: Place, variable: number, led: Led): Place {
  return { ...place, bound: new Map(place.bound).set(variable, led) };
}

function isLink({ type }: Expression): boolean {
  return type.kind === 'party' || type.kind === 'fact';
}

function isPartyOf({ type }: Expression, kind: string): boolean {
  return type.kind === 'party' && type.of === kind;
}

const setKinds: ReadonlySet<unknown> = new Set([
  'facts',
  'parties',
  'through',
  'both',
  'without',
  'either',
  'named',
  'below',
]);

function isSet(node: object): node is SetExpression {
  return 'kind' in node && setKinds.has(node.kind) && !('type' in node);
}

function isExpression(node: object): node is Expression {
  return 'kind' in node && 'type' in node && 'at' in node;
}
