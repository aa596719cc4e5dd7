// SPDX-License-Identifier: Apache-2.0
// The state of one stage between two entries: for each key and period the sums that its clauses read. Adding a row and
// taking it away again leaves no trace, and order does not matter, so late, revised and voided facts cost the same as
// new ones. What depends on order, the lines, is folded when somebody asks.

import { missingCode, missingDay, openDay } from '../../program/columns.ts';
import type { Day } from '../../values/date.ts';
import { periodAt } from '../../values/period.ts';
import { Choices } from './choices.ts';
import { type DistinctReader, LinkSums, type WindowLinks } from './link-sums.ts';
import { minorOf } from './minor.ts';
import { type PeriodIndex, periodIndex } from './period-index.ts';
import { type ClausePlan, type Frame, reachOf, type Stage } from './plan.ts';
import { countingDay } from './row-formula.ts';
import { largest } from './scaled.ts';
import { rowCounts } from './selection.ts';

/** What the rows of one key in one period add up to. */
interface WindowSums extends WindowLinks {
  /** By measure its sum and its sum of sizes; then by plan its total in smallest units, and exactly. */
  readonly numbers: Float64Array;
  /** By plan: the round in which its total was computed last. */
  readonly rounds: number[];
}

interface KeyState {
  readonly key: number;
  readonly rows: number[];
  /** Rows of which something is not known. */
  irregular: number;
  /** By unit. */
  readonly windows: readonly Map<number, WindowSums>[];
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

/** A plan with what its totals need. */
interface Totalled {
  readonly plan: ClausePlan;
  /** Its place among the plans of the stage. */
  readonly place: number;
  readonly unit: number;
  readonly reach: number;
  /** The last period that has begun. */
  lastOrdinal: number;
  /** By input: how it is counted; null for a measure. */
  readonly distinct: readonly (DistinctReader | null)[];
}

export class Accumulators {
  readonly stage: Stage;
  private readonly totalled: readonly Totalled[];
  private readonly units: readonly PeriodIndex[];
  private readonly keys: (KeyState | undefined)[] = [];
  /** By unit, since most read no links. */
  private readonly links: readonly LinkSums[];
  private readonly choices: Choices;
  private readonly frame: Frame = { values: new Float64Array(32), prefix: 0 };
  private readonly day: (row: number) => number;
  /** What a row adds to each measure. */
  private readonly values: Float64Array;
  /** Where the totals of the plans stand among the numbers of a window. */
  private readonly amountsAt: number;
  private readonly exactAt: number;
  private round = 0;
  /** Rows that count on a day that has not come, by that day. */
  private readonly ahead = new Map<Day, number[]>();
  /** Keys and days whose sums have moved since totals were computed. */
  private readonly begun: { readonly state: KeyState; readonly unit: number; readonly ordinal: number }[] =
    [];
  private readonly over: { readonly totalled: Totalled; readonly ordinal: number }[] = [];
  private readonly moved: { readonly state: KeyState; readonly day: number }[] = [];

  constructor(stage: Stage, plans: readonly ClausePlan[]) {
    this.stage = stage;
    const { calendar } = stage.scope.program.policies;
    const units = [...new Set(plans.map(({ unit }) => unit))];
    this.units = units.map((unit) => periodIndex(calendar, unit));
    this.links = units.map((unit) => new LinkSums(plans.filter((plan) => plan.unit === unit)));
    this.choices = new Choices(stage);
    this.day = countingDay(stage.scope);
    this.values = new Float64Array(stage.measures.length);
    this.amountsAt = 2 * stage.measures.length;
    this.exactAt = this.amountsAt + plans.length;
    this.totalled = plans.map((plan, place) => ({
      plan,
      place,
      unit: units.indexOf(plan.unit),
      reach: reachOf(plan),
      lastOrdinal: this.units[units.indexOf(plan.unit)]!.ordinalOf(stage.scope.asOf),
      distinct: plan.inputs.map((input) =>
        input.kind === 'distinct' ? this.links[units.indexOf(plan.unit)]!.reader(input.set) : null,
      ),
    }));
  }

