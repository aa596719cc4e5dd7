// SPDX-License-Identifier: Apache-2.0
// The account of a member of the record club, with figures that a person can recompute.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../language/compile.ts';
import type { Fact } from '../program/log.ts';
import { isoDay, parseIsoDay } from '../values/date.ts';
import { rational } from '../values/rational.ts';
import { walletAccounts, walletHolders } from './wallet-account.ts';

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
