// SPDX-License-Identifier: Apache-2.0
// Differences by example: one case per line, what was posted, what is entitled, what is posted now.
import { describe, expect, test } from 'vitest';
import { civilCalendar } from '../values/calendar.ts';
import { parsePeriod } from '../values/period.ts';
import { accountingPeriod, type Closed, closePeriod } from './accounting-period.ts';
import { type Difference, differences, type Entitled, type PostedTotal } from './differences.ts';

const key = (clause: string, payee = 'Ann') => ({
  clause,
  component: clause,
  payee,
  period: '2026-Q1',
  asset: 'USD',
});
const posted = (clause: string, due: bigint, held = 0n): PostedTotal => ({ ...key(clause), due, held });
const entitled = (
  clause: string,
  amount: bigint,
  held = 0n,
  state: Entitled['state'] = 'final',
): Entitled => ({
  ...key(clause),
  amount,
  held,
  state,
});
const difference = (clause: string, due: bigint, held = 0n): Difference => ({ ...key(clause), due, held });

describe('a difference', () => {
  test.each<[string, PostedTotal[], Entitled[], Difference[]]>([
    ['is all of it the first time', [], [entitled('A', 100n)], [difference('A', 100n)]],
    ['is what was added', [posted('A', 100n)], [entitled('A', 130n)], [difference('A', 30n)]],
    ['is below zero after a correction', [posted('A', 100n)], [entitled('A', 20n)], [difference('A', -80n)]],
    ['is not made where nothing changed', [posted('A', 100n)], [entitled('A', 100n)], []],
    ['reverses what is no longer entitled', [posted('A', 100n, 5n)], [], [difference('A', -100n, -5n)]],
    [
      'releases what was held',
      [posted('A', 0n, 50n)],
      [entitled('A', 50n, 0n)],
      [difference('A', 50n, -50n)],
    ],
    ['is not made of a forecast', [], [entitled('A', 100n, 0n, 'forecast')], []],
    ['is made of what is provisional', [], [entitled('A', 100n, 0n, 'provisional')], [difference('A', 100n)]],
    [
      'comes in the order of the keys, whatever the order of the tables',
      [posted('C', 1n), posted('A', 1n)],
      [entitled('B', 1n)],
      [difference('A', -1n), difference('B', 1n), difference('C', -1n)],
    ],
  ])('%s', (_, before, now, expected) => {
    expect(differences(before, now)).toEqual(expected);
  });

  test('cannot be told when a key comes twice', () => {
    expect(() => differences([], [entitled('A', 1n), entitled('A', 2n)])).toThrow(RangeError);
  });
});

describe('the accounting period', () => {
  const calendar = civilCalendar('UTC');
  const closedAfter = (...labels: string[]): Closed =>
    labels.reduce<Closed>((closed, label) => closePeriod(closed, parsePeriod(calendar, label)!), []);
  test.each([
    ['of an open period is that period', [], '2026-Q1', '2026-Q1'],
    ['of a closed period is the earliest open one after it', ['2026-Q1'], '2026-Q1', '2026-Q2'],
    ['skips every closed period', ['2026-Q2', '2026-Q1'], '2026-Q1', '2026-Q3'],
    ['leaves a later closed period alone', ['2026-Q3'], '2026-Q2', '2026-Q2'],
    ['of a month in a closed quarter lies after the quarter', ['2026-Q1'], '2026-02', '2026-04'],
    ['of a quarter with an open month is the quarter', ['2026-01'], '2026-Q1', '2026-Q1'],
    ['of what has no period is today', [], '', '2026-05-01'],
  ] as const)('%s', (_, closed, earned, expected) => {
    expect(accountingPeriod({ calendar, closed: closedAfter(...closed), today: 20574 }, earned)).toBe(
      expected,
    );
  });

  test('closing in any order, or twice, gives the same closed days', () => {
    expect(closedAfter('2026-Q2', '2026-Q1', '2026-02')).toEqual(closedAfter('2026-H1'));
  });
});
