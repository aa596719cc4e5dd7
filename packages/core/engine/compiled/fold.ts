// SPDX-License-Identifier: Apache-2.0
// The fold of a stage: rows in order are cut into periods, every measure is summed once, and every clause gives its
// totals and lines for all keys of the run at once. The same fold serves all rows and the rows of one key alone.

import type { PeriodUnit } from '../../values/calendar.ts';
import { DistinctCounter, type LinkCache } from './distinct.ts';
import { type LineBlock, LineSpace, runningLines } from './lines.ts';
import { roundColumn, roundingOf } from './minor.ts';
import { type PayeePeriods, payeePeriods } from './payee-periods.ts';
import { type PeriodIndex, periodIndex } from './period-index.ts';
import { type ClausePlan, type Input, reachOf, type Stage } from './plan.ts';
import type { Run } from './run.ts';
import { largest } from './scaled.ts';
import { sharedLines } from './shared-lines.ts';
import { Span } from './span.ts';
import { Windows } from './windows.ts';

/** Totals of one clause, in columns that are used again afterwards. */
export interface TotalBlock {
  readonly count: number;
  readonly keys: Int32Array;
  readonly ordinals: Int32Array;
  /** In smallest units. */
  readonly amounts: Float64Array;
  /** Exact, at the scale of the clause's formula. */
  readonly totals: Float64Array;
  /** Null where none are wanted or no fact stands behind the totals. */
  readonly lines: LineBlock | null;
}

/** Who is told. */
export interface FoldSink {
  entitled(plan: ClausePlan, block: TotalBlock): void;
  /** Keys of a clause for which the fast path must be left; the fold adds to them and leaves them out. */
  failed(plan: ClausePlan): Set<number>;
}

/** The rows [start, end) of a run, cut into periods, with what does not depend on the terms. */
export class Cut {
  readonly run: Run;
  readonly start: number;
  readonly end: number;
  readonly windows = new Map<PeriodUnit | null, Windows>();
  readonly periods = new Map<string, PayeePeriods>();
  readonly distinct = new Map<string, Float64Array>();
  readonly links = new Map<PeriodUnit | null, LinkCache>();

  constructor(run: Run, start: number, end: number) {
    this.run = run;
    this.start = start;
    this.end = end;
  }
}

/** What folds the runs of one stage, one after the other; its columns are used again and again. */
export class StageFold {
  private readonly stage: Stage;
  private readonly plans: readonly ClausePlan[];
  private readonly wantsLines: boolean;
  private readonly indexes = new Map<PeriodUnit | null, PeriodIndex>();
  private readonly spare = new Map<PeriodUnit | null, Windows>();
  private readonly counter = new DistinctCounter();
  private readonly span = new Span();
  private readonly space = new LineSpace();
  private readonly inputs: Float64Array[][];
  private places = new Int32Array(0);
  private block = newBlock(0);

  constructor(stage: Stage, plans: readonly ClausePlan[], wantsLines: boolean) {
    this.stage = stage;
    this.plans = plans;
    this.wantsLines = wantsLines;
    this.inputs = plans.map(({ inputs }) => inputs.map(() => new Float64Array(0)));
    const { calendar } = stage.scope.program.policies;
    for (const { unit } of plans) {
      this.indexes.set(unit, periodIndex(calendar, unit));
    }
  }

  /** Folds rows that nobody asks for again. */
  foldOnce(run: Run, start: number, end: number, sink: FoldSink): void {
    const cut = new Cut(run, start, end);
    for (const [unit, windows] of this.spare) {
      windows.cut(run, start, end);
      cut.windows.set(unit, windows);
    }
    this.fold(cut, sink);
    for (const [unit, windows] of cut.windows) this.spare.set(unit, windows);
  }

  /** Folds a cut; what it has cut and counted stays there. */
  fold(cut: Cut, sink: FoldSink): void {
    this.plans.forEach((plan, place) => {
      const failed = sink.failed(plan);
      let block = this.foldClause(plan, place, cut, failed);
      // Where lines were not exact their keys are left out, so the second time they are.
      while (block === null) block = this.foldClause(plan, place, cut, failed);
      sink.entitled(plan, block);
    });
  }

  private windowsOf(cut: Cut, unit: PeriodUnit | null): Windows {
    let windows = cut.windows.get(unit);
    if (windows === undefined) {
      windows = new Windows(this.indexes.get(unit)!, cut.run);
      windows.cut(cut.run, cut.start, cut.end);
      cut.windows.set(unit, windows);
    }
    return windows;
  }

  private periodsOf(cut: Cut, { unit }: ClausePlan, reach: number): PayeePeriods {
    const name = `${unit} ${reach}`;
    let periods = cut.periods.get(name);
    if (periods === undefined) {
      const last = this.indexes.get(unit)!.ordinalOf(this.stage.scope.asOf);
      periods = payeePeriods(this.windowsOf(cut, unit), reach, last);
      cut.periods.set(name, periods);
    }
    return periods;
  }

