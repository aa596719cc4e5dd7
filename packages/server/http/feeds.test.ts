// SPDX-License-Identifier: Apache-2.0
// Files of other systems through their feeds: previewed, held back when they change too much, recorded exactly once,
// accounted for row by row.
import { beforeAll, describe, expect, test } from 'vitest';
import { activate, day } from '../testing/sales-agreement.ts';
import { type TestWorkspace, testService } from '../testing/test-service.ts';

const service = await testService();
let workspace: TestWorkspace;

const mapping = {
  sources: [
    {
      file: 'deals.csv',
      fact: 'Deal',
      id: 'id',
      fields: {
        Representative: 'who',
        Amount: { column: 'amount', currency: 'USD' },
        Closed: { column: 'closed', date: ['ISO'] },
      },
    },
  ],
};

function csv(...rows: readonly string[]): Buffer {
  return Buffer.from(`id,who,amount,closed\n${rows.join('\n')}\n`);
}

async function upload(feed: string, content: Buffer, { preview = false, as = workspace.owner } = {}) {
  const answer = await service.app.inject({
    method: 'POST',
    url: `/api/v1/workspaces/${workspace.name}/feeds/${feed}/loads?file=deals.csv&preview=${preview}`,
    headers: { ...as, 'content-type': 'text/csv' },
    payload: content,
  });
  return { status: answer.statusCode, body: answer.json() };
}

beforeAll(async () => {
  workspace = await service.newWorkspace();
  const writer = await service.context.writers.of(workspace.workspace);
  await activate(service.context.store, writer);
  await writer.submit([day('2026-03-31')], { together: true });
  for (const [feed, mode] of [
    ['crm', 'events'],
    ['daily', 'snapshot'],
  ]) {
    const answer = await workspace.send('PUT', `/feeds/${feed}`, { body: { title: 'Deals', mode, mapping } });
    expect(answer.status).toBe(200);
    expect(answer.body.kinds).toEqual(['Deal']);
  }
});

describe('a file of events', () => {
  test('is previewed without a trace, with its effect on pay', async () => {
    const { status, body } = await upload('crm', csv('D-1,ann,1000.00,2026-02-01'), { preview: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'preview',
      changes: { added: 1, revised: 0, repeated: 0, voided: 0 },
      effect: [{ before: { amount: '0.00' }, after: { amount: '50.00', asset: 'USD' } }],
    });
    expect((await workspace.send('GET', '/facts?kind=Deal')).body.items).toEqual([]);
    const approved = await workspace.send('POST', `/loads/${body.load}/approval`, { body: {} });
    expect(approved.body).toMatchObject({ state: 'recorded' });
    const [fact] = (await workspace.send('GET', `/facts?load=${body.load}`)).body.items;
    expect(fact).toMatchObject({ id: 'D-1', fields: { Amount: { amount: '1000', asset: 'USD' } } });
    const again = await workspace.send('POST', `/loads/${body.load}/approval`, { body: {} });
    expect(again.body.code).toBe('load_not_waiting');
  });

  test('tells every row that it could not take, and takes the others', async () => {
    const { body } = await upload(
      'crm',
      csv(
        'D-2,ann,2000.00,2026-02-02',
        'D-3,ann,1.234,5,2026-02-30',
        'D-4,ann,EUR 5,2026-02-03',
        'D-5,ann,10,2026-02-31',
      ),
    );
    expect(body.state).toBe('recorded');
    expect(body.accounts[0].outcomes).toMatchObject([
      { outcome: 'taken', rows: 1, sums: [{ field: 'Amount', sum: '2000' }] },
      { outcome: 'filtered', rows: 0 },
      { outcome: 'waiting', rows: 0 },
      { outcome: 'rejected', rows: 3 },
    ]);
    const rows = (await workspace.send('GET', `/loads/${body.load}/rows?outcome=rejected`)).body.items;
    expect(rows.map((row: { row: number }) => row.row)).toEqual([3, 4, 5]);
    expect(rows[2]).toMatchObject({ code: 'row_date_not_existing', file: 'deals.csv' });
  });

  test('with an id that is known with other content is not recorded again', async () => {
    const { body } = await upload('crm', csv('D-1,ann,9999.00,2026-02-01'));
    const state = body.state;
    const load =
      state === 'waiting for approval'
        ? (await workspace.send('POST', `/loads/${body.load}/approval`, { body: {} })).body
        : body;
    expect(load.reasons.join()).toContain('same_revision_other_content: Deal D-1');
    const fact = await workspace.send('GET', '/facts/Deal/D-1');
    expect(fact.body.revisions).toHaveLength(1);
  });
});

