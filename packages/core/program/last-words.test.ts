// SPDX-License-Identifier: Apache-2.0
// What the last word replaces, and what is then found by what it concerns.
import { expect, test } from 'vitest';
import { LastWords } from './last-words.ts';

interface Word {
  readonly about: string;
  readonly says: string;
}
const of = (about: string, says: string): Word => ({ about, says });

test('a later word takes the place of the one before, and what it concerned is forgotten', () => {
  const list = [of('a', 'x'), of('b', 'x')];
  const words = new LastWords(
    list,
    ({ about }) => about,
    ({ says }) => [says],
  );
  expect(words.put(of('a', 'y'))).toEqual(of('a', 'x'));
  expect(words.put(of('c', 'y'))).toBeNull();
  expect(list).toEqual([of('a', 'y'), of('b', 'x'), of('c', 'y')]);
  expect(words.concerning('x')).toEqual([of('b', 'x')]);
  expect(words.concerning('y')).toEqual([of('a', 'y'), of('c', 'y')]);
  expect(words.concerning('z')).toEqual([]);
});
