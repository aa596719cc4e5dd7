// SPDX-License-Identifier: Apache-2.0
// Settlements by example, with the published figures of recoverable draws.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { one, rational } from '../values/rational.ts';
import { openingBalance, type SettlementRow, settleFold } from './settlement.ts';

const owed = (amount: bigint | null, share = one, isRecovering = true): SettlementRow => ({
  kind: 'at least',
  amount,
  shortfall: { kind: 'owed', share, isRecovering },
});
const months = (dues: readonly bigint[], rows: readonly SettlementRow[], isPaidAhead = false) =>
  dues.map((due, index) => ({ period: `2002-0${index + 1}`, due, rows, isPaidAhead }));

describe('a recoverable draw', () => {
  // Oracle, Siebel Incentive Compensation Administration Guide, "Recoverable draw".
  test('lifts pay to the minimum and is recovered as soon as earnings exceed it', () => {
    const settled = settleFold(
      openingBalance,
      months([2750n, 3000n, 1500n, 2375n, 3000n, 2750n], [owed(2000n)]),
    );
    expect(settled.map(({ pay }) => pay)).toEqual([2750n, 3000n, 2000n, 2000n, 2875n, 2750n]);
    expect(settled.map(({ debt }) => debt)).toEqual([0n, 0n, 500n, 125n, 0n, 0n]);
  });

  // Visdum, "Recoverable and non-recoverable draw".
  test.each([
    [4000n, 6000n, 2000n, 0n],
    [3000n, 2000n, 0n, 1000n],
  ])('of %i paid ahead leaves of %i earned %i to pay at the end, and %i owed', (draw, due, atEnd, debt) => {
    const [settled] = settleFold(openingBalance, months([due], [owed(draw)], true));
    expect(settled).toMatchObject({ paidAhead: draw, paidAtEnd: atEnd, debt });
  });

  test('can be recovered in a share, and from a later period on', () => {
    const later = [owed(1000n, rational(1, 2), false), owed(null, rational(1, 2), true)] as const;
    const settled = settleFold(openingBalance, [
      { period: '1', due: 400n, rows: [later[0]], isPaidAhead: false },
      { period: '2', due: 1600n, rows: [later[0]], isPaidAhead: false },
      { period: '3', due: 601n, rows: [later[1]], isPaidAhead: false },
      { period: '4', due: 5000n, rows: [later[1]], isPaidAhead: false },
    ]);
    expect(settled.map(({ pay, debt }) => [pay, debt])).toEqual([
      [1000n, 600n],
      [1600n, 600n],
      [300n, 299n],
      [4701n, 0n],
    ]);
  });

  test('that is forgiven leaves no debt, and an opening debt is recovered like any other', () => {
    const forgiven: SettlementRow = { kind: 'at least', amount: 500n, shortfall: { kind: 'forgiven' } };
    expect(settleFold(openingBalance, months([100n], [forgiven]))[0]).toMatchObject({
      pay: 500n,
      debt: 0n,
      forgiven: 400n,
    });
    expect(settleFold({ debt: 70n, carried: 0n }, months([100n], [owed(null)]))[0]).toMatchObject({
      pay: 30n,
      debt: 0n,
    });
  });
});

describe('a maximum', () => {
  test.each([
    ['carried', [1000n, 1000n, 800n]],
    ['lost', [1000n, 700n, 600n]],
  ] as const)('whose excess is %s', (excess, pays) => {
    const settled = settleFold(
      openingBalance,
      months([1500n, 700n, 600n], [{ kind: 'at most', amount: 1000n, excess }]),
    );
    expect(settled.map(({ pay }) => pay)).toEqual(pays);
  });
});

test('what is paid is what was due, but for debts, forgiveness, carrying and loss', () => {
  const amount = fc.bigInt({ min: 0n, max: 5000n });
  const row: fc.Arbitrary<SettlementRow> = fc.oneof(
    fc.record({
      kind: fc.constant('at most' as const),
      amount,
      excess: fc.constantFrom('lost' as const, 'carried' as const),
    }),
    fc.record({
      kind: fc.constant('at least' as const),
      amount: fc.option(amount),
      shortfall: fc.oneof(
        fc.constant({ kind: 'forgiven' as const }),
        fc.record({
          kind: fc.constant('owed' as const),
          share: fc.nat(100).map((percent) => rational(percent, 100)),
          isRecovering: fc.boolean(),
        }),
      ),
    }),
  );
  const period = fc.record({
    period: fc.constant('m'),
    due: fc.bigInt({ min: -3000n, max: 9000n }),
    rows: fc.array(row, { maxLength: 3 }),
    isPaidAhead: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(period, { maxLength: 12 }),
      fc.record({ debt: amount, carried: amount }),
      (periods, opening) => {
        let before = opening;
        for (const settled of settleFold(opening, periods)) {
          expect(settled.pay).toBe(
            settled.due +
              (before.carried - settled.carried) -
              settled.lost +
              settled.forgiven +
              (settled.debt - before.debt),
          );
          expect(settled.debt >= 0n && settled.carried >= 0n && settled.recovered >= 0n).toBe(true);
          expect(settled.paidAhead + settled.paidAtEnd).toBe(settled.pay);
          before = settled;
        }
      },
    ),
  );
});
