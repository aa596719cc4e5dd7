// SPDX-License-Identifier: Apache-2.0
// Totals kept up to date entry by entry. A fact moves the sums of its own keys and periods; what it moved is returned.
// An entry that can touch everything (a relation, another day, a decision) marks the engine dirty, and the next reader
// has it computed anew. Clauses that the reference keeps are asked for one payee, or are dirty too.

import { type GrowingArrivals, noteArrival } from '../../program/arrivals.ts';
import type { Entitlement, Evaluation, Key, Line } from '../../program/entitlement.ts';
import { appendFact, type FactStore, type FactTable } from '../../program/fact-store.ts';
import type { Entry, Fact, FromBooks } from '../../program/log.ts';
import type { Version } from '../../program/program.ts';
import { type Grant, type NewPromises, nothingPromised, type Use } from '../../program/promise.ts';
import type { Calendar, Period, PeriodUnit } from '../../values/calendar.ts';
import type { Day } from '../../values/date.ts';
import { periodAt } from '../../values/period.ts';
import { evaluate } from '../reference/evaluate.ts';
import { Accumulators, type Changed } from './accumulators.ts';
import { arrivalsIn, knownOfPayee, referenceForRows, referenceRest, restrictedTo } from './by-reference.ts';
import { type Change, changesBetween, isNothing, type Total } from './changes.ts';
import { dayOfRow, firstDayIn, hasUndated } from './first-day.ts';
import { StageFold } from './fold.ts';
import type { ClausePlan } from './plan.ts';
import type { Plans } from './planner.ts';
import { runOfKey } from './runs.ts';
import { unscaled } from './scaled.ts';
import { entitlementOf, keptLines } from './totals.ts';

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
}

