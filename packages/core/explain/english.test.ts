// SPDX-License-Identifier: Apache-2.0
// Articles, plurals and lists.
import { expect, test } from 'vitest';
import { counted, listed, pluralOf, possessiveOf, sentence, withArticle } from './english.ts';

test.each([
  ['Deal', 'a Deal'],
  ['Amount', 'an Amount'],
  ['hour', 'an hour'],
  ['Unit', 'a Unit'],
  ['Upgrade', 'an Upgrade'],
  ['One Time Fee', 'a One Time Fee'],
])('an article goes by the sound: %s', (noun, words) => expect(withArticle(noun)).toBe(words));

test.each([
  ['Company', 'Companies'],
  ['Rate Class', 'Rate Classes'],
  ['Key', 'Keys'],
])('a plural follows the last letters: %s', (noun, plural) => expect(pluralOf(noun)).toBe(plural));

test('counts, lists, possessives and sentences read as people write them', () => {
  expect([counted(1, 'day'), counted(3, 'day')]).toEqual(['1 day', '3 days']);
  expect(listed(['A', 'B', 'C'])).toBe('A, B and C');
  expect(listed(['A', 'B'], 'or')).toBe('A or B');
  expect(possessiveOf('Sales')).toBe('Sales’');
  expect(sentence('it is so')).toBe('It is so.');
});
