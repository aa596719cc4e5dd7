// SPDX-License-Identifier: Apache-2.0
// What the matrix says, in the places where a mistake would cost most, and what must hold of the whole of it.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Caller, jobCaller, type Subject } from './caller.ts';
import { matrix } from './matrix.ts';
import { may, mayAtAll, partiesWithin } from './may.ts';
import { type Permission, permissionMeanings, permissions } from './permissions.ts';
import { type Role, roles } from './roles.ts';
import { rolesPage } from './roles-page.ts';

function caller(role: Role, changed: Partial<Caller> = {}): Caller {
  const party = ['manager', 'representative', 'member', 'partner'].includes(role) ? 'p-me' : null;
  return {
    workspace: 1,
    actor: 'user:me',
    role,
    party,
    team: new Set(role === 'manager' ? ['p-report'] : []),
    scopes: 'all',
    goodwillLimits: new Map(role === 'service agent' ? [['Points', 500n]] : []),
    ...changed,
  };
}

const mine: Subject = { party: 'p-me' };
const report: Subject = { party: 'p-report' };
const stranger: Subject = { party: 'p-stranger' };

describe('the matrix', () => {
  test('gives the owner everything', () => {
    expect(permissions.filter((name) => matrix.owner[name] !== 'all')).toEqual([]);
  });

  test('lets the auditor read everything and change nothing', () => {
    const wrong = permissions.filter(
      (name) => matrix.auditor[name] !== (permissionMeanings[name].reads ? 'all' : null),
    );
    expect(wrong).toEqual([]);
  });

  test('narrows to own and team only what is about a party', () => {
    const wrong = roles.flatMap((role) =>
      permissions
        .filter((name) => ['own', 'team'].includes(matrix[role][name] ?? ''))
        .filter((name) => permissionMeanings[name].about !== 'party')
        .map((name) => `${role}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test('shows no party more than its own, beside what is open to everybody', () => {
    const open: readonly Permission[] = ['workspace.read', 'proofs.read'];
    const wrong = (['representative', 'member', 'partner'] as const).flatMap((role) =>
      permissions
        .filter((name) => !open.includes(name) && ![null, 'own'].includes(matrix[role][name]))
        .map((name) => `${role}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test('is the page of the reference (`vitest -u` prints it anew)', async () => {
    const page = join(import.meta.dirname, '../../../docs/reference/roles.md');
    await expect(rolesPage()).toMatchFileSnapshot(page);
  });
});

test.each<[Role, Permission, Subject, boolean]>([
  ['representative', 'statements.read', mine, true],
  ['representative', 'statements.read', stranger, false],
  ['representative', 'statements.read', {}, false],
  ['representative', 'facts.record', mine, false],
  ['manager', 'statements.read', mine, true],
  ['manager', 'statements.read', report, true],
  ['manager', 'statements.read', stranger, false],
  ['manager', 'statements.approve', report, false],
  ['partner', 'statements.read', mine, true],
  ['partner', 'facts.read', mine, false],
  ['partner', 'earnings.read', mine, false],
  ['member', 'redemptions.place', mine, true],
  ['member', 'redemptions.place', stranger, false],
  ['finance', 'periods.close', {}, true],
  ['finance', 'agreements.activate', {}, false],
  ['legal', 'agreements.activate', {}, true],
  ['legal', 'periods.close', {}, false],
  ['admin', 'statements.approve', stranger, false],
  ['admin', 'persons.erase', stranger, false],
  ['service agent', 'statements.read', stranger, false],
  ['service agent', 'wallets.read', stranger, true],
  ['integration', 'facts.record', {}, true],
  ['integration', 'personal.read', stranger, true],
  ['integration', 'members.read', {}, false],
])('%s: %s of %o is %s', (role, permission, subject, expected) => {
  expect(may(caller(role), permission, subject)).toBe(expected);
});

test('a deal is shown to each of the parties to it', () => {
  expect(may(caller('representative'), 'facts.read', { party: ['p-customer', 'p-me'] })).toBe(true);
});

test('a caller who is no party owns nothing, also not what has no party', () => {
  const nobody = caller('representative', { party: null });
  expect(may(nobody, 'statements.read', mine)).toBe(false);
  expect(may(nobody, 'statements.read', {})).toBe(false);
  expect(partiesWithin(nobody, 'statements.read')).toEqual([]);
});

test.each([
  ['up to the limit', { party: 'p-1', amount: { asset: 'Points', minor: 500n } }, true],
  ['one above it', { party: 'p-1', amount: { asset: 'Points', minor: 501n } }, false],
  ['in an asset without a limit', { party: 'p-1', amount: { asset: 'EUR', minor: 1n } }, false],
  ['of less than nothing', { party: 'p-1', amount: { asset: 'Points', minor: -1n } }, false],
  ['of an amount that is not said', { party: 'p-1' }, false],
])('goodwill of a service agent %s', (_case, subject, expected) => {
  expect(may(caller('service agent'), 'goodwill.grant', subject)).toBe(expected);
});

describe('scopes', () => {
  test('narrow what the role may do', () => {
    const key = caller('integration', { scopes: new Set<Permission>(['facts.record']) });
    expect(may(key, 'facts.record')).toBe(true);
    expect(may(key, 'facts.read', stranger)).toBe(false);
    expect(mayAtAll(key, 'statements.read')).toBe(false);
  });

  test('of an integration say whether it sees names at all', () => {
    const key = caller('integration', { scopes: new Set<Permission>(['statements.read']) });
    expect(mayAtAll(key, 'personal.read')).toBe(false);
  });

  test('never add to it', () => {
    const key = caller('integration', { scopes: new Set<Permission>(['persons.erase']) });
    expect(mayAtAll(key, 'persons.erase')).toBe(false);
  });

  test('bind the jobs of the house too', () => {
    const job = jobCaller(1, 'issue-statements', ['statements.issue']);
    expect(may(job, 'statements.issue', stranger)).toBe(true);
    expect(may(job, 'periods.close')).toBe(false);
  });
});

test.each<[Role, 'all' | readonly string[]]>([
  ['finance', 'all'],
  ['manager', ['p-me', 'p-report']],
  ['representative', ['p-me']],
  ['service agent', []],
])('a list of statements for the %s holds %j', (role, expected) => {
  expect(partiesWithin(caller(role), 'statements.read')).toEqual(expected);
});
