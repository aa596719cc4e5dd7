// SPDX-License-Identifier: Apache-2.0
// Variations as people write them, and the grids they span.
import { expect, test } from 'vitest';
import { gridOf, parseVariation } from './variation.ts';

test.each([
  ['Base Rate=4%..6% step 1%', 'Base Rate', ['4%', '5%', '6%']],
  ['Base Rate = 4..5% step 0.5', 'Base Rate', ['4%', '4.5%', '5%']],
  ['Target=USD 9,000..USD 11,000 step USD 1,000', 'Target', ['USD 9,000', 'USD 10,000', 'USD 11,000']],
  ['Gold Window=30 days..90 days step 30 days', 'Gold Window', ['30 days', '60 days', '90 days']],
  ['Target=USD 10,000, USD 12,000', 'Target', ['USD 10,000', 'USD 12,000']],
  ['Base Rate=4%,5%', 'Base Rate', ['4%', '5%']],
])('reads %s', (text, blank, values) => expect(parseVariation(text)).toEqual({ blank, values }));

test.each([
  ['Base Rate', 'variation_without_equals'],
  ['Base Rate=4%..8%', 'range_without_step'],
  ['Base Rate=4%..USD 8 step 1%', 'range_of_different_units'],
  ['Base Rate=4%..8% step 0%', 'step_not_positive'],
  ['Base Rate=0%..100% step 0.001%', 'too_many_values'],
])('refuses %s', (text, problem) => expect(parseVariation(text)).toBe(problem));

test('a grid holds every combination, the last variation moving fastest', () => {
  const grid = gridOf([
    { blank: 'A', values: ['1', '2'] },
    { blank: 'B', values: ['3', '4'] },
  ]);
  expect(grid?.map((variant) => [...variant.values()].join(''))).toEqual(['13', '14', '23', '24']);
});

test('a grid of too many variants is refused', () => {
  const values = Array.from({ length: 100 }, (_, index) => `${index}`);
  expect(
    gridOf([
      { blank: 'A', values },
      { blank: 'B', values },
    ]),
  ).toBeNull();
});