  /** Takes a row in. */
  append(row: number): void {
    const { table, asOf } = this.stage.scope;
    const day = this.day(row);
    if (day > asOf && day !== missingDay && day !== openDay) this.wait(row, day);
    if (!rowCounts(table, row, day, asOf)) return;
    const displaced = this.choices.come(row);
    const before = displaced.length === 0 ? displaced : displaced.map((old) => this.bitsOf(old));
    this.choices.take(row);
    for (let place = 0; place < displaced.length; place += 1) {
      this.change(displaced[place]!, before[place]!, this.bitsOf(displaced[place]!));
    }
    this.count(row, this.bitsOf(row), 1);
    const key = this.stage.key.at(row);
    if (key >= 0) this.state(key).rows.push(row);
  }

  /** Takes a row out that is about to be gone. */
  remove(row: number): void {
    const { table, asOf } = this.stage.scope;
    if (!rowCounts(table, row, this.day(row), asOf)) return;
    this.count(row, this.bitsOf(row), -1);
    this.choices.leave(row, (next, sign) => this.count(next, this.bitsOf(next), sign));
  }

  /** Whether a row is there and counts by now. */
  counts(row: number): boolean {
    const { table, asOf } = this.stage.scope;
    return rowCounts(table, row, this.day(row), asOf);
  }

  private wait(row: number, day: Day): void {
    const rows = this.ahead.get(day);
    if (rows === undefined) this.ahead.set(day, [row]);
    else rows.push(row);
  }

  /** Lets the days through this one begin, before their rows are taken in. The stage's own day has moved already. */
  beginDays(before: Day): void {
    const { asOf, program } = this.stage.scope;
    for (const [day, rows] of this.ahead) {
      if (day > asOf) continue;
      this.ahead.delete(day);
      for (const row of rows) if (!this.stage.scope.table.gone.has(row)) this.append(row);
    }
    for (const totalled of this.totalled) {
      const { plan, reach } = totalled;
      const last = this.units[totalled.unit]!.ordinalOf(asOf);
      const first = totalled.lastOrdinal;
      totalled.lastOrdinal = last;
      if (plan.unit === null) continue;
      const { calendar } = program.policies;
      const isNewlyOver = (at: number) => {
        const { end } = periodAt(calendar, plan.unit!, at);
        return end > before && end <= asOf;
      };
      for (let at = first; at <= last; at += 1) {
        if (plan.clause.posts.kind === 'ends' && isNewlyOver(at)) this.over.push({ totalled, ordinal: at });
        if (at > first && reach > 0) this.moveAll(totalled, at);
      }
    }
  }

  /** A period that has just begun has a total wherever a period that its clause looks back to has. */
  private moveAll({ unit, reach }: Totalled, ordinal: number): void {
    for (const state of this.keys) {
      if (state === undefined) continue;
      for (let back = 1; back <= reach; back += 1)
        if (state.windows[unit]!.has(ordinal - back)) this.begun.push({ state, unit, ordinal });
    }
  }

  /** Totals of periods that are over since they were asked for last: they are no forecasts any more. */
  *takeOver(): Generator<Changed> {
    for (const { totalled, ordinal } of this.over.splice(0)) {
      const { plan, place, unit } = totalled;
      for (const state of this.keys) {
        if (state === undefined) continue;
        const numbers = state.windows[unit]!.get(ordinal)?.numbers;
        if (numbers === undefined) continue;
        const after = numbers[this.amountsAt + place]!;
        const exact = numbers[this.exactAt + place]!;
        if (after !== 0)
          yield { plan, key: state.key, ordinal, before: after, exactBefore: exact, after, exact };
      }
    }
  }

  /** Computes the totals of clauses again in the periods that have moved. */
  refresh(): Changed[] {
    this.round += 1;
    const changes: Changed[] = [];
    for (const { state, day } of this.moved) {
      for (const totalled of this.totalled) {
        const ordinal = this.units[totalled.unit]!.ordinalOf(day);
        const last = Math.min(totalled.lastOrdinal, ordinal + totalled.reach);
        for (let at = ordinal; at <= last; at += 1) this.refreshTotal(totalled, state, at, changes);
      }
    }
    this.moved.length = 0;
    for (const { state, unit, ordinal } of this.begun.splice(0))
      for (const totalled of this.totalled)
        if (totalled.unit === unit && totalled.reach > 0 && ordinal <= totalled.lastOrdinal)
          this.refreshTotal(totalled, state, ordinal, changes);
    return changes;
  }

