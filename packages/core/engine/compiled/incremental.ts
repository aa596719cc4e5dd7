// SPDX-License-Identifier: Apache-2.0
// Totals kept up to date entry by entry. A fact moves the sums of its own keys and periods; what it moved is returned.
// What has no plan is asked of the reference, for the payees whom an entry can concern and from what they rest on; a day
// that begins asks those for whom something is due on it. Only clauses that read past all bounds are asked as a whole.

import type { Entitlement, Evaluation, Key, Line } from '../../program/entitlement.ts';
import { type FactStore, type FactTable, knownFromStore, takeRevision } from '../../program/fact-store.ts';
import type { AttributeFact, Entry, Fact, FromBooks, Known } from '../../program/log.ts';
import type { Version } from '../../program/program.ts';
import {
  type Grant,
  type HeldPoints,
  type NewPromises,
  nothingPromised,
  type Use,
} from '../../program/promise.ts';
import type { Day } from '../../values/date.ts';
import { withEntries } from '../known.ts';
import { allOf, everything } from '../reference/asked.ts';
import { evaluate } from '../reference/evaluate.ts';
import { newHorizon } from '../reference/horizon.ts';
import { arrivalsIn, type Came, cameIn } from './came.ts';
import { type Change, changesBetween, isNothing, type Total, totalText } from './changes.ts';
import { clausesTogether, withClauses } from './clauses-together.ts';
import { CompiledTotals } from './compiled-totals.ts';
import { DueDays } from './due-days.ts';
import { FirstFacts } from './first-facts.ts';
import { NearFacts } from './near-facts.ts';
import { entriesByPayee } from './overlay.ts';
import { partiesOf } from './parties.ts';
import { type Now, PayeeAsker } from './payee-asker.ts';
import { PayeeTotals } from './payee-totals.ts';
import type { Plans } from './planner.ts';
import { type Reach, reachOfClauses } from './reach.ts';
import { settledFor } from './settling.ts';
import { StartDay } from './start-day.ts';
import { type Asked, reachOfAgreement, type Work, workOf } from './work.ts';

export type { Change, Total };

export interface OpenEngine {
  /** Takes an entry in. While the engine is dirty nothing is returned: `settle` says what has changed. */
  append(entry: Entry): readonly Change[];
  readonly isDirty: boolean;
  /** Computes what is dirty, and returns what that changed. */
  settle(): readonly Change[];
  /** What the books say: settlements that are over, and promises. The next evaluation goes by it. */
  tell(told: FromBooks): void;
  /** What was promised since this was last asked; the books take it in with the entry that brought it about. */
  takePromises(): NewPromises;
  /** What has changed for a payee because the books say something else by now. */
  again(payee: string): readonly Change[];
  /** Every total that is not zero or waits, in smallest units. Settles first. */
  totals(): readonly Total[];
  /** The lines behind a total, as the reference gives them. Settles first. */
  linesOf(key: Key): readonly Line[];
  /** What the entitlements of a payee rest on, now or if these entries were there; all that is known where it is everything. */
  knownFor(payee: string, entries?: readonly Entry[]): Known;
  /** Of each payee whom these entries would concern, what would be known with them; null: they may concern anybody. */
  overlaid(entries: readonly Entry[]): ReadonlyMap<string, Known> | null;
  /** How many facts that is. */
  factsReadFor(payee: string): number;
}

/** Opens a store for entries. `plansOn` plans for the store as it is on a day. */
export function openEngine(
  versions: readonly Version[],
  plansOn: (asOf: Day) => Plans,
  store: FactStore,
  asOf: Day,
): OpenEngine {
  return new Open(versions, plansOn, store, asOf);
}

