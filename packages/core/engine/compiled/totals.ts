// SPDX-License-Identifier: Apache-2.0
// What the fold of a clause gave, in columns: key, period, amount; lines only where they were asked for. It becomes
// entitlements, in the order and with the words of the reference evaluator, when somebody reads it.

import type { Entitlement, Line } from '../../program/entitlement.ts';
import type { FactTable } from '../../program/fact-store.ts';
import { periodAt } from '../../values/period.ts';
import { divide, rational } from '../../values/rational.ts';
import type { TotalBlock } from './fold.ts';
import type { ClausePlan } from './plan.ts';
import { unscaled } from './scaled.ts';

/** The lines of one total, kept. */
export interface KeptLines {
  readonly rows: Int32Array;
  readonly amounts: Float64Array;
  readonly exact: Float64Array;
  readonly cut: Uint8Array | null;
  readonly unit: number;
  readonly unitScale: number;
}

/** A copy of the lines of each total of a block. */
export function keptLines({ count, lines }: TotalBlock): readonly KeptLines[] {
  if (lines === null) return Array.from({ length: count }, () => noLines);
  const { starts, units, unitScale } = lines;
  const end = starts[count]!;
  const rows = lines.rows.slice(0, end);
  const amounts = lines.amounts.slice(0, end);
  const exact = lines.exact.slice(0, end);
  const cut = lines.cut?.slice(0, end) ?? null;
  return Array.from({ length: count }, (_, total) => {
    const from = starts[total]!;
    const to = starts[total + 1]!;
    return {
      rows: rows.subarray(from, to),
      amounts: amounts.subarray(from, to),
      exact: exact.subarray(from, to),
      cut: cut?.subarray(from, to) ?? null,
      unit: units[total]!,
      unitScale,
    };
  });
}

const noLines: KeptLines = {
  rows: new Int32Array(0),
  amounts: new Float64Array(0),
  exact: new Float64Array(0),
  cut: null,
  unit: 1,
  unitScale: 0,
};

/** The totals of one clause that are not zero or have lines, in no particular order. */
export class ClauseTotals {
  readonly plan: ClausePlan;
  count = 0;
  /** By total, up to `count`. */
  keys = new Int32Array(0);
  ordinals = new Int32Array(0);
  /** In smallest units. */
  amounts = new Float64Array(0);
  /** Exact, at the scale of the clause's formula. */
  exact = new Float64Array(0);
  /** Lines by total, where they are kept. */
  readonly lines: KeptLines[] = [];
  /** Keys that the reference must take. */
  readonly failed = new Set<number>();

  constructor(plan: ClausePlan) {
    this.plan = plan;
  }

  push(block: TotalBlock, keepsLines: boolean): void {
    const lines = keepsLines ? keptLines(block) : null;
    if (this.keys.length < this.count + block.count) this.grow(this.count + block.count);
    for (let total = 0; total < block.count; total += 1) {
      const own = lines?.[total];
      if (block.amounts[total] === 0 && (own === undefined || own.rows.length === 0)) continue;
      this.keys[this.count] = block.keys[total]!;
      this.ordinals[this.count] = block.ordinals[total]!;
      this.amounts[this.count] = block.amounts[total]!;
      this.exact[this.count] = block.totals[total]!;
      if (own !== undefined) this.lines.push(own);
      this.count += 1;
    }
  }

  private grow(least: number): void {
    const size = Math.max(least, this.keys.length * 2, 4096);
    const { keys, ordinals, amounts, exact } = this;
    this.keys = new Int32Array(size);
    this.ordinals = new Int32Array(size);
    this.amounts = new Float64Array(size);
    this.exact = new Float64Array(size);
    this.keys.set(keys);
    this.ordinals.set(ordinals);
    this.amounts.set(amounts);
    this.exact.set(exact);
  }

  /** The totals as entitlements, by payee and period; those of failed keys are left out. */
  entitlements(): Entitlement[] {
    const { plan } = this;
    const { program, asOf, table } = plan.stage.scope;
    const { texts } = plan.stage.key.dictionary;
    const order = Array.from({ length: this.count }, (_, index) => index)
      .filter((index) => !this.failed.has(this.keys[index]!))
      .sort((a, b) => {
        const left = texts[this.keys[a]!]!;
        const right = texts[this.keys[b]!]!;
        return left < right ? -1 : left > right ? 1 : this.ordinals[a]! - this.ordinals[b]!;
      });
    return order.map((index) => {
      const period =
        plan.unit === null ? null : periodAt(program.policies.calendar, plan.unit, this.ordinals[index]!);
      const isForecast = plan.clause.posts.kind === 'ends' && period !== null && asOf < period.end;
      return entitlementOf(plan, table, {
        payee: texts[this.keys[index]!]!,
        period: period?.label ?? '',
        amount: this.amounts[index]!,
        exact: this.exact[index]!,
        lines: this.lines[index] ?? null,
        isForecast,
      });
    });
  }
}

interface Total {
  readonly payee: string;
  readonly period: string;
  readonly amount: number;
  readonly exact: number;
  readonly lines: KeptLines | null;
  readonly isForecast: boolean;
}

/** One total as an entitlement. */
export function entitlementOf(plan: ClausePlan, table: FactTable, total: Total): Entitlement {
  const { clause } = plan;
  return {
    clause: clause.id,
    component: clause.name,
    payee: total.payee,
    period: total.period,
    asset: clause.asset,
    exact: unscaled(total.exact, plan.total.scale),
    amount: BigInt(total.amount),
    held: 0n,
    state: total.isForecast ? 'forecast' : 'final',
    waiting: [],
    lines: total.lines === null ? [] : linesOf(plan, table, total, total.lines),
  };
}

function linesOf(plan: ClausePlan, table: FactTable, total: Total, kept: KeptLines): Line[] {
  const unit = rational(BigInt(kept.unit) * 10n ** BigInt(kept.unitScale));
  if (kept.rows.length === 0) {
    if (total.exact === 0) return [];
    const note = plan.lines.kind === 'running' ? 'adjustment' : 'unattributed';
    const exact = unscaled(total.exact, plan.total.scale);
    return [{ fact: null, exact, amount: BigInt(total.amount), note }];
  }
  return Array.from(kept.rows, (row, index) => ({
    fact: { kind: table.kind.id, id: table.ids.text(row) },
    exact: divide(rational(BigInt(kept.exact[index]!)), unit)!,
    amount: BigInt(kept.amounts[index]!),
    note: kept.cut?.[index] === 1 ? 'cap' : 'credit',
  }));
}
