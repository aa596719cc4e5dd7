// SPDX-License-Identifier: Apache-2.0
// The first day on which any fact of a store counts: a party that nothing dates exists from then on. It is found once,
// and again only when a fact that began it may have gone.

import { missingDay, openDay } from '../../program/columns.ts';
import type { FactStore, FactTable } from '../../program/fact-store.ts';
import type { Version } from '../../program/program.ts';
import type { Day } from '../../values/date.ts';
import { baseKind } from './fact-set.ts';

export class StartDay {
  private readonly store: FactStore;
  private readonly versions: readonly Version[];
  private found: Day | null = null;

  constructor(store: FactStore, versions: readonly Version[]) {
    this.store = store;
    this.versions = versions;
  }

  /** Infinity where nothing counts. */
  get day(): Day {
    this.found ??= this.first();
    return this.found;
  }

  /** Takes note of a row that came. True where the first day is another one now. */
  come(table: FactTable, row: number): boolean {
    if (this.found === null) return false;
    const before = this.found;
    const day = this.dayOf(table, row);
    if (day < before) this.found = day;
    return this.looksBehindLinks() ? this.again(before) : day < before;
  }

  /** Takes note of a row that has gone. */
  leave(table: FactTable, row: number): boolean {
    if (this.found === null) return false;
    const before = this.found;
    return this.dayOf(table, row) <= before || this.looksBehindLinks() ? this.again(before) : false;
  }

  private again(before: Day): boolean {
    this.found = this.first();
    return this.found !== before;
  }

  /** Where facts count on a day of another fact, that one moves them. */
  private looksBehindLinks(): boolean {
    return [...this.store.tables.values()].some(({ kind }) => kind.countsOn.length > 1);
  }

  private first(): Day {
    let first = Infinity;
    for (const table of this.store.tables.values())
      for (let row = 0; row < table.length; row += 1)
        if (!table.gone.has(row)) first = Math.min(first, this.dayOf(table, row));
    return first;
  }

  /** The day on which a row counts, behind whatever links; infinity where that is not known. */
  dayOf(table: FactTable, row: number): Day {
    const [field, ...rest] = table.kind.countsOn;
    const column = field === undefined ? undefined : table.columns.get(field);
    if (rest.length === 0) {
      const day = column?.kind === 'day' ? column.values[row]! : missingDay;
      return day === missingDay || day === openDay ? Infinity : day;
    }
    let at = { table, row };
    for (const name of table.kind.countsOn.slice(0, -1)) {
      const next = this.behind(at.table, at.row, name);
      if (next === null) return Infinity;
      at = next;
    }
    const last = at.table.columns.get(rest.at(-1)!);
    const day = last?.kind === 'day' ? last.values[at.row]! : missingDay;
    return day === missingDay || day === openDay ? Infinity : day;
  }

  /** The fact that a link leads to, if it is there. */
  private behind(table: FactTable, row: number, field: string): { table: FactTable; row: number } | null {
    const column = table.columns.get(field);
    const type = table.kind.fields.find(({ name }) => name === field)?.type;
    if (column?.kind !== 'code' || type?.kind !== 'fact' || column.values[row]! < 0) return null;
    const target = this.store.tables.get(declaredKind(type.of, this.versions, this.store));
    const to = target?.rowOf(column.dictionary.text(column.values[row]!)) ?? -1;
    return target === undefined || to === -1 || target.gone.has(to) ? null : { table: target, row: to };
  }
}

/** The kind with a table behind a kind: a Won Deal is a Deal. */
export function declaredKind(kind: string, versions: readonly Version[], store: FactStore): string {
  for (const { program } of versions) {
    const base = baseKind(program, kind);
    if (store.tables.has(base)) return base;
  }
  return kind;
}
