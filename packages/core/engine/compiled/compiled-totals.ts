// SPDX-License-Identifier: Apache-2.0
// The totals of all clauses that have a plan, kept up to date row by row and day by day. Keys that leave the fast path,
// because something of theirs is not known or beyond exact doubles, are asked of the reference, one payee at a time.

import type { Entitlement, Key, Line } from '../../program/entitlement.ts';
import type { FactStore, FactTable } from '../../program/fact-store.ts';
import type { Calendar, Period, PeriodUnit } from '../../values/calendar.ts';
import type { Day } from '../../values/date.ts';
import { periodAt } from '../../values/period.ts';
import { Accumulators, type Changed } from './accumulators.ts';
import { bareTotal, type Change, changesBetween, isNothing, type Total, totalText } from './changes.ts';
import { DueDays } from './due-days.ts';
import { StageFold } from './fold.ts';
import type { ClausePlan } from './plan.ts';
import type { Plans } from './planner.ts';
import { runOfKey } from './runs.ts';
import { unscaled } from './scaled.ts';
import { entitlementOf, keptLines } from './totals.ts';

/** What the reference gives for a clause and a payee, and until when. */
export type AskReference = (
  clause: string,
  payee: string,
) => { readonly entitlements: readonly Entitlement[]; readonly next: Day };

export class CompiledTotals {
  private readonly plans: Plans;
  private readonly store: FactStore;
  private readonly ask: AskReference;
  private readonly stages: readonly Accumulators[];
  private readonly scales: readonly number[];
  private readonly periods = new Map<PeriodUnit, Map<number, Period>>();
  /** What the reference gave for keys that left the fast path, by `totalText`. */
  private readonly asked = new Map<string, Total>();
  private readonly due = new DueDays();
  readonly clauses: ReadonlySet<string>;

  constructor(plans: Plans, store: FactStore, ask: AskReference) {
    this.plans = plans;
    this.store = store;
    this.ask = ask;
    this.clauses = new Set(plans.clauses.map(({ clause }) => clause.id));
    this.scales = scalesOf(store);
    this.stages = plans.stages.map((stage) => {
      const accumulators = new Accumulators(
        stage,
        plans.clauses.filter((plan) => plan.stage === stage),
      );
      for (let row = 0; row < stage.scope.table.length; row += 1) accumulators.append(row);
      return accumulators;
    });
    for (const stage of this.stages) this.changesOf(stage.refreshAll(), stage);
  }

  append(table: FactTable, row: number): void {
    for (const stage of this.stages) if (stage.stage.scope.table === table) stage.append(row);
  }

  /** Takes out a row that is about to be gone. */
  remove(table: FactTable, row: number): void {
    for (const stage of this.stages) if (stage.stage.scope.table === table) stage.remove(row);
  }

  /** Takes rows out, lets something change that they are grouped by, and takes them in again. */
  regroup(rows: readonly { readonly table: FactTable; readonly row: number }[], change: () => void): void {
    for (const stage of this.stages)
      for (const { table, row } of rows) if (stage.stage.scope.table === table) stage.remove(row);
    change();
    for (const stage of this.stages)
      for (const { table, row } of rows)
        if (stage.stage.scope.table === table && stage.counts(row)) stage.append(row);
  }

  /** What rows that came and went have changed. */
  refresh(): Change[] {
    return this.stages.flatMap((stage) => this.changesOf(stage.refresh(), stage));
  }

  /** Lets days begin. What this changes is what it gives. */
  beginDay(before: Day, asOf: Day): Change[] {
    for (const { scope } of this.plans.stages) scope.asOf = asOf;
    const changes: Change[] = [];
    const due = this.due.take(asOf);
    for (const stage of this.stages) {
      stage.beginDays(before);
      for (const change of this.changesOf(stage.refresh(), stage)) changes.push(change);
      for (const plan of this.plans.clauses.filter((one) => one.stage === stage.stage)) {
        const keys = new Set(
          [...due].flatMap((name) => (clauseOf(name) === plan.clause.id ? keyOf(name) : [])),
        );
        if (keys.size > 0) changes.push(...this.changesOf(stage.notKnown(plan, keys), stage));
      }
      for (const over of stage.takeOver()) if (!Number.isNaN(over.after)) changes.push(this.changeOf(over));
    }
    return onceEach(changes);
  }

  /** Whether the formulas still fit the columns: when one is refined, they must be made anew. */
  fits(): boolean {
    let at = 0;
    for (const table of this.store.tables.values()) {
      for (const column of table.columns.values()) {
        if (column.kind === 'quantity' && column.scale !== this.scales[at]) return false;
        at += 1;
      }
    }
    return true;
  }

