// SPDX-License-Identifier: Apache-2.0
// What always holds of results: credits, rounding, returns, tables and caps.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  amount,
  at,
  issuing,
  monthly,
  number,
  program,
  returned,
  revenue,
  sold,
  times,
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
        expect(totals(plan, traced)).toEqual(totals(plan, entries));
      }),
    );
  });

  test('partial returns sum to the full one', () => {
    fc.assert(
      fc.property(base, fc.integer({ min: 2, max: 20_000 }), fc.nat(), someDay, (entries, cents, cut, on) => {
        const part = 1 + (cut % (cents - 1));
        const bought = [...entries, factEntry(sold('Z-last', 'Kim', cents, firstDay))];
        const whole = [...bought, factEntry(returned('R', 'Z-last', cents, lastDay))];
        const parts = [
          ...bought,
          factEntry(returned('R-1', 'Z-last', part, on)),
          factEntry(returned('R-2', 'Z-last', cents - part, lastDay)),
        ];
        for (const agreement of [plan, points])
          expect(totals(agreement, parts)).toEqual(totals(agreement, whole));
      }),
    );
  });
});

test('taking back what it earned: at one rate any sale and its full returns leave no trace, whichever else came back', () => {
  const rate = amount(rational(22, 300), number);
  const plan = program([{ ...monthly('Commission', times(rate, revenue)), returns: 'what it earned' }]);
  const row = fc.record({
    cents: fc.integer({ min: 2, max: 20_000 }),
    on: someDay,
    back: fc.boolean(),
    later: fc.nat(60),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), fc.nat(), fc.nat(), (rows, which, cut) => {
      const traced = which % rows.length;
      const entriesOf = (index: number): Entry[] => {
        const { cents, on, back, later } = rows[index]!;
        const part = index === traced ? 1 + (cut % (cents - 1)) : cents;
        const sale = factEntry(sold(`S-${index}`, 'Kim', cents, on));
        const first = factEntry(returned(`R-${index}`, `S-${index}`, part, Math.min(on + later, lastDay)));
        if (index !== traced) return back ? [sale, first] : [sale];
        return [sale, first, factEntry(returned(`R-${index}-rest`, `S-${index}`, cents - part, lastDay))];
      };
      const paid = (entries: readonly Entry[]) =>
        entitlements(plan, entries).reduce((sum, { amount: minor }) => sum + minor, 0n);
      const all = rows.map((_, index) => entriesOf(index));
      expect(paid(all.flat())).toBe(paid(all.filter((_, index) => index !== traced).flat()));
    }),
  );
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
