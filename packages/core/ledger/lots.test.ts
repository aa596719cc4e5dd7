// SPDX-License-Identifier: Apache-2.0
// Wallets by example: which lots are used, when they begin and end, and what a return takes back.
import { describe, expect, test } from 'vitest';
import {
  advance,
  burn,
  burnCommitted,
  burnUpTo,
  copyWallet,
  extend,
  giveBack,
  issue,
  isWalletSound,
  newWallet,
  pending,
  reverse,
  type Source,
  usable,
  type Wallet,
  walletTotals,
} from './lots.ts';
import { holdUpTo, postHold, releaseHold } from './wallet-holds.ts';

const purchase = (id: string): Source => ({ kind: 'Purchase', id });

function earn(
  wallet: Wallet,
  id: string,
  day: number,
  amount: bigint,
  from: number | null,
  through: number | null,
) {
  return issue(wallet, {
    clause: 'Points issued',
    owner: 'Kim',
    source: purchase(id),
    day,
    usableFrom: from,
    usableThrough: through,
    amount,
  });
}
const lotOf = (id: string) => `Points issued/Kim/Purchase/${id}`;

describe('a lot', () => {
  test('is pending until its first day, usable through its last, and expired after it', () => {
    const wallet = newWallet();
    earn(wallet, 'P-1', 10, 100n, 20, 30);
    expect([usable(wallet, 19), pending(wallet, 19)]).toEqual([0n, 100n]);
    expect([usable(wallet, 20), pending(wallet, 20)]).toEqual([100n, 0n]);
    expect(usable(wallet, 30)).toBe(100n);
    expect(usable(wallet, 31)).toBe(0n);
    expect(wallet.movements.map(({ kind, day }) => [kind, day])).toEqual([
      ['issued', 10],
      ['activated', 20],
      ['expired', 31],
    ]);
  });

  test('that a late fact brings after its last day is issued and expires in one booking', () => {
    const wallet = newWallet();
    earn(wallet, 'P-1', 10, 100n, null, 9);
    expect(usable(wallet, 10)).toBe(0n);
    expect(walletTotals(wallet)).toMatchObject({ issued: 100n, expired: 100n });
  });

  test('whose first day lies after its last is never usable', () => {
    const wallet = newWallet();
    earn(wallet, 'P-1', 10, 100n, 40, 30);
    expect(pending(wallet, 31)).toBe(0n);
    expect(usable(wallet, 40)).toBe(0n);
    expect(walletTotals(wallet).expired).toBe(100n);
  });

  test('lives on while there is activity, and is not revived once it has expired', () => {
    const wallet = newWallet();
    earn(wallet, 'P-1', 0, 100n, null, 30);
    extend(wallet, { day: 25, through: 55, clause: 'Points issued' });
    expect(usable(wallet, 55)).toBe(100n);
    advance(wallet, 56);
    extend(wallet, { day: 57, through: 90, clause: null });
    expect(usable(wallet, 57)).toBe(0n);
  });
});

