// SPDX-License-Identifier: Apache-2.0
// Who reports to whom, by dated relations in the log: what a manager sees follows them from day to day.
import { expect, test } from 'vitest';
import { newPartyId } from '../actions/party-reference.ts';
import { dayOf } from '../testing/sales-agreement.ts';
import { request, testService } from '../testing/test-service.ts';

let now = new Date('2026-06-15T12:00:00Z');
const service = await testService({ clock: () => now });

interface Relation {
  readonly of: string;
  readonly to: string;
  readonly from?: string;
  readonly through?: string;
  readonly attribute?: string;
}

async function teamOf(relations: readonly Relation[]) {
  const made = await service.newWorkspace();
  const writer = await service.context.writers.of(made.workspace);
  const ids = new Map<string, string>();
  const id = (name: string) => {
    if (!ids.has(name)) ids.set(name, newPartyId(service.context));
    return ids.get(name)!;
  };
  for (const { of, to, from, through, attribute = 'Manager' } of relations) {
    const fact = {
      ...{ party: 'Representative', of: id(of), attribute, value: { kind: 'party' as const, value: id(to) } },
      from: from === undefined ? null : dayOf(from),
      through: through === undefined ? null : dayOf(through),
    };
    await writer.submit([{ entry: { kind: 'attribute', fact }, actor: 'user:test', source: '' }], {
      together: true,
    });
  }
  const seen = async () => {
    const { headers } = await made.join('manager', id('mia'));
    const identity = await service.context.access.identify({ cookie: headers['cookie'] });
    const team = identity!.places[0]!.caller.team;
    return [...ids].flatMap(([name, party]) => (team.has(party) ? [name] : [])).sort();
  };
  return { ...made, seen };
}

test('a team is everybody below, at any depth, and nobody else', async () => {
  const { seen } = await teamOf([
    { of: 'ann', to: 'mia' },
    { of: 'bob', to: 'ann' },
    { of: 'cat', to: 'max' },
    { of: 'mia', to: 'max' },
  ]);
  expect(await seen()).toEqual(['ann', 'bob']);
});

test('whoever moves to another leader leaves on that day', async () => {
  const { seen } = await teamOf([
    { of: 'ann', to: 'mia' },
    { of: 'ann', to: 'max', from: '2026-07-01' },
    { of: 'bob', to: 'mia', through: '2026-06-30' },
  ]);
  expect(await seen()).toEqual(['ann', 'bob']);
  now = new Date('2026-07-01T00:00:00Z');
  expect(await seen()).toEqual([]);
  now = new Date('2026-06-15T12:00:00Z');
});

test('people who report to each other in a circle are a team of each other, once', async () => {
  const { seen } = await teamOf([
    { of: 'ann', to: 'mia' },
    { of: 'mia', to: 'ann' },
  ]);
  expect(await seen()).toEqual(['ann']);
});

test('which relation leads is a setting of the workspace, changed on the record', async () => {
  const { seen, send } = await teamOf([
    { of: 'ann', to: 'mia', attribute: 'Coach' },
    { of: 'bob', to: 'mia', attribute: 'Manager' },
  ]);
  expect(await seen()).toEqual(['bob']);
  expect((await send('GET', '/settings')).body.teamRelations).toContain('Manager');
  expect((await send('PUT', '/settings', { body: { teamRelations: ['Coach'] } })).status).toBe(200);
  expect(await seen()).toEqual(['ann']);
  expect((await send('GET', '/audit?limit=1')).body.items).toMatchObject([{ action: 'workspace.change' }]);
});

test('a member who is no manager has no team, whoever reports to them', async () => {
  const { join, seen } = await teamOf([{ of: 'ann', to: 'mia' }]);
  expect(await seen()).toEqual(['ann']);
  const { headers } = await join('representative', 'p-someone');
  const session = await request(service.app, 'GET', '/api/v1/session', { headers });
  expect(session.body.workspaces[0].may['statements.read']).toBe('own');
});
