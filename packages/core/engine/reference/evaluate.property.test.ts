// SPDX-License-Identifier: Apache-2.0
// What holds for any facts: lines add up, arrival order and repetition mean nothing, a full return leaves no trace,
// partial returns add up to the full one, caps hold and pay is monotone, no points are lost.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clause, ReturnMode } from '../../program/clause.ts';
import type { Table } from '../../program/declaration.ts';
import type { Entitlement } from '../../program/entitlement.ts';
import type { Fact } from '../../program/log.ts';
import type { Program } from '../../program/program.ts';
import { rational } from '../../values/rational.ts';
import { knownAt } from '../known.ts';
import { evaluate } from './evaluate.ts';
import {
  amount,
  at,
  day,
  issuing,
  monthly,
  number,
  program,
  returned,
  revenue,
  sold,
  times,
  usd,
} from './small-program.ts';

const firstDay = day('2026-01-01');
const asOf = day('2026-12-31');

function given(of: Program, facts: readonly Fact[]): readonly Entitlement[] {
  const entries = facts.map((fact) => ({ kind: 'fact', fact, recordedOn: null }) as const);
  return evaluate([{ program: of, from: null, to: null }], knownAt(entries, asOf)).entitlements;
}

function totals(entitlements: readonly Entitlement[]): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const { component, payee, amount: minor } of entitlements) {
    const key = `${payee} ${component}`;
    sums[key] = (sums[key] ?? 0n) + minor;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0n));
}

const bound = { value: amount(500), inclusive: true };
const rates: Table = {
  kind: 'bands',
  id: 'Rates',
  at,
  mode: 'slice',
  input: usd,
  result: number,
  bands: [
    { from: null, to: bound, result: amount(rational(333, 10000), number), slope: null, at },
    {
      from: { ...bound, inclusive: false },
      to: null,
      result: amount(rational(777, 10000), number),
      slope: null,
      at,
    },
  ],
};
const sliced = { kind: 'table', table: 'Rates', on: revenue, and: null, type: usd, at } as const;
const cap = { kind: 'at most', limit: amount(60), when: null, at } as const;
const commission = monthly('Commission', sliced);
const voucher: Clause = {
  ...monthly('Voucher', amount(5), [{ kind: 'for every', step: amount(100, number), asset: 'Points', at }]),
  occasion: { kind: 'ever' },
};
const usableThrough = {
  kind: 'usable through',
  date: { kind: 'literal', value: { kind: 'date', value: day('2026-06-30') }, type: { kind: 'date' }, at },
  at,
} as const;
const whole = program([commission, monthly('Capped', sliced, [cap]), issuing(usableThrough), voucher], {
  tables: [rates],
});

const cents = fc.integer({ min: 1, max: 90_000 });
const sales = fc
  .array(fc.record({ member: fc.constantFrom('Kim', 'Lee'), cents, on: fc.integer({ min: 0, max: 200 }) }), {
    maxLength: 25,
  })
  .map((list) => list.map((sale, index) => sold(`S-${index}`, sale.member, sale.cents, firstDay + sale.on)));

test('lines add up to their total, exactly and in smallest units', () => {
  fc.assert(
    fc.property(sales, (facts) => {
      for (const { amount: minor, exact, lines } of given(whole, facts)) {
        expect(lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(minor);
        const sum = lines.reduce((total, line) => total + Number(line.exact.n) / Number(line.exact.d), 0);
        expect(Math.abs(sum - Number(exact.n) / Number(exact.d))).toBeLessThan(1e-6);
      }
    }),
  );
});

test('neither the order of arrival nor a repetition changes anything', () => {
  const shuffled = sales.chain((facts) =>
    fc.tuple(
      fc.constant(facts),
      fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2, maxLength: facts.length * 2 }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([facts, others]) => {
      expect(given(whole, others)).toEqual(given(whole, facts));
    }),
  );
});

const modes = fc.constantFrom<ReturnMode>('as if smaller', 'what it earned');

test('a sale and its full return leave no trace', () => {
  fc.assert(
    fc.property(sales, cents, modes, (facts, lowered, returns) => {
      const rate = times(amount(rational(5, 100), number), revenue);
      const of = program([{ ...monthly('Commission', rate), returns }]);
      const extra = [sold('X', 'Kim', lowered, firstDay + 3), returned('R', 'X', lowered, firstDay + 9)];
      expect(totals(given(of, [...facts, ...extra]))).toEqual(totals(given(of, facts)));
    }),
  );
});

test('returned points are taken from wherever they still are', () => {
  fc.assert(
    fc.property(sales, cents, modes, (facts, lowered, returns) => {
      const of = program([{ ...issuing(), returns }]);
      const extra = [sold('X', 'Kim', lowered, firstDay + 3), returned('R', 'X', lowered, firstDay + 9)];
      const { 'Kim Points reversed': _, ...left } = totals(given(of, [...facts, ...extra]));
      expect(left).toEqual(totals(given(of, facts)));
    }),
  );
});

test('partial returns add up to the full one', () => {
  fc.assert(
    fc.property(sales, cents, cents, modes, (facts, first, second, returns) => {
      const rate = times(amount(rational(5, 100), number), revenue);
      const of = program([{ ...monthly('Commission', rate), returns }]);
      const sale = sold('X', 'Kim', first + second, firstDay + 3);
      const parts = [returned('R-1', 'X', first, firstDay + 9), returned('R-2', 'X', second, firstDay + 9)];
      const full = [returned('R-1', 'X', first + second, firstDay + 9)];
      expect(totals(given(of, [...facts, sale, ...parts]))).toEqual(
        totals(given(of, [...facts, sale, ...full])),
      );
    }),
  );
});

test('another sale never lowers the pay, and a cap is never passed', () => {
  fc.assert(
    fc.property(sales, cents, (facts, more) => {
      const before = totals(given(whole, facts));
      const after = totals(given(whole, [...facts, sold('X', 'Kim', more, firstDay + 40)]));
      expect((after['Kim Commission'] ?? 0n) >= (before['Kim Commission'] ?? 0n)).toBe(true);
      for (const { component, amount: minor } of given(whole, facts))
        if (component === 'Capped') expect(minor <= 6000n).toBe(true);
    }),
  );
});

test('lines of the sales before a new one in order never change', () => {
  fc.assert(
    fc.property(sales, cents, fc.integer({ min: 0, max: 200 }), (facts, more, on) => {
      const extra = sold('T', 'Kim', more, firstDay + on);
      const earlier = new Set(
        facts.flatMap(({ id, fields }) =>
          fields['Sold']?.kind === 'date' && fields['Sold'].value < firstDay + on ? [id] : [],
        ),
      );
      const linesOf = (list: readonly Fact[]) =>
        given(program([commission], { tables: [rates] }), list).flatMap(({ lines }) =>
          lines.filter(({ fact }) => earlier.has(fact?.id ?? '')),
        );
      expect(linesOf([...facts, extra])).toEqual(linesOf(facts));
    }),
  );
});

test('issued points are used, expired, open or pending', () => {
  fc.assert(
    fc.property(sales, (facts) => {
      const sums = totals(given(whole, facts));
      for (const payee of ['Kim', 'Lee']) {
        const of = (component: string): bigint => sums[`${payee} Points ${component}`] ?? 0n;
        expect(of('issued')).toBe(of('used') + of('expired') + of('open') + of('pending'));
      }
    }),
  );
});
