// SPDX-License-Identifier: Apache-2.0
// Personal data over the whole service: sealed in the log, opened for who may see it, exported, and erased so that sums,
// statements and proofs stay valid and nothing readable is left anywhere in the database.
import { leafHash, merkleRoot } from '@rapport/core/proof/merkle.ts';
import { describe, expect, test } from 'vitest';
import { keepHouse } from '../actions/housekeeping.ts';
import { newPartyId } from '../actions/party-reference.ts';
import { putName } from '../actions/personal-names.ts';
import { readErasures } from '../store/backup/erasure-journal.ts';
import { addParties, addReferences } from '../store/party-rows.ts';
import { activate, day, salesAgreement } from '../testing/sales-agreement.ts';
import { erasedPath, request, type TestWorkspace, testService } from '../testing/test-service.ts';

let now = new Date('2026-04-10T09:00:00Z');
const service = await testService({ clock: () => now });

/** Whoever would be found by these words was not erased. */
const words = ['Ann Lovelace', 'ann.lovelace@example.com', 'Charles Babbage', 'crm-ann'];

const text = salesAgreement.replace('Amount (USD)', 'Contact (text), Amount (USD)');

/** Ann with a name, a reference, an account, a deal with her contact, and a fact of hers that waits. */
async function workspaceWithAnn() {
  const made = await service.newWorkspace();
  const { workspace, send } = made;
  const writer = await service.context.writers.of(workspace);
  await activate(service.context.store, writer, { text });
  await writer.submit([day('2026-04-01')], { together: true });
  await send('POST', '/personal-fields', {
    body: { kind: 'Deal', field: 'Contact', subject: 'Representative' },
  });
  const party = newPartyId(service.context);
  await service.context.store.within(workspace, async (scope) => {
    await addParties(scope, [{ party, kind: 'Representative', state: 'known' }]);
    const reference = { kind: 'Representative', system: '', party };
    await addReferences(scope, [
      { ...reference, reference: 'crm-ann' },
      { ...reference, reference: party },
    ]);
    await putName(service.context, scope, { party, name: 'Ann Lovelace' });
  });
  const account = await made.join('representative', party);
  await service.database.asOwner('update access."user" set name = $1, email = $2 where id = $3', [
    'Ann Lovelace',
    `${workspace}-ann.lovelace@example.com`,
    account.user,
  ]);
  for (const [id, amount, who] of [
    ['D-1', '45000', 'crm-ann'],
    ['D-2', '20000', 'crm-ann'],
    ['D-3', '700', 'bob'],
  ] as const) {
    const { body } = await send('POST', '/facts', { body: deal(id, amount, who) });
    expect(body.receipts[0].outcome).toBe('recorded');
  }
  await service.database.asOwner(
    `insert into rapport.feed_file (workspace, load, ordinal, file_name, content)
     values ($1, 1, 1, 'deals.csv', $2), ($1, 2, 1, 'others.csv', $3)`,
    [workspace, Buffer.from('id,owner\nD-1,crm-ann\n'), Buffer.from('id,owner\nD-3,bob\n')],
  );
  await send('POST', '/facts', { body: { ...deal('M-1', '1', 'crm-ann'), type: 'Meeting' } });
  return { ...made, party, account };
}

function deal(id: string, amount: string, who: string) {
  return {
    ...{ specversion: '1.0', id: `event-${id}`, source: '/crm', type: 'Deal', subject: id },
    data: { Representative: who, Contact: 'Charles Babbage', Amount: amount, Closed: '2026-02-10' },
  };
}

const erase = ({ send, party }: { send: TestWorkspace['send']; party: string }, confirm = party) =>
  send('POST', `/parties/${party}/erasure`, { body: { reason: 'asked by the person', confirm } });

/** Every row of every table in both schemas, as text. */
async function everything(): Promise<string> {
  const tables = await service.database.asOwner<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('rapport', 'access')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await service.database.asOwner<{ row: string }>(`select t::text as row from ${name} t`);
    texts.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return texts.join('\n');
}

async function truthOf(workspace: number) {
  const rows = async (table: string) =>
    (
      await service.database.asOwner<{ row: string }>(
        `select t::text as row from rapport.${table} t where workspace = $1 order by 1`,
        [workspace],
      )
    ).map(({ row }) => row);
  const bodies = await service.database.asOwner<{ body: string }>(
    'select body from rapport.log where workspace = $1 order by sequence',
    [workspace],
  );
  return {
    root: Buffer.from(merkleRoot(bodies.map(({ body }) => leafHash(Buffer.from(body))))).toString('hex'),
    transfers: await rows('transfer'),
    posted: await rows('posted'),
    statements: await rows('statement'),
  };
}