  /** Null where lines were not exact: then their keys have been added to those that failed. */
  private foldClause(plan: ClausePlan, place: number, cut: Cut, failed: Set<number>): TotalBlock | null {
    const windows = this.windowsOf(cut, plan.unit);
    const reach = reachOf(plan);
    const periods = this.periodsOf(cut, plan, reach);
    const { span } = this;
    span.reserve(Math.max(periods.count, cut.end - cut.start));
    span.count = periods.count;
    span.inputs = plan.inputs.map((input, at) =>
      this.inputColumn(input, place, at, plan, cut, windows, periods, reach),
    );
    const totals = span.borrow();
    const amounts = span.borrow();
    plan.total.many(span, totals);
    const unknown = roundColumn(
      totals,
      amounts,
      0,
      span.count,
      roundingOf(plan.total.scale, plan),
      plan.clause.rounding.mode,
    );
    const active = plan.active === null ? null : span.borrow();
    if (plan.active !== null && active !== null) plan.active.many(span, active);
    if (unknown > 0) noteUnknown(amounts, periods, failed);
    if (active !== null) noteUnknown(active, periods, failed);
    plan.inputs.forEach((input, at) => {
      if (!this.isKnown(input, windows)) noteUnknown(span.inputs[at]!, periods, failed);
    });
    const block =
      active === null && failed.size === 0
        ? this.all(periods, totals, amounts)
        : this.kept(periods, totals, amounts, active, failed);
    if (active !== null) span.release(active);
    const given = this.withLines(plan, windows, periods, block, failed);
    span.release(totals);
    span.release(amounts);
    return given;
  }

  /** Null where lines are not exact: then their keys have been added to those that failed. */
  private withLines(
    plan: ClausePlan,
    windows: Windows,
    periods: PayeePeriods,
    block: TotalBlock,
    failed: Set<number>,
  ): TotalBlock | null {
    const { span } = this;
    const { lines } = plan;
    if (!this.wantsLines || lines.kind === 'unattributed') return block;
    const { space } = this;
    const wanted = { count: block.count, places: this.places, totals: block.totals };
    const unknown =
      lines.kind === 'running'
        ? runningLines(plan, lines, windows, periods, wanted, span, space)
        : sharedLines(plan, lines, windows, periods, wanted, span, space);
    if (unknown === 0) return { ...block, lines: space };
    noteInexact(block, space, failed);
    return null;
  }

  private inputColumn(
    input: Input,
    place: number,
    at: number,
    plan: ClausePlan,
    cut: Cut,
    windows: Windows,
    periods: PayeePeriods,
    reach: number,
  ): Float64Array {
    if (input.kind === 'distinct') {
      const name = `${plan.unit} ${reach} ${JSON.stringify(input.set)}`;
      let counts = cut.distinct.get(name);
      if (counts === undefined) {
        const links: LinkCache = cut.links.get(plan.unit) ?? new Map();
        cut.links.set(plan.unit, links);
        counts = this.counter.count(input.set, windows, periods, links);
        cut.distinct.set(name, counts);
      }
      return counts;
    }
    const { sums } = windows.sumsOf(this.stage, input.measure);
    if (reach === 0) return sums.subarray(0, periods.count);
    let column = this.inputs[place]![at]!;
    if (column.length < periods.count) {
      column = new Float64Array(periods.count * 2);
      this.inputs[place]![at] = column;
    }
    const found = periods.windows[-input.shift]!;
    for (let period = 0; period < periods.count; period += 1) {
      column[period] = found[period] === -1 ? 0 : sums[found[period]!]!;
    }
    return column.subarray(0, periods.count);
  }

  /** Whether an input surely is known for everybody. */
  private isKnown(input: Input, windows: Windows): boolean {
    return input.kind === 'measure' && windows.sumsOf(this.stage, input.measure).most <= largest;
  }

  /** All totals, where none is left out. */
  private all(periods: PayeePeriods, totals: Float64Array, amounts: Float64Array): TotalBlock {
    const { count, keys, ordinals } = periods;
    this.reserve(count);
    for (let period = 0; period < count; period += 1) this.places[period] = period;
    return { count, keys, ordinals, amounts, totals, lines: null };
  }

  private reserve(count: number): void {
    if (this.block.keys.length >= count) return;
    this.block = newBlock(count * 2);
    this.places = new Int32Array(count * 2);
  }

  /** The totals that there are: all but those of failed keys, and those that do not hold and are zero. */
  private kept(
    periods: PayeePeriods,
    totals: Float64Array,
    amounts: Float64Array,
    active: Float64Array | null,
    failed: ReadonlySet<number>,
  ): TotalBlock {
    this.reserve(periods.count);
    const { block, places } = this;
    let count = 0;
    for (let period = 0; period < periods.count; period += 1) {
      const total = totals[period]!;
      const isLeftOut = failed.size > 0 && failed.has(periods.keys[period]!);
      block.keys[count] = periods.keys[period]!;
      block.ordinals[count] = periods.ordinals[period]!;
      block.amounts[count] = amounts[period]!;
      block.totals[count] = total;
      places[count] = period;
      count += isLeftOut ? 0 : Number(total !== 0 || active === null || active[period] !== 0);
    }
    return { ...block, count, lines: null };
  }
}

function newBlock(size: number): Omit<TotalBlock, 'count' | 'lines'> {
  return {
    keys: new Int32Array(size),
    ordinals: new Int32Array(size),
    amounts: new Float64Array(size),
    totals: new Float64Array(size),
  };
}

/** Adds the keys of what is not known. */
function noteUnknown(column: Float64Array, periods: PayeePeriods, failed: Set<number>): void {
  let sum = 0;
  for (let period = 0; period < periods.count; period += 1) sum += column[period]!;
  if (!Number.isNaN(sum)) return;
  for (let period = 0; period < periods.count; period += 1) {
    if (Number.isNaN(column[period]!)) failed.add(periods.keys[period]!);
  }
}

/** Adds the keys of totals with a line that is not exact. */
function noteInexact(block: TotalBlock, lines: LineBlock, failed: Set<number>): void {
  for (let total = 0; total < block.count; total += 1) {
    for (let line = lines.starts[total]!; line < lines.starts[total + 1]!; line += 1) {
      if (Number.isNaN(lines.amounts[line]!)) failed.add(block.keys[total]!);
    }
  }
}
