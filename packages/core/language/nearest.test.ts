// SPDX-License-Identifier: Apache-2.0
// Slips of one or two letters find the word; unrelated words find none.
import { expect, test } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

test.each([
  ['represntative', 'representative', 1],
  ['form', 'from', 1],
  ['', 'per', 3],
  ['at least', 'at least', 0],
] as const)('from %s to %s there are %d slips', (from, to, slips) => {
  expect(editDistance(from, to)).toBe(slips);
});

test('finds the nearest word, and none for a word that is far from all', () => {
  expect(nearest('pasy', ['issues', 'pays', 'moves'])).toBe('pays');
  expect(nearest('Deal Won', ['Won Deals', 'Customer'])).toBe(null);
  expect(nearest('until', ['when', 'per'])).toBe(null);
});
