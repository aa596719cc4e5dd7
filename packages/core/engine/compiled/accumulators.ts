// SPDX-License-Identifier: Apache-2.0
// The state of one stage between two entries: for each key and period the sums that its clauses read. Adding a row and
// taking it away again leaves no trace, and order does not matter, so late, revised and voided facts cost the same as
// new ones. What depends on order, the lines, is folded when somebody asks.

import { missingCode } from '../../program/columns.ts';
import type { PeriodUnit } from '../../values/calendar.ts';
import { ordinalsByDay, tieOrder } from './fact-set.ts';
import { minorOf } from './minor.ts';
import { type ClausePlan, type DistinctSet, type Frame, reachOf, type Stage } from './plan.ts';
import { countingDay } from './row-formula.ts';
import { largest } from './scaled.ts';
import { rowCounts } from './selection.ts';

/** What the rows of one key in one period add up to. */
interface Window {
  readonly sums: Float64Array;
  /** Sums of sizes: beyond the largest exact number the sum is not known. */
  readonly sizes: Float64Array;
  /** By link and set: how many rows lead to each code. */
  readonly links: Map<number, number>[];
  /** By plan: the total in smallest units, and exactly; NaN where the reference must be asked. */
  readonly amounts: Float64Array;
  readonly exact: Float64Array;
}

interface KeyState {
  readonly rows: number[];
  /** Rows of which something is not known. */
  irregular: number;
  readonly windows: Map<number, Window>[];
}

/** A total that was computed again. */
export interface Changed {
  readonly plan: ClausePlan;
  readonly key: number;
  readonly ordinal: number;
  readonly before: number;
  readonly exactBefore: number;
  readonly after: number;
  readonly exact: number;
}

export class Accumulators {
  readonly stage: Stage;
  private readonly plans: readonly ClausePlan[];
  private readonly units: readonly (PeriodUnit | null)[];
  private readonly ordinals: readonly ((day: number) => number)[];
  private readonly keys: (KeyState | undefined)[] = [];
  private readonly leaves: readonly { readonly set: number; readonly link: number }[];
  /** By set with a choice: the chosen row of each code, and all candidates of each code. */
  private readonly chosen: ({ best: number[]; rows: number[][] } | null)[];
  private readonly frame: Frame = { values: new Float64Array(32), prefix: 0 };
  private readonly day: (row: number) => number;
  private readonly ties: (a: number, b: number) => number;

  constructor(stage: Stage, plans: readonly ClausePlan[]) {
    this.stage = stage;
    this.plans = plans;
    this.units = [...new Set(plans.map(({ unit }) => unit))];
    this.ordinals = this.units.map((unit) =>
      unit === null ? () => 0 : ordinalsByDay(stage.scope.program, unit),
    );
    const leaves = plans.flatMap(({ inputs }) =>
      inputs.flatMap((input) => (input.kind === 'distinct' ? leavesOf(input.set) : [])),
    );
    this.leaves = leaves.filter(
      (leaf, index) => leaves.findIndex(({ set, link }) => set === leaf.set && link === leaf.link) === index,
    );
    this.chosen = stage.sets.map(({ choice }) => (choice === null ? null : { best: [], rows: [] }));
    this.day = countingDay(stage.scope);
    this.ties = tieOrder(stage.scope);
  }

  /** Takes a row in, and gives the keys and days whose sums it moved. */
  append(row: number): Touched[] {
    const { table, asOf } = this.stage.scope;
    if (!rowCounts(table, row, this.day(row), asOf)) return [];
    const moved = this.choose(row);
    const touched = moved.map((old) => this.count(old, -1));
    for (const { set, code } of this.betterThan(row)) this.chosen[set]!.best[code] = row;
    touched.push(...moved.map((old) => this.count(old, 1)), this.count(row, 1));
    const key = this.stage.key.at(row);
    if (key >= 0) this.state(key).rows.push(row);
    return touched.filter((touch) => touch !== null);
  }

  /** Takes a row out that is about to be gone. */
  remove(row: number): Touched[] {
    const { table, asOf } = this.stage.scope;
    if (!rowCounts(table, row, this.day(row), asOf)) return [];
    const touched = [this.count(row, -1)];
    this.chosen.forEach((choice, set) => {
      const { each } = this.stage.sets[set]?.choice ?? { each: null };
      if (choice === null || each === null) return;
      const code = each.at(row);
      const rows = choice.rows[code];
      if (rows === undefined) return;
      const place = rows.indexOf(row);
      if (place !== -1) rows.splice(place, 1);
      if (choice.best[code] !== row) return;
      const next = rows.reduce(
        (best, other) => (best === -1 || this.isBetter(set, other, best) ? other : best),
        -1,
      );
      if (next !== -1) touched.push(this.count(next, -1));
      choice.best[code] = next;
      if (next !== -1) touched.push(this.count(next, 1));
    });
    return touched.filter((touch) => touch !== null);
  }

