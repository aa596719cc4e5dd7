// SPDX-License-Identifier: Apache-2.0
// What clauses of the printed agreements reach: whose facts are enough to compute them, and of which each period stands
// for itself.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compile } from '../../language/compile.ts';
import type { Version } from '../../program/program.ts';
import { ownPeriods } from './by-period.ts';
import { clausesTogether } from './clauses-together.ts';
import { reachOfClauses } from './reach.ts';

function versionOf(name: string): readonly Version[] {
  const path = new URL(`../../../../examples/${name}.md`, import.meta.url);
  const { program } = compile(readFileSync(path, 'utf8'), name);
  if (program === null) throw new Error(`${name} does not compile.`);
  return [{ program, from: null, to: null }];
}

function reachIn(name: string, clause: string): string {
  const versions = versionOf(name);
  const reach = reachOfClauses(versions, clausesTogether(versions, new Set([clause])));
  if (reach === null) return 'everything';
  return [
    ...[...reach.parties].sort(),
    ...reach.relations.map(({ party, attribute }) => `${attribute} of ${party}`),
    ...reach.pools.map((pool) => `shared by ${pool}`),
    ...reach.shared.map(({ kind, field }) => `${kind} with the same ${field}`),
  ].join(', ');
}

test.each([
  ['hardware-sales/agreement', 'commission', 'Representative', 'quarter'],
  [
    'hardware-sales/agreement',
    'new-customer-bonus',
    'Representative, Deal with the same Customer',
    'quarter',
  ],
  ['hardware-sales/agreement', 'retention-bonus', 'Representative', null],
  [
    'hardware-sales/agreement',
    'team-override',
    'Manager, Representative, Manager of Representative',
    'quarter',
  ],
  ['record-club/agreement', 'points-issued', 'Member', null],
  ['mbo-and-scorecard', 'scorecard', 'Representative', 'quarter'],
  ['release-on-cash', 'commission', 'Representative', 'month'],
  ['rolling-window', 'bonus', 'Representative', null],
  ['split', 'commission', 'Representative', 'quarter'],
  ['contest', 'contest', 'everything', null],
  ['household', 'points-issued', 'Household, Member, shared by Household', null],
  ['override-any-level', 'override', 'everything', null],
])('%s: %s rests on the facts of %s', (name, clause, reach, unit) => {
  const versions = versionOf(name);
  const ids = versions[0]!.program.clauses.map(({ id }) => id);
  expect(ids).toContain(clause);
  expect(reachIn(name, clause)).toBe(reach);
  expect(reach === 'everything' ? null : ownPeriods(clause, versions)).toBe(unit);
});
