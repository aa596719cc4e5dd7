// SPDX-License-Identifier: Apache-2.0
// The account of a member of the record club, with figures that a person can recompute.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compile } from '../language/compile.ts';
import type { Fact } from '../program/log.ts';
import { type HoldEnd, noPromises, nothingPromised, promise } from '../program/promise.ts';
import { isoDay, parseIsoDay } from '../values/date.ts';
import { rational } from '../values/rational.ts';
import { walletAccounts, walletHolders } from './wallet-account.ts';
import { explain } from './why.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'examples', 'record-club');
const { program } = compile(readFileSync(join(folder, 'agreement.md'), 'utf8'), 'record-club');
if (program === null) throw new Error('The record club does not compile.');
const versions = [{ program, from: null, to: null }];

function purchase(id: string, cents: number, bought: string): Fact {
  return {
    kind: 'Purchase',
    id,
    revision: 1,
    fields: {
      Member: { kind: 'party', value: 'Kim' },
      Line: { kind: 'quantity', value: rational(1) },
      Amount: { kind: 'quantity', value: rational(cents, 100) },
      Bought: { kind: 'date', value: parseIsoDay(bought)! },
    },
  };
}

function accountOn(day: string) {
  // 250 points, then 260 since Kim has gold: a voucher takes 500 of the 510.
  const facts = [purchase('P-1', 25_075, '2026-01-10'), purchase('P-2', 13_000, '2026-02-01')];
  const asOf = parseIsoDay(day)!;
  const known = { facts, attributes: [], decisions: [], openings: [], asOf };
  const [account, ...others] = walletAccounts(versions, known, 'Kim');
  expect(others).toEqual([]);
  return account!;
}

test('what is usable, used and issued, what expires next, and how far the next voucher is', () => {
  const account = accountOn('2026-02-01');
  expect(account).toMatchObject({ asset: 'Points', owner: 'Kim', open: 10n, used: 500n, shortage: 0n });
  expect(account.totals).toMatchObject({ issued: 510n, expired: 0n });
  expect(account.lasting.map(({ amount, through }) => [amount, isoDay(through!)])).toEqual([
    [10n, '2027-02-01'],
  ]);
  expect(account.exchanges).toEqual([
    { clause: 'voucher', component: 'Voucher', step: 500n, have: 10n, gives: 'USD 5' },
  ]);
  expect(account.given.map(({ figure, fact }) => [figure, fact?.id])).toEqual([['USD 5', 'P-2']]);
});

test('what happened, each with what it changed, what was left, and the fact behind it', () => {
  const { events } = accountOn('2027-02-02');
  expect(
    events.map(({ kind, day, change, balance, cause }) => [kind, isoDay(day), change, balance, cause?.id]),
  ).toEqual([
    ['issued', '2026-01-10', 250n, 250n, 'P-1'],
    ['issued', '2026-02-01', 260n, 510n, 'P-2'],
    ['spent', '2026-02-01', -500n, 10n, 'P-2'],
    ['expired', '2027-02-02', -10n, 0n, undefined],
  ]);
});

test('somebody without a point has no wallet, and only members hold any', () => {
  const known = { facts: [], attributes: [], decisions: [], openings: [], asOf: 0 };
  expect(walletAccounts(versions, known, 'Kim')).toEqual([]);
  expect([...walletHolders(program!.clauses, program!.assets)]).toEqual(['Member']);
});

describe('points in flight', () => {
  const dayOf = (text: string) => parseIsoDay(text)!;
  const lot = 'points-issued/Kim/Purchase/P-1';
  /** Of 400 points, usable through 10 January 2027, a hold took 300 on 2 March 2026. */
  const accountWith = (end: HoldEnd | null, day: string, through: string | null = null) => {
    const promised = nothingPromised();
    const held = {
      ...{ id: 'H-1', asset: 'Points', owner: 'Kim', day: dayOf('2026-03-02'), amount: 300n },
      through: through === null ? null : dayOf(through),
    };
    promise(promised, { ...noPromises, holds: [{ ...held, lots: [{ lot, amount: 300n }], end }] });
    const facts = [purchase('P-1', 40_000, '2026-01-10')];
    const rest = { attributes: [], decisions: [], openings: [], promised };
    return walletAccounts(versions, { facts, ...rest, asOf: dayOf(day) }, 'Kim')[0]!;
  };
  const posted = { kind: 'posted', day: dayOf('2027-02-01') } as const;
  const voided = { kind: 'voided', day: dayOf('2027-02-01') } as const;

  test.each([
    ['are not usable', null, '2026-03-02', { open: 100n, held: 300n, used: 0n, expired: 0n }],
    ['do not expire while they are', null, '2027-01-31', { open: 0n, held: 300n, used: 0n, expired: 100n }],
    ['are used in the end', posted, '2027-02-01', { open: 0n, held: 0n, used: 300n, expired: 100n }],
    [
      'or expire at once, given up too late',
      voided,
      '2027-02-01',
      { open: 0n, held: 0n, used: 0n, expired: 400n },
    ],
    [
      'are seen as they stood on an earlier day',
      voided,
      '2026-12-31',
      { open: 100n, held: 300n, used: 0n, expired: 0n },
    ],
  ])('%s', (_, end, day, expected) => {
    const { open, used, totals } = accountWith(end, day);
    expect({ open, held: totals.held, used, expired: totals.expired }).toEqual(expected);
  });

  test('are told in words, each with what it changed in what is usable', () => {
    const told = (account: ReturnType<typeof accountWith>) =>
      account.events.slice(1).map(({ day, words, change }) => [isoDay(day), words, change]);
    const aside = ['2026-03-02', 'set aside at hold H-1: 300 Points of Purchase P-1', -300n];
    const rest = ['2027-01-11', 'expired: 100 Points of Purchase P-1', -100n];
    expect(told(accountWith(posted, '2027-02-01'))).toEqual([
      aside,
      rest,
      ['2027-02-01', 'used at redemption H-1, having been set aside: 300 Points of Purchase P-1', 0n],
    ]);
    expect(told(accountWith(null, '2026-03-10', '2026-03-09'))).toEqual([
      aside,
      ['2026-03-10', 'no longer set aside at hold H-1: 300 Points of Purchase P-1', 300n],
    ]);
  });

  test('are a component with a why of its own', () => {
    const { asset, owner, totals } = accountWith(null, '2026-03-02');
    const promised = nothingPromised();
    const day = dayOf('2026-03-02');
    const held = { id: 'H-1', asset, owner, day, amount: 300n, through: null, end: null };
    promise(promised, { ...noPromises, holds: [{ ...held, lots: [{ lot, amount: 300n }] }] });
    const facts = [purchase('P-1', 40_000, '2026-01-10')];
    const known = { facts, attributes: [], decisions: [], openings: [], promised, asOf: day };
    const why = explain(versions, known, { clause: 'Points/held', payee: 'Kim', period: '' });
    expect(why?.amount).toBe(totals.held);
    expect(why?.parts.map(({ reason }) => [reason.label, reason.figure])).toEqual([
      ['Points held', '300 Points'],
    ]);
  });
});