  /** Computes the totals of clauses again in the periods that were touched. */
  refresh(touched: readonly Touched[]): Changed[] {
    const { asOf } = this.stage.scope;
    const changes: Changed[] = [];
    const seen = new Set<string>();
    for (const { key, day } of touched) {
      const state = this.state(key);
      this.plans.forEach((plan, place) => {
        const unit = this.units.indexOf(plan.unit);
        const ordinal = this.ordinals[unit]!(day);
        const last = plan.unit === null ? 0 : this.ordinals[unit]!(asOf);
        for (let at = ordinal; at <= Math.min(last, ordinal + reachOf(plan)); at += 1) {
          const name = `${key} ${place} ${at}`;
          if (touched.length > 1 && seen.has(name)) continue;
          if (touched.length > 1) seen.add(name);
          const window = this.window(state, unit, at);
          const before = window.amounts[place]!;
          const exactBefore = window.exact[place]!;
          const after = this.total(plan, state, unit, at, window, place);
          const exact = window.exact[place]!;
          if (before !== after || exactBefore !== exact || Number.isNaN(after))
            changes.push({ plan, key, ordinal: at, before, exactBefore, after, exact });
        }
      });
    }
    return changes;
  }

  /** Every total that is not zero, or not known. */
  *totals(): Generator<Changed> {
    for (const [key, state] of this.keys.entries()) {
      if (state === undefined) continue;
      for (const [place, plan] of this.plans.entries()) {
        for (const [ordinal, window] of state.windows[this.units.indexOf(plan.unit)]!) {
          const after = window.amounts[place]!;
          if (after === 0) continue;
          yield { plan, key, ordinal, before: 0, exactBefore: 0, after, exact: window.exact[place]! };
        }
      }
    }
  }

  /** The rows of a key that are still there, with a bit for each set. */
  rowsOf(key: number): { readonly rows: number[]; readonly tags: number[] } {
    const rows = (this.keys[key]?.rows ?? []).filter((row) => !this.stage.scope.table.gone.has(row));
    return { rows, tags: rows.map((row) => Math.max(0, this.bitsOf(row))) };
  }

  /** The totals of a clause for some keys that are not known here. */
  *unknownTotals(plan: ClausePlan, keys: ReadonlySet<number>): Generator<Changed> {
    const place = this.plans.indexOf(plan);
    const unit = this.units.indexOf(plan.unit);
    for (const key of keys) {
      for (const [ordinal, window] of this.keys[key]?.windows[unit] ?? []) {
        const after = window.amounts[place]!;
        if (!Number.isNaN(after)) continue;
        yield { plan, key, ordinal, before: 0, exactBefore: 0, after, exact: after };
      }
    }
  }

  private state(key: number): KeyState {
    let state = this.keys[key];
    if (state === undefined) {
      state = { rows: [], irregular: 0, windows: this.units.map(() => new Map()) };
      this.keys[key] = state;
    }
    return state;
  }

  private window(state: KeyState, unit: number, ordinal: number): Window {
    let window = state.windows[unit]!.get(ordinal);
    if (window === undefined) {
      const measures = this.stage.measures.length;
      window = {
        sums: new Float64Array(measures),
        sizes: new Float64Array(measures),
        links: this.leaves.map(() => new Map()),
        amounts: new Float64Array(this.plans.length),
        exact: new Float64Array(this.plans.length),
      };
      state.windows[unit]!.set(ordinal, window);
    }
    return window;
  }

  /** Adds a row to the sums of its key, or takes it away; null where it has no key. */
  private count(row: number, sign: 1 | -1): Touched | null {
    const key = this.stage.key.at(row);
    if (key < 0) return null;
    const state = this.state(key);
    const bits = this.bitsOf(row);
    const day = this.day(row);
    if (bits === irregularBits || !this.isKnown(row, bits)) {
      state.irregular += sign;
      return { key, day };
    }
    if (bits === 0) return null;
    const { measures } = this.stage;
    let isExact = true;
    this.units.forEach((_, unit) => {
      const window = this.window(state, unit, this.ordinals[unit]!(day));
      for (let place = 0; place < measures.length; place += 1) {
        const measure = measures[place]!;
        if ((bits & (1 << measure.set)) === 0) continue;
        const value = measure.each === null ? 1 : measure.each.at(row);
        window.sums[place]! += sign * value;
        window.sizes[place]! += sign * Math.abs(value);
        if (window.sizes[place]! > largest) isExact = false;
      }
      this.leaves.forEach(({ set, link }, leaf) => {
        if ((bits & (1 << set)) === 0) return;
        const code = this.stage.links[link]!.at(row);
        if (code < 0) return;
        const counts = window.links[leaf]!;
        const count = (counts.get(code) ?? 0) + sign;
        if (count === 0) counts.delete(code);
        else counts.set(code, count);
      });
    });
    // Sums beyond exact numbers cannot be taken back: such a key stays with the reference.
    if (!isExact) state.irregular += 1;
    return { key, day };
  }

