// SPDX-License-Identifier: Apache-2.0
// Names stand where ids stood by themselves, and nowhere else.
import { expect, test } from 'vitest';
import { namer, withNames } from './named.ts';

const names = {
  'p-8c1f02': 'Ann Example',
  'p-8c1f02-b': 'Bob Beispiel',
  'C 204': 'Acme GmbH',
  C: 'the letter',
  Müller: 'M. Müller',
};

test.each([
  ['Revenue of p-8c1f02', 'Revenue of Ann Example'],
  ['p-8c1f02, p-8c1f02-b', 'Ann Example, Bob Beispiel'],
  ['p-8c1f02-bb and xp-8c1f02', 'p-8c1f02-bb and xp-8c1f02'],
  ['C 204 (C 2040)', 'Acme GmbH (the letter 2040)'],
  ['for Müller.', 'for M. Müller.'],
  ['constructor of toString', 'constructor of toString'],
  ['', ''],
])('%j becomes %j', (text, named) => {
  expect(namer(names)(text)).toBe(named);
});

test('a name that looks like an id is not named again', () => {
  expect(namer({ a: 'b', b: 'c' })('a b')).toBe('b c');
});

test('texts anywhere in data are named, keys are not', () => {
  expect(withNames({ a: ['of a', { a: null, b: 1 }] }, { a: 'Ann' })).toEqual({
    a: ['of Ann', { a: null, b: 1 }],
  });
});
