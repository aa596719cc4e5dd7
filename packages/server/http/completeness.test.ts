// SPDX-License-Identifier: Apache-2.0
// What a feed has not delivered yet makes what rests on it provisional, and final once it says that everything is there.
import { describe, expect, test } from 'vitest';
import { activate, day, salesAgreement } from '../testing/sales-agreement.ts';
import { type TestAnswer, type TestWorkspace, testService } from '../testing/test-service.ts';

const service = await testService();

/** Deals give the commission, visits a bonus: two kinds that come from two systems. */
const agreement = salesAgreement
  .replace('each Deal has', 'each Visit has Representative, Held (date); counts on Held\neach Deal has')
  .replace(
    'calendar:',
    'Company pays each Representative each quarter "Visits": Base Rate × USD 200 × count of Visits of the Representative in the quarter\ncalendar:',
  );

const okay = (answer: TestAnswer) => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};

function feed(kind: 'Deal' | 'Visit', more: Record<string, unknown> = {}) {
  const date = { date: 'ISO' };
  const fields =
    kind === 'Deal'
      ? {
          Representative: 'agent',
          Amount: { column: 'value', currency: 'USD' },
          Closed: { column: 'day', ...date },
        }
      : { Representative: 'agent', Held: { column: 'day', ...date } };
  const sources = [{ file: `${kind}.csv`, fact: kind, id: 'id', fields }];
  return { title: `${kind}s of the CRM`, mode: 'events', mapping: { sources }, ...more };
}

function fact(type: string, id: string, data: Record<string, unknown>) {
  return { specversion: '1.0', id, source: '/crm', type, data: { Representative: 'ann', ...data } };
}

/** A deal and a visit of the first quarter, which is over. */
async function sold(): Promise<{ readonly at: TestWorkspace; readonly statement: string }> {
  const at = await service.newWorkspace();
  const writer = await service.context.writers.of(at.workspace);
  await activate(service.context.store, writer, { text: agreement });
  await writer.submit([day('2026-04-05')], { together: true });
  okay(
    await at.send('POST', '/facts', {
      body: [
        fact('Deal', 'D-1', { Amount: '45000', Closed: '2026-02-10' }),
        fact('Visit', 'V-1', { Held: '2026-02-11' }),
      ],
    }),
  );
  const [{ party }] = okay(await at.send('GET', '/parties?kind=Representative')).items;
  return { at, statement: `/agreements/sales/statements/${party}/2026-Q1` };
}

const states = ({ items }: { readonly items: readonly { component: string; state: string }[] }) =>
  Object.fromEntries(items.map(({ component, state }) => [component, state]));

describe('a feed that says when it is complete', () => {
  test('makes what rests on its kinds provisional until it is, and nothing else', async () => {
    const { at, statement } = await sold();
    expect(okay(await at.send('GET', statement)).state).toBe('earned');
    okay(await at.send('PUT', '/feeds/deals', { body: feed('Deal') }));
    const early = okay(await at.send('POST', `${statement}/versions`, { body: {} }));
    expect(early).toMatchObject({
      state: 'provisional',
      now: { awaited: [{ feed: 'deals', title: 'Deals of the CRM', completeThrough: null, since: null }] },
    });
    expect(states(early)).toEqual({ Commission: 'provisional', Visits: 'earned' });
    okay(await at.send('POST', '/feeds/deals/completeness', { body: { through: '2026-03-15' } }));
    const [row] = okay(await at.send('GET', '/agreements/sales/periods')).items.filter(
      ({ period }: { period: string }) => period === '2026-Q1',
    );
    const awaited = [{ feed: 'deals', completeThrough: '2026-03-15', since: '2026-03-16' }];
    expect(row).toMatchObject({ awaited });
    expect(row.awaited[0].declaredAt).toMatch(/^20/);
    expect(okay(await at.send('GET', statement))).toMatchObject({ state: 'provisional', now: { awaited } });
    okay(await at.send('POST', '/feeds/deals/completeness', { body: { through: '2026-03-31' } }));
    const final = okay(await at.send('GET', statement));
    expect(final).toMatchObject({ version: 1, state: 'earned', now: { awaited: [] } });
    expect(states(final)).toEqual({ Commission: 'earned', Visits: 'earned' });
    expect(final.body).toEqual(early.body);
  });

  test('keeps a statement from being approved, unless somebody says why', async () => {
    const { at, statement } = await sold();
    okay(await at.send('PUT', '/feeds/deals', { body: feed('Deal') }));
    okay(await at.send('POST', `${statement}/versions`, { body: {} }));
    const early = await at.send('POST', `${statement}/approval`, { body: { version: 1 } });
    expect(early).toMatchObject({
      status: 409,
      body: { code: 'statement_provisional', facts: { awaited: 'deals' } },
    });
    const many = okay(await at.send('POST', '/agreements/sales/periods/2026-Q1/approval', { body: {} }));
    expect(many).toMatchObject({ approved: 0, passedOver: [{ code: 'statement_provisional' }] });
    const silent = await at.send('POST', `${statement}/approval`, { body: { version: 1, despite: true } });
    expect(silent.body.code).toBe('reason_missing');
    const body = { version: 1, despite: true, reason: 'The CRM is shut down' };
    expect(okay(await at.send('POST', `${statement}/approval`, { body })).state).toBe('approved');
  });

  test('holds up nothing that was earned in a quarter that it has delivered', async () => {
    const { at, statement } = await sold();
    okay(await at.send('PUT', '/feeds/deals', { body: feed('Deal') }));
    okay(await at.send('POST', '/feeds/deals/completeness', { body: { through: '2026-03-31' } }));
    okay(await at.send('POST', '/agreements/sales/periods/2026-Q1/lock', { body: {} }));
    okay(
      await at.send('POST', '/facts', { body: fact('Deal', 'D-2', { Amount: '100', Closed: '2026-03-31' }) }),
    );
    okay(
      await at.send('POST', '/facts', { body: fact('Deal', 'D-3', { Amount: '100', Closed: '2026-04-02' }) }),
    );
    const open = okay(await at.send('GET', statement.replace('Q1', 'Q2')));
    const seen = open.items.map(({ period, state }: { period: string; state: string }) => [period, state]);
    expect(seen).toEqual([
      ['2026-Q1', 'earned'],
      ['2026-Q2', 'provisional'],
    ]);
  });
});

