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
  /** By payee and kind of party. */
  private readonly found = new Map<string, Map<string, First | null>>();
  /** Where a fact counts on the day of another one, that one moves it: nothing is kept then. */
  private readonly isKept: boolean;

  constructor(store: FactStore, near: NearFacts, days: StartDay) {
    this.store = store;
    this.near = near;
    this.days = days;
    this.isKept = [...store.tables.values()].every(({ kind }) => kind.countsOn.length < 2);
  }

  /** The first fact that names a payee in a field of each of these kinds of party; none where no day is known. */
  of(parties: ReadonlySet<string>, payee: string): readonly Fact[] {
    return this.rowsOf(parties, payee).map(({ table, row }) => factAt(this.store, table.kind.id, row));
  }

  /** The rows of these facts. */
  rowsOf(parties: ReadonlySet<string>, payee: string): readonly First[] {
    return [...parties].flatMap((party) => this.firstOf(party, payee) ?? []);
  }

  private firstOf(party: string, payee: string): First | null {
    const ofPayee = this.found.get(payee) ?? new Map<string, First | null>();
    this.found.set(payee, ofPayee);
    let first = ofPayee.get(party);
    if (first === undefined || !this.isKept) {
      first = null;
      for (const { table, row } of this.near.rowsNaming(party, payee)) {
        const day = this.days.dayOf(table, row);
        if (day < (first?.day ?? Infinity)) first = { table, row, day };
      }
      ofPayee.set(party, first);
    }
    return first;
  }

  /** Whether the first facts of a payee are known, and none of them has moved since. */
  isKnown(parties: ReadonlySet<string>, payee: string): boolean {
    const own = this.found.get(payee);
    return this.isKept && own !== undefined && [...parties].every((party) => own.has(party));
  }

  /** Takes note of a row that came, and whom it concerns. */
  come(payees: Iterable<string>, table: FactTable, row: number): void {
    const day = this.days.dayOf(table, row);
    this.forget(payees, (first) => day < (first?.day ?? Infinity));
  }

  /** Takes note of a row that is about to be gone. */
  leave(payees: Iterable<string>, table: FactTable, row: number): void {
    this.forget(payees, (first) => first?.table === table && first.row === row);
  }

  private forget(payees: Iterable<string>, isMoved: (first: First | null) => boolean): void {
    for (const payee of payees)
      if ([...(this.found.get(payee)?.values() ?? [])].some(isMoved)) this.found.delete(payee);
  }
}
