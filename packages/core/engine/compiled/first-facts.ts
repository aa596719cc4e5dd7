// SPDX-License-Identifier: Apache-2.0
// Of each payee the fact that counts first: it alone says since when there is a payee. It is found once, and again only
// when it goes.

import { type FactStore, type FactTable, factAt } from '../../program/fact-store.ts';
import type { Fact } from '../../program/log.ts';
import type { Day } from '../../values/date.ts';
import type { NearFacts } from './near-facts.ts';
import type { StartDay } from './start-day.ts';

interface First {
  readonly table: FactTable;
  readonly row: number;
  readonly day: Day;
}

export class FirstFacts {
  private readonly store: FactStore;
  private readonly near: NearFacts;
  private readonly days: StartDay;
  private readonly found = new Map<string, First | null>();
  /** Where a fact counts on the day of another one, that one moves it: nothing is kept then. */
  private readonly isKept: boolean;

  constructor(store: FactStore, near: NearFacts, days: StartDay) {
    this.store = store;
    this.near = near;
    this.days = days;
    this.isKept = [...store.tables.values()].every(({ kind }) => kind.countsOn.length < 2);
  }

  /** The first fact that names a payee in a field of these kinds of party; none where no day is known. */
  of(parties: ReadonlySet<string>, payee: string): readonly Fact[] {
    let first = this.found.get(payee);
    if (first === undefined || !this.isKept) {
      first = null;
      for (const { table, row } of this.near.rowsNaming(parties, payee)) {
        const day = this.days.dayOf(table, row);
        if (day < (first?.day ?? Infinity)) first = { table, row, day };
      }
      this.found.set(payee, first);
    }
    return first === null ? [] : [factAt(this.store, first.table.kind.id, first.row)];
  }

  /** Takes note of a row that came, and whom it concerns. */
  come(payees: Iterable<string>, table: FactTable, row: number): void {
    const day = this.days.dayOf(table, row);
    for (const payee of payees) {
      const first = this.found.get(payee);
      if (first !== undefined && day < (first?.day ?? Infinity)) this.found.delete(payee);
    }
  }

  /** Takes note of a row that is about to be gone. */
  leave(payees: Iterable<string>, table: FactTable, row: number): void {
    for (const payee of payees) {
      const first = this.found.get(payee);
      if (first?.table === table && first.row === row) this.found.delete(payee);
    }
  }
}
