// SPDX-License-Identifier: Apache-2.0
// Closing and locking over HTTP, and what is recorded for an agreement beside facts.
import { describe, expect, test } from 'vitest';
import { activate, day, salesAgreement } from '../testing/sales-agreement.ts';
import { type TestWorkspace, testService } from '../testing/test-service.ts';

const service = await testService();

const withQuota = salesAgreement.replace(
  'parties Representatives\n',
  'parties Representatives\neach Representative has at any time one Quota (USD)\n',
);

function deal(id: string, data: Record<string, unknown> = {}) {
  return {
    ...{ specversion: '1.0', id, source: '/crm', type: 'Deal' },
    data: { Representative: 'ann', Amount: '45000', Closed: '2026-02-10', ...data },
  };
}

async function workspaceOn(today: string): Promise<TestWorkspace> {
  const at = await service.newWorkspace();
  const writer = await service.context.writers.of(at.workspace);
  await activate(service.context.store, writer, { text: withQuota });
  await writer.submit([day(today)], { together: true });
  return at;
}

function stateOf(items: readonly { readonly period: string; readonly state: string }[], period: string) {
  return items.find((one) => one.period === period)?.state;
}

describe('a period', () => {
  test('is closed once it is over, and a late fact then posts in the open one', async () => {
    const at = await workspaceOn('2026-03-31');
    await at.send('POST', '/facts', { body: deal('D-1') });
    const early = await at.send('POST', '/agreements/sales/periods/2026-Q1/close', { body: {} });
    expect(early).toMatchObject({
      status: 409,
      body: { code: 'period_not_over', facts: { end: '2026-03-31' } },
    });
    const writer = await service.context.writers.of(at.workspace);
    await writer.submit([day('2026-04-01')], { together: true });
    const closed = await at.send('POST', '/agreements/sales/periods/2026-Q1/close', { body: {} });
    expect(closed.body.period).toMatchObject({
      state: 'closed',
      totals: [{ amount: '2250.00', asset: 'USD' }],
      payees: 1,
      closedBy: expect.stringMatching(/^user:/),
    });
    const again = await at.send('POST', '/agreements/sales/periods/2026-Q1/close', { body: {} });
    expect(again.body.code).toBe('period_closed');
    await at.send('POST', '/facts', { body: deal('D-2', { Amount: '1000' }) });
    const { body } = await at.send('GET', '/facts/Deal/D-2');
    expect(body.revisions[0].caused).toMatchObject([
      { period: '2026-Q1', accounting: '2026-Q2', due: { amount: '50.00' } },
    ]);
  });

  test('is closed after the one before it', async () => {
    const at = await workspaceOn('2026-07-01');
    await at.send('POST', '/facts', { body: [deal('D-1'), deal('D-2', { Closed: '2026-05-10' })] });
    const answer = await at.send('POST', '/agreements/sales/periods/2026-Q2/close', { body: {} });
    expect(answer.body).toMatchObject({ code: 'period_order', facts: { earlier: '2026-Q1' } });
  });

  test('that is locked has a statement for everybody, nil statements too', async () => {
    const at = await workspaceOn('2026-04-01');
    await at.send('POST', '/facts', { body: deal('D-1') });
    await at.send('POST', '/parties', { body: { kind: 'Representative', name: 'Ben' } });
    const locked = await at.send('POST', '/agreements/sales/periods/2026-Q1/lock', { body: {} });
    expect(locked.body).toMatchObject({ period: { state: 'locked', statementsIssued: 2 }, statements: 2 });
    const again = await at.send('POST', '/agreements/sales/periods/2026-Q1/lock', { body: {} });
    expect(again.body).toMatchObject({ sequence: null, statements: 0 });
    const listed = await at.send('GET', '/agreements/sales/periods');
    expect(stateOf(listed.body.items, '2026-Q1')).toBe('locked');
    expect(stateOf(listed.body.items, '2026-Q2')).toBe('open');
    expect((await at.send('GET', '/jobs')).body.items).toMatchObject([
      { what: 'issue statements', state: 'done' },
      { what: 'issue statements', state: 'done', done: 2, total: 2 },
    ]);
  });

  test('of no calendar, or of no agreement, is not there', async () => {
    const at = await workspaceOn('2026-04-01');
    const wrong = await at.send('POST', '/agreements/sales/periods/2026-Q7/close', { body: {} });
    expect(wrong).toMatchObject({ status: 404, body: { code: 'period_unknown' } });
    const other = await at.send('GET', '/agreements/nothing/periods');
    expect(other).toMatchObject({ status: 404, body: { code: 'agreement_unknown' } });
  });
});

describe('beside facts', () => {
  test('a quota is set per person and listed', async () => {
    const at = await workspaceOn('2026-04-01');
    const { body: ann } = await at.send('POST', '/parties', {
      body: { kind: 'Representative', name: 'Ann' },
    });
    const values = [
      { party: ann.party, attribute: 'Quota', value: 'USD 90000', from: '2026-01-01', through: null },
    ];
    const set = await at.send('POST', '/agreements/sales/personal-values', { body: { values } });
    expect(set.status, set.text).toBe(200);
    expect((await at.send('GET', '/agreements/sales/personal-values')).body.items).toEqual([
      {
        party: ann.party,
        name: 'Ann',
        attribute: 'Quota',
        value: 'USD 90000',
        from: '2026-01-01',
        through: null,
      },
    ]);
    const wrong = [{ ...values[0], value: 'much' }];
    expect(
      (await at.send('POST', '/agreements/sales/personal-values', { body: { values: wrong } })).body,
    ).toMatchObject({ code: 'field_wrong_type', place: '/body/values/0' });
  });

  test('a balance of a component that the agreement does not have is refused', async () => {
    const at = await workspaceOn('2026-04-01');
    const { body: ann } = await at.send('POST', '/parties', {
      body: { kind: 'Representative', name: 'Ann' },
    });
    const balances = [{ component: 'Pay owed', party: ann.party, amount: '100', on: '2026-01-01' }];
    const answer = await at.send('POST', '/agreements/sales/opening-balances', { body: { balances } });
    expect(answer.body).toMatchObject({ code: 'component_unknown', facts: { known: 'none' } });
  });
});

test('the books are replayed from the log and agree', async () => {
  const at = await workspaceOn('2026-04-01');
  await at.send('POST', '/facts', { body: [deal('D-1'), deal('D-2')] });
  await at.send('POST', '/agreements/sales/periods/2026-Q1/lock', { body: {} });
  const { status, body } = await at.send('POST', '/replays', { body: {} });
  expect(status).toBe(202);
  const job = (await at.send('GET', `/jobs/${body.job}`)).body;
  expect(job).toMatchObject({ state: 'done', details: { differences: 0, tables: [], stopped: null } });
  expect(job.details.rows).toBeGreaterThan(2);
});

test('nothing failed on our side', () => {
  expect(service.failures).toEqual([]);
});
