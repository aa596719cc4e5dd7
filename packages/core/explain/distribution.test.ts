// SPDX-License-Identifier: Apache-2.0
// How pay is spread over payees.
import { expect, test } from 'vitest';
import type { Entitlement } from '../program/entitlement.ts';
import { zero } from '../values/rational.ts';
import { distributionsOf } from './distribution.ts';
import { sampleProgram } from './sample-program.ts';

function paid(payee: string, clause: string, amount: bigint, held = 0n): Entitlement {
  const key = { clause, component: clause, payee, period: '2026-Q1', asset: 'USD' };
  return { ...key, exact: zero, amount, held, state: 'final', waiting: [], lines: [] };
}

test('deciles are amounts that somebody is paid; held amounts count as earned', () => {
  const entitlements = Array.from({ length: 10 }, (_, index) =>
    paid(`P${index}`, 'Commission', BigInt(index + 1) * 10_00n),
  );
  const [usd] = distributionsOf(sampleProgram(), {
    entitlements: [...entitlements, paid('P9', 'Milestone bonus', 0n, 5n), paid('P9', 'Points/used', 7n)],
  });
  expect(usd).toMatchObject({ total: 550_05n, payees: 10, least: 10_00n, median: 50_00n, greatest: 100_05n });
  expect(usd?.mean).toBe(55_01n);
  expect(usd?.deciles).toEqual([10_00n, 20_00n, 30_00n, 40_00n, 50_00n, 60_00n, 70_00n, 80_00n, 90_00n]);
  expect(usd?.components.slice(0, 2)).toEqual([
    { component: 'Commission', total: 550_00n },
    { component: 'Milestone bonus', total: 5n },
  ]);
});