function keyText({ clause, payee, period }: Key): string {
  return `${clause}\u0000${payee}\u0000${period}`;
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
  private plans: Plans;
  private stages: Accumulators[] = [];
  private scales: readonly number[] = [];
  /** By kind and id: the row of each fact that is there, or below zero the revision that voided it. */
  private readonly latest = new Map<string, Map<string, number>>();
  private readonly periods = new Map<PeriodUnit, Map<number, Period>>();
  /** What the reference gave: clauses that it keeps, and keys that left the fast path. */
  private readonly uses: Use[] = [];
  private readonly grants: Grant[] = [];
  /** The first day on which any fact counts, once it is asked for. */
  private start: Day | null = null;
  private asked = new Map<string, Entitlement>();
  /** How facts came, where a clause treats late ones in a way of its own; null where none does. */
  private readonly arrivals: GrowingArrivals | null;
  /** Clauses that the reference keeps, and whether it can be asked for one payee. */
  private kept: { readonly ids: ReadonlySet<string>; readonly isByPayee: boolean; readonly party: string };

  constructor(versions: readonly Version[], plansOn: (asOf: Day) => Plans, store: FactStore, asOf: Day) {
    this.versions = versions;
    this.plansOn = plansOn;
    this.store = store;
    this.asOf = asOf;
    this.plans = plansOn(asOf);
    this.arrivals = arrivalsIn(versions, store);
    if (this.arrivals !== null) store.beside = { ...store.beside, arrivals: this.arrivals };
    this.kept = this.keptClauses();
    for (const [kind, table] of store.tables) {
      const rows = new Map<string, number>();
      for (let row = 0; row < table.length; row += 1) {
        if (table.gone.has(row)) continue;
        rows.set(table.ids.text(row), row);
      }
      this.latest.set(kind, rows);
    }
    this.rebuild();
  }

  append(entry: Entry): readonly Change[] {
    if (this.arrivals !== null) noteArrival(this.arrivals, entry);
    switch (entry.kind) {
      case 'fact':
        return this.appendFact(entry.fact);
      case 'attribute':
        this.replaceAttribute(entry);
        break;
      case 'decision': {
        const { decision, of, period } = entry.fact;
        const { decisions } = this.store;
        const same = decisions.findIndex(
          (other) => other.decision === decision && other.of === of && other.period === period,
        );
        decisions.splice(same === -1 ? decisions.length : same, same === -1 ? 0 : 1, entry.fact);
        break;
      }
      case 'opening':
        this.store.openings.push(entry.balance);
        break;
      case 'day':
        if (entry.day <= this.asOf) return [];
        this.asOf = entry.day;
        break;
      case 'close':
        return [];
    }
    this.isDirty = true;
    return [];
  }

  tell({ settled = [], promised = nothingPromised() }: FromBooks): void {
    this.store.beside = { ...this.store.beside, settled, promised };
  }

  takePromises(): NewPromises {
    return { uses: this.uses.splice(0), grants: this.grants.splice(0) };
  }

  again(payee: string): readonly Change[] {
    if (!this.isDirty && this.kept.isByPayee) return this.askPayee(payee);
    this.isDirty = true;
    return this.settle();
  }

  settle(): readonly Change[] {
    if (!this.isDirty) return [];
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
    const asked = this.asked.get(keyText(key));
    if (asked !== undefined) return asked.lines;
    const plan = this.plans.clauses.find(({ clause }) => clause.id === key.clause);
    return plan === undefined ? [] : this.foldedLines(plan, key);
  }

  private keptClauses() {
    const compiled = new Set(this.plans.clauses.map(({ clause }) => clause.id));
    const newest = this.versions.at(-1)?.program;
    const clauses = (newest?.clauses ?? []).filter(({ id }) => !compiled.has(id));
    const parties = new Set(clauses.map(({ payee }) => payee.party));
    const places = new Map(this.plans.places.map((place) => [place.clause, place.runs]));
    const isByPayee =
      this.versions.length === 1 &&
      newest?.settlements.length === 0 &&
      parties.size <= 1 &&
      clauses.every(({ id }) => places.get(id) === 'by payee');
    return { ids: new Set(clauses.map(({ id }) => id)), isByPayee, party: [...parties][0] ?? '' };
  }

  private rebuild(): void {
    this.start = null;
    this.isDirty = false;
    this.plans = this.plansOn(this.asOf);
    this.kept = this.keptClauses();
    this.scales = this.scalesNow();
    this.asked = new Map();
    this.stages = this.plans.stages.map((stage) => {
      const own = this.plans.clauses.filter((plan) => plan.stage === stage);
      const accumulators = new Accumulators(stage, own);
      for (let row = 0; row < stage.scope.table.length; row += 1) accumulators.append(row);
      this.ask(accumulators.refreshAll(), accumulators);
      return accumulators;
    });
    if (this.kept.ids.size > 0 || this.settlesAnything()) {
      const compiled = new Set(this.plans.clauses.map(({ clause }) => clause.id));
      const rest = referenceRest(this.versions, compiled, this.store, this.asOf);
      this.note(rest);
      for (const entitlement of rest.entitlements) this.asked.set(keyText(entitlement), entitlement);
    }
  }

  /** Keeps what an evaluation promised until the books take it. */
  private note({ promises }: Evaluation): void {
    this.uses.push(...(promises?.uses ?? []));
    this.grants.push(...(promises?.grants ?? []));
  }

  private settlesAnything(): boolean {
    return this.versions.some(({ program }) => program.settlements.length > 0);
  }

  /** Scales of the columns: when one is refined, formulas must be made anew. */
  private scalesNow(): readonly number[] {
    return [...this.store.tables.values()].flatMap((table) =>
      [...table.columns.values()].map((column) => (column.kind === 'quantity' ? column.scale : 0)),
    );
  }

  private hasScales(): boolean {
    let at = 0;
    for (const table of this.store.tables.values()) {
      for (const column of table.columns.values()) {
        if (column.kind === 'quantity' && column.scale !== this.scales[at]) return false;
        at += 1;
      }
    }
    return true;
  }

  private appendFact(fact: Fact): readonly Change[] {
    const table = this.store.tables.get(fact.kind);
    const latest = this.latest.get(fact.kind);
    if (table === undefined || latest === undefined) return [];
    const old = latest.get(fact.id);
    if (old !== undefined) {
      const revision = old < 0 ? -old : (table.revisions.get(old) ?? 1);
      if (fact.revision < revision) return [];
    }
    const stages = this.isDirty ? [] : this.stages.filter(({ stage }) => stage.scope.table === table);
    const payees = new Set<string>();
    if (old !== undefined && old >= 0) {
      for (const stage of stages) stage.remove(old);
      this.notePayee(table, old, payees);
      table.gone.add(old);
    }
    let row = -1;
    if (fact.isVoid !== true) {
      row = appendFact(this.store, fact)!;
      this.notePayee(table, row, payees);
    }
    latest.set(fact.id, row === -1 ? -fact.revision : row);
    if (this.isDirty) return [];
    const isLinked = this.plans.stages.some(({ scope }) => scope.table !== table) && stages.length === 0;
    const rows = [...(old !== undefined && old >= 0 ? [old] : []), ...(row === -1 ? [] : [row])];
    if (!this.hasScales() || isLinked || this.mustAskAll() || this.movesStart(table, rows)) {
      this.isDirty = true;
      return [];
    }
    const changes: Change[] = [];
    for (const stage of stages) {
      if (row !== -1) stage.append(row);
      for (const change of this.ask(stage.refresh(), stage)) changes.push(change);
    }
    if (this.kept.ids.size > 0) for (const payee of payees) changes.push(...this.askPayee(payee));
    return changes;
  }

  /** Whether the reference keeps something that any fact can change. */
  private mustAskAll(): boolean {
    return (
      this.arrivals !== null || this.settlesAnything() || (this.kept.ids.size > 0 && !this.kept.isByPayee)
    );
  }

  /** Whether these rows can move the first day of all, from which a party exists that nothing else dates. */
  private movesStart(table: FactTable, rows: readonly number[]): boolean {
    if (this.kept.ids.size === 0 || !hasUndated(this.store, this.kept.party)) return false;
    this.start ??= firstDayIn(this.store);
    const { start } = this;
    return rows.some((row) => dayOfRow(table, row) <= start);
  }

  private notePayee(table: FactTable, row: number, payees: Set<string>): void {
    if (this.kept.ids.size === 0) return;
    for (const { name, type } of table.kind.fields) {
      if (type.kind !== 'party' || type.of !== this.kept.party) continue;
      const column = table.codes(name);
      const code = column.values[row]!;
      if (code >= 0) payees.add(column.dictionary.text(code));
    }
  }

  /** Turns recomputed totals into changes; those that are not known are asked of the reference. */
  private ask(changed: readonly Changed[], stage: Accumulators): Change[] {
    if (this.asked.size === 0 && changed.every(({ before, after }) => !Number.isNaN(before + after))) {
      return changed.map((change) => this.changeOf(change));
    }
    const before = new Map<string, Total>();
    const after = new Map<string, Total>();
    const unknown = new Map<ClausePlan, Set<number>>();
    const recomputed = new Set<string>();
    for (const change of changed) {
      const key = this.keyOf(change);
      const text = keyText(key);
      recomputed.add(text);
      const was = this.asked.get(text);
      if (was !== undefined) before.set(text, was);
      else if (!Number.isNaN(change.before))
        before.set(text, this.totalOf(change, change.before, change.exactBefore));
      this.asked.delete(text);
      if (Number.isNaN(change.after)) {
        const keys = unknown.get(change.plan) ?? new Set();
        unknown.set(change.plan, keys.add(change.key));
      } else after.set(text, this.totalOf(change, change.after, change.exact));
    }
    for (const [plan, keys] of unknown) {
      const unknownNow = new Set(
        [...stage.unknownTotals(plan, keys)].map((total) => keyText(this.keyOf(total))),
      );
      for (const entitlement of this.asReferenceHasIt(plan, keys, stage)) {
        const text = keyText(entitlement);
        if (!unknownNow.has(text)) continue;
        this.asked.set(text, entitlement);
        after.set(text, entitlement);
        if (!recomputed.has(text)) before.set(text, entitlement);
      }
    }
    return changesBetween(before, after);
  }

  private keyOf({ plan, key, ordinal }: Changed): Key {
    const { clause, unit, stage } = plan;
    const { calendar } = stage.scope.program.policies;
    return {
      clause: clause.id,
      component: clause.name,
      payee: stage.key.dictionary.text(key),
      period: unit === null ? '' : this.periodOf(calendar, unit, ordinal).label,
      asset: clause.asset,
    };
  }

  private periodOf(calendar: Calendar, unit: PeriodUnit, ordinal: number): Period {
    const own = this.periods.get(unit) ?? new Map<number, Period>();
    this.periods.set(unit, own);
    const period = own.get(ordinal) ?? periodAt(calendar, unit, ordinal);
    own.set(ordinal, period);
    return period;
  }

  /** `scaled` is the exact total at the scale of the clause's formula. */
  private totalOf(changed: Changed, amount: number, scaled: number): Total {
    const { before: _, ...total } = this.changeOf({ ...changed, before: 0, after: amount, exact: scaled });
    return total;
  }

  /** A change of a total that is known before and after; written out, since each entry makes several. */
  private changeOf({ plan, key, ordinal, before, after, exact }: Changed): Change {
    const { clause, unit, stage } = plan;
    const { program, asOf } = stage.scope;
    const period = unit === null ? null : this.periodOf(program.policies.calendar, unit, ordinal);
    return {
      clause: clause.id,
      component: clause.name,
      payee: stage.key.dictionary.text(key),
      period: period === null ? '' : period.label,
      asset: clause.asset,
      amount: BigInt(after),
      exact: unscaled(exact, plan.total.scale),
      held: 0n,
      state: clause.posts.kind === 'ends' && period !== null && asOf < period.end ? 'forecast' : 'final',
      waiting: nobodyWaits,
      before: BigInt(before),
    };
  }

  /** A clause for some of its keys: from their own facts, unless the clause looks past them. */
  private asReferenceHasIt(
    plan: ClausePlan,
    keys: ReadonlySet<number>,
    stage: Accumulators,
  ): readonly Entitlement[] {
    if (plan.isSeparable) {
      const rows = [...keys].flatMap((key) => stage.rowsOf(key).rows);
      return referenceForRows(this.versions, plan, keys, rows, this.store, this.asOf);
    }
    const others = new Set(this.plans.clauses.map(({ clause }) => clause.id));
    others.delete(plan.clause.id);
    return referenceRest(this.versions, others, this.store, this.asOf).entitlements.filter(
      ({ clause }) => clause === plan.clause.id,
    );
  }

  /** Asks the reference for what it keeps, for one payee from the payee's own facts. */
  private askPayee(payee: string): Change[] {
    const { party, ids } = this.kept;
    const known = knownOfPayee(this.store, party, payee, this.asOf);
    const compiled = new Set(this.plans.clauses.map(({ clause }) => clause.id));
    const evaluation = evaluate(restrictedTo(this.versions, ids), known);
    this.note(evaluation);
    const given = evaluation.entitlements.filter(
      (entitlement) => entitlement.payee === payee && !compiled.has(entitlement.clause),
    );
    return this.replaceAsked(given, (key) => key.payee === payee && !compiled.has(key.clause));
  }

  private replaceAsked(given: readonly Entitlement[], isMeant: (key: Key) => boolean): Change[] {
    const before = new Map<string, Total>();
    for (const [text, entitlement] of this.asked) {
      if (!isMeant(entitlement)) continue;
      before.set(text, entitlement);
      this.asked.delete(text);
    }
    const after = new Map<string, Total>();
    for (const entitlement of given) {
      this.asked.set(keyText(entitlement), entitlement);
      after.set(keyText(entitlement), entitlement);
    }
    return changesBetween(before, after);
  }

  private byKey(): Map<string, Total> {
    const totals = new Map<string, Total>();
    for (const stage of this.stages) {
      for (const total of stage.totals()) {
        if (Number.isNaN(total.after)) continue;
        const found = this.totalOf(total, total.after, total.exact);
        totals.set(keyText(found), found);
      }
    }
    for (const [text, entitlement] of this.asked) if (!isNothing(entitlement)) totals.set(text, entitlement);
    return totals;
  }

  private replaceAttribute(entry: Entry & { kind: 'attribute' }): void {
    const { party, of, attribute, from } = entry.fact;
    const { attributes } = this.store;
    const same = attributes.findIndex(
      (other) =>
        other.party === party && other.of === of && other.attribute === attribute && other.from === from,
    );
    attributes.splice(same === -1 ? attributes.length : same, same === -1 ? 0 : 1, entry.fact);
  }

  /** The lines of one total: the rows of its key, brought into order and folded. */
  private foldedLines(plan: ClausePlan, key: Key): readonly Line[] {
    const stage = this.stages.find((candidate) => candidate.stage === plan.stage)!;
    const { table } = plan.stage.scope;
    const code = plan.stage.key.dictionary.find(key.payee);
    const all = stage.rowsOf(code);
    const rows = all.rows.filter((_, index) => all.tags[index] !== 0);
    const tags = all.tags.filter((tag) => tag !== 0);
    let lines: readonly Line[] = [];
    if (rows.length === 0) return lines;
    const failed = new Set<number>();
    const run = runOfKey(plan.stage, code, rows, tags);
    new StageFold(plan.stage, [plan], true).foldOnce(run, 0, rows.length, {
      entitled: (_, block) => {
        const kept = keptLines(block);
        for (let index = 0; index < block.count; index += 1) {
          const amount = block.amounts[index]!;
          const exact = block.totals[index]!;
          const ordinal = block.ordinals[index]!;
          const found = this.keyOf({
            plan,
            key: code,
            ordinal,
            before: 0,
            exactBefore: 0,
            after: amount,
            exact,
          });
          if (found.period !== key.period || block.lines === null) continue;
          const total = { payee: key.payee, period: key.period, amount, exact, isForecast: false };
          ({ lines } = entitlementOf(plan, table, { ...total, lines: kept[index]! }));
        }
      },
      failed: () => failed,
    });
    if (failed.size === 0) return lines;
    const given = this.asReferenceHasIt(plan, new Set([code]), stage);
    return given.find((entitlement) => keyText(entitlement) === keyText(key))?.lines ?? [];
  }
}

const nobodyWaits: Total['waiting'] = [];
