// SPDX-License-Identifier: Apache-2.0
// Tables of a program read in a scope: bounds and results become numbers, then tables.ts computes. A matrix gives the
// cell of the first row and the first column whose key fits.
import type { Band, BandTable, Key } from '../../program/declaration.ts';
import type { Expression } from '../../program/expression.ts';
import type { Value } from '../../program/value.ts';
import { proratedBound } from './amendment.ts';
import { answer } from './expression.ts';
import { type Answer, isValue, keyOf, none, numberOf, quantity, stopped } from './result.ts';
import type { Scope } from './scope.ts';
import { type Bound, isWithinBounds, type NumberBand, tableValue } from './tables.ts';

type TableExpression = Expression & { kind: 'table' };

export function bandTable(name: string, scope: Scope): BandTable | null {
  const table = scope.world.program.tables.find(({ id }) => id === name);
  if (table === undefined) throw new Error(`There is no table ${name}.`);
  return table.kind === 'bands' ? table : null;
}

/** The bands of a table as numbers, or what they wait for. */
export function bandsOf(table: BandTable, scope: Scope): readonly NumberBand[] | Answer {
  const bands: NumberBand[] = [];
  for (const band of table.bands) {
    const parts = [
      band.from === null ? null : answer(band.from.value, scope),
      band.to === null ? null : answer(band.to.value, scope),
      answer(band.result, scope),
      band.slope === null ? null : answer(band.slope.rising, scope),
      band.slope === null ? null : answer(band.slope.per, scope),
    ] as const;
    const missing = parts.filter((part) => part !== null && !isValue(part));
    if (missing.length > 0) return stopped(...missing.filter((part) => part !== null));
    const [from, to, result, rising, per] = parts as readonly (Value | null)[];
    bands.push({
      from: boundOf(band.from, from ?? null, scope),
      to: boundOf(band.to, to ?? null, scope),
      result: numberOf(result!),
      slope:
        band.slope === null || !rising || !per
          ? null
          : { rising: numberOf(rising), per: numberOf(per), whole: band.slope.whole },
    });
  }
  return bands;
}

function boundOf(bound: Band['from'], value: Value | null, scope: Scope): Bound | null {
  if (bound === null || value === null) return null;
  return { value: proratedBound(bound.value, numberOf(value), scope), inclusive: bound.inclusive };
}

export function isBandList(bands: readonly NumberBand[] | Answer): bands is readonly NumberBand[] {
  return Array.isArray(bands);
}

/** A table of bands on a measure. */
export function tableOn(e: TableExpression, scope: Scope): Answer {
  const table = bandTable(e.table, scope);
  const on = answer(e.on, scope);
  if (table === null) return none;
  const bands = bandsOf(table, scope);
  if (!isValue(on)) return stopped(on);
  if (!isBandList(bands)) return bands;
  const value = tableValue(table.mode, bands, numberOf(on));
  return value === null ? none : quantity(value);
}

/** The cell of a matrix. */
export function matrixValue(e: TableExpression, scope: Scope): Answer {
  const table = scope.world.program.tables.find(({ id }) => id === e.table);
  if (table === undefined || table.kind !== 'matrix') throw new Error(`${e.table} is no matrix.`);
  const on = answer(e.on, scope);
  const and = e.and === null ? null : answer(e.and, scope);
  if (!isValue(on) || (and !== null && !isValue(and))) return stopped(on, and ?? none);
  const row = keyPlace(table.rows, on, scope);
  const column = and === null ? 0 : keyPlace(table.columns, and, scope);
  const cell = table.cells[row]?.[column];
  return cell === undefined ? none : answer(cell, scope);
}

/** The place of the first key that fits; −1 when none does. */
export function keyPlace(keys: readonly Key[], value: Value, scope: Scope): number {
  return keys.findIndex((key) => isFitting(key, value, scope));
}

function isFitting(key: Key, value: Value, scope: Scope): boolean {
  switch (key.kind) {
    case 'otherwise':
      return true;
    case 'is': {
      const is = answer(key.value, scope);
      return isValue(is) && keyOf(is) === keyOf(value);
    }
    case 'band': {
      const from = key.from === null ? null : answer(key.from.value, scope);
      const to = key.to === null ? null : answer(key.to.value, scope);
      return isWithinBounds(
        numberOf(value),
        boundOf(key.from, from !== null && isValue(from) ? from : null, scope),
        boundOf(key.to, to !== null && isValue(to) ? to : null, scope),
      );
    }
  }
}
