// SPDX-License-Identifier: Apache-2.0
// Agreements and parties over HTTP: from a text to books that keep it, and from a name in another system to a person.
import { describe, expect, test } from 'vitest';
import { salesAgreement } from '../testing/sales-agreement.ts';
import { type TestWorkspace, testService } from '../testing/test-service.ts';

const service = await testService();

const withManagers = salesAgreement.replace(
  'parties Representatives\n',
  'parties Representatives, Managers\neach Representative has at any time one Manager\n',
);

function deal(id: string, data: Record<string, unknown> = {}) {
  return {
    ...{ specversion: '1.0', id, source: '/crm', type: 'Deal' },
    data: { Representative: 'ann', Amount: '45000', Closed: '2026-02-10', ...data },
  };
}

async function drafted(text = withManagers): Promise<{ readonly at: TestWorkspace; readonly hash: string }> {
  const at = await service.newWorkspace();
  const { body, status } = await at.send('POST', '/agreements', { body: { agreement: 'sales', text } });
  expect(status).toBe(201);
  return { at, hash: body.compiled.hash };
}

async function activated(text = withManagers): Promise<TestWorkspace> {
  const { at, hash } = await drafted(text);
  const answer = await at.send('POST', '/agreements/sales/versions/1/activation', { body: { hash } });
  expect(answer.status, answer.text).toBe(200);
  return at;
}

describe('a text', () => {
  test('that does not compile says where and what to do, and is not stored', async () => {
    const { send } = await service.newWorkspace();
    const text = salesAgreement.replace('sum of Amount', 'sum of Amout');
    const checked = await send('POST', '/agreement-check', { body: { text } });
    expect(checked.body).toMatchObject({
      compiles: false,
      errors: [{ place: expect.stringMatching(/^\d+:\d+$/) }],
    });
    const stored = await send('POST', '/agreements', { body: { agreement: 'sales', text } });
    expect(stored).toMatchObject({ status: 422, body: { code: 'agreement_wrong' } });
    expect((await send('GET', '/agreements')).body.items).toEqual([]);
  });

  test('is read with a sentence under each formula', async () => {
    const { at } = await drafted();
    const { body } = await at.send('GET', '/agreements/sales/versions/1');
    expect(body).toMatchObject({
      state: 'draft',
      title: 'Sales agreement',
      blanks: [{ name: 'Company' }, { name: 'Base Rate', value: '5%' }, {}, {}],
      clauses: [{ component: 'Commission' }],
    });
    expect(body.document).toContain('> ');
    expect(body.clauses[0].sentences.length).toBeGreaterThan(0);
  });
});

describe('activation', () => {
  test('records who did it, and needs the hash of what was read', async () => {
    const { at, hash } = await drafted();
    const path = '/agreements/sales/versions/1/activation';
    const wrong = await at.send('POST', path, { body: { hash: '0'.repeat(64) } });
    expect(wrong).toMatchObject({ status: 409, body: { code: 'hash_differs' } });
    const { body, status } = await at.send('POST', path, { body: { hash } });
    expect(status).toBe(200);
    expect(body.agreement.versions).toMatchObject([
      { version: 1, state: 'active', activatedBy: expect.stringMatching(/^user:/) },
    ]);
    const again = await at.send('POST', path, { body: { hash } });
    expect(again.body.code).toBe('version_active');
  });

  test('under one Idempotency-Key happens once and is answered twice', async () => {
    const { at, hash } = await drafted();
    const sent = { body: { hash }, headers: { 'idempotency-key': 'activate-1' } };
    const first = await at.send('POST', '/agreements/sales/versions/1/activation', sent);
    const second = await at.send('POST', '/agreements/sales/versions/1/activation', sent);
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotent-replayed']).toBe('true');
    const other = { ...sent, body: { hash, reason: 'other' } };
    expect((await at.send('POST', '/agreements/sales/versions/1/activation', other)).body.code).toBe(
      'idempotency_key_reused',
    );
  });

  test('picks up the facts that had waited, with their parties', async () => {
    const { at, hash } = await drafted();
    await at.send('POST', '/facts', { body: [deal('D-1'), deal('D-2', { Closed: 'nonsense' })] });
    const { body } = await at.send('POST', '/agreements/sales/versions/1/activation', { body: { hash } });
    expect(body.pickedUp).toBe(1);
    expect((await at.send('GET', '/facts')).body.items).toMatchObject([{ id: 'D-1' }]);
    expect((await at.send('GET', '/waiting-facts')).body.items).toMatchObject([{ id: 'D-2' }]);
  });

  test('of an amendment begins on its day and posts what it changes', async () => {
    const at = await activated();
    await at.send('POST', '/facts', { body: [deal('D-1'), deal('D-2', { Closed: '2026-04-10' })] });
    const text = withManagers.replace('[5% : Base Rate]', '[6% : Base Rate]');
    const added = await at.send('POST', '/agreements/sales/versions', { body: { text } });
    const body = { hash: added.body.compiled.hash, from: '2026-04-01' };
    const answer = await at.send('POST', '/agreements/sales/versions/2/activation', { body });
    expect(answer.body.agreement.versions).toMatchObject([
      { version: 1, to: '2026-04-01' },
      { version: 2, from: '2026-04-01', to: null },
    ]);
    const earlier = { ...body, from: '2026-03-01' };
    const third = await at.send('POST', '/agreements/sales/versions', { body: { text: `${text}\nMore.\n` } });
    expect(
      (
        await at.send('POST', '/agreements/sales/versions/3/activation', {
          body: { ...earlier, hash: third.body.compiled.hash },
        })
      ).body.code,
    ).toBe('version_order');
  });

  test('is refused where the kind of a field is another one elsewhere', async () => {
    const at = await activated();
    const text = salesAgreement.replace('Amount (USD)', 'Amount (EUR)').replaceAll('USD', 'EUR');
    const added = await at.send('POST', '/agreements', { body: { agreement: 'europe', text } });
    const answer = await at.send('POST', '/agreements/europe/versions/1/activation', {
      body: { hash: added.body.compiled.hash },
    });
    expect(answer.body).toMatchObject({ code: 'field_declared_otherwise', facts: { field: 'Amount' } });
  });
});

