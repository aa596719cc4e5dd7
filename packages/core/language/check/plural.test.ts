// SPDX-License-Identifier: Apache-2.0
// Plurals of declared names, both ways.
import { expect, test } from 'vitest';
import { pluralOf, singularOf } from './plural.ts';

test.each([
  ['Deal', 'Deals'],
  ['Won Deal', 'Won Deals'],
  ['Company', 'Companies'],
  ['Agency Day', 'Agency Days'],
  ['Purchase', 'Purchases'],
  ['Invoice', 'Invoices'],
  ['Bonus', 'Bonuses'],
  ['Warehouse', 'Warehouses'],
  ['Cause', 'Causes'],
  ['Tax', 'Taxes'],
  ['Branch', 'Branches'],
  ['Address', 'Addresses'],
])('%s has the plural %s, and back', (singular, plural) => {
  expect(pluralOf(singular)).toBe(plural);
  expect(singularOf(plural)).toBe(singular);
});

test.each(['People', 'Staff', 'Address'])('%s is no regular plural', (word) => {
  expect(singularOf(word)).toBeNull();
});