class Open implements OpenEngine {
  isDirty = false;
  private readonly versions: readonly Version[];
  private readonly plansOn: (asOf: Day) => Plans;
  private readonly store: FactStore;
  private asOf: Day;
  private readonly came: Came | null;
  private readonly near: NearFacts;
  private readonly days: StartDay;
  private readonly firsts: FirstFacts;
  /** The reach of the whole agreement; null where it reads past all bounds. */
  private readonly reach: Reach | null;
  private readonly uses: Use[] = [];
  private readonly holds: HeldPoints[] = [];
  private readonly grants: Grant[] = [];
  private plans!: Plans;
  private work!: Work;
  private compiled!: CompiledTotals;
  private askers: readonly PayeeAsker[] = [];
  private settled = new PayeeTotals();
  private whole = new Map<string, Total>();
  private wholeNext: Day = Infinity;
  private due = new DueDays();
  /** Payees who are settled from the first day of all facts on. */
  private fromStart = new Set<string>();
  /** What the books settled for good has moved since payees were settled. */
  private hasMoved = false;
  /** The evaluation that lines were read from last, while nothing changes. */
  private read: { readonly of: string; readonly entitlements: readonly Entitlement[] } | null = null;

  constructor(versions: readonly Version[], plansOn: (asOf: Day) => Plans, store: FactStore, asOf: Day) {
    this.versions = versions;
    this.plansOn = plansOn;
    this.store = store;
    this.asOf = asOf;
    const arrivals = arrivalsIn(versions, store);
    if (arrivals !== null) store.beside = { ...store.beside, arrivals };
    this.came = arrivals === null ? null : cameIn(arrivals);
    this.days = new StartDay(store, versions);
    this.near = new NearFacts(store, versions, this.came, this.days);
    this.firsts = new FirstFacts(store, this.near, this.days);
    this.reach = reachOfAgreement(versions);
    this.rebuild();
  }

  append(entry: Entry): readonly Change[] {
    this.read = null;
    this.came?.note(entry);
    if (entry.kind === 'fact') return this.appendFact(entry.fact);
    if (entry.kind === 'day') return this.beginDay(entry.day);
    if (entry.kind === 'close') return [];
    return this.takeWord(entry);
  }

  tell({ settled = [], promised = nothingPromised() }: FromBooks): void {
    const { beside } = this.store;
    if (beside.settled !== settled && (settled.length > 0 || (beside.settled ?? []).length > 0))
      this.hasMoved = true;
    if (beside.promised !== promised || this.hasMoved) this.read = null;
    this.store.beside = { ...beside, settled, promised };
  }

  takePromises(): NewPromises {
    return { uses: this.uses.splice(0), holds: this.holds.splice(0), grants: this.grants.splice(0) };
  }

  again(payee: string): readonly Change[] {
    this.read = null;
    if (this.isDirty) return this.settle();
    const concerns = this.nobody();
    this.concernAlone(concerns, payee);
    return this.askedChanges([], concerns, this.work.whole !== null);
  }

  settle(): readonly Change[] {
    if (!this.isDirty) return this.hasMoved ? this.settledChanges([], []) : [];
    const before = this.byKey();
    this.rebuild();
    return changesBetween(before, this.byKey());
  }

  totals(): readonly Total[] {
    this.settle();
    return [...this.byKey().values()];
  }

  linesOf(key: Key): readonly Line[] {
    this.settle();
    if (this.compiled.clauses.has(key.clause)) return this.compiled.linesOf(key);
    const text = totalText(key);
    return this.entitlementsFor(key).find((one) => totalText(one) === text)?.lines ?? [];
  }

  knownFor(payee: string, entries: readonly Entry[] = []): Known {
    if (this.reach === null) return knownFromStore(this.store, this.asOf);
    const besides = entries.flatMap((entry) => (entry.kind === 'fact' ? [entry.fact] : []));
    return this.near.known(this.reach, payee, this.now(), { isWithin: () => true, also: [], besides });
  }

  overlaid(entries: readonly Entry[]): ReadonlyMap<string, Known> | null {
    // Who exists from the first day of all facts on would exist for longer.
    const first = this.days.day;
    const isBefore = (fact: Fact) =>
      Object.values(fact.fields).some((value) => value.kind === 'date' && value.value < first);
    if (this.reach === null || entries.some((entry) => entry.kind === 'fact' && isBefore(entry.fact)))
      return null;
    const byPayee = entriesByPayee(this.near, this.reach, entries);
    if (byPayee === null) return null;
    return new Map(
      [...byPayee].map(([payee, own]) => [payee, withEntries(this.knownFor(payee, own), own)] as const),
    );
  }

  factsReadFor(payee: string): number {
    return this.reach === null ? factCount(this.store) : this.near.count(this.reach, payee);
  }

