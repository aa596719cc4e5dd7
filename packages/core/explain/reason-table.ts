// SPDX-License-Identifier: Apache-2.0
// The bands of a table in one case: of a sliced table every slice that is reached, with how much lies in it and what
// it gives; of any other mode the band that applies.

import { answer } from '../engine/reference/expression.ts';
import { isValue, numberOf } from '../engine/reference/result.ts';
import type { Scope } from '../engine/reference/scope.ts';
import { bandsOf, bandTable, isBandList } from '../engine/reference/table-reading.ts';
import { isWithinBounds, type NumberBand } from '../engine/reference/tables.ts';
import type { BandTable } from '../program/declaration.ts';
import type { Expression } from '../program/expression.ts';
import type { Type } from '../program/type.ts';
import {
  compare,
  maximum,
  minimum,
  multiply,
  type Rational,
  sign,
  subtract,
  zero,
} from '../values/rational.ts';
import { quantityFigure } from './figures.ts';
import { blankWithValue, readFigure } from './reading-expression.ts';
import type { Reason } from './reason.ts';
import { voiceOf } from './voice.ts';

/** What each band gave; empty where the value or the table is not there. */
export function tableReasons(scope: Scope, expression: Expression & { kind: 'table' }): readonly Reason[] {
  const table = bandTable(expression.table, scope);
  const on = answer(expression.on, scope);
  if (table === null || !isValue(on) || on.kind !== 'quantity') return [];
  const bands = bandsOf(table, scope);
  if (!isBandList(bands)) return [];
  const x = numberOf(on);
  return table.mode === 'slice'
    ? slices(scope, expression.type, table, bands, x)
    : reached(scope, table, bands, x);
}

/** How much of `x` lies in a slice: the whole below zero goes to the first. */
export function amountInSlice(band: NumberBand, x: Rational, isFirst: boolean): Rational {
  if (sign(x) <= 0) return isFirst ? x : zero;
  const low = band.from === null ? zero : maximum(band.from.value, zero);
  const high = band.to === null ? x : minimum(x, band.to.value);
  return compare(high, low) > 0 ? subtract(high, low) : zero;
}

function slices(
  scope: Scope,
  result: Type,
  table: BandTable,
  bands: readonly NumberBand[],
  x: Rational,
): readonly Reason[] {
  return bands.flatMap((band, index) => {
    const amount = amountInSlice(band, x, index === 0);
    if (sign(amount) === 0) return [];
    const rate = rateName(scope, table, index, band.result);
    const exact = multiply(band.result, amount);
    const label = `${rate} of ${quantityFigure(table.input, amount)}`;
    return [{ label, figure: quantityFigure(result, exact), exact, fact: null, parts: [] }];
  });
}

function reached(
  scope: Scope,
  table: BandTable,
  bands: readonly NumberBand[],
  x: Rational,
): readonly Reason[] {
  const index = bands.findIndex((band) => isWithinBounds(x, band.from, band.to));
  const band = bands[index];
  if (band === undefined || table.mode === 'proportion') return [];
  const type = table.bands[index]?.result.type ?? table.result;
  const figure = quantityFigure(type, band.result);
  return [
    {
      label: `band reached: ${rateName(scope, table, index, band.result)}`,
      figure,
      exact: band.result,
      fact: null,
      parts: [],
    },
  ];
}

/** "Base Rate (5%)", or the bare figure where the band names no blank. */
export function rateName(scope: Scope, table: BandTable, index: number, value: Rational): string {
  const result = table.bands[index]?.result;
  const voice = voiceOf(scope.world.program);
  if (result?.kind === 'blank') return blankWithValue(voice, result.blank);
  return result === undefined ? quantityFigure(table.result, value) : readFigure(voice, result);
}
