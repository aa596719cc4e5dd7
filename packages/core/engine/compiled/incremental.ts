// SPDX-License-Identifier: Apache-2.0
// Totals kept up to date entry by entry. A fact moves the sums of its own keys and periods; what it moved is returned.
// What has no plan is asked of the reference, for the payees whom an entry can concern and from what they rest on; a day
// that begins asks those for whom something is due on it. Only clauses that read past all bounds are asked as a whole.

import type { Entitlement, Evaluation, Key, Line } from '../../program/entitlement.ts';
import { type FactStore, knownFromStore, takeRevision } from '../../program/fact-store.ts';
import type { Entry, Fact, FromBooks, Known } from '../../program/log.ts';
import type { Version } from '../../program/program.ts';
import {
  type Grant,
  type HeldPoints,
  type NewPromises,
  nothingPromised,
  type Use,
} from '../../program/promise.ts';
import type { Day } from '../../values/date.ts';
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
import { partiesOf } from './parties.ts';
import { PayeeTotals } from './payee-totals.ts';
import type { Plans } from './planner.ts';
import { type Reach, reachesTogether, reachOfClauses } from './reach.ts';
import { settledFor } from './settling.ts';
import { StartDay } from './start-day.ts';
import { type Asked, type Work, workOf } from './work.ts';

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
  /** What the entitlements of a payee rest on; all that is known where they rest on everything. */
  knownFor(payee: string): Known;
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
  private byPayee = new PayeeTotals();
  private settled = new PayeeTotals();
  private whole = new Map<string, Total>();
  private wholeNext: Day = Infinity;
  private due = { byPayee: new DueDays(), settling: new DueDays() };
  /** Payees who exist from the first day of all facts on. */
  private fromStart = { byPayee: new Set<string>(), settling: new Set<string>() };
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
    this.near = new NearFacts(store, versions, this.came);
    this.days = new StartDay(store, versions);
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
    return this.askedChanges([], new Set([payee]), this.work.whole !== null);
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

  knownFor(payee: string): Known {
    return this.reach === null
      ? knownFromStore(this.store, this.asOf)
      : this.near.known(this.reach, payee, this.asOf, this.startDay);
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
    this.byPayee = new PayeeTotals();
    this.settled = new PayeeTotals();
    this.whole = new Map();
    this.due = { byPayee: new DueDays(), settling: new DueDays() };
    this.fromStart = { byPayee: new Set(), settling: new Set() };
    if (byPayee !== null) for (const payee of this.everybody(byPayee.parties)) this.askPayee(payee);
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
    const payees = new Set<string>();
    let hasStartMoved = false;
    const revised = takeRevision(this.store, fact, (row) => {
      const concerned = this.concerned((reach) => this.near.concernedBy(reach, table, row));
      for (const payee of concerned) payees.add(payee);
      this.firsts.leave(concerned, table, row);
      if (!this.isDirty) this.compiled.remove(table, row);
    });
    if (revised === null) return [];
    if (revised.before !== -1) hasStartMoved = this.days.leave(table, revised.before);
    const { row } = revised;
    if (row !== -1) {
      const concerned = this.concerned((reach) => this.near.concernedBy(reach, table, row));
      for (const payee of concerned) payees.add(payee);
      this.firsts.come(concerned, table, row);
      hasStartMoved = this.days.come(table, row) || hasStartMoved;
      if (!this.isDirty) this.compiled.append(table, row);
    }
    if (!this.isDirty && !this.compiled.fits()) this.isDirty = true;
    if (this.isDirty) return [];
    const changes = this.compiled.refresh();
    if (hasStartMoved)
      for (const payee of [...this.fromStart.byPayee, ...this.fromStart.settling]) payees.add(payee);
    return this.askedChanges(changes, payees, this.work.whole !== null);
  }

  /** Whom something concerns, in clauses that are asked payee by payee and in settlements. */
  private concerned(by: (reach: Reach) => ReadonlySet<string>): Set<string> {
    const { byPayee, settling } = this.work;
    const payees = new Set(byPayee === null ? [] : by(byPayee.reach));
    if (settling !== null) for (const payee of by(settling.reach)) payees.add(payee);
    return payees;
  }

  private beginDay(day: Day): readonly Change[] {
    const before = this.asOf;
    if (day <= before) return [];
    this.asOf = day;
    if (this.plans.readsToday) this.isDirty = true;
    if (this.isDirty) return [];
    const changes = this.compiled.beginDay(before, day);
    const { byPayee } = this.due;
    return this.askedChanges(changes, byPayee.take(day), this.wholeNext <= day, this.due.settling.take(day));
  }

  /** Takes in what is said about somebody or something: an attribute, a decision, an opening balance. */
  private takeWord(entry: Exclude<Entry, { kind: 'fact' | 'day' | 'close' }>): readonly Change[] {
    const payees = new Set<string>();
    const about: string[] = [];
    if (entry.kind === 'attribute') {
      const { party, of, attribute, value } = entry.fact;
      if (this.plans.relations.has(`${party} ${attribute}`)) this.isDirty = true;
      // Whom it led to until now, and from here on.
      const before = this.concerned((reach) => this.near.concernedByWord(reach, of));
      const replaced = this.near.attributes.put(entry.fact);
      for (const payee of before) payees.add(payee);
      about.push(
        of,
        ...[value, replaced?.value].flatMap((one) => (one?.kind === 'party' ? [one.value] : [])),
      );
    } else if (entry.kind === 'decision') {
      this.near.decisions.put(entry.fact);
      about.push(entry.fact.of);
    } else {
      this.near.openings.put(entry.balance);
      about.push(entry.balance.of);
    }
    if (this.isDirty) return [];
    for (const [place, one] of about.entries()) {
      payees.add(one);
      if (place === 0)
        for (const payee of this.concerned((reach) => this.near.concernedByWord(reach, one)))
          payees.add(payee);
    }
    return this.askedChanges([], payees, this.work.whole !== null);
  }

  /** Adds to what has changed already what is asked anew: of some payees, as a whole, and in settlements. */
  private askedChanges(
    changed: readonly Change[],
    payees: ReadonlySet<string>,
    asksWhole: boolean,
    alsoSettling: ReadonlySet<string> = payees,
  ): readonly Change[] {
    const changes = [...changed];
    if (this.work.byPayee !== null)
      for (const payee of payees) for (const change of this.askPayee(payee)) changes.push(change);
    if (asksWhole) for (const change of this.askWhole()) changes.push(change);
    return this.settledChanges(changes, alsoSettling);
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

  private askPayee(payee: string): readonly Change[] {
    const given = this.evaluatedFor(payee);
    this.note(given.promises, payee);
    this.due.byPayee.set(payee, given.next);
    if (given.readsStart) this.fromStart.byPayee.add(payee);
    else this.fromStart.byPayee.delete(payee);
    return this.byPayee.replace(payee, given.entitlements);
  }

  /** What clauses that are asked payee by payee give one payee. */
  private evaluatedFor(payee: string) {
    const { reach, versions, isOwn } = this.work.byPayee!;
    const horizon = newHorizon();
    const known = this.near.known(reach, payee, this.asOf, this.startDay);
    const { entitlements, promises } = evaluate(versions, known, allOf(payee), horizon);
    return {
      entitlements: entitlements.filter((one) => one.payee === payee && isOwn(one.clause)),
      promises,
      ...horizon,
    };
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
    this.due.settling.set(payee, next);
    if (readsStart) this.fromStart.settling.add(payee);
    else this.fromStart.settling.delete(payee);
    return this.settled.replace(payee, entitlements);
  }

  private settlementsOf(payee: string) {
    const { versions, reach, parties, readsFacts, isNear } = this.work.settling!;
    const horizon = newHorizon();
    const known = !isNear
      ? knownFromStore(this.store, this.asOf)
      : readsFacts || this.came !== null
        ? this.near.known(reach, payee, this.asOf, this.startDay)
        : this.near.knownBeside(this.firsts.of(parties, payee), payee, this.asOf, this.startDay);
    const flowing = [...this.compiled.totalsOf(payee), ...this.byPayee.of(payee), ...this.wholeOf(payee)];
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
      reach === null
        ? knownFromStore(this.store, this.asOf)
        : this.near.known(reach, payee, this.asOf, this.startDay);
    const { entitlements } = evaluate(withClauses(this.versions, together), known, allOf(payee), horizon);
    return {
      entitlements: entitlements.filter((one) => one.clause === clause && one.payee === payee),
      next: horizon.next,
    };
  }

  /** What the reference gives that a key belongs to; kept while nothing changes, since one question follows another. */
  private entitlementsFor({ clause, payee }: Key): readonly Entitlement[] {
    const { settling, whole, byPayee } = this.work;
    const isSettled = settling?.isOwn(clause) === true;
    const isWhole = whole?.isOwn(clause) === true;
    const of = JSON.stringify([isSettled ? 'settled' : isWhole ? 'whole' : 'payee', isWhole ? '' : payee]);
    if (this.read?.of !== of) {
      const entitlements = isSettled
        ? this.settlementsOf(payee).entitlements
        : isWhole
          ? this.evaluatedWhole(whole!).entitlements
          : byPayee === null
            ? []
            : this.evaluatedFor(payee).entitlements;
      this.read = { of, entitlements };
    }
    return this.read.entitlements;
  }

  /** Keeps what an evaluation promised until the books take it: all of it, or what concerns one payee. */
  private note(promises: Evaluation['promises'], payee: string | null): void {
    const isMeant = ({ owner }: Use | HeldPoints | Grant) => payee === null || owner === payee;
    this.uses.push(...(promises?.uses ?? []).filter(isMeant));
    this.holds.push(...(promises?.holds ?? []).filter(isMeant));
    this.grants.push(...(promises?.grants ?? []).filter(isMeant));
  }

  /** The first day on which any fact counts that has come; infinity where there is none. */
  private readonly startDay = (): Day => (this.days.day <= this.asOf ? this.days.day : Infinity);

  private byKey(): Map<string, Total> {
    const totals = new Map<string, Total>();
    for (const some of [this.compiled.totals(), this.byPayee.all(), this.whole.values(), this.settled.all()])
      for (const total of some) totals.set(totalText(total), total);
    return totals;
  }
}

/** The reach of all clauses and settlements of an agreement. */
function reachOfAgreement(versions: readonly Version[]): Reach | null {
  const clauses = new Set(versions.flatMap(({ program }) => program.clauses.map(({ id }) => id)));
  const reaches = versions.map((version) => reachOfClauses([version], clauses, version.program.settlements));
  return reaches.every((reach) => reach !== null) ? reachesTogether(reaches) : null;
}

function factCount({ tables }: FactStore): number {
  return [...tables.values()].reduce((sum, { length, gone }) => sum + length - gone.size, 0);
}