  private rebuild(): void {
    this.isDirty = false;
    this.hasMoved = false;
    this.plans = this.plansOn(this.asOf);
    this.compiled = new CompiledTotals(this.plans, this.store, (clause, payee) =>
      this.askClause(clause, payee),
    );
    this.work = workOf(this.versions, this.compiled.clauses);
    const { byPayee, whole, settling } = this.work;
    this.askers = byPayee.map((group) => new PayeeAsker(group, this.near, this.firsts));
    this.settled = new PayeeTotals();
    this.whole = new Map();
    this.due = new DueDays();
    this.fromStart = new Set();
    for (const asker of this.askers)
      for (const payee of asker.eachOnce(this.everybody(asker.group.parties)))
        this.askPayee(asker, payee, null);
    if (whole !== null) this.askWhole();
    if (settling !== null) for (const payee of this.everybody(settling.parties)) this.settlePayee(payee);
  }

  private everybody(parties: ReadonlySet<string>): Set<string> {
    const everybody = partiesOf(this.store, this.versions, parties);
    for (const party of this.came?.parties() ?? []) everybody.add(party);
    return everybody;
  }

  private appendFact(fact: Fact): readonly Change[] {
    const table = this.store.tables.get(fact.kind);
    if (table === undefined) return [];
    const concerns = this.nobody();
    let hasStartMoved = false;
    const revised = takeRevision(this.store, fact, (row) => {
      this.firsts.leave(this.concern(concerns, table, row), table, row);
      if (!this.isDirty) this.compiled.remove(table, row);
    });
    if (revised === null) return [];
    if (revised.before !== -1) hasStartMoved = this.days.leave(table, revised.before);
    const { row } = revised;
    if (row !== -1) {
      this.firsts.come(this.concern(concerns, table, row), table, row);
      hasStartMoved = this.days.come(table, row) || hasStartMoved;
      if (!this.isDirty) this.compiled.append(table, row);
    }
    if (!this.isDirty && !this.compiled.fits()) this.isDirty = true;
    if (this.isDirty) return [];
    if (hasStartMoved) this.concernFromStart(concerns);
    return this.askedChanges(this.compiled.refresh(), concerns, this.work.whole !== null);
  }

  private nobody(): Concerns {
    return { asked: new Map(this.askers.map((asker) => [asker, new Map()])), settled: new Set() };
  }

  /** Adds whom a row concerns, and gives them. */
  private concern({ asked, settled }: Concerns, table: FactTable, row: number): ReadonlySet<string> {
    const concerned = new Set<string>();
    for (const [asker, payees] of asked)
      for (const [payee, days] of this.near.concernedBy(asker.group.reach, table, row)) {
        addDays(payees, payee, days);
        concerned.add(payee);
      }
    const { settling } = this.work;
    if (settling !== null)
      for (const payee of this.near.concernedBy(settling.reach, table, row).keys()) {
        settled.add(payee);
        concerned.add(payee);
      }
    return concerned;
  }

  private concernFromStart({ asked, settled }: Concerns): void {
    for (const [asker, payees] of asked) for (const payee of asker.fromStart) payees.set(payee, null);
    for (const payee of this.fromStart) settled.add(payee);
  }

  private beginDay(day: Day): readonly Change[] {
    const before = this.asOf;
    if (day <= before) return [];
    this.asOf = day;
    if (this.plans.readsToday) this.isDirty = true;
    if (this.isDirty) return [];
    const changes = this.compiled.beginDay(before, day);
    const concerns = this.nobody();
    for (const [asker, payees] of concerns.asked)
      for (const payee of asker.takeDue(day)) payees.set(payee, null);
    for (const payee of this.due.take(day)) concerns.settled.add(payee);
    return this.askedChanges(changes, concerns, this.wholeNext <= day);
  }

