// SPDX-License-Identifier: Apache-2.0
// Which name is suggested for a slip, and when none is.
import { expect, test } from 'vitest';
import { closestName } from './closest-name.ts';

test.each([
  ['clsoe_date', ['close_date', 'close_value'], 'close_date'],
  ['CloseDate', ['close_date', 'engage_date'], 'close_date'],
  ['opportunity', ['account', 'stage'], null],
  ['int', ['init', 'run'], 'init'],
])('%s among %j suggests %j', (name, known, expected) => {
  expect(closestName(name, known)).toBe(expected);
});
