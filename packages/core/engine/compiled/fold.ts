// SPDX-License-Identifier: Apache-2.0
// The fold of one key: its rows in order, cut into periods, every measure summed once, every clause's total from the
// measures, and its lines by the running form of the same formula. The same fold serves all rows and one key alone.

import { missingCode } from '../../program/columns.ts';
import type { PeriodUnit } from '../../values/calendar.ts';
import type { Run } from './buckets.ts';
import { ordinalsByDay } from './fact-set.ts';
import { type ClausePlan, type DistinctSet, type Frame, reachOf, type Stage } from './plan.ts';
import { largest, powerOfTen, roundedQuotient, times } from './scaled.ts';

/** The lines of one clause, payee and period: rows and amounts in smallest units, in the declared order. */
export interface LineBuffer {
  rows: Int32Array;
  amounts: Float64Array;
  /** The exact amount is this many `unit`ths of one whole of the asset. */
  exact: Float64Array;
  /** What `exact` is divided by. */
  unit: number;
  unitScale: number;
  /** 1 for lines that a cap has cut. */
  cut: Uint8Array;
  count: number;
}

/** Who is told. `total` is the exact amount at the scale of the clause's formula. */
export interface FoldSink {
  entitled(
    plan: ClausePlan,
    key: number,
    ordinal: number,
    amount: number,
    total: number,
    lines: LineBuffer | null,
  ): void;
  /** The fast path must be left for this clause and key. */
  failed(plan: ClausePlan, key: number): void;
}

interface Windows {
  readonly ordinalOf: ((day: number) => number) | null;
  /** By window: its ordinal and rows. */
  ordinals: number[];
  starts: number[];
  ends: number[];
  /** Sum of each measure by window. */
  sums: Float64Array;
}

/** What folds the keys of one stage, one after the other; its buffers are used again and again. */
export class KeyFold {
  private readonly stage: Stage;
  private readonly plans: readonly ClausePlan[];
  private readonly units = new Map<PeriodUnit | null, Windows>();
  private readonly frame: Frame = { values: new Float64Array(32), prefix: 0 };
  private readonly wantsLines: boolean;
  private readonly lines: LineBuffer = {
    rows: new Int32Array(64),
    amounts: new Float64Array(64),
    exact: new Float64Array(64),
    unit: 1,
    unitScale: 0,
    cut: new Uint8Array(64),
    count: 0,
  };
  /** Distinct links: which epoch each code was last seen in, by leaf of a set. */
  private readonly seen: Uint32Array[] = [];
  private epoch = 0;
  /** Whether a link was missing among those that were just counted. */
  private hasUnknown = false;
  private readonly lastPeriod = new Map<PeriodUnit | null, number>();

  constructor(stage: Stage, plans: readonly ClausePlan[], wantsLines: boolean) {
    this.stage = stage;
    this.plans = plans;
    this.wantsLines = wantsLines;
    const { program, asOf } = stage.scope;
    for (const { unit } of plans) {
      if (this.units.has(unit)) continue;
      const ordinalOf = unit === null ? null : ordinalsByDay(program, unit);
      this.units.set(unit, { ordinalOf, ordinals: [], starts: [], ends: [], sums: new Float64Array(16) });
      this.lastPeriod.set(unit, ordinalOf === null ? 0 : ordinalOf(asOf));
    }
  }

  /** Folds the rows [start, end) of one key. */
  fold(key: number, run: Run, start: number, end: number, sink: FoldSink): void {
    for (const [unit, windows] of this.units) {
      this.cut(windows, run, start, end);
      for (const plan of this.plans) if (plan.unit === unit) this.foldClause(plan, windows, key, run, sink);
    }
  }

