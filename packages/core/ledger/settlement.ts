// SPDX-License-Identifier: Apache-2.0
// What a payee is paid for one settlement period after another: minimums (draws), debts and their recovery, caps and
// carried excess. A fold over settlement periods with the amounts as they fall due; what is settled is never
// refolded. In every period: pay = due + taken from carried − newly carried − lost + shortfall − recovered.

import { multiply, type Rational, rational } from '../values/rational.ts';
import { type RoundingMode, roundToInteger } from '../values/rounding.ts';

/** What becomes of the difference when pay has to be lifted to its minimum. */
export type Shortfall =
  | { readonly kind: 'forgiven' }
  /** It is a debt, recovered at `share` (0 to 1) of the pay above the minimum once recovery has started. */
  | { readonly kind: 'owed'; readonly share: Rational; readonly isRecovering: boolean };

/** A row of the settlement as it stands in one period; rows act top to bottom. Amounts in smallest units. */
export type SettlementRow =
  /** `amount` null: no minimum in this period, and the debt is recovered from all pay above zero. */
  | { readonly kind: 'at least'; readonly amount: bigint | null; readonly shortfall: Shortfall }
  | { readonly kind: 'at most'; readonly amount: bigint; readonly excess: 'lost' | 'carried' };

export interface SettlementPeriod {
  readonly period: string;
  /** Sum of what the clauses entitle to in this period, with the differences that fall due in it. May be negative. */
  readonly due: bigint;
  readonly rows: readonly SettlementRow[];
  /** The minimum is paid on the first day and taken off at the end. */
  readonly isPaidAhead: boolean;
}

/** What is carried from one period to the next; both never below zero. */
export interface SettlementBalance {
  /** Owed by the payee. */
  readonly debt: bigint;
  /** Earned above a maximum and carried forward. */
  readonly carried: bigint;
}

export interface Settled extends SettlementBalance {
  readonly period: string;
  readonly due: bigint;
  /** All that is paid for the period: `paidAhead` on its first day, the rest at its end. */
  readonly pay: bigint;
  readonly paidAhead: bigint;
  readonly paidAtEnd: bigint;
  /** Added to reach the minimum, owed or forgiven. */
  readonly shortfall: bigint;
  readonly forgiven: bigint;
  readonly recovered: bigint;
  readonly lost: bigint;
}

export const openingBalance: SettlementBalance = { debt: 0n, carried: 0n };

/** One period after the balance of the period before. Recovery is rounded by `rounding`, and never exceeds the debt. */
export function settle(before: SettlementBalance, period: SettlementPeriod, rounding: RoundingMode): Settled {
  let { debt, carried } = { debt: before.debt, carried: 0n };
  let pay = period.due + before.carried;
  let minimum = 0n;
  const sums = { shortfall: 0n, forgiven: 0n, recovered: 0n, lost: 0n };
  for (const row of period.rows) {
    if (row.kind === 'at most') {
      if (pay <= row.amount) continue;
      if (row.excess === 'carried') carried += pay - row.amount;
      else sums.lost += pay - row.amount;
      pay = row.amount;
      continue;
    }
    const { amount, shortfall } = row;
    if (amount !== null && pay < amount) {
      const missing = amount - pay;
      sums.shortfall += missing;
      if (shortfall.kind === 'owed') debt += missing;
      else sums.forgiven += missing;
      pay = amount;
    } else if (shortfall.kind === 'owed' && shortfall.isRecovering) {
      const recovered = recovery(pay - (amount ?? 0n), { debt, share: shortfall.share, rounding });
      sums.recovered += recovered;
      debt -= recovered;
      pay -= recovered;
    }
    if (amount !== null && amount > minimum) minimum = amount;
  }
  const paidAhead = period.isPaidAhead ? minimum : 0n;
  return {
    period: period.period,
    due: period.due,
    pay,
    paidAhead,
    paidAtEnd: pay - paidAhead,
    debt,
    carried,
    ...sums,
  };
}

/** Settles period after period, the earliest first. The balance to go on from is that of the last one. */
export function settleFold(
  opening: SettlementBalance,
  periods: readonly SettlementPeriod[],
  rounding: RoundingMode = 'half away from zero',
): readonly Settled[] {
  let balance = opening;
  return periods.map((period) => {
    const settled = settle(balance, period, rounding);
    balance = settled;
    return settled;
  });
}

function recovery(
  above: bigint,
  {
    debt,
    share,
    rounding,
  }: { readonly debt: bigint; readonly share: Rational; readonly rounding: RoundingMode },
): bigint {
  if (above <= 0n) return 0n;
  const wanted = roundToInteger(multiply(share, rational(above)), rounding);
  return [wanted, debt].reduce((least, amount) => (amount < least ? amount : least), above);
}
