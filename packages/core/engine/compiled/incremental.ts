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
import type { Day } from '../../values/date.ts';
import { periodAt } from '../../values/period.ts';
import { equals, zero } from '../../values/rational.ts';
import { evaluate } from '../reference/evaluate.ts';
import { Accumulators, type Changed, type Touched } from './accumulators.ts';
import { arrivalsIn, knownOfPayee, referenceForRows, referenceRest, restrictedTo } from './by-reference.ts';
import { StageFold } from './fold.ts';
import type { ClausePlan } from './plan.ts';
import type { Plans } from './planner.ts';
import { runOfKey } from './runs.ts';
import { unscaled } from './scaled.ts';
import { entitlementOf, keptLines } from './totals.ts';

/** What a key is entitled to, without the lines behind it. */
export type Total = Omit<Entitlement, 'lines'>;

/** A total that an entry has changed, as it is now; `before` is its amount until then, in smallest units. */
export interface Change extends Total {
  readonly before: bigint;
}

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
  private scales = '';
  /** By kind and id: the row (−1 when voided) and revision of each fact. */
  private readonly latest = new Map<string, Map<string, { row: number; revision: number }>>();
  /** What the reference gave: clauses that it keeps, and keys that left the fast path. */
  private readonly uses: Use[] = [];
  private readonly grants: Grant[] = [];
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
      const rows = new Map<string, { row: number; revision: number }>();
      for (let row = 0; row < table.length; row += 1) {
        if (table.gone.has(row)) continue;
        rows.set(table.ids.text(row), { row, revision: table.revisions.get(row) ?? 1 });
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
    this.isDirty = false;
    this.plans = this.plansOn(this.asOf);
    this.kept = this.keptClauses();
    this.scales = this.scalesNow();
    this.asked = new Map();
    this.stages = this.plans.stages.map((stage) => {
      const own = this.plans.clauses.filter((plan) => plan.stage === stage);
      const accumulators = new Accumulators(stage, own);
      const touched: Touched[] = [];
      for (let row = 0; row < stage.scope.table.length; row += 1) touched.push(...accumulators.append(row));
      this.ask(accumulators.refresh(touched), accumulators);
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
  private scalesNow(): string {
    let scales = '';
    for (const table of this.store.tables.values()) {
      for (const column of table.columns.values())
        if (column.kind === 'quantity') scales += ` ${column.scale}`;
    }
    return scales;
  }

  private appendFact(fact: Fact): readonly Change[] {
    const table = this.store.tables.get(fact.kind);
    const latest = this.latest.get(fact.kind);
    if (table === undefined || latest === undefined) return [];
    const old = latest.get(fact.id);
    if (old !== undefined && fact.revision < old.revision) return [];
    const stages = this.isDirty ? [] : this.stages.filter(({ stage }) => stage.scope.table === table);
    const touched: Touched[][] = stages.map(() => []);
    const payees = new Set<string>();
    if (old !== undefined && old.row !== -1) {
      stages.forEach((stage, place) => {
        touched[place]!.push(...stage.remove(old.row));
      });
      this.notePayee(table, old.row, payees);
      table.gone.add(old.row);
    }
    let row = -1;
    if (fact.isVoid !== true) {
      row = appendFact(this.store, fact)!;
      this.notePayee(table, row, payees);
    }
    latest.set(fact.id, { row, revision: fact.revision });
    if (this.isDirty) return [];
    const isLinked = this.plans.stages.some(({ scope }) => scope.table !== table) && stages.length === 0;
    if (this.scalesNow() !== this.scales || isLinked || this.mustAskAll()) {
      this.isDirty = true;
      return [];
    }
    const changes: Change[] = [];
    stages.forEach((stage, place) => {
      if (row !== -1) touched[place]!.push(...stage.append(row));
      changes.push(...this.ask(stage.refresh(touched[place]!), stage));
    });
    if (this.kept.ids.size > 0) for (const payee of payees) changes.push(...this.askPayee(payee));
    return changes;
  }

  /** Whether the reference keeps something that any fact can change. */
  private mustAskAll(): boolean {
    return (
      this.arrivals !== null || this.settlesAnything() || (this.kept.ids.size > 0 && !this.kept.isByPayee)
    );
  }

  private notePayee(table: FactTable, row: number, payees: Set<string>): void {
    for (const { name, type } of table.kind.fields) {
      if (type.kind !== 'party' || type.of !== this.kept.party) continue;
      const column = table.codes(name);
      const code = column.values[row]!;
      if (code >= 0) payees.add(column.dictionary.text(code));
    }
  }

  /** Turns recomputed totals into changes; those that are not known are asked of the reference. */
  private ask(changed: readonly Changed[], stage: Accumulators): Change[] {
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
      period: unit === null ? '' : periodAt(calendar, unit, ordinal).label,
      asset: clause.asset,
    };
  }

  /** `scaled` is the exact total at the scale of the clause's formula. */
  private totalOf(changed: Changed, amount: number, scaled: number): Total {
    const { clause, unit, stage } = changed.plan;
    const exact = unscaled(scaled, changed.plan.total.scale);
    const { program, asOf } = stage.scope;
    const isForecast =
      clause.posts.kind === 'ends' &&
      unit !== null &&
      asOf < periodAt(program.policies.calendar, unit, changed.ordinal).end;
    const state = isForecast ? 'forecast' : 'final';
    return { ...this.keyOf(changed), amount: BigInt(amount), exact, held: 0n, state, waiting: [] };
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

/** Totals that differ between two moments. */
function changesBetween(before: ReadonlyMap<string, Total>, after: ReadonlyMap<string, Total>): Change[] {
  const changes: Change[] = [];
  for (const [text, total] of after) {
    const was = before.get(text);
    if (was === undefined ? !isNothing(total) : !isSame(was, total))
      changes.push({ ...bare(total), before: was?.amount ?? 0n });
  }
  for (const [text, total] of before) {
    if (after.has(text) || isNothing(total)) continue;
    const { amount } = total;
    changes.push({ ...bare(total), before: amount, ...nothing });
  }
  return changes;
}

const nothing = { amount: 0n, held: 0n, exact: zero, waiting: [], state: 'final' } as const;

function isNothing({ amount, held, waiting }: Total): boolean {
  return amount === 0n && held === 0n && waiting.length === 0;
}

function isSame(a: Total, b: Total): boolean {
  return (
    a.amount === b.amount &&
    a.held === b.held &&
    a.state === b.state &&
    equals(a.exact, b.exact) &&
    a.waiting.length === b.waiting.length &&
    a.waiting.every((one, index) => {
      const other = b.waiting[index]!;
      return one.what === other.what && one.name === other.name && one.of === other.of;
    })
  );
}

/** Without the lines, which not every total has. */
function bare(total: Total): Total {
  const { clause, component, payee, period, asset, amount, exact, held, state, waiting } = total;
  return { clause, component, payee, period, asset, amount, exact, held, state, waiting };
}