  /** Computes every total anew, and gives those that are not known. */
  refreshAll(): Changed[] {
    this.round += 1;
    this.moved.length = 0;
    const changes: Changed[] = [];
    for (const state of this.keys) {
      if (state === undefined) continue;
      for (const totalled of this.totalled) {
        for (const ordinal of [...state.windows[totalled.unit]!.keys()]) {
          const last = Math.min(totalled.lastOrdinal, ordinal + totalled.reach);
          for (let at = ordinal; at <= last; at += 1) {
            this.refreshTotal(totalled, state, at, changes);
            if (changes.length > 0 && !Number.isNaN(changes.at(-1)!.after)) changes.pop();
          }
        }
      }
    }
    return changes;
  }

  /** Every total that is not zero, or not known. */
  *totals(): Generator<Changed> {
    for (const state of this.keys) {
      if (state === undefined) continue;
      for (const { plan, place, unit } of this.totalled) {
        for (const [ordinal, { numbers }] of state.windows[unit]!) {
          const after = numbers[this.amountsAt + place]!;
          if (after === 0) continue;
          const exact = numbers[this.exactAt + place]!;
          yield { plan, key: state.key, ordinal, before: 0, exactBefore: 0, after, exact };
        }
      }
    }
  }

  /** Every total of one key that is known and not zero, of some clauses. */
  *totalsOf(key: number, clauses: ReadonlySet<string>): Generator<Changed> {
    const state = this.keys[key];
    if (state === undefined) return;
    for (const { plan, place, unit } of this.totalled) {
      if (!clauses.has(plan.clause.id)) continue;
      for (const [ordinal, { numbers }] of state.windows[unit]!) {
        const after = numbers[this.amountsAt + place]!;
        const exact = numbers[this.exactAt + place]!;
        if (after !== 0 && !Number.isNaN(after))
          yield { plan, key, ordinal, before: 0, exactBefore: 0, after, exact };
      }
    }
  }

  /** The rows of a key that are still there, with a bit for each set. */
  rowsOf(key: number): { readonly rows: number[]; readonly tags: number[] } {
    // A row that came here again, or belongs to another key by now, stands here still.
    const rows = [...new Set(this.keys[key]?.rows)].filter(
      (row) => !this.stage.scope.table.gone.has(row) && this.stage.key.at(row) === key,
    );
    return { rows, tags: rows.map((row) => Math.max(0, this.bitsOf(row))) };
  }

  /** The totals of a clause for some keys that are not known here, to be asked for once more. */
  notKnown(plan: ClausePlan, keys: ReadonlySet<number>): readonly Changed[] {
    return [...this.unknownTotals(plan, keys)].map((total) => ({ ...total, before: Number.NaN }));
  }

  /** The totals of a clause for some keys that are not known here. */
  *unknownTotals(plan: ClausePlan, keys: ReadonlySet<number>): Generator<Changed> {
    const { place, unit } = this.totalled.find((one) => one.plan === plan)!;
    for (const key of keys) {
      for (const [ordinal, { numbers }] of this.keys[key]?.windows[unit] ?? []) {
        const after = numbers[this.amountsAt + place]!;
        if (!Number.isNaN(after)) continue;
        yield { plan, key, ordinal, before: 0, exactBefore: 0, after, exact: after };
      }
    }
  }

  private state(key: number): KeyState {
    let state = this.keys[key];
    if (state === undefined) {
      while (this.keys.length < key) this.keys.push(undefined);
      state = { key, rows: [], irregular: 0, windows: this.units.map(() => new Map()) };
      this.keys[key] = state;
    }
    return state;
  }

  private window(unit: number, windows: Map<number, WindowSums>, ordinal: number): WindowSums {
    let window = windows.get(ordinal);
    if (window === undefined) {
      const numbers = new Float64Array(this.exactAt + this.totalled.length);
      window = { numbers, rounds: this.totalled.map(() => 0), ...this.links[unit]!.none() };
      windows.set(ordinal, window);
    }
    return window;
  }

  /** Moves a row from some sets to others; where nothing of it stays unknown, only the sets that it left or came to. */
  private change(row: number, before: number, after: number): void {
    if (before === after) return;
    const isPlain = before >= 0 && after >= 0 && this.isKnown(row, before | after);
    const stays = isPlain ? before & after : 0;
    this.count(row, before & ~stays, -1);
    this.count(row, after & ~stays, 1);
  }