  /** Cuts the rows into periods and sums every measure in each. */
  private cut(windows: Windows, run: Run, start: number, end: number): void {
    const { ordinalOf } = windows;
    let count = 0;
    for (let from = start; from < end; ) {
      const ordinal = ordinalOf === null ? 0 : ordinalOf(run.days[from]!);
      let to = from + 1;
      if (ordinalOf === null) to = end;
      else {
        let day = run.days[from]!;
        while (to < end && (run.days[to] === day || ordinalOf(run.days[to]!) === ordinal)) {
          day = run.days[to]!;
          to += 1;
        }
      }
      windows.ordinals[count] = ordinal;
      windows.starts[count] = from;
      windows.ends[count] = to;
      count += 1;
      from = to;
    }
    windows.ordinals.length = count;
    const { measures } = this.stage;
    if (windows.sums.length < count * measures.length)
      windows.sums = new Float64Array(count * measures.length * 2);
    for (let window = 0; window < count; window += 1) {
      for (let measure = 0; measure < measures.length; measure += 1) {
        const { set } = measures[measure]!;
        windows.sums[window * measures.length + measure] = sumOf(
          run.tags,
          run.values[measure]!,
          1 << set,
          windows.starts[window]!,
          windows.ends[window]!,
        );
      }
    }
  }

  private foldClause(plan: ClausePlan, windows: Windows, key: number, run: Run, sink: FoldSink): void {
    const last = this.lastPeriod.get(plan.unit)!;
    let before = Number.NEGATIVE_INFINITY;
    for (let window = 0; window < windows.ordinals.length; window += 1) {
      const ordinal = windows.ordinals[window]!;
      // A clause that looks back has a say in periods after the facts.
      for (let later = 0; later <= reachOf(plan); later += 1) {
        const at = ordinal + later;
        if (at <= before || at > last) continue;
        before = at;
        if (!this.foldPeriod(plan, windows, at, key, run, sink)) {
          sink.failed(plan, key);
          return;
        }
      }
    }
  }

  /** False when the fast path must be left. */
  private foldPeriod(
    plan: ClausePlan,
    windows: Windows,
    ordinal: number,
    key: number,
    run: Run,
    sink: FoldSink,
  ): boolean {
    const { frame } = this;
    const { measures } = this.stage;
    for (let place = 0; place < plan.inputs.length; place += 1) {
      const input = plan.inputs[place]!;
      if (input.kind === 'measure') {
        const window = windows.ordinals.indexOf(ordinal + input.shift);
        frame.values[place] = window === -1 ? 0 : windows.sums[window * measures.length + input.measure]!;
      } else frame.values[place] = this.countDistinct(input.set, windows, ordinal, run);
      if (Number.isNaN(frame.values[place])) return false;
    }
    const total = plan.total.at(frame);
    if (Number.isNaN(total)) return false;
    const active = plan.active === null ? 1 : plan.active.at(frame);
    if (Number.isNaN(active)) return false;
    if (active === 0 && total === 0) return true;
    const amount = minorOf(total, plan.total.scale, plan);
    if (Number.isNaN(amount)) return false;
    const { lines } = plan;
    const isShared = lines.kind !== 'unattributed';
    if (!this.wantsLines || !isShared) {
      sink.entitled(plan, key, ordinal, amount, total, null);
      return true;
    }
    const window = windows.ordinals.indexOf(ordinal + lines.shift);
    this.lines.count = 0;
    const start = window === -1 ? 0 : windows.starts[window]!;
    const end = window === -1 ? 0 : windows.ends[window]!;
    const last =
      lines.kind === 'running'
        ? this.runningLines(plan, lines, run, start, end)
        : this.sharedLines(plan, lines, total, run, start, end);
    if (Number.isNaN(last)) return false;
    sink.entitled(plan, key, ordinal, amount, total, this.lines);
    return true;
  }

  /** Line i is the rise of the running total, rounded as it runs. Gives the last running amount. */
  private runningLines(
    plan: ClausePlan,
    lines: ClausePlan['lines'] & { kind: 'running' },
    run: Run,
    start: number,
    end: number,
  ): number {
    const { frame } = this;
    const { cumulative, uncapped } = lines;
    const { set } = this.stage.measures[lines.measure]!;
    const values = run.values[lines.measure]!;
    const bit = 1 << set;
    const { scale } = cumulative;
    const rounding = roundingOf(scale, plan);
    this.lines.unit = 1;
    this.lines.unitScale = scale;
    let rounded = 0;
    let before = 0;
    let rawBefore = 0;
    frame.prefix = 0;
    for (let index = start; index < end; index += 1) {
      if ((run.tags[index]! & bit) === 0) continue;
      frame.prefix += values === null ? 1 : values[index]!;
      const sum = cumulative.at(frame);
      const raw = uncapped === null ? sum : uncapped.at(frame);
      if (sum !== before) {
        const now = roundedTo(sum, rounding, plan);
        this.push(run.rows[index]!, now - rounded, sum - before, sum - before === raw - rawBefore ? 0 : 1);
        rounded = now;
        before = sum;
      }
      rawBefore = raw;
    }
    return rounded;
  }

