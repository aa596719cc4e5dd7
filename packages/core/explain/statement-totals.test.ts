// SPDX-License-Identifier: Apache-2.0
// The account of a period: which payments count in it, and that from period to period nothing is lost or counted twice.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Posting } from '../ledger/posting.ts';
import type { Calendar } from '../values/calendar.ts';
import { parseIsoDay } from '../values/date.ts';
import { parsePeriod } from '../values/period.ts';
import type { PaymentMade } from './statement-body.ts';
import { accountsOf } from './statement-totals.ts';

const calendar: Calendar = { kind: 'gregorian', yearStartMonth: 1, weekStart: 1, zone: 'UTC' };
const quarters = ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'] as const;

function posted(accounting: string, amount: bigint): Posting {
  const cost = { party: 'Company', asset: 'USD', purpose: 'cost' } as const;
  const due = { party: 'ann', asset: 'USD', purpose: 'due' } as const;
  const [debit, credit] = amount < 0n ? [due, cost] : [cost, due];
  return {
    ...{ clause: 'commission', component: 'Commission', payee: 'ann', period: accounting, asset: 'USD' },
    ...{ due: amount, held: 0n, accounting, recorded: 1, causes: [] },
    transfers: [{ debit, credit, asset: 'USD', amount: amount < 0n ? -amount : amount }],
  };
}

function paid(
  amount: bigint,
  { on, period }: { readonly on?: string; readonly period?: string },
): PaymentMade {
  const commitment = {
    ...{ id: `${on} ${period} ${amount}`, what: 'payment' as const, party: 'ann', asset: 'USD', amount },
    ...{ lots: [], reference: '', ...(period === undefined ? {} : { period }) },
  };
  return { commitment, sequence: 2, on: on === undefined ? null : parseIsoDay(on) };
}

function account(label: string, postings: readonly Posting[], payments: readonly PaymentMade[]) {
  const period = parsePeriod(calendar, label)!;
  const [found] = accountsOf({ postings, payments, period, calendar });
  return { carried: 0n, arising: 0n, paid: 0n, payable: 0n, ...found };
}

const two = [posted('2026-Q1', 100n), posted('2026-Q2', 50n)];

describe('a payment', () => {
  test.each([
    ['for its own quarter counts there', [paid(100n, { period: '2026-Q1' })], 0n, 50n],
    ['for the next quarter pays nothing of the one before', [paid(50n, { period: '2026-Q2' })], 100n, 100n],
    ['for the next quarter pays what it is more than arose', [paid(150n, { period: '2026-Q2' })], 0n, 0n],
    [
      'in two parts counts once',
      [paid(70n, { period: '2026-Q2' }), paid(40n, { period: '2026-Q2' })],
      40n,
      40n,
    ],
    ['above what is due is carried on as paid too much', [paid(130n, { period: '2026-Q1' })], -30n, 20n],
    ['that names no quarter counts by its day', [paid(100n, { on: '2026-03-31' })], 0n, 50n],
    ['after the quarter pays what is left of it first', [paid(120n, { on: '2026-04-20' })], 0n, 30n],
  ])('%s', (_, payments, first, second) => {
    expect(account('2026-Q1', two, payments).payable).toBe(first);
    expect(account('2026-Q2', two, payments).payable).toBe(second);
  });
});

const quarter = fc.constantFrom(...quarters);
const postings = fc.array(
  fc.record({ label: quarter, amount: fc.bigInt({ min: -500n, max: 500n }).filter((one) => one !== 0n) }),
  { minLength: 1, maxLength: 8 },
);
const days = fc.constantFrom('2026-02-01', '2026-05-01', '2026-08-01', '2026-11-01');
const payments = fc.array(
  fc.record({
    amount: fc.bigInt({ min: 1n, max: 500n }),
    where: fc.oneof(fc.record({ on: days }), fc.record({ on: days, period: quarter })),
  }),
  { maxLength: 6 },
);

test('the year ends with what was posted less what was paid, and no later payment makes a quarter one of too much', () => {
  fc.assert(
    fc.property(postings, payments, (given, made) => {
      const all = given.map(({ label, amount }) => posted(label, amount));
      const pays = made.map(({ amount, where }) => paid(amount, where));
      const total = given.reduce((sum, { amount }) => sum + amount, 0n);
      const spent = made.reduce((sum, { amount }) => sum + amount, 0n);
      expect(account('2026-Q4', all, pays).payable).toBe(total - spent);
      for (const label of quarters) {
        const { carried, arising, paid: here, payable } = account(label, all, pays);
        expect(payable).toBe(carried + arising - here);
        const own = pays.filter(({ commitment, on }) => {
          const period = parsePeriod(calendar, label)!;
          if (commitment.period !== undefined) return commitment.period === label;
          return on !== null && period.start <= on && on <= period.end;
        });
        const paidForIt = own.reduce((sum, { commitment }) => sum + commitment.amount, 0n);
        expect(here).toBeGreaterThanOrEqual(paidForIt);
        if (here > paidForIt) expect(payable).toBeGreaterThanOrEqual(0n);
      }
    }),
  );
});