  /** Adds a row to the sums of its key as a member of some sets, or takes it away. */
  private count(row: number, bits: number, sign: 1 | -1): void {
    if (bits === 0) return;
    const key = this.stage.key.at(row);
    if (key < 0) return;
    const state = this.state(key);
    const day = this.day(row);
    this.moved.push({ state, day });
    if (bits === irregularBits || !this.isKnown(row, bits)) {
      state.irregular += sign;
      // The periods of its day have a total, though not one that is known here.
      this.units.forEach((unit, place) => {
        this.window(place, state.windows[place]!, unit.ordinalOf(day));
      });
      return;
    }
    let isExact = true;
    for (let unit = 0; unit < this.units.length; unit += 1) {
      const windows = state.windows[unit]!;
      const ordinal = this.units[unit]!.ordinalOf(day);
      const window = this.window(unit, windows, ordinal);
      if (!this.add(window.numbers, bits, sign)) isExact = false;
      const links = this.links[unit]!;
      for (let place = 0; place < links.linked.length; place += 1) {
        const { set, link } = links.linked[place]!;
        if ((bits & (1 << set)) === 0) continue;
        const code = this.stage.links[link]!.at(row);
        if (code < 0) continue;
        links.move(place, code, sign, windows, ordinal, (at) => this.window(unit, windows, at));
      }
    }
    // Sums beyond exact numbers cannot be taken back: such a key stays with the reference.
    if (!isExact) state.irregular += 1;
  }

  /** Adds what `isKnown` has found to the measures; false where a sum is beyond exact numbers. */
  private add(numbers: Float64Array, bits: number, sign: 1 | -1): boolean {
    const { measures } = this.stage;
    let isExact = true;
    for (let place = 0; place < measures.length; place += 1) {
      if ((bits & (1 << measures[place]!.set)) === 0) continue;
      const value = this.values[place]!;
      const size = numbers[measures.length + place]! + sign * Math.abs(value);
      numbers[place]! += sign * value;
      numbers[measures.length + place] = size;
      if (size > largest) isExact = false;
    }
    return isExact;
  }

  /** Finds what a row adds to each measure, and whether all of it is known. */
  private isKnown(row: number, bits: number): boolean {
    const { measures, links } = this.stage;
    for (let place = 0; place < measures.length; place += 1) {
      const { set, each } = measures[place]!;
      if ((bits & (1 << set)) === 0) continue;
      const value = each === null ? 1 : each.at(row);
      if (Number.isNaN(value)) return false;
      this.values[place] = value;
    }
    for (const { linked } of this.links) {
      for (const { set, link } of linked) {
        if ((bits & (1 << set)) !== 0 && links[link]!.at(row) === missingCode) return false;
      }
    }
    return true;
  }

  private bitsOf(row: number): number {
    const { sets } = this.stage;
    let bits = 0;
    for (let place = 0; place < sets.length; place += 1) {
      const { test, choice } = sets[place]!;
      const truth = test.at(row);
      if (truth === 0) continue;
      if (truth !== 1) return irregularBits;
      if (choice !== null) {
        const code = choice.each.at(row);
        if (code < 0) return irregularBits;
        if (!this.choices.isBest(place, code, row)) continue;
      }
      bits |= 1 << place;
    }
    return bits;
  }

  private refreshTotal(totalled: Totalled, state: KeyState, ordinal: number, changes: Changed[]): void {
    const { plan, place, unit } = totalled;
    const { numbers, rounds } = this.window(unit, state.windows[unit]!, ordinal);
    if (rounds[place] === this.round) return;
    rounds[place] = this.round;
    const before = numbers[this.amountsAt + place]!;
    const exactBefore = numbers[this.exactAt + place]!;
    const exact = state.irregular > 0 ? Number.NaN : this.exactTotal(totalled, state, ordinal);
    const after = Number.isNaN(exact) ? exact : minorOf(exact, plan.total.scale, plan);
    numbers[this.amountsAt + place] = after;
    numbers[this.exactAt + place] = exact;
    if (before !== after || exactBefore !== exact || Number.isNaN(after)) {
      changes.push({ plan, key: state.key, ordinal, before, exactBefore, after, exact });
    }
  }

  private exactTotal({ plan, unit, distinct }: Totalled, state: KeyState, ordinal: number): number {
    const { frame } = this;
    const windows = state.windows[unit]!;
    for (let at = 0; at < plan.inputs.length; at += 1) {
      const input = plan.inputs[at]!;
      frame.values[at] =
        input.kind === 'measure'
          ? (windows.get(ordinal + input.shift)?.numbers[input.measure] ?? 0)
          : distinct[at]!(windows, ordinal);
    }
    return plan.total.at(frame);
  }
}

const irregularBits = -1;