  /** Whether all that a row adds is known here. */
  private isKnown(row: number, bits: number): boolean {
    for (const { set, each } of this.stage.measures) {
      if (each !== null && (bits & (1 << set)) !== 0 && Number.isNaN(each.at(row))) return false;
    }
    return this.leaves.every(
      ({ set, link }) => (bits & (1 << set)) === 0 || this.stage.links[link]!.at(row) !== missingCode,
    );
  }

  private bitsOf(row: number): number {
    let bits = 0;
    for (const [place, set] of this.stage.sets.entries()) {
      const truth = set.test.at(row);
      if (truth === 0) continue;
      if (truth !== 1) return irregularBits;
      if (set.choice !== null) {
        const code = set.choice.each.at(row);
        if (code < 0) return irregularBits;
        if (this.chosen[place]!.best[code] !== row) continue;
      }
      bits |= 1 << place;
    }
    return bits;
  }

  private isBetter(set: number, row: number, than: number): boolean {
    const order = this.day(row) - this.day(than) || this.ties(row, than);
    return this.stage.sets[set]!.choice!.kind === 'first' ? order < 0 : order > 0;
  }

  /** The choices that a row wins. */
  private betterThan(row: number): { readonly set: number; readonly code: number }[] {
    return this.chosen.flatMap((choice, set) => {
      const rule = this.stage.sets[set]!.choice;
      if (choice === null || rule === null || rule.candidate.at(row) !== 1) return [];
      const code = rule.each.at(row);
      if (code < 0) return [];
      const best = choice.best[code] ?? -1;
      return best === -1 || best === row || this.isBetter(set, row, best) ? [{ set, code }] : [];
    });
  }

  /** Notes a row as a candidate and gives the rows that it displaces. */
  private choose(row: number): number[] {
    this.chosen.forEach((choice, set) => {
      const rule = this.stage.sets[set]!.choice;
      if (choice === null || rule === null || rule.candidate.at(row) !== 1) return;
      const code = rule.each.at(row);
      if (code < 0) return;
      choice.rows[code] ??= [];
      choice.rows[code]!.push(row);
    });
    const displaced = this.betterThan(row).map(({ set, code }) => this.chosen[set]!.best[code] ?? -1);
    return [...new Set(displaced)].filter((old) => old !== -1 && old !== row);
  }

  private total(
    plan: ClausePlan,
    state: KeyState,
    unit: number,
    ordinal: number,
    window: Window,
    place: number,
  ): number {
    window.exact[place] = 0;
    const total = state.irregular > 0 ? Number.NaN : this.exactTotal(plan, state, unit, ordinal);
    const amount = Number.isNaN(total) ? total : minorOf(total, plan.total.scale, plan);
    window.exact[place] = total;
    window.amounts[place] = amount;
    return amount;
  }

  private exactTotal(plan: ClausePlan, state: KeyState, unit: number, ordinal: number): number {
    const { frame } = this;
    const windows = state.windows[unit]!;
    plan.inputs.forEach((input, at) => {
      frame.values[at] =
        input.kind === 'measure'
          ? (windows.get(ordinal + input.shift)?.sums[input.measure] ?? 0)
          : this.distinct(input.set, windows, ordinal);
    });
    return plan.total.at(frame);
  }

  private distinct(set: DistinctSet, windows: Map<number, Window>, ordinal: number): number {
    if (set.kind === 'links') return this.codes(set, windows, ordinal)?.size ?? 0;
    let count = 0;
    for (const code of this.candidates(set, windows, ordinal))
      if (this.has(set, code, windows, ordinal)) count += 1;
    return count;
  }

  private codes(leaf: DistinctSet & { kind: 'links' }, windows: Map<number, Window>, ordinal: number) {
    const place = this.leaves.findIndex(({ set, link }) => set === leaf.set && link === leaf.link);
    return windows.get(ordinal + leaf.shift)?.links[place];
  }

  /** Codes among which all members are. */
  private candidates(set: DistinctSet, windows: Map<number, Window>, ordinal: number): Iterable<number> {
    if (set.kind === 'links') return this.codes(set, windows, ordinal)?.keys() ?? [];
    const left = this.candidates(set.left, windows, ordinal);
    if (set.kind !== 'either') return left;
    return new Set([...left, ...this.candidates(set.right, windows, ordinal)]);
  }

  private has(set: DistinctSet, code: number, windows: Map<number, Window>, ordinal: number): boolean {
    if (set.kind === 'links') return this.codes(set, windows, ordinal)?.has(code) ?? false;
    const left = this.has(set.left, code, windows, ordinal);
    const right = this.has(set.right, code, windows, ordinal);
    return set.kind === 'both' ? left && right : set.kind === 'without' ? left && !right : left || right;
  }
}

/** A key and a day whose sums have moved. */
export interface Touched {
  readonly key: number;
  readonly day: number;
}

const irregularBits = -1;

function leavesOf(set: DistinctSet): { readonly set: number; readonly link: number }[] {
  return set.kind === 'links' ? [set] : [...leavesOf(set.left), ...leavesOf(set.right)];
}