describe('a party', () => {
  test('that facts named first keeps its id when somebody says who it is', async () => {
    const at = await activated();
    await at.send('POST', '/facts', { body: deal('D-1') });
    const unknown = await at.send('GET', '/parties?state=unknown');
    expect(unknown.body.items).toMatchObject([{ kind: 'Representative', name: null }]);
    const added = await at.send('POST', '/parties', {
      body: { kind: 'Representative', name: 'Ann Brandt', references: [{ reference: 'ann' }] },
    });
    expect(added).toMatchObject({ status: 201, body: { state: 'known', name: 'Ann Brandt' } });
    expect(added.body.party).toBe(unknown.body.items[0].party);
    const { body } = await at.send('GET', '/facts/Deal/D-1');
    expect(body.revisions[0].parties).toEqual({ Representative: 'Ann Brandt' });
    const again = await at.send('POST', '/parties', {
      body: { kind: 'Representative', name: 'Another', references: [{ reference: 'ann' }] },
    });
    expect(again).toMatchObject({ status: 409, body: { code: 'reference_taken' } });
  });

  test('is found by part of its name, which the database holds sealed only', async () => {
    const at = await activated();
    await at.send('POST', '/parties', { body: { kind: 'Representative', name: 'Zoë Unusual' } });
    expect((await at.send('GET', '/parties?text=unus')).body.items).toMatchObject([{ name: 'Zoë Unusual' }]);
    const rows = await service.database.asOwner<{ ciphertext: Buffer }>(
      'select ciphertext from rapport.private where workspace = $1',
      [at.workspace],
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { ciphertext } of rows) expect(ciphertext.toString()).not.toContain('Unusual');
  });

  test('has relations from a day on, seen from both sides', async () => {
    const at = await activated();
    const add = async (kind: string, name: string) =>
      (await at.send('POST', '/parties', { body: { kind, name } })).body.party as string;
    const [ann, rosa] = [await add('Representative', 'Ann'), await add('Manager', 'Rosa')];
    const values = [{ attribute: 'Manager', value: rosa, from: '2026-01-01' }];
    const answer = await at.send('POST', `/parties/${ann}/attributes`, { body: { values } });
    expect(answer.status, answer.text).toBe(200);
    expect((await at.send('GET', `/parties/${ann}`)).body.relations).toEqual([
      { attribute: 'Manager', to: rosa, toName: 'Rosa', from: '2026-01-01', through: null },
    ]);
    expect((await at.send('GET', `/parties/${rosa}`)).body.related).toEqual([
      { attribute: 'Manager', of: ann, ofName: 'Ann' },
    ]);
    const { body: before } = await at.send('GET', '/parties');
    const otherKind = [{ attribute: 'Manager', value: ann }];
    const refused = await at.send('POST', `/parties/${ann}/attributes`, { body: { values: otherKind } });
    expect(refused.body).toMatchObject({
      code: 'party_of_other_kind',
      facts: { found: 'Representative', kind: 'Manager' },
    });
    expect((await at.send('GET', '/parties')).body).toEqual(before);
    const wrong = [{ attribute: 'Boss', value: rosa }];
    expect(
      (await at.send('POST', `/parties/${ann}/attributes`, { body: { values: wrong } })).body,
    ).toMatchObject({
      code: 'attribute_unknown',
      facts: { known: 'Manager' },
    });
  });
});

test('nothing failed on our side', () => {
  expect(service.failures).toEqual([]);
});
