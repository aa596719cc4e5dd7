// SPDX-License-Identifier: Apache-2.0
// The first day on which any fact of a store counts: a party that nothing dates exists from then on, so a fact that comes
// before all others concerns more payees than its own.
import { missingDay, openDay } from '../../program/columns.ts';
import type { FactStore, FactTable } from '../../program/fact-store.ts';
import type { Day } from '../../values/date.ts';

/** True when an attribute without a date may be all that names a party of the kind. */
export function hasUndated(store: FactStore, party: string): boolean {
  return store.attributes.some((attribute) => attribute.party === party && attribute.from === null);
}

/** The day on which a row counts: long before all others where it follows from another fact, never where it is unknown. */
export function dayOfRow({ kind, columns }: FactTable, row: number): Day {
  const [field, ...rest] = kind.countsOn;
  const column = field === undefined || rest.length > 0 ? undefined : columns.get(field);
  if (column?.kind !== 'day') return -Infinity;
  const day = column.values[row]!;
  return day === missingDay || day === openDay ? Infinity : day;
}

export function firstDayIn(store: FactStore): Day {
  let first = Infinity;
  for (const table of store.tables.values())
    for (let row = 0; row < table.length; row += 1)
      if (!table.gone.has(row)) first = Math.min(first, dayOfRow(table, row));
  return first;
}