describe('a personal field', () => {
  test('stands in the log as a seal, and is shown to whoever may see the fact and personal data', async () => {
    const { workspace, send, party } = await workspaceWithAnn();
    const bodies = await service.database.asOwner<{ body: string }>(
      `select body from rapport.log where workspace = $1 and kind = 'fact'`,
      [workspace],
    );
    expect(bodies).toHaveLength(3);
    expect(bodies.every(({ body }) => /"Contact":\{"kind":"text","value":"[0-9a-f]{64}"\}/.test(body))).toBe(
      true,
    );
    const seen = await send('GET', '/facts/Deal/D-1');
    expect(seen.body.revisions[0]).toMatchObject({
      fields: { Contact: 'Charles Babbage', Representative: party },
      parties: { Representative: 'Ann Lovelace' },
    });
    const key = await send('POST', '/api-keys', { body: { title: 'CRM', scopes: ['facts.read'] } });
    const withKey = await send('GET', '/facts/Deal/D-1', {
      as: { authorization: `Bearer ${key.body.secret}` },
    });
    expect(withKey.body.revisions[0].fields.Contact).toMatch(/^[0-9a-f]{64}$/);
    expect(withKey.text).not.toMatch(/Lovelace|Babbage/);
  });

  test('sent again with the fact is a repeat; with another value it is refused', async () => {
    const { send } = await workspaceWithAnn();
    const again = await send('POST', '/facts', { body: deal('D-1', '45000', 'crm-ann') });
    expect(again.body.receipts[0].outcome).toBe('repeated');
    const body = deal('D-1', '45000', 'crm-ann');
    const other = await send('POST', '/facts', {
      body: { ...body, data: { ...body.data, Contact: 'Somebody else' } },
    });
    expect(other.body.code).toBe('same_revision_other_content');
  });
});

test('an export holds everything about a person, for an administrator and for the person', async () => {
  const { send, party, account } = await workspaceWithAnn();
  const mine = await send('GET', `/parties/${party}/export`, { as: account.headers });
  const theirs = await send('GET', `/parties/${party}/export`);
  expect(theirs.headers['content-disposition']).toContain('.json');
  const document = JSON.parse(theirs.text);
  expect({ ...JSON.parse(mine.text), exportedAt: null }).toEqual({ ...document, exportedAt: null });
  expect(document).toMatchObject({
    party: { id: party, kind: 'Representative' },
    name: 'Ann Lovelace',
    erasedAt: null,
    accounts: [{ name: 'Ann Lovelace', role: 'representative' }],
    isComplete: true,
  });
  expect(document.references.map((one: { reference: string }) => one.reference)).toContain('crm-ann');
  expect(document.personalFields.map((one: { value: string }) => one.value)).toEqual([
    'Charles Babbage',
    'Charles Babbage',
  ]);
  expect(document.log.map((one: { entry: { fact: { id: string } } }) => one.entry.fact.id)).toEqual([
    'D-1',
    'D-2',
  ]);
  expect(document.transfers.length).toBeGreaterThan(0);
  const { send: other } = await workspaceWithAnn();
  expect((await other('GET', `/parties/${party}/export`)).body.code).toBe('party_unknown');
});

