// SPDX-License-Identifier: Apache-2.0
// Settlements that are over: once a period is closed and its last day is over, what a settlement paid for it and the
// balance it left are facts of the books. They are never folded again; what changes later falls due next.

import type { Entitlement, Key } from '../program/entitlement.ts';
import type { SettledThrough } from '../program/log.ts';
import type { Day } from '../values/date.ts';
import { parsePeriod } from '../values/period.ts';
import type { Closed } from './accounting-period.ts';
import { compareText, keyText } from './differences.ts';
import type { BookRules } from './roles.ts';

/** What of the books decides what is settled. */
export interface SettlingBooks {
  readonly rules: BookRules;
  readonly closed: Closed;
  readonly today: Day | null;
  readonly settled: readonly SettledThrough[];
  readonly entitled: ReadonlyMap<string, Entitlement>;
}

/** True for a key of a settlement (pay, payment ahead, debt, carried) whose period is settled for good. */
export function isSettled({ rules, settled }: Pick<SettlingBooks, 'rules' | 'settled'>, key: Key): boolean {
  const before = settled.find(
    ({ settlement }) => key.clause === settlement || key.clause.startsWith(`${settlement}/`),
  );
  return before !== undefined && lastDayOf(rules, key) <= before.through;
}

/** What is settled after the latest entry; the same as before when no closed period is newly over. */
export function settledBy(books: SettlingBooks): readonly SettledThrough[] {
  const { rules, closed, today, settled } = books;
  const through = Math.max(
    ...closed.filter((stretch) => stretch.through <= (today ?? -Infinity)).map((stretch) => stretch.through),
  );
  const before = settled[0]?.through ?? -Infinity;
  if (through <= before) return settled;
  return rules.settlements.map(({ id, from }) => ({
    settlement: id,
    through,
    payees: payeesOf(books, { id, from, through }),
  }));
}

/** All that fell due to each payee by that day, and the balance of the last settled period. */
function payeesOf(
  { rules, entitled, settled }: SettlingBooks,
  { id, from, through }: { readonly id: string; readonly from: readonly string[]; readonly through: Day },
): SettledThrough['payees'] {
  const due = new Map<string, bigint>();
  const last = new Map<string, Entitlement>();
  const before = settled.find(({ settlement }) => settlement === id) ?? null;
  const dueBefore = new Map(before?.payees.map(({ of, due: sum }) => [of, sum]));
  for (const of of dueBefore.keys()) due.set(of, 0n);
  for (const entitlement of entitled.values()) {
    const { clause, payee, amount } = entitlement;
    const end = lastDayOf(rules, entitlement);
    if (end > through) continue;
    if (from.includes(clause)) due.set(payee, (due.get(payee) ?? 0n) + amount);
    else if (clause === id || clause.startsWith(`${id}/`)) {
      const latest = last.get(payee);
      if (latest === undefined || lastDayOf(rules, latest) < end) last.set(payee, entitlement);
      due.set(payee, due.get(payee) ?? 0n);
    }
  }
  const balanceOf = (payee: string, part: string) => {
    const latest = last.get(payee);
    return latest === undefined
      ? 0n
      : (entitled.get(keyText({ ...latest, clause: `${id}/${part}` }))?.amount ?? 0n);
  };
  /** What changed falls due in a period that is settled; where none was since, it has not fallen due yet. */
  const dueOf = (payee: string, sum: bigint) => {
    const latest = last.get(payee);
    if (latest !== undefined && lastDayOf(rules, latest) > (before?.through ?? -Infinity)) return sum;
    return dueBefore.get(payee) ?? 0n;
  };
  return [...due]
    .map(([of, sum]) => ({
      of,
      due: dueOf(of, sum),
      debt: balanceOf(of, 'owed'),
      carried: balanceOf(of, 'carried'),
    }))
    .sort((a, b) => compareText(a.of, b.of));
}

function lastDayOf(rules: BookRules, { period }: Pick<Key, 'period'>): number {
  return parsePeriod(rules.calendar, period)?.end ?? Infinity;
}
