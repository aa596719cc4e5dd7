// SPDX-License-Identifier: Apache-2.0
// Which fact stands behind a difference: a line, or two lines, of exactly that amount. First among the payee's own lines
// of the period (left out or counted twice there), then where the other tool may have credited the same fact: to
// another period or to another payee. Otherwise the largest lines, for a person to look at.
import type { Entitlement, Evaluation, Line } from '../program/entitlement.ts';

export interface CauseLine {
  readonly kind: string;
  readonly id: string;
  /** Smallest units. */
  readonly amount: bigint;
  /** Whose line it is in which period, here. */
  readonly payee: string;
  readonly period: string;
}
export interface Cause {
  /** `own`: lines of this amount are ours and not theirs, or theirs twice; `period`, `payee`: counted elsewhere here. */
  readonly kind: 'own' | 'own pair' | 'period' | 'payee' | 'none';
  readonly lines: readonly CauseLine[];
}

export interface Difference {
  readonly clause: string;
  readonly payee: string;
  readonly period: string;
  /** Ours less theirs, never zero. */
  readonly difference: bigint;
}

/** How many lines are searched for pairs, and how many are shown when nothing fits. */
const linesSearchedMax = 2000;
const linesShownMax = 3;

/** What seems to be behind a difference. */
export function causeOf(evaluation: Evaluation, wanted: Difference): Cause {
  const ofClause = evaluation.entitlements.filter(({ clause }) => clause === wanted.clause);
  const isOwn = (one: Entitlement) => one.payee === wanted.payee && one.period === wanted.period;
  const own = ofClause.filter(isOwn).flatMap(linesOf);
  const size = wanted.difference < 0n ? -wanted.difference : wanted.difference;
  const single = own.find(({ amount }) => amount === size);
  if (single !== undefined) return { kind: 'own', lines: [single] };
  const pair = pairOf(own, size);
  if (pair !== null) return { kind: 'own pair', lines: pair };
  // Less here than there: the fact may count here in another period, or for somebody else.
  if (wanted.difference < 0n) {
    const others = ofClause.filter((one) => !isOwn(one));
    for (const [kind, isNear] of [
      ['period', (one: Entitlement) => one.payee === wanted.payee],
      ['payee', (one: Entitlement) => one.payee !== wanted.payee && one.period === wanted.period],
    ] as const) {
      const found = others
        .filter(isNear)
        .flatMap(linesOf)
        .find(({ amount }) => amount === size);
      if (found !== undefined) return { kind, lines: [found] };
    }
  }
  const largest = [...own].sort((a, b) => (a.amount > b.amount ? -1 : a.amount < b.amount ? 1 : 0));
  return { kind: 'none', lines: largest.slice(0, linesShownMax) };
}

function linesOf(one: Entitlement): readonly CauseLine[] {
  return one.lines.flatMap((line: Line) =>
    line.fact === null || line.amount === 0n
      ? []
      : [{ ...line.fact, amount: line.amount, payee: one.payee, period: one.period }],
  );
}

/** Two lines of the wanted sum, found through the rest that each leaves. */
function pairOf(lines: readonly CauseLine[], size: bigint): readonly [CauseLine, CauseLine] | null {
  const byAmount = new Map<bigint, CauseLine>();
  for (const line of lines.slice(0, linesSearchedMax)) {
    const other = byAmount.get(size - line.amount);
    if (other !== undefined) return [other, line];
    byAmount.set(line.amount, line);
  }
  return null;
}
