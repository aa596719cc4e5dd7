// SPDX-License-Identifier: Apache-2.0
// Which pages are offered to whom.
import { describe, expect, test } from 'vitest';
import { placesOf } from './navigation.ts';

type May = Parameters<typeof placesOf>[0]['may'];

function labels(may: May): readonly string[] {
  return placesOf({ may }).flatMap(({ places }) => places.map(({ label }) => label));
}

describe('the pages that are offered', () => {
  test.each<readonly [string, May, readonly string[]]>([
    [
      'a representative sees their own pay, facts and agreements',
      {
        'earnings.read': 'own',
        'statements.read': 'own',
        'earnings.forecast': 'own',
        'facts.read': 'own',
        'agreements.read': 'own',
        'parties.read': 'own',
      },
      ['Earnings', 'Statements', 'What if', 'Facts', 'Agreements'],
    ],
    ['a partner sees its settlements alone', { 'statements.read': 'own' }, ['Statements']],
    ['a manager sees the parties of their team', { 'parties.read': 'team' }, ['Parties']],
    ['who may do nothing sees nothing', {}, []],
  ])('%s', (_, may, expected) => {
    expect(labels(may)).toEqual(expected);
  });

  test('a group without pages is not there', () => {
    expect(placesOf({ may: { 'audit.read': 'all' } }).map(({ title }) => title)).toEqual(['House']);
  });
});