  /** Takes in what is said about somebody or something: an attribute, a decision, an opening balance. */
  private takeWord(entry: Exclude<Entry, { kind: 'fact' | 'day' | 'close' }>): readonly Change[] {
    const concerns = this.nobody();
    if (entry.kind === 'attribute') {
      const { of, value } = entry.fact;
      // Whom it led to until now, and from here on.
      this.concernByWord(concerns, of);
      const replaced = this.putAttribute(entry.fact);
      for (const one of [value, replaced?.value])
        if (one?.kind === 'party') this.concernAlone(concerns, one.value);
      this.concernByWord(concerns, of);
    } else if (entry.kind === 'decision') {
      this.near.decisions.put(entry.fact);
      this.concernByWord(concerns, entry.fact.of);
    } else {
      this.near.openings.put(entry.balance);
      this.concernByWord(concerns, entry.balance.of);
    }
    return this.isDirty ? [] : this.askedChanges(this.compiled.refresh(), concerns, this.work.whole !== null);
  }

  /** Puts an attribute in the place of what it replaces. A relation that is followed takes the holder's facts along. */
  private putAttribute(given: AttributeFact): AttributeFact | null {
    const { party, of, attribute } = given;
    const relation = this.plans.relations.get(`${party} ${attribute}`);
    if (relation === undefined) return this.near.attributes.put(given);
    if (this.plans.followsChain) this.isDirty = true;
    let replaced: AttributeFact | null = null;
    const change = (): void => {
      replaced = this.near.attributes.put(given);
      relation.renew(of, this.near.attributesOfHolder(of), party, attribute);
    };
    if (this.isDirty) change();
    else this.compiled.regroup([...this.near.rowsNaming(party, of)], change);
    return replaced;
  }

  private concernByWord(concerns: Concerns, about: string): void {
    for (const [asker, payees] of concerns.asked)
      for (const payee of this.near.concernedByWord(asker.group.reach, about)) payees.set(payee, null);
    const { settling } = this.work;
    if (settling !== null)
      for (const payee of this.near.concernedByWord(settling.reach, about)) concerns.settled.add(payee);
  }

  private concernAlone({ asked, settled }: Concerns, payee: string): void {
    for (const payees of asked.values()) payees.set(payee, null);
    settled.add(payee);
  }

  /** Adds to what has changed already what is asked anew: of some payees, as a whole, and in settlements. */
  private askedChanges(
    changed: readonly Change[],
    { asked, settled }: Concerns,
    asksWhole: boolean,
  ): readonly Change[] {
    const changes = [...changed];
    for (const [asker, payees] of asked)
      for (const payee of asker.eachOnce(payees.keys()))
        for (const change of this.askPayee(asker, payee, payees.get(payee)!)) changes.push(change);
    if (asksWhole) for (const change of this.askWhole()) changes.push(change);
    return this.settledChanges(changes, settled);
  }

  private settledChanges(changed: readonly Change[], also: Iterable<string>): readonly Change[] {
    const { settling } = this.work;
    if (settling === null) return changed;
    const payees = new Set(also);
    for (const { clause, payee } of changed) if (settling.from.has(clause)) payees.add(payee);
    if (this.hasMoved || !settling.isNear)
      for (const payee of this.everybody(settling.parties)) payees.add(payee);
    this.hasMoved = false;
    const changes = [...changed];
    for (const payee of payees) for (const change of this.settlePayee(payee)) changes.push(change);
    return changes;
  }

  private askPayee(asker: PayeeAsker, payee: string, days: ReadonlySet<Day> | null): readonly Change[] {
    const { changes, promises } = asker.ask(payee, days, this.now());
    this.note(promises, this.near.together(asker.group.reach, payee));
    return changes;
  }

  private askWhole(): readonly Change[] {
    const { entitlements, promises, next } = this.evaluatedWhole(this.work.whole!);
    this.note(promises, null);
    this.wholeNext = next;
    const before = this.whole;
    this.whole = new Map(
      entitlements.flatMap(({ lines: _, ...one }) => (isNothing(one) ? [] : [[totalText(one), one]])),
    );
    return changesBetween(before, this.whole);
  }

  private evaluatedWhole({ versions, isOwn }: Asked) {
    const horizon = newHorizon();
    const { entitlements, promises } = evaluate(
      versions,
      knownFromStore(this.store, this.asOf),
      everything,
      horizon,
    );
    return { entitlements: entitlements.filter(({ clause }) => isOwn(clause)), promises, ...horizon };
  }

  private settlePayee(payee: string): readonly Change[] {
    const { entitlements, next, readsStart } = this.settlementsOf(payee);
    this.due.set(payee, next);
    if (readsStart) this.fromStart.add(payee);
    else this.fromStart.delete(payee);
    return this.settled.replace(payee, entitlements);
  }