describe('a snapshot', () => {
  test('revises what changed, proposes voids for what is gone, and waits when that is too much', async () => {
    const first = await upload('daily', csv('S-1,bob,100,2026-01-10', 'S-2,bob,200,2026-01-11'));
    expect(first.body.state).toBe('recorded');
    const second = await upload('daily', csv('S-2,bob,250,2026-01-11', 'S-3,bob,300,2026-01-12'));
    expect(second.body).toMatchObject({
      state: 'waiting for approval',
      changes: { added: 1, revised: 1, repeated: 0, voided: 1 },
    });
    expect(second.body.reasons[0]).toBe('It changes or takes away 2 of 2 known rows; 20% is the limit.');
    expect((await workspace.send('GET', '/facts/Deal/S-1')).body.revisions).toHaveLength(1);
    await workspace.send('POST', `/loads/${second.body.load}/approval`, { body: { reason: 'checked' } });
    const gone = (await workspace.send('GET', '/facts/Deal/S-1')).body.revisions;
    expect(
      gone.map((one: { revision: number; isVoid: boolean }) => [one.revision, one.isVoid]),
    ).toContainEqual([2, true]);
    expect((await workspace.send('GET', '/facts/Deal/S-2')).body.revisions).toHaveLength(2);
    const same = await upload('daily', csv('S-2,bob,250,2026-01-11', 'S-3,bob,300,2026-01-12'));
    expect(same.body.code).toBe('load_repeated');
  });

  test('that is rejected leaves nothing', async () => {
    const { body } = await upload('daily', csv('S-9,bob,1,2026-01-11'), { preview: true });
    const rejected = await workspace.send('POST', `/loads/${body.load}/rejection`, {
      body: { reason: 'wrong file' },
    });
    expect(rejected.body.state).toBe('rejected');
    expect((await workspace.send('GET', '/facts/Deal/S-9')).status).toBe(404);
  });
});

describe('completeness', () => {
  test('is held to the totals of the feed, and accounts for every row', async () => {
    const wrong = await workspace.send('POST', '/feeds/daily/completeness', {
      body: { through: '2026-01-31', rows: 7 },
    });
    expect(wrong.body).toMatchObject({ code: 'completeness_differs', facts: { theirs: '7', ours: '2' } });
    const right = await workspace.send('POST', '/feeds/daily/completeness', {
      body: { through: '2026-01-31', rows: 2, sums: { Amount: '550' } },
    });
    expect(right.body).toMatchObject({ feed: 'daily', through: '2026-01-31' });
    const back = await workspace.send('POST', '/feeds/daily/completeness', {
      body: { through: '2026-01-01' },
    });
    expect(back.body.code).toBe('completeness_backwards');
    const { items } = (await workspace.send('GET', '/completeness')).body;
    const daily = items.find((item: { feed: string }) => item.feed === 'daily');
    expect(daily).toMatchObject({
      completeThrough: '2026-01-31',
      credited: [{ agreement: 'sales', clause: 'Commission', facts: 2 }],
      uncredited: 1,
      differs: false,
    });
  });
});

test.each([
  ['nothing to read', Buffer.from(''), 422],
  ['not UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0x41]), 422],
  ['other columns', Buffer.from('a,b\n1,2\n'), 422],
])('%s is answered, not crashed on', async (_, content, status) => {
  const answer = await upload('crm', content, { preview: true });
  expect(answer.status).toBe(status);
  expect(service.failures).toEqual([]);
});

test('a representative may neither upload nor approve', async () => {
  const as = await workspace.signIn('representative');
  expect((await upload('crm', csv(), { as })).status).toBe(403);
  expect((await workspace.send('POST', '/loads/1/approval', { body: {}, as })).status).toBe(403);
});

describe('a mapping is tried on the beginning of a file', () => {
  const tried = (given: object, as = workspace.owner) =>
    workspace.send('POST', '/feed-try', {
      body: {
        mode: 'events',
        mapping,
        files: [
          { name: 'sample.csv', text: 'id,who,amount,closed\nT-1,new,10.50,2026-02-01\nT-2,new,1 0,x\n' },
        ],
        ...given,
      },
      as,
    });

  test('and tells the facts and what is wrong with which row, without a trace', async () => {
    const { body, status } = await tried({});
    expect(status).toBe(200);
    expect(body.errors).toEqual([]);
    expect(body.facts).toEqual([
      {
        ...{ kind: 'Deal', id: 'T-1', revision: 1 },
        fields: { Representative: 'new', Amount: { amount: '10.5', asset: 'USD' }, Closed: '2026-02-01' },
      },
    ]);
    expect(body.findings.map(({ code, place }: { code: string; place: string }) => [code, place])).toEqual(
      expect.arrayContaining([['row_date_malformed', 'deals.csv:3:closed']]),
    );
    expect(body.accounts[0].rows).toBe(2);
    expect((await workspace.send('GET', '/parties?text=new')).body.items).toEqual([]);
  });

  test('and tells what is wrong with the mapping itself', async () => {
    const [source] = mapping.sources;
    const wrong = { sources: [{ ...source, fields: { Amount: { column: 'amount', number: '1' } } }] };
    const { body } = await tried({ mapping: wrong });
    expect(body).toMatchObject({ errors: [{ code: 'feed_malformed' }], facts: [], accounts: [] });
    const unknown = { sources: [{ ...source, fact: 'Dael' }] };
    expect((await tried({ mapping: unknown })).body.findings).toMatchObject([{ code: 'feed_kind_unknown' }]);
  });

  test('by who may change feeds, where an agreement says what facts there are', async () => {
    expect((await tried({}, await workspace.signIn('auditor'))).status).toBe(403);
    const empty = await service.newWorkspace();
    const answer = await empty.send('POST', '/feed-try', { body: { mode: 'events', mapping, files: [] } });
    expect(answer.body.code).toBe('kind_not_declared');
  });
});
