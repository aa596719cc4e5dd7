// SPDX-License-Identifier: Apache-2.0
// Facts over HTTP: recorded once, answered as the first time, found again with what they caused.
import { describe, expect, test } from 'vitest';
import { activate, day } from '../testing/sales-agreement.ts';
import { type TestWorkspace, testService } from '../testing/test-service.ts';

const service = await testService();

function deal(id: string, data: Record<string, unknown> = {}, more: Record<string, unknown> = {}) {
  return {
    ...{ specversion: '1.0', id: `event-${id}`, source: '/crm', type: 'Deal', subject: id },
    data: { Representative: 'ann', Amount: '45000.00', Closed: '2026-02-10', ...data },
    ...more,
  };
}

async function salesWorkspace(): Promise<TestWorkspace> {
  const workspace = await service.newWorkspace();
  const writer = await service.context.writers.of(workspace.workspace);
  await activate(service.context.store, writer);
  await writer.submit([day('2026-04-01')], { together: true });
  return workspace;
}

describe('a fact', () => {
  test('is recorded, posted, and found with what it caused', async () => {
    const { send } = await salesWorkspace();
    const answer = await send('POST', '/facts', { body: deal('D-1') });
    expect(answer).toMatchObject({
      status: 200,
      body: { receipts: [{ kind: 'Deal', id: 'D-1', revision: 1, outcome: 'recorded', sequence: 3 }] },
    });
    const found = await send('GET', '/facts/Deal/D-1');
    expect(found.body.revisions).toMatchObject([
      {
        fields: { Amount: { amount: '45000', asset: 'USD' }, Closed: '2026-02-10' },
        countsOn: '2026-02-10',
        isLatest: true,
        caused: [
          {
            component: 'Commission',
            period: '2026-Q1',
            due: { amount: '2250.00', asset: 'USD' },
            held: { amount: '0.00' },
          },
        ],
      },
    ]);
    expect(service.failures).toEqual([]);
  });

  test('sent again is answered as the first time; with other content it is refused with both', async () => {
    const { send } = await salesWorkspace();
    const first = await send('POST', '/facts', { body: deal('D-1') });
    const again = await send('POST', '/facts', { body: deal('D-1', {}, { id: 'another-event' }) });
    expect(again.body.receipts[0]).toMatchObject({
      outcome: 'repeated',
      sequence: first.body.receipts[0].sequence,
    });
    const other = await send('POST', '/facts', { body: deal('D-1', { Amount: '1' }) });
    expect(other).toMatchObject({ status: 409, body: { code: 'same_revision_other_content' } });
    expect(other.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(other.body.contents.recorded.fields.Amount).toEqual({ amount: '45000', asset: 'USD' });
    expect(other.body.contents.given.fields.Amount).toEqual({ amount: '1', asset: 'USD' });
  });

  test('is corrected by its next revision and taken away by a void one', async () => {
    const { send } = await salesWorkspace();
    await send('POST', '/facts', { body: deal('D-1') });
    await send('POST', '/facts', { body: deal('D-1', { Amount: '50000' }, { revision: 2 }) });
    await send('POST', '/facts', { body: { ...deal('D-1', {}, { revision: 3, voided: true }), data: {} } });
    const { body } = await send('GET', '/facts/Deal/D-1');
    const dues = body.revisions.map(
      (one: { caused: { due: { amount: string } }[] }) => one.caused[0]?.due.amount,
    );
    expect(dues).toEqual(['2250.00', '250.00', '-2500.00']);
    const { body: found } = await send('GET', '/facts?kind=Deal');
    expect(found.items.map((one: { isLatest: boolean }) => one.isLatest)).toEqual([true, false, false]);
  });

  test('may come in binary mode, its attributes in headers', async () => {
    const { send } = await salesWorkspace();
    const headers = {
      'ce-specversion': '1.0',
      'ce-id': 'e%201',
      'ce-source': '/crm',
      'ce-type': 'Deal',
      'ce-revision': '1',
      'content-type': 'application/json',
    };
    const answer = await send('POST', '/facts', { headers, body: deal('x').data });
    expect(answer.body.receipts).toMatchObject([{ id: 'e 1', outcome: 'recorded' }]);
  });

  test('of a kind that nobody declares waits, and is answered as waiting', async () => {
    const workspace = await service.newWorkspace();
    const { send } = workspace;
    const answer = await send('POST', '/facts', { body: deal('D-1') });
    expect(answer.body.receipts[0]).toMatchObject({ outcome: 'waiting', sequence: null });
    const other = await send('POST', '/facts', { body: deal('D-1', { Amount: '7' }) });
    expect(other).toMatchObject({ status: 409, body: { code: 'same_revision_other_content' } });
    expect((await send('GET', '/waiting-facts')).body.items).toMatchObject([{ kind: 'Deal', id: 'D-1' }]);
  });
});

describe('a batch', () => {
  const json = { 'content-type': 'application/cloudevents-batch+json' };
  const wrong = deal('D-2', { Amount: 'much' });

  test('item by item records what fits and says what is wrong with the rest', async () => {
    const { send } = await salesWorkspace();
    const body = JSON.stringify([deal('D-1'), wrong, deal('D-3')]);
    const answer = await send('POST', '/facts', { headers: json, body });
    expect(answer.body.receipts.map((one: { outcome: string }) => one.outcome)).toEqual([
      'recorded',
      'refused',
      'recorded',
    ]);
    expect(answer.body.receipts[1].problem).toMatchObject({
      code: 'field_wrong_type',
      place: '/data/Amount',
    });
  });

  test('together records all or nothing', async () => {
    const { send } = await salesWorkspace();
    const body = JSON.stringify([deal('D-1'), wrong]);
    const answer = await send('POST', '/facts?together=true', { headers: json, body });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'batch_not_recorded', errors: [{ place: '/body/1/data/Amount' }] },
    });
    expect((await send('GET', '/facts')).body.items).toEqual([]);
  });
});

describe('what somebody may see', () => {
  test('of facts is what names them, and another workspace is not there', async () => {
    const workspace = await salesWorkspace();
    const { send } = workspace;
    await send('POST', '/facts', { body: deal('D-1') });
    await send('POST', '/facts', { body: deal('D-2', { Representative: 'ben' }) });
    const { body } = await send('GET', '/facts/Deal/D-1');
    const ann = body.revisions[0].fields.Representative as string;
    const as = await workspace.signIn('representative', ann);
    const own = await send('GET', '/facts', { as });
    expect(own.body.items.map(({ id }: { id: string }) => id)).toEqual(['D-1']);
    expect((await send('GET', '/facts/Deal/D-2', { as })).status).toBe(404);
    expect((await send('POST', '/facts', { as, body: deal('D-3') })).body.code).toBe('not_allowed');
    const elsewhere = await service.newWorkspace();
    expect((await elsewhere.send('GET', '/facts', { as })).body.code).toBe('workspace_unknown');
    expect((await send('GET', '/facts', { as: {} })).body.code).toBe('not_signed_in');
  });
});