  /** The total in proportion to a measure; equally where that has both signs or is zero. */
  private sharedLines(
    plan: ClausePlan,
    lines: ClausePlan['lines'] & { kind: 'shared' },
    total: number,
    run: Run,
    start: number,
    end: number,
  ): number {
    const { set } = this.stage.measures[lines.measure]!;
    const values = run.values[lines.measure]!;
    const bit = 1 << set;
    let whole = 0;
    let count = 0;
    let hasAbove = values === null;
    let hasBelow = false;
    for (let index = start; index < end; index += 1) {
      if ((run.tags[index]! & bit) === 0) continue;
      const value = values === null ? 1 : values[index]!;
      whole += value;
      count += 1;
      if (value > 0) hasAbove = true;
      else if (value < 0) hasBelow = true;
    }
    if (count === 0) return 0;
    const isEqual = (hasAbove && hasBelow) || whole === 0;
    const sign = !isEqual && whole < 0 ? -1 : 1;
    const parts = isEqual ? count : whole * sign;
    const { scale } = plan.total;
    const rounding = roundingOf(scale, plan);
    const divisor = times(rounding.divisor, parts);
    this.lines.unit = parts;
    this.lines.unitScale = scale;
    let rounded = 0;
    let prefix = 0;
    let before = 0;
    for (let index = start; index < end; index += 1) {
      if ((run.tags[index]! & bit) === 0) continue;
      prefix += isEqual || values === null ? 1 : values[index]!;
      const sum = times(total, prefix * sign);
      if (sum === before) continue;
      const now =
        roundedQuotient(times(sum, rounding.factor), divisor, plan.clause.rounding.mode) * plan.step;
      this.push(run.rows[index]!, now - rounded, sum - before, 0);
      rounded = now;
      before = sum;
    }
    return Number.isNaN(divisor) ? Number.NaN : rounded;
  }

  private push(row: number, amount: number, exact: number, cut: 0 | 1): void {
    const { lines } = this;
    if (lines.count === lines.rows.length) {
      const size = lines.count * 2;
      const { rows, amounts, exact: exacts, cut: cuts } = lines;
      lines.rows = new Int32Array(size);
      lines.rows.set(rows);
      lines.amounts = new Float64Array(size);
      lines.amounts.set(amounts);
      lines.exact = new Float64Array(size);
      lines.exact.set(exacts);
      lines.cut = new Uint8Array(size);
      lines.cut.set(cuts);
    }
    const at = lines.count++;
    lines.rows[at] = row;
    lines.amounts[at] = amount;
    lines.exact[at] = exact;
    lines.cut[at] = cut;
  }

  /** How many distinct parties a set has in the period. */
  private countDistinct(set: DistinctSet, windows: Windows, ordinal: number, run: Run): number {
    this.hasUnknown = false;
    if (set.kind === 'links') {
      const { length } = this.markLeaf(set, 0, windows, ordinal, run);
      return this.hasUnknown ? Number.NaN : length;
    }
    const { left, right } = set;
    if (left.kind === 'links' && right.kind === 'links' && set.kind !== 'either') {
      return this.countPair(left, right, set.kind === 'both', windows, ordinal, run);
    }
    const codes = new Set<number>();
    const isIn = this.members(set, windows, ordinal, run, codes, { next: 0 });
    let count = 0;
    for (const code of codes) if (isIn(code)) count += 1;
    return this.hasUnknown ? Number.NaN : count;
  }