describe('use', () => {
  const filled = (order: ('expiry' | 'issue')[]) => {
    const wallet = newWallet(order);
    earn(wallet, 'A', 1, 100n, null, 300);
    earn(wallet, 'B', 2, 100n, null, 200);
    earn(wallet, 'C', 3, 100n, null, null);
    return wallet;
  };
  test.each([
    [['expiry'] as const, ['B', 'A', 'C']],
    [['issue'] as const, ['A', 'B', 'C']],
    [['expiry', 'issue'] as const, ['B', 'A', 'C']],
  ])('in order of %j takes lots %j', (order, names) => {
    const parts = burn(filled([...order]), 250n, 4);
    expect(parts).toEqual(
      names.map((name, index) => ({ lot: lotOf(name), amount: index === 2 ? 50n : 100n })),
    );
  });

  test('of more than there is changes nothing, unless it may go as far as points go', () => {
    const wallet = filled(['issue']);
    expect(burn(wallet, 301n, 4)).toBeNull();
    expect(usable(wallet, 4)).toBe(300n);
    expect(burnUpTo(wallet, 301n, 4)).toHaveLength(3);
    expect(usable(wallet, 4)).toBe(0n);
  });

  test('that was promised takes its own lots, then others, then falls short', () => {
    const wallet = filled(['issue']);
    const parts = burnCommitted(
      wallet,
      [
        { lot: lotOf('B'), amount: 150n },
        { lot: 'gone', amount: 170n },
      ],
      4,
    );
    expect(parts.map(({ lot }) => lot)).toEqual([lotOf('B'), lotOf('A'), lotOf('C')]);
    expect([wallet.shortage, usable(wallet, 4)]).toEqual([20n, 0n]);
  });

  test('in flight holds points until it is posted or released, and a released point may have expired', () => {
    const wallet = filled(['expiry']);
    const parts = holdUpTo(wallet, 150n, 10);
    expect(usable(wallet, 10)).toBe(150n);
    postHold(wallet, [{ lot: lotOf('B'), amount: 60n }], 11);
    releaseHold(wallet, [{ lot: lotOf('B'), amount: 40n }, parts[1]!], 250);
    expect(walletTotals(wallet)).toMatchObject({ spent: 60n, expired: 40n, active: 200n, held: 0n });
    expect(() => postHold(wallet, parts, 251)).toThrow(RangeError);
  });

  test('is given back to the lots it came from, those used last first', () => {
    const wallet = filled(['expiry']);
    const parts = burn(wallet, 250n, 10)!;
    expect(giveBack(wallet, parts, 100n, 20)).toEqual([
      { lot: lotOf('C'), amount: 50n },
      { lot: lotOf('A'), amount: 50n },
    ]);
    expect(giveBack(wallet, parts.slice(0, 1), 100n, 250)).toEqual([{ lot: lotOf('B'), amount: 100n }]);
    expect(walletTotals(wallet)).toMatchObject({ active: 150n, expired: 100n, spent: 50n });
  });
});

describe('a return', () => {
  test('takes the lot of its own purchase first, then others in the order of use', () => {
    const wallet = newWallet(['issue']);
    earn(wallet, 'A', 1, 100n, null, null);
    earn(wallet, 'B', 2, 100n, null, null);
    burn(wallet, 130n, 3);
    earn(wallet, 'C', 4, 50n, null, null);
    expect(reverse(wallet, purchase('B'), 100n, 5)).toEqual({
      parts: [
        { lot: lotOf('B'), amount: 70n },
        { lot: lotOf('C'), amount: 30n },
      ],
      shortage: 0n,
    });
  });

  test.each([
    ['negative', -30n, 30n, 0n, 70n],
    ['carried', 0n, 30n, 0n, 70n],
    ['waived', 0n, 0n, 30n, 100n],
  ] as const)('that finds too little is %s', (mode, balance, shortage, waived, later) => {
    const wallet = newWallet(['issue'], mode);
    earn(wallet, 'A', 1, 100n, null, null);
    burn(wallet, 30n, 2);
    expect(reverse(wallet, purchase('A'), 100n, 3).shortage).toBe(30n);
    expect([usable(wallet, 3), wallet.shortage, wallet.waived]).toEqual([balance, shortage, waived]);
    earn(wallet, 'B', 4, 100n, 6, null);
    expect(usable(wallet, 5)).toBe(balance);
    expect(usable(wallet, 6)).toBe(later);
    expect(isWalletSound(wallet)).toBe(true);
  });

  test('of a purchase whose points have expired takes nothing from other purchases', () => {
    const wallet = newWallet();
    earn(wallet, 'A', 1, 100n, null, 10);
    earn(wallet, 'B', 2, 100n, null, null);
    expect(reverse(wallet, purchase('A'), 100n, 20)).toEqual({
      parts: [{ lot: lotOf('A'), amount: 100n }],
      shortage: 0n,
    });
    expect(usable(wallet, 20)).toBe(100n);
  });
});

test('a copy of a wallet changes on its own', () => {
  const wallet = newWallet();
  earn(wallet, 'A', 1, 100n, null, null);
  const copy = copyWallet(wallet);
  burn(copy, 60n, 2);
  expect([usable(wallet, 2), usable(copy, 2)]).toEqual([100n, 40n]);
});
