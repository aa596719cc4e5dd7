// SPDX-License-Identifier: Apache-2.0
// At which rate each fact is paid: where an amount comes from a sliced table or from a rate on a measure, how much of
// each fact's share of the measure lies in which slice. Shares stand in the declared order, so that a fact begins in the
// table where the one before it ended. The rows of a clause act after it, and are told apart.

import { sharesOf, sumOf } from '../engine/reference/attribution.ts';
import { answer, chosenCase, insideValue, valueNamed } from '../engine/reference/expression.ts';
import { isValue, numberOf } from '../engine/reference/result.ts';
import type { Scope } from '../engine/reference/scope.ts';
import { bandsOf, bandTable, isBandList } from '../engine/reference/table-reading.ts';
import { isWithinBounds } from '../engine/reference/tables.ts';
import type { Expression } from '../program/expression.ts';
import type { Type } from '../program/type.ts';
import { add, isZero, multiply, type Rational, subtract, zero } from '../values/rational.ts';
import { quantityFigure } from './figures.ts';
import { blankWithValue } from './reading-expression.ts';
import { amountInSlice, rateName } from './reason-table.ts';
import { voiceOf } from './voice.ts';

export interface Slice {
  /** "Base Rate (5%) of USD 10,000". */
  readonly label: string;
  /** What it gives, before the rows of the clause and before rounding. */
  readonly figure: string;
}

/** By `kind NUL id` of the fact; empty where the amount has no rate that can be told for each fact. */
export function lineSlices(amount: Expression, scope: Scope): ReadonlyMap<string, readonly Slice[]> {
  const found = rated(amount, scope);
  if (found === null) return new Map();
  const { measure, slicesOf } = found;
  const value = answer(measure.node, measure.scope);
  const asset = unitOf(measure.node.type);
  if (!isValue(value) || value.kind !== 'quantity' || asset === null) return new Map();
  const slices = new Map<string, readonly Slice[]>();
  let before = zero;
  for (const { record, amount: share } of sharesOf(measure.node, numberOf(value), asset, measure.scope)) {
    const after = add(before, share);
    if (record !== null) {
      const { kind, id } = record.lowering ?? record.fact;
      const key = `${kind}\u0000${id}`;
      slices.set(key, [...(slices.get(key) ?? []), ...slicesOf(before, after)]);
    }
    before = after;
  }
  return slices;
}

interface Rated {
  readonly measure: { readonly node: Expression; readonly scope: Scope };
  /** The slices between two positions of the measure. */
  readonly slicesOf: (before: Rational, after: Rational) => readonly Slice[];
}

/** The table or rate that gives the amount, behind names and the case that applies; null where there is none. */
function rated(e: Expression, scope: Scope): Rated | null {
  switch (e.kind) {
    case 'cases': {
      const { branch } = chosenCase(e, scope);
      return branch === null ? null : rated(branch, scope);
    }
    case 'call': {
      const of = e.of === null ? null : answer(e.of, scope);
      const period = e.period === null ? null : answer(e.period, scope);
      if ((of !== null && !isValue(of)) || (period !== null && !isValue(period))) return null;
      const named = valueNamed(e.value, scope);
      return rated(named.body, insideValue(named, of, period, scope));
    }
    case 'table':
      return ratedByTable(e, scope);
    case 'arithmetic':
      return e.operator === '*'
        ? (ratedBy(e.left, e.right, e.type, scope) ?? ratedBy(e.right, e.left, e.type, scope))
        : null;
    default:
      return null;
  }
}

/** A blank without a unit times a measure: one slice for each fact. */
function ratedBy(rate: Expression, measure: Expression, result: Type, scope: Scope): Rated | null {
  if (rate.kind !== 'blank' || unitOf(rate.type) !== null || unitOf(measure.type) === null) return null;
  const factor = answer(rate, scope);
  if (!isValue(factor) || factor.kind !== 'quantity') return null;
  const name = blankWithValue(voiceOf(scope.world.program), rate.blank);
  return {
    measure: { node: measure, scope },
    slicesOf: (before, after) => {
      const share = subtract(after, before);
      return isZero(share)
        ? []
        : [
            {
              label: `${name} of ${quantityFigure(measure.type, share)}`,
              figure: quantityFigure(result, multiply(numberOf(factor), share)),
            },
          ];
    },
  };
}

function ratedByTable(e: Expression & { kind: 'table' }, scope: Scope): Rated | null {
  const table = bandTable(e.table, scope);
  if (table === null || (table.mode !== 'slice' && table.mode !== 'whole')) return null;
  const bands = bandsOf(table, scope);
  if (!isBandList(bands)) return null;
  const measure = { node: e.on, scope };
  const sliceOf = (index: number, rate: Rational, share: Rational): Slice => ({
    label: `${rateName(scope, table, index, rate)} of ${quantityFigure(table.input, share)}`,
    figure: quantityFigure(e.type, multiply(rate, share)),
  });
  if (table.mode === 'slice')
    return {
      measure,
      slicesOf: (before, after) =>
        bands.flatMap((band, index) => {
          const share = subtract(
            amountInSlice(band, after, index === 0),
            amountInSlice(band, before, index === 0),
          );
          return isZero(share) ? [] : [sliceOf(index, band.result, share)];
        }),
    };
  const asset = unitOf(e.on.type);
  const value = answer(e.on, scope);
  if (asset === null || !isValue(value) || value.kind !== 'quantity') return null;
  const total = sumOf(sharesOf(e.on, numberOf(value), asset, scope));
  const index = bands.findIndex((band) => isWithinBounds(total, band.from, band.to));
  const band = bands[index];
  return band === undefined
    ? null
    : { measure, slicesOf: (before, after) => [sliceOf(index, band.result, subtract(after, before))] };
}

/** The asset of an amount of one unit; null for any other type. */
function unitOf(type: Type): string | null {
  if (type.kind !== 'quantity' || type.unit.length !== 1) return null;
  return type.unit[0]!.exponent === 1 ? type.unit[0]!.base : null;
}