describe('nothing waits for a feed', () => {
  test('that does not say when it is complete, nor is a period kept open by it', async () => {
    const { at, statement } = await sold();
    okay(await at.send('PUT', '/feeds/deals', { body: feed('Deal', { statesCompleteness: false }) }));
    expect(okay(await at.send('GET', statement)).state).toBe('earned');
    okay(await at.send('POST', '/agreements/sales/periods/2026-Q1/close', { body: {} }));
  });

  test('any more once it is defined as one that does not say so', async () => {
    const { at, statement } = await sold();
    okay(await at.send('PUT', '/feeds/deals', { body: feed('Deal') }));
    expect(okay(await at.send('GET', statement)).state).toBe('provisional');
    okay(await at.send('PUT', '/feeds/deals', { body: feed('Deal', { statesCompleteness: false }) }));
    expect(okay(await at.send('GET', statement)).state).toBe('earned');
  });

  test('that brings kinds of other agreements alone', async () => {
    const at = await service.newWorkspace();
    const writer = await service.context.writers.of(at.workspace);
    await activate(service.context.store, writer, { text: salesAgreement });
    const visits = agreement.replace(/Company pays each Representative each quarter "Commission".*\n/, '');
    await activate(service.context.store, writer, { text: visits, agreement: 'visits' });
    await writer.submit([day('2026-04-05')], { together: true });
    okay(await at.send('PUT', '/feeds/visits', { body: feed('Visit') }));
    okay(
      await at.send('POST', '/facts', {
        body: fact('Deal', 'D-1', { Amount: '1000', Closed: '2026-02-10' }),
      }),
    );
    const [{ party }] = okay(await at.send('GET', '/parties?kind=Representative')).items;
    const read = async (name: string) =>
      okay(await at.send('GET', `/agreements/${name}/statements/${party}/2026-Q1`)).state;
    expect([await read('sales'), await read('visits')]).toEqual(['earned', 'provisional']);
  });
});

test('what feeds have said is known again after the books are read anew, and replays to the same bytes', async () => {
  const { at, statement } = await sold();
  okay(await at.send('PUT', '/feeds/deals', { body: feed('Deal') }));
  okay(await at.send('POST', '/feeds/deals/completeness', { body: { through: '2026-03-15' } }));
  okay(await at.send('POST', `${statement}/versions`, { body: {} }));
  await (await service.context.writers.of(at.workspace)).close();
  expect(okay(await at.send('GET', statement))).toMatchObject({
    state: 'provisional',
    now: { awaited: [{ completeThrough: '2026-03-15' }] },
  });
  const { job } = okay(await at.send('POST', '/replays', { body: {} }));
  expect(okay(await at.send('GET', `/jobs/${job}`)).details).toMatchObject({ differences: 0, stopped: null });
  expect(service.failures).toEqual([]);
});
