// SPDX-License-Identifier: Apache-2.0
// The five modes of a table, with published figures where there are any.
import { describe, expect, test } from 'vitest';
import type { TableMode } from '../../program/declaration.ts';
import { type Rational, rational } from '../../values/rational.ts';
import { type NumberBand, tableValue } from './tables.ts';

/** Bands that follow each other; `inclusive` says to which of two bands a bound belongs. */
function bands(
  rows: readonly (readonly [to: number | null, result: Rational])[],
  inclusive = true,
): NumberBand[] {
  return rows.map(([to, result], index) => {
    const before = rows[index - 1]?.[0] ?? null;
    return {
      from: before === null ? null : { value: rational(before), inclusive: !inclusive },
      to: to === null ? null : { value: rational(to), inclusive },
      result,
      slope: null,
    };
  });
}

const percent = (value: number): Rational => rational(value, 100);
const value = (mode: TableMode, table: readonly NumberBand[], x: number) =>
  tableValue(mode, table, rational(x));

describe('a table', () => {
  const step = bands([
    [1000, percent(1)],
    [3000, percent(2)],
    [8000, percent(3)],
    [20000, percent(5)],
  ]);
  const totals = bands([
    [1000, rational(10)],
    [3000, rational(40)],
    [8000, rational(100)],
    [20000, rational(2000)],
  ]);

  test.each([
    ['slice', step, 500, rational(5)],
    ['slice', step, 4000, rational(80)],
    ['slice', step, 20000, rational(800)],
    ['slice', step, -100, rational(-1)],
    ['whole', step, 4000, rational(120)],
    ['whole', step, 3000, rational(60)],
    ['reached', totals, 3000, rational(40)],
    ['reached', totals, 3001, rational(100)],
    // Oracle, Incentive Compensation User Guide, interpolated rate tables: 10, 50, 150, 2,150 in full.
    ['proportion', totals, 4500, rational(80)],
    ['proportion', totals, 20000, rational(2150)],
  ] as const)('%s of %# at %s', (mode, table, x, expected) => {
    expect(value(mode, table, x)).toEqual(expected);
  });

  test.each(['slice', 'whole', 'reached', 'proportion'] as const)(
    '%s says nothing above its last bound',
    (mode) => {
      expect(value(mode, step, 20001)).toBeNull();
    },
  );

  test('in straight lines may jump where a band starts', () => {
    const slope = { rising: percent(250), per: rational(1), whole: false };
    const curve: NumberBand[] = [
      { from: null, to: { value: rational(80), inclusive: false }, result: rational(0), slope: null },
      {
        from: { value: rational(80), inclusive: true },
        to: { value: rational(90), inclusive: false },
        result: rational(15),
        slope,
      },
      { from: { value: rational(90), inclusive: true }, to: null, result: rational(60), slope },
    ];
    // SEC filing of a management bonus plan: 15% at 80%, 60% at 90%, and 2.5% for each 1% above.
    expect([79, 80, 86, 90, 96].map((x) => value('lines', curve, x))).toEqual(
      [0, 15, 30, 60, 75].map((x) => rational(x)),
    );
  });

  test('in whole steps counts only those that are full', () => {
    const slope = { rising: rational(10), per: rational(3), whole: true };
    const stairs: NumberBand[] = [
      { from: { value: rational(0), inclusive: true }, to: null, result: rational(1), slope },
    ];
    expect([0, 2, 3, 8].map((x) => value('lines', stairs, x))).toEqual(
      [1, 1, 11, 21].map((x) => rational(x)),
    );
  });
});
