// SPDX-License-Identifier: Apache-2.0
// What always holds of wallets, whatever is earned, used, held, given back, returned and extended, in any order.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  advance,
  burn,
  burnCommitted,
  burnUpTo,
  extend,
  giveBack,
  issue,
  isWalletSound,
  newWallet,
  type Part,
  pending,
  reverse,
  usable,
  type Wallet,
  walletTotals,
} from '../../packages/core/ledger/lots.ts';
import { holdUpTo, postHold, releaseHold } from '../../packages/core/ledger/wallet-holds.ts';
import { club, entitlements, facts, firstDay, lastDay } from './agreements.ts';

const step = fc.record({
  act: fc.constantFrom(
    'issue',
    'burn',
    'burn up to',
    'hold',
    'post',
    'release',
    'give back',
    'reverse',
    'extend',
    'commit',
  ),
  days: fc.nat(20),
  amount: fc.bigInt({ min: 0n, max: 120n }),
  from: fc.option(fc.nat(40)),
  through: fc.option(fc.integer({ min: -5, max: 90 })),
  number: fc.nat(4),
});
const wallets = fc.record({
  order: fc.constantFrom(['expiry'] as const, ['issue'] as const, ['expiry', 'issue'] as const),
  mode: fc.constantFrom('negative' as const, 'carried' as const, 'waived' as const),
  steps: fc.array(step, { maxLength: 40 }),
});

interface Play {
  readonly wallet: Wallet;
  day: number;
  taken: readonly Part[];
  held: readonly Part[];
  /** What reversals and promised uses were to take in all. */
  reversed: bigint;
  committed: bigint;
}

function play(
  { order, mode, steps }: typeof wallets extends fc.Arbitrary<infer T> ? T : never,
  after: (play: Play) => void,
) {
  const state: Play = {
    wallet: newWallet(order, mode),
    day: 0,
    taken: [],
    held: [],
    reversed: 0n,
    committed: 0n,
  };
  for (const one of steps) {
    state.day += one.days;
    act(state, one);
    after(state);
  }
  return state;
}

function act(
  state: Play,
  { act: name, amount, from, through, number }: typeof step extends fc.Arbitrary<infer T> ? T : never,
): void {
  const { wallet, day } = state;
  const source = { kind: 'Sale', id: `S-${number}` };
  switch (name) {
    case 'issue':
      issue(wallet, {
        clause: 'c',
        owner: 'Kim',
        source,
        day,
        usableFrom: from === null ? null : day + from,
        usableThrough: through === null ? null : day + through,
        amount,
      });
      return;
    case 'burn':
      state.taken = burn(wallet, amount, day) ?? state.taken;
      return;
    case 'burn up to':
      state.taken = burnUpTo(wallet, amount, day);
      return;
    case 'hold':
      if (state.held.length === 0) state.held = holdUpTo(wallet, amount, day);
      return;
    case 'post':
      postHold(wallet, state.held, day);
      state.held = [];
      return;
    case 'release':
      releaseHold(wallet, state.held, day);
      state.held = [];
      return;
    case 'give back':
      giveBack(wallet, state.taken, amount, day);
      state.taken = [];
      return;
    case 'reverse':
      state.reversed += amount;
      reverse(wallet, source, amount, day);
      return;
    case 'extend':
      extend(wallet, { day, through: day + (through ?? 0), clause: null });
      return;
    case 'commit':
      state.committed += burnCommitted(wallet, [{ lot: `c/Kim/Sale/S-${number}`, amount }], day).reduce(
        (sum, part) => sum + part.amount,
        0n,
      );
  }
}

test('issued = active + pending + held + spent + expired + reversed, per lot and in sum', () => {
  fc.assert(
    fc.property(wallets, (game) => {
      play(game, ({ wallet }) => {
        expect(isWalletSound(wallet)).toBe(true);
        const { issued, ...states } = walletTotals(wallet);
        expect(Object.values(states).reduce((sum, amount) => sum + amount, 0n)).toBe(issued);
      });
    }),
  );
});

test('no lot is used before its first day or after its last', () => {
  fc.assert(
    fc.property(wallets, (game) => {
      play(game, ({ wallet, day }) => {
        advance(wallet, day);
        for (const lot of wallet.lots.values()) {
          const first = Math.max(lot.usableFrom ?? lot.issuedOn, lot.issuedOn);
          if (lot.active > 0n) expect(first <= day && day <= (lot.usableThrough ?? day)).toBe(true);
          if (lot.pending > 0n) expect(day < first).toBe(true);
        }
        const inUse = wallet.movements.filter(({ kind }) => kind === 'spent' || kind === 'held');
        for (const movement of inUse) {
          const lot = wallet.lots.get(movement.lot)!;
          expect(movement.day >= (lot.usableFrom ?? lot.issuedOn)).toBe(true);
        }
      });
    }),
  );
});

test('what is usable and pending is what the lots have, less what the balance is below zero', () => {
  fc.assert(
    fc.property(wallets, (game) => {
      play(game, ({ wallet, day }) => {
        const balance = usable(wallet, day);
        const waiting = pending(wallet, day);
        const totals = walletTotals(wallet);
        expect(balance).toBe(totals.active - (wallet.shortageMode === 'negative' ? wallet.shortage : 0n));
        expect(waiting).toBe(totals.pending);
        if (wallet.shortage > 0n) expect(totals.active).toBe(0n);
      });
    }),
  );
});

test('what a return did not find is owed, waived, or found in a later lot', () => {
  fc.assert(
    fc.property(wallets, (game) => {
      const steps = game.steps.filter(({ act: name }) => name !== 'commit');
      play({ ...game, steps }, ({ wallet, reversed }) => {
        expect(walletTotals(wallet).reversed + wallet.shortage + wallet.waived).toBe(reversed);
      });
    }),
  );
});

test('the movements of a lot lead to its states', () => {
  fc.assert(
    fc.property(wallets, (game) => {
      const { wallet } = play(game, () => undefined);
      for (const lot of wallet.lots.values()) {
        const sum = (...kinds: readonly string[]) =>
          wallet.movements
            .filter((movement) => movement.lot === lot.id && kinds.includes(movement.kind))
            .reduce((total, { amount }) => total + amount, 0n);
        expect(sum('issued')).toBe(lot.issued);
        expect(sum('spent', 'posted') - sum('given back')).toBe(lot.spent);
        expect(sum('held') - sum('posted', 'released')).toBe(lot.held);
        expect(sum('reversed')).toBe(lot.reversed);
      }
    }),
  );
});

test('of a club, points issued are used, expired, open or pending', () => {
  fc.assert(
    fc.property(facts, fc.integer({ min: firstDay, max: lastDay }), (entries, asOf) => {
      const sums = new Map<string, bigint>();
      for (const { clause, payee, asset, amount } of entitlements(club, entries, asOf)) {
        if (asset !== 'Points' || clause === 'Points/reversed') continue;
        const signed = clause.startsWith('Points/') ? -amount : amount;
        sums.set(payee, (sums.get(payee) ?? 0n) + signed);
      }
      expect([...sums.values()].filter((sum) => sum !== 0n)).toEqual([]);
    }),
  );
});