describe('erasing a person', () => {
  test('leaves sums, statements and proofs as they were and nothing readable anywhere', async () => {
    const made = await workspaceWithAnn();
    const { workspace, send, party, account } = made;
    const before = await truthOf(workspace);
    expect(before.transfers.length).toBeGreaterThan(0);
    expect(await everything()).toMatch(/ann\.lovelace/);
    const answer = await erase(made);
    expect(answer.body).toMatchObject({ party, erasedAt: now.toISOString(), kept: [] });
    expect(await truthOf(workspace)).toEqual(before);

    const left = (await everything())
      .split('\n')
      .filter((row) => row.includes(`(${workspace},`) || row.startsWith('access.'));
    expect(left.filter((row) => row.includes(`${workspace}-ann.lovelace`))).toEqual([]);
    expect(
      left.filter((row) => row.includes(`(${workspace},`) && words.some((word) => row.includes(word))),
    ).toEqual([]);
    const keys = await service.database.asOwner(
      'select 1 from rapport.subject_key where workspace = $1 and party = $2',
      [workspace, party],
    );
    expect(keys).toEqual([]);
    const seen = await send('GET', '/facts/Deal/D-1');
    expect(seen.body.revisions[0].fields.Contact).toMatch(/^[0-9a-f]{64}$/);
    expect(seen.body.revisions[0].caused[0].due).toEqual({ amount: '2250.00', asset: 'USD' });
    expect(seen.text).not.toMatch(/Lovelace|Babbage/);
    const files = await service.database.asOwner(
      'select file_name from rapport.feed_file where workspace = $1',
      [workspace],
    );
    expect(files).toEqual([{ file_name: 'others.csv' }]);
    const session = await request(service.app, 'GET', '/api/v1/session', { headers: account.headers });
    expect(session.status).toBe(401);
    expect(readErasures(erasedPath)).toContainEqual(expect.objectContaining({ workspace, party }));
  });

  test('does not touch anybody else', async () => {
    const made = await workspaceWithAnn();
    await erase(made);
    const bob = await made.send('GET', '/facts/Deal/D-3');
    expect(bob.body.revisions[0].fields.Contact).toBe('Charles Babbage');
  });

  test('lets no name back in: a repeat stays a repeat and a new fact keeps only its seal', async () => {
    const made = await workspaceWithAnn();
    const { send, party, workspace } = made;
    await erase(made);
    const again = await send('POST', '/facts', { body: deal('D-1', '45000', party) });
    expect(again.body.receipts[0].outcome).toBe('repeated');
    const next = await send('POST', '/facts', { body: deal('D-9', '10', party) });
    expect(next.body.receipts[0].outcome).toBe('recorded');
    const kept = await service.database.asOwner(
      'select 1 from rapport.private where workspace = $1 and party = $2',
      [workspace, party],
    );
    expect(kept).toEqual([]);
  });

  test('is asked for twice: it needs the party again, and happens once', async () => {
    const made = await workspaceWithAnn();
    expect((await erase(made, 'p-another')).body.code).toBe('not_confirmed');
    expect((await erase(made)).status).toBe(200);
    expect((await erase(made)).body).toMatchObject({ status: 410, code: 'person_erased' });
    expect(
      (await made.send('POST', '/parties/p-nobody/erasure', { body: { reason: 'x', confirm: 'p-nobody' } }))
        .body.code,
    ).toBe('party_unknown');
  });

  test('waits for a floor of the law, and then happens by itself', async () => {
    const made = await workspaceWithAnn();
    const { workspace, send, party } = made;
    await service.database.asOwner(
      `insert into rapport.statement (workspace, agreement, payee, period, version, body, hash, sequence, issued_at)
       values ($1, 'sales', $2, '2026-Q1', 1, '{}', '00', 5, '2026-04-01')`,
      [workspace, party],
    );
    const path = `/parties/${party}/erasure`;
    const kept = [{ until: '2029-04-01', why: 'NY-1' }];
    expect((await send('GET', path)).body).toMatchObject({ erasedAt: null, dueOn: null, kept, accounts: 1 });
    const answer = await erase(made);
    expect(answer.body).toMatchObject({ erasedAt: null, kept });
    expect((await send('GET', path)).body).toMatchObject({ erasedAt: null, dueOn: '2029-04-01', kept });
    const before = now;
    now = new Date('2029-03-31T12:00:00Z');
    expect(await keepHouse(service.context, workspace)).toEqual([]);
    now = new Date('2029-04-01T12:00:00Z');
    expect(await keepHouse(service.context, workspace)).toEqual([party]);
    expect(await keepHouse(service.context, workspace)).toEqual([]);
    now = before;
    const later = await made.join('owner');
    const document = await send('GET', `/parties/${party}/export`, { as: later.headers });
    expect(JSON.parse(document.text)).toMatchObject({ name: null, erasedAt: expect.any(String) });
  });

  test('can be taken back while it waits, on the record, and not afterwards', async () => {
    const made = await workspaceWithAnn();
    const { workspace, send, party } = made;
    const path = `/parties/${party}/erasure`;
    await service.database.asOwner(
      `insert into rapport.statement (workspace, agreement, payee, period, version, body, hash, sequence, issued_at)
       values ($1, 'sales', $2, '2026-Q1', 1, '{}', '00', 5, '2023-06-01')`,
      [workspace, party],
    );
    await erase(made);
    expect((await send('DELETE', path)).body).toMatchObject({ erasedAt: null, dueOn: null });
    const trail = await send('GET', '/audit?limit=1');
    expect(trail.body.items[0]).toMatchObject({ action: 'persons.erase withdrawn' });
    const before = now;
    now = new Date('2026-06-02T12:00:00Z');
    expect(await keepHouse(service.context, workspace)).toEqual([]);
    const owner = (await made.join('owner')).headers;
    await send('POST', path, { body: { reason: 'asked again', confirm: party }, as: owner });
    expect((await send('DELETE', path, { as: owner })).body.code).toBe('person_erased');
    expect((await send('GET', path, { as: owner })).body).toMatchObject({
      erasedAt: expect.any(String),
      kept: [],
      accounts: 0,
    });
    now = before;
  });

  test('does not wait where the workspace says that the law does not concern it, on the record', async () => {
    const made = await workspaceWithAnn();
    const { workspace, send, party } = made;
    await service.database.asOwner(
      `insert into rapport.statement (workspace, agreement, payee, period, version, body, hash, sequence, issued_at)
       values ($1, 'sales', $2, '2026-Q1', 1, '{}', '00', 5, '2026-04-01')`,
      [workspace, party],
    );
    const changed = await send('PUT', '/retention', { body: { jurisdictions: ['DE'], years: 0 } });
    expect(changed.body.floors).toMatchObject([{ id: 'NY-1', applies: false }]);
    expect((await erase(made)).body.erasedAt).toBe(now.toISOString());
    const trail = await send('GET', '/audit?limit=3');
    expect(trail.body.items.map((row: { action: string }) => row.action)).toEqual([
      'persons.erase',
      'retention.change',
      expect.any(String),
    ]);
  });
});