  /** The usual case: how many of the left are (or are not) among the right. */
  private countPair(
    left: DistinctSet & { kind: 'links' },
    right: DistinctSet & { kind: 'links' },
    isBoth: boolean,
    windows: Windows,
    ordinal: number,
    run: Run,
  ): number {
    if (isBoth && windows.ordinals.indexOf(ordinal + right.shift) === -1) return 0;
    this.markLeaf(right, 1, windows, ordinal, run);
    const { epoch } = this;
    const seen = this.seen[1]!;
    const found = this.markLeaf(left, 0, windows, ordinal, run);
    if (this.hasUnknown) return Number.NaN;
    let both = 0;
    for (const code of found) if (seen[code] === epoch) both += 1;
    return isBoth ? both : found.length - both;
  }

  private members(
    set: DistinctSet,
    windows: Windows,
    ordinal: number,
    run: Run,
    codes: Set<number>,
    leaf: { next: number },
  ): (code: number) => boolean {
    if (set.kind === 'links') {
      const place = leaf.next++;
      for (const code of this.markLeaf(set, place, windows, ordinal, run)) codes.add(code);
      const seen = this.seen[place]!;
      const { epoch } = this;
      return (code) => seen[code] === epoch;
    }
    const left = this.members(set.left, windows, ordinal, run, codes, leaf);
    // Each leaf has marks of its own, so a later epoch does not disturb an earlier one.
    const right = this.members(set.right, windows, ordinal, run, codes, leaf);
    if (set.kind === 'both') return (code) => left(code) && right(code);
    if (set.kind === 'without') return (code) => left(code) && !right(code);
    return (code) => left(code) || right(code);
  }

  private markLeaf(
    leaf: DistinctSet & { kind: 'links' },
    place: number,
    windows: Windows,
    ordinal: number,
    run: Run,
  ): number[] {
    const size = this.stage.links[leaf.link]!.dictionary.texts.length;
    let seen = this.seen[place];
    if (seen === undefined || seen.length < size) {
      seen = new Uint32Array(size);
      this.seen[place] = seen;
    }
    this.epoch += 1;
    const found: number[] = [];
    const window = windows.ordinals.indexOf(ordinal + leaf.shift);
    if (window === -1) return found;
    const column = run.links[leaf.link]!;
    const bit = 1 << leaf.set;
    for (let index = windows.starts[window]!; index < windows.ends[window]!; index += 1) {
      if ((run.tags[index]! & bit) === 0) continue;
      const code = column[index]!;
      if (code === missingCode) this.hasUnknown = true;
      if (code < 0 || seen[code] === this.epoch) continue;
      seen[code] = this.epoch;
      found.push(code);
    }
    return found;
  }
}

/** The sum over members, or their number; NaN when the sum of sizes is not exact. */
function sumOf(
  tags: Int32Array,
  values: Float64Array | null,
  bit: number,
  start: number,
  end: number,
): number {
  let sum = 0;
  if (values === null) {
    for (let index = start; index < end; index += 1) if ((tags[index]! & bit) !== 0) sum += 1;
    return sum;
  }
  let size = 0;
  for (let index = start; index < end; index += 1) {
    if ((tags[index]! & bit) === 0) continue;
    const value = values[index]!;
    sum += value;
    size += value < 0 ? -value : value;
  }
  return size <= largest ? sum : Number.NaN;
}

/** To smallest units: times `factor`, over `divisor`. */
export interface MinorRounding {
  readonly factor: number;
  readonly divisor: number;
}

const roundings = new WeakMap<ClausePlan, Map<number, MinorRounding>>();

function roundingOf(scale: number, plan: ClausePlan): MinorRounding {
  let kept = roundings.get(plan);
  if (kept === undefined) {
    kept = new Map();
    roundings.set(plan, kept);
  }
  let rounding = kept.get(scale);
  if (rounding === undefined) {
    const finer = scale - plan.decimals;
    rounding = {
      factor: powerOfTen(Math.max(0, -finer)),
      divisor: times(powerOfTen(Math.max(0, finer)), plan.step),
    };
    kept.set(scale, rounding);
  }
  return rounding;
}

function roundedTo(value: number, { factor, divisor }: MinorRounding, plan: ClausePlan): number {
  return roundedQuotient(times(value, factor), divisor, plan.clause.rounding.mode) * plan.step;
}

/** An amount in smallest units, rounded as the clause says. */
export function minorOf(value: number, scale: number, plan: ClausePlan): number {
  return roundedTo(value, roundingOf(scale, plan), plan);
}
