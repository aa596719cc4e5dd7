// SPDX-License-Identifier: Apache-2.0
// Used points are no gain, given back they are; money and issued points stay as they were posted.
import { expect, test } from 'vitest';
import { changeOf, isOfUsedPoints } from './points-posting.ts';

test.each([
  ['Points/used', '500', 'Points', '-500', true],
  ['Points/used', '-500', 'Points', '500', true],
  ['Points/expired', '0', 'Points', '0', true],
  ['points-issued', '82', 'Points', '82', false],
  ['voucher', '5.00', 'USD', '5.00', false],
])('%s %s %s changes what there is by %s', (clause, amount, asset, change, isUsed) => {
  const posting = { clause, due: { amount, asset } };
  expect(changeOf(posting)).toEqual({ amount: change, asset });
  expect(isOfUsedPoints(posting)).toBe(isUsed);
});
