// SPDX-License-Identifier: Apache-2.0
// Bounds of a table with the blanks as they are: they rise, and each row begins where the one before it ends. Where a
// rate on the whole changes, pay jumps: the two amounts are named.

import type { Band, Table } from '../../program/declaration.ts';
import type { Diagnostic } from '../../program/diagnostic.ts';
import type { Expression } from '../../program/expression.ts';
import {
  compare,
  formatDecimal,
  isTerminating,
  multiply,
  type Rational,
  rationalText,
  subtract,
} from '../../values/rational.ts';
import { type BlankValues, constantOf } from './constants.ts';
import { note, type Report, warn } from './report.ts';
import { assetOf } from './types.ts';

/** Notes overlaps, gaps and bounds that do not rise. */
export function tableProblems(report: Report, table: Table, blanks: BlankValues): void {
  if (table.kind === 'matrix') {
    duplicateKeys(report, table, blanks);
    return;
  }
  table.bands.forEach((band, index) => {
    const before = table.bands[index - 1];
    const from = boundValue(band.from, blanks);
    const to = boundValue(band.to, blanks);
    if (from !== null && to !== null && compare(from, to) >= 0 && !isPoint(band, from, to)) {
      note(
        report,
        'table_bounds_overlap',
        band.at,
        boundFacts(table.id, index, band.from, band.to, blanks),
        relatedTo(before),
      );
      return;
    }
    const end = boundValue(before?.to ?? null, blanks);
    if (before === undefined || from === null || end === null) return;
    const order = compare(from, end);
    const isBothIn = order === 0 && before.to?.inclusive === true && band.from?.inclusive === true;
    if (order < 0 || isBothIn) {
      note(
        report,
        'table_bounds_overlap',
        band.at,
        boundFacts(table.id, index, band.from, before.to, blanks),
        relatedTo(before),
      );
    } else if (order > 0 || (before.to?.inclusive === false && band.from?.inclusive === false)) {
      note(
        report,
        'table_gap',
        band.at,
        boundFacts(table.id, index, band.from, before.to, blanks),
        relatedTo(before),
      );
    }
  });
}

function isPoint(band: Band, from: Rational, to: Rational): boolean {
  return compare(from, to) === 0 && band.from?.inclusive === true && band.to?.inclusive === true;
}

function boundValue(bound: Band['from'], blanks: BlankValues): Rational | null {
  return bound === null ? null : constantOf(bound.value, blanks);
}

function relatedTo(band: Band | undefined): Diagnostic['related'] {
  return band === undefined ? [] : [{ at: band.at, note: 'row_before' }];
}

function boundFacts(
  table: string,
  index: number,
  from: Band['from'],
  end: Band['to'],
  blanks: BlankValues,
): Record<string, string> {
  return {
    table,
    row: String(index + 1),
    before: String(index),
    starts: from === null ? '' : valueText(from.value, constantOf(from.value, blanks)),
    ends: end === null ? '' : valueText(end.value, constantOf(end.value, blanks)),
  };
}

/** A number of a formula as people read it, with its unit. */
export function valueText({ type }: Expression, value: Rational | null): string {
  if (value === null) return '?';
  const isPercent = type.kind === 'quantity' && type.flavour === 'percent';
  const shown = isPercent ? multiply(value, { n: 100n, d: 1n }) : value;
  const decimal = isTerminating(shown) ? formatDecimal(shown) : rationalText(shown);
  const grouped = decimal.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
  const asset = assetOf(type);
  if (isPercent) return `${grouped}%`;
  if (type.kind === 'duration') return `${grouped} days`;
  if (asset === null) return grouped;
  return /^[A-Z]{3}$/.test(asset) ? `${asset} ${grouped}` : `${grouped} ${asset}`;
}

/** Warns where a rate on the whole makes pay jump, with the amounts just below and at the bound. */
export function cliffs(report: Report, table: Table, blanks: BlankValues): void {
  if (table.kind === 'matrix' || table.mode !== 'whole') return;
  table.bands.forEach((band, index) => {
    const before = table.bands[index - 1];
    const bound = boundValue(band.from, blanks);
    if (before === undefined || bound === null || band.from === null) return;
    const low = constantOf(before.result, blanks);
    const high = constantOf(band.result, blanks);
    if (low === null || high === null || compare(low, high) === 0 || bound.n <= 0n) return;
    const at = band.from.value;
    const [below, above] = [multiply(low, bound), multiply(high, bound)];
    warn(
      report,
      'cliff',
      band.at,
      {
        table: table.id,
        bound: valueText(at, bound),
        below: valueText(at, below),
        above: valueText(at, above),
        jump: valueText(at, subtract(above, below)),
      },
      relatedTo(before),
    );
  });
}

function duplicateKeys(report: Report, table: Table & { kind: 'matrix' }, blanks: BlankValues): void {
  for (const keys of [table.rows, table.columns]) {
    const seen = new Map<string, Expression>();
    for (const key of keys) {
      if (key.kind !== 'is') continue;
      const { value } = key;
      const constant = constantOf(value, blanks);
      const text = value.kind === 'literal' && 'value' in value.value ? String(value.value.value) : '';
      const id = constant === null ? text : rationalText(constant);
      const earlier = seen.get(id);
      if (earlier !== undefined && id !== '') {
        warn(report, 'row_unreachable', value.at, { row: id, earlier: id }, [
          { at: earlier.at, note: 'row_before' },
        ]);
      }
      seen.set(id, value);
    }
  }
}