  private settlementsOf(payee: string) {
    const { versions, reach, parties, readsFacts, isNear, from } = this.work.settling!;
    const horizon = newHorizon();
    const known = !isNear
      ? knownFromStore(this.store, this.asOf)
      : readsFacts || this.came !== null
        ? this.near.known(reach, payee, this.now())
        : this.near.knownBeside(this.firsts.of(parties, payee), payee, this.now());
    const flowing = [
      ...this.compiled.totalsOf(payee, from),
      ...this.askers.flatMap(({ totals }) => [...totals.of(payee)]),
      ...this.wholeOf(payee),
    ];
    return { entitlements: settledFor(versions, payee, flowing, known, horizon), ...horizon };
  }

  private wholeOf(payee: string): readonly Total[] {
    return [...this.whole.values()].filter((total) => total.payee === payee);
  }

  /** One clause for one payee: where a total of a compiled clause is not known. */
  private askClause(clause: string, payee: string) {
    const together = clausesTogether(this.versions, new Set([clause]));
    const reach = reachOfClauses(this.versions, together);
    const horizon = newHorizon();
    const known =
      reach === null ? knownFromStore(this.store, this.asOf) : this.near.known(reach, payee, this.now());
    const { entitlements } = evaluate(withClauses(this.versions, together), known, allOf(payee), horizon);
    return {
      entitlements: entitlements.filter((one) => one.clause === clause && one.payee === payee),
      next: horizon.next,
    };
  }

  /** What the reference gives that a key belongs to; kept while nothing changes, since one question follows another. */
  private entitlementsFor({ clause, payee }: Key): readonly Entitlement[] {
    const { settling, whole } = this.work;
    const asker = this.askers.find(({ group }) => group.isOwn(clause));
    const isSettled = settling?.isOwn(clause) === true;
    const isWhole = whole?.isOwn(clause) === true;
    const of = JSON.stringify([
      isSettled ? 'settled' : isWhole ? 'whole' : this.askers.indexOf(asker!),
      isWhole ? '' : payee,
    ]);
    if (this.read?.of !== of) {
      const entitlements = isSettled
        ? this.settlementsOf(payee).entitlements
        : isWhole
          ? this.evaluatedWhole(whole!).entitlements
          : (asker?.evaluated(payee, this.now()).entitlements ?? []);
      this.read = { of, entitlements };
    }
    return this.read.entitlements;
  }

  /** Keeps what an evaluation promised until the books take it: all of it, or what comes from some wallets. */
  private note(promises: Evaluation['promises'], owners: readonly string[] | null): void {
    const isMeant = ({ owner }: Use | HeldPoints | Grant) => owners === null || owners.includes(owner);
    this.uses.push(...(promises?.uses ?? []).filter(isMeant));
    this.holds.push(...(promises?.holds ?? []).filter(isMeant));
    this.grants.push(...(promises?.grants ?? []).filter(isMeant));
  }

  private now(): Now {
    return { asOf: this.asOf, startDay: this.startDay };
  }

  private readonly startDay = (): Day => this.days.day;

  private byKey(): Map<string, Total> {
    const totals = new Map<string, Total>();
    for (const some of [
      this.compiled.totals(),
      ...this.askers.map(({ totals: asked }) => asked.all()),
      this.whole.values(),
      this.settled.all(),
    ])
      for (const total of some) totals.set(totalText(total), total);
    return totals;
  }
}

/** Whom something concerns: in what is asked payee by payee, for which days (null: in everything); and in settlements. */
interface Concerns {
  readonly asked: ReadonlyMap<PayeeAsker, Map<string, ReadonlySet<Day> | null>>;
  readonly settled: Set<string>;
}

function addDays(
  payees: Map<string, ReadonlySet<Day> | null>,
  payee: string,
  days: ReadonlySet<Day> | null,
): void {
  const before = payees.get(payee);
  if (before === null) return;
  payees.set(payee, days === null ? null : new Set([...(before ?? []), ...days]));
}

function factCount({ tables }: FactStore): number {
  return [...tables.values()].reduce((sum, { length, gone }) => sum + length - gone.size, 0);
}
