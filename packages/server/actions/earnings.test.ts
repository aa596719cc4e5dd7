// SPDX-License-Identifier: Apache-2.0
// Earnings over HTTP: why, attainment, forecast, what a deal would pay, and postings as they happen.
import { describe, expect, test } from 'vitest';
import { addParties, addReferences } from '../store/party-rows.ts';
import { activate, day, deal } from '../testing/sales-agreement.ts';
import { type TestWorkspace, testService } from '../testing/test-service.ts';

const service = await testService();
const ann = `p-${'a1'.repeat(12)}`;

/** Ann has sold for USD 45,000 by 15 February 2026. */
async function sold(): Promise<TestWorkspace> {
  const workspace = await service.newWorkspace();
  const { store, writers } = service.context;
  const writer = await writers.of(workspace.workspace);
  await store.within(workspace.workspace, async (scope) => {
    await addParties(scope, [{ party: ann, kind: 'Representative', state: 'known' }]);
    await addReferences(scope, [{ kind: 'Representative', system: '', reference: 'ann', party: ann }]);
  });
  await activate(store, writer);
  await writer.submit([day('2026-02-15'), deal('D-1', { of: ann, amount: 45_000 })], { together: true });
  return workspace;
}

describe('earnings', () => {
  test('an explanation goes from the amount down to the sentence, the slices and the deals', async () => {
    const { send } = await sold();
    const { body } = await send(
      'GET',
      `/agreements/sales/explanation?clause=commission&payee=${ann}&period=2026-Q1`,
    );
    expect(body).toMatchObject({ component: 'Commission', amount: { amount: '2250.00', asset: 'USD' } });
    expect(body.parts[0].reason.parts.map(({ label }: { label: string }) => label)).toEqual([
      'Revenue',
      'Base Rate (5%) of USD 45,000',
    ]);
    expect(body.lines).toMatchObject([{ fact: { id: 'D-1' }, rate: '5%', amount: { amount: '2250.00' } }]);
    const none = await send('GET', `/agreements/sales/explanation?clause=bonus&payee=${ann}`);
    expect([none.status, none.body.code]).toEqual([404, 'line_unknown']);
  });

  test('attainment says where a measure stands in its table, and what is missing to the next band', async () => {
    const { send } = await sold();
    const { body } = await send('GET', `/agreements/sales/attainment?payee=${ann}`);
    expect(body).toMatchObject({
      period: '2026-Q1',
      measures: [{ name: 'Revenue', value: 'USD 45,000', toNext: 'USD 5,000', components: ['Commission'] }],
    });
  });

  test('a forecast has what is posted beside what the period gives', async () => {
    const { send } = await sold();
    const { body } = await send('GET', `/agreements/sales/forecast?payee=${ann}`);
    expect(body).toMatchObject({
      period: '2026-Q1',
      items: [{ component: 'Commission', posted: { amount: '2250.00' }, forecast: { amount: '2250.00' } }],
      totals: [{ forecast: { amount: '2250.00', asset: 'USD' } }],
    });
  });

  test('a deal that is not there yet pays by the slices that it would reach, and nothing is recorded', async () => {
    const { send, workspace } = await sold();
    const head = async () => (await service.context.writers.of(workspace)).read((view) => view.head);
    const before = await head();
    const { body } = await send('POST', '/agreements/sales/what-if', {
      body: {
        facts: [{ kind: 'Deal', fields: { Representative: 'ann', Amount: 20_000, Closed: '2026-03-30' } }],
      },
    });
    expect(body.differences).toMatchObject([
      {
        component: 'Commission',
        payee: ann,
        before: { amount: '2250.00' },
        after: { amount: '3700.00' },
        difference: { amount: '1450.00' },
      },
    ]);
    expect(await head()).toBe(before);
  });

  test('other terms are tried on the same facts', async () => {
    const { send } = await sold();
    const ask = (blanks: Record<string, string>) =>
      send('POST', '/agreements/sales/what-if', { body: { payee: ann, blanks } });
    expect((await ask({ 'Base Rate': '6%' })).body.totals).toMatchObject([
      { difference: { amount: '450.00' } },
    ]);
    const unknown = await ask({ Bonus: 'USD 1' });
    expect([unknown.status, unknown.body.code]).toEqual([422, 'blank_unknown']);
    const wrong = await ask({ 'Base Rate': 'much' });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'blank_wrong']);
  });

  test.each([
    [{ kind: 'Deal', fields: { Representative: 'zoe', Amount: 1, Closed: '2026-03-30' } }, 'party_unknown'],
    [{ kind: 'Deal', fields: { Colour: 'red' } }, 'field_unknown'],
    [{ kind: 'Visit', fields: {} }, 'kind_not_declared'],
  ])('what cannot be is refused: %j', async (fact, code) => {
    const { send } = await sold();
    const { body } = await send('POST', '/agreements/sales/what-if', { body: { facts: [fact] } });
    expect(body.code).toBe(code);
  });
});

describe('postings', () => {
  test('are listed newest first, with the entry that brought each about', async () => {
    const { send, workspace } = await sold();
    const writer = await service.context.writers.of(workspace);
    await writer.submit([deal('D-2', { of: ann, amount: 20_000 })], { together: true });
    const { body } = await send('GET', `/postings?payee=${ann}&limit=1`);
    expect(body.items).toMatchObject([
      { due: { amount: '1450.00' }, accounting: '2026-Q1', cause: { fact: { kind: 'Deal', id: 'D-2' } } },
    ]);
    const rest = await send('GET', `/postings?payee=${ann}&after=${body.next}`);
    expect(rest.body.items).toMatchObject([{ due: { amount: '2250.00' } }]);
    expect(rest.body.next).toBe(null);
  });

  test('come as events within a second of their fact, and go on where a reader left', async () => {
    const { name, owner, workspace } = await sold();
    const address = await service.app.listen({ port: 0, host: '127.0.0.1' });
    const url = `${address}/api/v1/workspaces/${name}/postings/stream?payee=${ann}`;
    const stream = await fetch(url, { headers: owner });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    await reader.read();
    const writer = await service.context.writers.of(workspace);
    const sent = performance.now();
    await writer.submit([deal('D-2', { of: ann, amount: 20_000 })], { together: true });
    const text = (await reader.read()).value ?? '';
    expect(performance.now() - sent).toBeLessThan(1000);
    expect(text).toMatch(/^id: \d+\.\d+\nevent: posting\ndata: /);
    expect(JSON.parse(text.split('data: ')[1]!)).toMatchObject({ due: { amount: '1450.00' }, payee: ann });
    await reader.cancel();
    const again = await fetch(url, { headers: { ...owner, 'last-event-id': '0.0' } });
    const replay = again.body!.pipeThrough(new TextDecoderStream()).getReader();
    await replay.read();
    expect((await replay.read()).value?.match(/event: posting/g)).toHaveLength(2);
    await replay.cancel();
  });
});