  *totals(): Generator<Total> {
    for (const stage of this.stages)
      for (const total of stage.totals())
        if (!Number.isNaN(total.after)) yield this.totalOf(total, total.after, total.exact);
    for (const total of this.asked.values()) if (!isNothing(total)) yield total;
  }

  /** The totals of one payee, of some clauses. */
  *totalsOf(payee: string, clauses: ReadonlySet<string>): Generator<Total> {
    for (const stage of this.stages)
      for (const total of stage.totalsOf(stage.stage.key.dictionary.find(payee), clauses))
        yield this.totalOf(total, total.after, total.exact);
    for (const total of this.asked.values()) if (total.payee === payee && !isNothing(total)) yield total;
  }

  /** The lines of one total: the rows of its key, brought into order and folded. */
  linesOf(key: Key): readonly Line[] {
    const plan = this.plans.clauses.find(({ clause }) => clause.id === key.clause)!;
    if (this.asked.has(totalText(key))) return this.askedLines(key);
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
          const period = this.labelOf(plan, block.ordinals[index]!);
          if (period !== key.period || block.lines === null) continue;
          const total = { payee: key.payee, period, amount, exact, isForecast: false };
          ({ lines } = entitlementOf(plan, table, { ...total, lines: kept[index]! }));
        }
      },
      failed: () => failed,
    });
    return failed.size === 0 ? lines : this.askedLines(key);
  }

  private askedLines(key: Key): readonly Line[] {
    const { entitlements } = this.ask(key.clause, key.payee);
    return entitlements.find((one) => totalText(one) === totalText(key))?.lines ?? [];
  }

  /** Turns recomputed totals into changes; those that are not known are asked of the reference. */
  private changesOf(changed: readonly Changed[], stage: Accumulators): Change[] {
    if (this.asked.size === 0 && changed.every(({ before, after }) => !Number.isNaN(before + after)))
      return changed.map((change) => this.changeOf(change));
    const before = new Map<string, Total>();
    const after = new Map<string, Total>();
    const unknown = new Map<ClausePlan, Set<number>>();
    const recomputed = new Set<string>();
    for (const change of changed) {
      const key = this.keyOf(change);
      const text = totalText(key);
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
        [...stage.unknownTotals(plan, keys)].map((total) => totalText(this.keyOf(total))),
      );
      for (const key of keys) {
        for (const entitlement of this.asReferenceHasIt(plan, key)) {
          const text = totalText(entitlement);
          if (!unknownNow.has(text)) continue;
          const total = bareTotal(entitlement);
          if (!recomputed.has(text)) before.set(text, this.asked.get(text) ?? total);
          this.asked.set(text, total);
          after.set(text, total);
        }
      }
    }
    return changesBetween(before, after);
  }

  private asReferenceHasIt(plan: ClausePlan, key: number): readonly Entitlement[] {
    const payee = plan.stage.key.dictionary.text(key);
    const { entitlements, next } = this.ask(plan.clause.id, payee);
    this.due.set(dueName(plan.clause.id, key), next);
    return entitlements;
  }

  private keyOf({ plan, key, ordinal }: Changed): Key {
    const { clause, stage } = plan;
    return {
      clause: clause.id,
      component: clause.name,
      payee: stage.key.dictionary.text(key),
      period: this.labelOf(plan, ordinal),
      asset: clause.asset,
    };
  }

  private labelOf({ unit, stage }: ClausePlan, ordinal: number): string {
    return unit === null ? '' : this.periodOf(stage.scope.program.policies.calendar, unit, ordinal).label;
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
}

const nobodyWaits: Total['waiting'] = [];

/** Scales of the columns: formulas are made for them. */
function scalesOf(store: FactStore): readonly number[] {
  return [...store.tables.values()].flatMap((table) =>
    [...table.columns.values()].map((column) => (column.kind === 'quantity' ? column.scale : 0)),
  );
}

function dueName(clause: string, key: number): string {
  return `${key} ${clause}`;
}

function clauseOf(name: string): string {
  return name.slice(name.indexOf(' ') + 1);
}

function keyOf(name: string): number {
  return Number(name.slice(0, name.indexOf(' ')));
}

/** Of several changes of one key, one from how it was to how it is. */
function onceEach(changes: readonly Change[]): Change[] {
  const byKey = new Map<string, Change>();
  for (const change of changes) {
    const first = byKey.get(totalText(change));
    byKey.set(totalText(change), first === undefined ? change : { ...change, before: first.before });
  }
  return [...byKey.values()];
}
