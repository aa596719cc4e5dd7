// SPDX-License-Identifier: Apache-2.0
// Whether an agreement over a store may begin: the worst-case work of every clause, from the amounts of data that are
// there, against a limit. An engine may do far better than the worst case; it never does worse than a constant more.

import { type Amounts, type ClauseCost, costOf } from '@rapport/core/language/check/cost.ts';
import { missingDay, openDay } from '@rapport/core/program/columns.ts';
import type { FactStore } from '@rapport/core/program/fact-store.ts';
import type { Program } from '@rapport/core/program/program.ts';
import type { Day } from '@rapport/core/values/date.ts';

/** The most facts that one run may visit in the worst case, unless the caller says otherwise. */
export const visitsMax = 100_000_000_000;

export interface WorstCost {
  readonly amounts: Amounts;
  /** Facts visited in the worst case over all clauses. */
  readonly visits: number;
  /** The clause that costs most; null when there is none. */
  readonly dearest: ClauseCost | null;
}

/** The shortest length of each unit of periods, in days. */
const unitDays: Readonly<Record<string, number>> = { day: 1, week: 7, month: 28, quarter: 84 };
const yearDays = 336;

/** What evaluating the store at the close of a day costs in the worst case. */
export function worstCost(program: Program, store: FactStore, asOf: Day): WorstCost {
  const facts = Object.fromEntries([...store.tables].map(([kind, table]) => [kind, table.length]));
  const parties = Object.fromEntries(
    program.parties.map(({ id }) => [id, store.dictionaries.get(`party ${id}`)?.texts.length ?? 0]),
  );
  const days = Math.max(1, asOf - earliestDay(store, asOf) + 1);
  const periods = Math.max(1, ...program.clauses.map((clause) => Math.ceil(days / shortestUnit(clause))));
  const amounts = { facts, parties, periods };
  const costs = costOf(program, amounts);
  return {
    amounts,
    visits: costs.reduce((sum, { visits }) => sum + visits, 0),
    dearest: costs.reduce<ClauseCost | null>(
      (most, cost) => (most === null || cost.visits > most.visits ? cost : most),
      null,
    ),
  };
}

function shortestUnit({ occasion }: Program['clauses'][number]): number {
  return ('unit' in occasion && occasion.unit !== null ? unitDays[occasion.unit] : undefined) ?? yearDays;
}

/** The earliest day that any fact names; the day of evaluation when none is before it. */
function earliestDay(store: FactStore, asOf: Day): Day {
  let earliest = asOf;
  for (const { columns } of store.tables.values()) {
    for (const column of columns.values()) {
      if (column.kind !== 'day') continue;
      for (let row = 0; row < column.length; row += 1) {
        const day = column.values[row]!;
        if (day < earliest && day !== missingDay && day !== openDay) earliest = day;
      }
    }
  }
  return earliest;
}
