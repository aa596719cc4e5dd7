// SPDX-License-Identifier: Apache-2.0
// Units multiply and divide; what has different units never meets.
import { expect, test } from 'vitest';
import {
  amountType,
  combineUnits,
  countType,
  durationType,
  isMatching,
  numberType,
  percentType,
  productType,
  typeText,
} from './types.ts';

const usd = amountType('USD');
const points = amountType('Points');

test.each([
  ['USD × percent', productType(usd, percentType, 1), 'USD'],
  ['USD ÷ USD', productType(usd, usd, -1), 'a number'],
  ['Points ÷ USD', productType(points, usd, -1), 'Points per USD'],
  ['Points per USD × USD', productType(productType(points, usd, -1), usd, 1), 'Points'],
  ['percent × percent', productType(percentType, percentType, 1), 'a percent'],
  ['percent × count', productType(percentType, countType, 1), 'a number'],
])('%s is %s', (_, type, text) => {
  expect(typeText(type)).toBe(text);
});

test.each([
  ['USD', 'USD', usd, usd, true],
  ['USD', 'Points', usd, points, false],
  ['a count', 'a number', countType, numberType, true],
  ['a count', 'a percent', countType, percentType, false],
  ['a count', 'a length of time', countType, durationType, false],
  ['a text', 'a choice', { kind: 'text' }, { kind: 'choice', options: ['A'] }, true],
  ['a Deal', 'a Member', { kind: 'party', of: 'Deal' }, { kind: 'party', of: 'Member' }, false],
] as const)('whether %s meets %s', (_, __, left, right, meets) => {
  expect(isMatching(left, right)).toBe(meets);
});

test('a unit divided by itself is gone', () => {
  expect(combineUnits(usd.unit, usd.unit, -1)).toEqual([]);
});
