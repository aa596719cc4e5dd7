// SPDX-License-Identifier: Apache-2.0
// How each kind of key is booked: which account falls, which one rises, and what is not booked at all.
import { describe, expect, test } from 'vitest';
import {
  at,
  issuing,
  monthly,
  program,
  revenue,
  theMember,
  thePeriod,
} from '../engine/reference/small-program.ts';
import { transfersOf } from './posting.ts';
import { bookRules } from './roles.ts';

const moves = {
  ...monthly('Points revenue', revenue),
  action: 'moves' as const,
  accounts: { from: 'Contract liability', to: 'Revenue' },
};
const rules = bookRules([
  program([monthly('Commission', revenue), monthly('Bonus', revenue), issuing(), moves], {
    settlements: [
      {
        id: 'Pay',
        name: 'Pay',
        at,
        section: '',
        payer: 'Company',
        payee: { variable: theMember, party: 'Member' },
        unit: 'month',
        period: thePeriod,
        asset: 'USD',
        from: ['Commission'],
        rows: [],
      },
    ],
  }),
]);

describe('a difference above zero', () => {
  test.each([
    ['Bonus', 'USD', 'Company cost', 'Kim due'],
    ['Commission', 'USD', 'Company cost', 'Kim earned'],
    ['Pay', 'USD', 'Kim earned', 'Kim due'],
    ['Pay/ahead', 'USD', 'Kim earned', 'Kim due'],
    ['Points revenue', 'USD', 'Kim account Contract liability', 'Kim account Revenue'],
    ['Points/used', 'Points', 'Kim due', 'Kim paid'],
  ])('of %s in %s lowers %s and raises %s', (clause, asset, debit, credit) => {
    const difference = {
      clause,
      component: clause,
      payee: 'Kim',
      period: '2026-01',
      asset,
      due: 5n,
      held: 0n,
    };
    const sides = transfersOf(difference, rules).map((transfer) => [
      `${transfer.debit.party} ${transfer.debit.purpose}`,
      `${transfer.credit.party} ${transfer.credit.purpose}`,
    ]);
    expect(sides).toEqual([[debit, credit]]);
  });
});

test.each([
  ['Points/open', 'Points'],
  ['Points/pending', 'Points'],
  ['Points/reversed', 'Points'],
  ['Pay/owed', 'USD'],
  ['Pay/carried', 'USD'],
])('%s follows from the rest and is only shown', (clause, asset) => {
  expect(rules.roleOf({ clause, asset })).toEqual({ kind: 'shown' });
});

test('a clause whose name has a stroke is a clause', () => {
  const named = bookRules([program([monthly('Pay/owed', revenue)])]);
  expect(named.roleOf({ clause: 'Pay/owed', asset: 'USD' })).toEqual({ kind: 'owed' });
});

test('points that expire go back to who issued them', () => {
  const difference = {
    clause: 'Points/expired',
    component: '',
    payee: 'Kim',
    period: '',
    asset: 'Points',
    due: 5n,
    held: 0n,
  };
  expect(transfersOf(difference, rules)).toMatchObject([
    { debit: { party: 'Kim', purpose: 'due' }, credit: { party: 'Company', purpose: 'cost' } },
  ]);
});
