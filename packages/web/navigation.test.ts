// SPDX-License-Identifier: Apache-2.0
// Which pages are offered to whom.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { places, placesOf } from './navigation.ts';

type May = Parameters<typeof placesOf>[0]['may'];

function labels(may: May): readonly string[] {
  return placesOf({ may, party: 'p-1' }).flatMap(({ places }) => places.map(({ label }) => label));
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
    expect(placesOf({ may: { 'audit.read': 'all' }, party: null }).map(({ title }) => title)).toEqual([
      'House',
    ]);
  });

  test('points are offered where an agreement keeps some, and come first where nothing has a period', () => {
    const may = { 'earnings.read': 'own', 'wallets.read': 'own' } as const;
    const labelsUnder = (hasPeriods: boolean, isKeeping: boolean) => {
      const club = {
        ...{ agreement: 'club', title: 'Club', versions: [], payees: ['Member'], createdAt: '' },
        ...{ wallets: isKeeping ? ['Member'] : [], hasPeriods },
      };
      const terms = { paying: [club], keeping: isKeeping ? [club] : [] };
      return placesOf({ may, party: 'p-1' }, terms).flatMap(({ places }) => places.map(({ label }) => label));
    };
    expect(labelsUnder(false, true)).toEqual(['Points', 'Earnings']);
    expect(labelsUnder(true, true)).toEqual(['Earnings', 'Points']);
    expect(labelsUnder(true, false)).toEqual(['Earnings']);
  });

  test('the overview is for who is no party, and comes first', () => {
    const may = { 'periods.read': 'all', 'earnings.read': 'all' } as const;
    const first = (party: string | null) => placesOf({ may, party })[0]?.places[0]?.label;
    expect([first(null), first('p-1')]).toEqual(['Overview', 'Earnings']);
  });
});

test('every page is explained to whoever is new, under its name', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/guides/the-pages.md'), 'utf8');
  for (const { label } of places.flatMap((group) => group.places)) expect(guide).toContain(`\n**${label}** `);
});
