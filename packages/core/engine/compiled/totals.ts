// SPDX-License-Identifier: Apache-2.0
// What the fold of a clause gave, in columns: key, period, amount; lines only where they were asked for. It becomes
// entitlements, in the order and with the words of the reference evaluator, when somebody reads it.

import type { Entitlement, Line } from '../../program/entitlement.ts';
import type { FactTable } from '../../program/fact-store.ts';
import { periodAt } from '../../values/period.ts';
import { divide, rational } from '../../values/rational.ts';
import type { LineBuffer } from './fold.ts';
import type { ClausePlan } from './plan.ts';
import { unscaled } from './scaled.ts';

/** The lines of one total, kept. */
export interface KeptLines {
  readonly rows: Int32Array;
  readonly amounts: Float64Array;
  readonly exact: Float64Array;
  readonly cut: Uint8Array;
  readonly unit: number;
  readonly unitScale: number;
}

export function keptLines(lines: LineBuffer): KeptLines {
  const { count, unit, unitScale } = lines;
  return {
    rows: lines.rows.slice(0, count),
    amounts: lines.amounts.slice(0, count),
    exact: lines.exact.slice(0, count),
    cut: lines.cut.slice(0, count),
    unit,
    unitScale,
  };
}

/** The totals of one clause, in no particular order. */
export class ClauseTotals {
  readonly plan: ClausePlan;
  readonly keys: number[] = [];
  readonly ordinals: number[] = [];
  /** In smallest units. */
  readonly amounts: number[] = [];
  /** Exact, at the scale of the clause's formula. */
  readonly exact: number[] = [];
  readonly lines: (KeptLines | null)[] = [];
  /** Keys that the reference must take. */
  readonly failed = new Set<number>();

  constructor(plan: ClausePlan) {
    this.plan = plan;
  }

  push(key: number, ordinal: number, amount: number, exact: number, lines: KeptLines | null): void {
    this.keys.push(key);
    this.ordinals.push(ordinal);
    this.amounts.push(amount);
    this.exact.push(exact);
    this.lines.push(lines);
  }

  /** The totals as entitlements, by payee and period; those of failed keys are left out. */
  entitlements(): Entitlement[] {
    const { plan } = this;
    const { program, asOf, table } = plan.stage.scope;
    const { texts } = plan.stage.key.dictionary;
    const order = this.keys
      .map((_, index) => index)
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
        lines: this.lines[index]!,
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
    note: kept.cut[index] === 1 ? 'cap' : 'credit',
  }));
}
