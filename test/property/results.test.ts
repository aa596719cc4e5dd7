// SPDX-License-Identifier: Apache-2.0
// What always holds of results: credits, rounding, returns, tables and caps.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  amount,
  at,
  issuing,
  program,
  returned,
  sold,
} from '../../packages/core/engine/reference/small-program.ts';
import type { ReturnMode } from '../../packages/core/program/clause.ts';
import type { Entry } from '../../packages/core/program/log.ts';
import { rational } from '../../packages/core/values/rational.ts';
import { largestRemainder } from '../../packages/core/values/rounding.ts';
import {
  agreements,
  commission,
  entitlements,
  factEntry,
  facts,
  firstDay,
  lastDay,
  rates,
} from './agreements.ts';

const someDay = fc.integer({ min: firstDay, max: lastDay - 31 });

test.each(agreements)(
  'no credit twice: in %s a fact bears at most one credit of a clause',
  (_, agreement) => {
    fc.assert(
      fc.property(facts, (entries) => {
        const credits = entitlements(agreement, entries).flatMap(({ clause, payee, period, asset, lines }) =>
          lines.flatMap(({ fact, note }) =>
            note === 'credit' && fact !== null
              ? [JSON.stringify([clause, payee, period, asset, fact.kind, fact.id])]
              : [],
          ),
        );
        expect(credits.length).toBe(new Set(credits).size);
      }),
    );
  },
);

test('rounded parts sum to the whole', () => {
  const weight = fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 60 })).map(([n, d]) => rational(n, d));
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
      fc.array(weight, { minLength: 1 }),
      (total, weights) => {
        expect(largestRemainder(total, weights).reduce((sum, part) => sum + part, 0n)).toBe(total);
      },
    ),
  );
});

describe.each<[ReturnMode]>([['as if smaller'], ['what it earned']])('returns: %s', (mode) => {
  const plan = program([commission([], mode)], { tables: [rates()] });
  const points = program([{ ...issuing(), returns: mode }]);
  const base = fc
    .array(fc.tuple(fc.nat(20_000), someDay), { maxLength: 5 })
    .map((rows) => rows.map(([cents, on], index): Entry => factEntry(sold(`S-${index}`, 'Kim', cents, on))));
  const totals = (agreement: typeof plan, entries: readonly Entry[]) => {
    const sums = new Map<string, bigint>();
    for (const { clause, payee, amount: minor } of entitlements(agreement, entries)) {
      // What was reversed is a memory of the return, and no amount in anybody's hands.
      if (clause === 'Points/reversed') continue;
      sums.set(`${clause} ${payee}`, (sums.get(`${clause} ${payee}`) ?? 0n) + minor);
    }
    return [...sums].filter(([, sum]) => sum !== 0n).sort(([a], [b]) => (a < b ? -1 : 1));
  };

  const sumOf = (found: ReturnType<typeof totals>) => found.reduce((sum, [, minor]) => sum + minor, 0n);

  test('a purchase that counts last and its full return leave no trace in what is not yet committed', () => {
    fc.assert(
      fc.property(base, fc.integer({ min: 1, max: 20_000 }), fc.nat(30), (entries, cents, later) => {
        const sale = sold('Z-last', 'Kim', cents, lastDay - 31);
        const traced = [
          ...entries,
          factEntry(sale),
          factEntry(returned('R', 'Z-last', cents, lastDay - 31 + later)),
        ];
        expect(totals(points, traced)).toEqual(totals(points, entries));
        const left = sumOf(totals(plan, traced)) - sumOf(totals(plan, entries));
        // What is taken back in a later period is rounded there: half a smallest unit, twice.
        expect(mode === 'as if smaller' ? left === 0n : left >= -1n && left <= 1n).toBe(true);
      }),
    );
  });

  test('partial returns sum to the full one', () => {
    fc.assert(
      fc.property(base, fc.integer({ min: 2, max: 20_000 }), fc.nat(), (entries, cents, cut) => {
        const part = 1 + (cut % (cents - 1));
        const bought = [...entries, factEntry(sold('Z-last', 'Kim', cents, lastDay - 31))];
        const whole = [...bought, factEntry(returned('R', 'Z-last', cents, lastDay))];
        const parts = [
          ...bought,
          factEntry(returned('R-1', 'Z-last', part, lastDay - 1)),
          factEntry(returned('R-2', 'Z-last', cents - part, lastDay)),
        ];
        for (const agreement of [plan, points])
          expect(totals(agreement, parts)).toEqual(totals(agreement, whole));
      }),
    );
  });
});

describe('a table whose rates rise', () => {
  const sale = (cents: number) => [factEntry(sold('S', 'Kim', cents, firstDay))];
  const paid = (agreement: ReturnType<typeof program>, cents: number) =>
    entitlements(agreement, sale(cents)).find(({ clause }) => clause === 'Commission')?.amount ?? 0n;

  test.each(['slice', 'whole'] as const)('gives pay that never falls: %s', (mode) => {
    const agreement = program([commission()], { tables: [rates(mode)] });
    fc.assert(
      fc.property(fc.nat(30_000), fc.nat(3_000), (cents, more) => {
        expect(paid(agreement, cents + more) >= paid(agreement, cents)).toBe(true);
      }),
    );
  });

  test('and caps hold, line by line and in all', () => {
    const capped = program([commission([{ kind: 'at most', limit: amount(6), when: null, at }])], {
      tables: [rates()],
    });
    fc.assert(
      fc.property(facts, (entries) => {
        for (const { amount: minor, lines } of entitlements(capped, entries)) {
          expect(minor <= 600n).toBe(true);
          expect(lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(minor);
        }
      }),
    );
  });
});
