// SPDX-License-Identifier: Apache-2.0
// The moment that must work, over HTTP from end to end: a quarter is closed and paid; months later a credit note for one of
// its deals arrives. What was issued stays byte for byte, the open quarter has one line with the exact difference, which
// opens to clause and slice, the books balance, who watches sees it within a second, and the bundle verifies offline.

import { verify } from 'node:crypto';
import { sampleText } from '@rapport/core/explain/statement-sample.ts';
import type { VerifySignature } from '@rapport/core/verify/bundle.ts';
import { verifyBundle } from '@rapport/core/verify/verify-bundle.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { accountBalances } from '../store/transfer-rows.ts';
import { day } from '../testing/sales-agreement.ts';
import { type TestAnswer, type TestWorkspace, testService } from '../testing/test-service.ts';

const service = await testService();

let at: TestWorkspace;
let ann: string;
let asAnn: Readonly<Record<string, string>>;
/** The statement of the first quarter, as it was answered when it was issued. */
let first: TestAnswer;
let firstFiles: readonly string[];

const statement = (period: string) => `/agreements/sales/statements/${ann}/${period}`;
const okay = ({ status, body, text }: TestAnswer) => {
  if (status >= 300) throw new Error(`${status} ${text}`);
  return body;
};

function fact(type: string, id: string, data: Record<string, unknown>) {
  return { specversion: '1.0', id, source: '/erp', type, data };
}
function deal(id: string, of: string, amount: string, closed: string, customer = 'C-204') {
  const order = id.slice(2);
  return fact('Deal', id, {
    ...{ Representative: of, Customer: customer, Order: `SO-${order}`, Invoice: `INV-${order}` },
    ...{ Invoiced: closed, Amount: amount, Closed: closed },
  });
}

/** What somebody who has kept version 1 of the quarter has in hand. */
async function keptVersion(): Promise<readonly string[]> {
  const answer = await at.send('GET', `${statement('2026-Q1')}?version=1`);
  const csv = await at.send('GET', `${statement('2026-Q1')}/versions/1/csv`);
  return [JSON.stringify(okay(answer).body), answer.body.hash, csv.text];
}

beforeAll(async () => {
  at = await service.newWorkspace();
  const made = okay(await at.send('POST', '/agreements', { body: { agreement: 'sales', text: sampleText } }));
  const { hash } = made.versions[0];
  okay(await at.send('POST', '/agreements/sales/versions/1/activation', { body: { hash } }));
  for (const [name, reference] of [
    ['Ann Example', 'ann'],
    ['Bob Beispiel', 'bob'],
  ])
    okay(
      await at.send('POST', '/parties', {
        body: { kind: 'Representative', name, references: [{ system: '', reference }] },
      }),
    );
  const parties = okay(await at.send('GET', '/parties?text=Ann'));
  ann = parties.items[0].party;
  asAnn = await at.signIn('representative', ann);
  const writer = await service.context.writers.of(at.workspace);
  await writer.submit([day('2026-03-31')], { together: true });
  okay(
    await at.send('POST', '/facts?together=true', {
      body: [
        deal('D-1001', 'ann', '32400', '2026-02-10'),
        deal('D-1002', 'ann', '12000', '2026-03-02'),
        deal('D-1003', 'ann', '18500', '2026-03-30', 'C-300'),
        deal('D-2001', 'bob', '9900', '2026-03-12', 'C-300'),
      ],
    }),
  );
  await writer.submit([day('2026-04-05')], { together: true });
  okay(await at.send('POST', '/agreements/sales/periods/2026-Q1/lock', { body: {} }));
  first = await at.send('GET', `${statement('2026-Q1')}?version=1`);
  okay(await at.send('POST', `${statement('2026-Q1')}/approval`, { body: { version: 1 } }));
  await writer.submit([day('2026-04-15')], { together: true });
  const payment = {
    ...{ id: 'pay-2026-Q1', payee: 'ann', period: '2026-Q1', reference: 'SEPA' },
    ...{ amount: { amount: '4682.00', asset: 'USD' }, on: '2026-04-15' },
  };
  okay(await at.send('POST', '/agreements/sales/payments', { body: { payments: [payment] } }));
  await writer.submit([day('2026-06-03')], { together: true });
  firstFiles = await keptVersion();
}, 60_000);

describe('a credit note for a deal of a quarter that is closed and paid', () => {
  test('first the quarter is paid in full', async () => {
    expect(first.body).toMatchObject({
      version: 1,
      accounts: [{ arising: { amount: '4682.00' }, payable: { amount: '4682.00' } }],
    });
    expect((await at.send('GET', `${statement('2026-Q1')}?version=1`)).body.state).toBe('paid');
  });

  test('is seen by its representative within a second, with the exact difference', async () => {
    const address = await service.app.listen({ port: 0, host: '127.0.0.1' });
    const url = `${address}/api/v1/workspaces/${at.name}/postings/stream`;
    const stream = await fetch(url, { headers: asAnn });
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    await reader.read();
    const sent = performance.now();
    okay(
      await at.send('POST', '/facts', {
        body: fact('Credit Note', 'CN-7', { Deal: 'D-1001', Amount: '8000', Issued: '2026-06-03' }),
      }),
    );
    let heard = '';
    while (!heard.includes('milestone-bonus')) heard += (await reader.read()).value ?? '';
    expect(performance.now() - sent).toBeLessThan(1000);
    await reader.cancel();
    const postings = heard.matchAll(/data: (.*)\n/g);
    expect(
      [...postings]
        .map(([, data]) => JSON.parse(data!))
        .map(({ component, period, accounting, due }) => [component, period, accounting, due.amount]),
    ).toEqual([
      ['Commission', '2026-Q1', '2026-Q2', '-640.00'],
      ['Milestone bonus', '2026-Q1', '2026-Q2', '-1000.00'],
    ]);
  });

  test('leaves what was issued as it was, byte for byte', async () => {
    expect(await keptVersion()).toEqual(firstFiles);
    const versions = await at.send('GET', `${statement('2026-Q1')}/versions`);
    expect(versions.body.items).toHaveLength(1);
    const again = await at.send('POST', `${statement('2026-Q1')}/versions`, { body: {} });
    expect(again.body.version).toBe(1);
  });

  test('is one line of the open quarter, with what moved folded beneath', async () => {
    const open = okay(await at.send('GET', statement('2026-Q2'), { as: asAnn }));
    const commission = open.items.filter(
      ({ component }: { component: string }) => component === 'Commission',
    );
    expect(commission).toMatchObject([
      { period: '2026-Q1', isAdjustment: true, due: { amount: '-640.00' }, dueBefore: { amount: '3532.00' } },
    ]);
    expect(open.changes[0]).toMatchObject({
      component: 'Commission',
      before: { amount: '3532.00' },
      after: { amount: '2892.00' },
      causes: [{ fact: { kind: 'Credit Note', id: 'CN-7' } }],
      moved: [
        { fact: { id: 'D-1001' }, change: { amount: '-400.00' } },
        { fact: { id: 'D-1003' }, change: { amount: '-240.00' } },
      ],
    });
    expect(open.accounts).toMatchObject([
      {
        carried: { amount: '0.00' },
        arising: { amount: '-1640.00' },
        paid: { amount: '0.00' },
        payable: { amount: '-1640.00' },
      },
    ]);
  });

  test('opens to the clause in words, the figures and the slices', async () => {
    const path = `/agreements/sales/explanation?clause=commission&payee=${ann}&period=2026-Q1`;
    const why = okay(await at.send('GET', path, { as: asAnn }));
    expect(why.section).toBe('2. Commission');
    expect(why.sentences[0]).toMatch(/^For each quarter, the Company pays each Representative/);
    const figures = why.parts[0].reason.parts.map((part: { label: string; figure: string }) => [
      part.label,
      part.figure,
    ]);
    expect(figures).toEqual([
      ['Revenue', 'USD 54,900'],
      ['Base Rate (5%) of USD 50,000', 'USD 2,500'],
      ['Second Rate (8%) of USD 4,900', 'USD 392'],
    ]);
    expect(why.lines.map(({ rate, basis }: { rate: string; basis: string }) => [basis, rate])).toEqual([
      ['USD 32,400', '5%'],
      ['USD 12,000', '5%'],
      ['USD 18,500', '5%, 8%'],
    ]);
  });

  test('leaves books that balance, and a claim of exactly the difference', async () => {
    const accounts = await service.context.store.within(at.workspace, (scope) => accountBalances(scope));
    const total = accounts.reduce((sum, { balance }) => sum + BigInt(balance), 0n);
    expect(total).toBe(0n);
    const due = accounts.find(({ party, purpose }) => party === ann && purpose === 'due');
    expect(BigInt(due!.balance)).toBe(-164_000n);
  });

  test('comes with a bundle that verifies without the service: before, after, and each line', async () => {
    okay(await at.send('POST', `${statement('2026-Q2')}/versions`, { body: {} }));
    const bundle = await at.send('GET', `${statement('2026-Q2')}/versions/1/bundle`, { as: asAnn });
    expect(await verifyBundle(bundle.text, check)).toMatchObject({
      kind: 'verified',
      verdicts: [
        { component: 'Commission', earned: '2026-Q1', due: '-640.00', kind: 'recomputed' },
        { component: 'Milestone bonus', earned: '2026-Q1', due: '-1000.00', kind: 'recomputed' },
      ],
    });
    const changed = bundle.text.replace('USD 32,400', 'USD 32,401');
    expect((await verifyBundle(changed, check)).kind).toBe('refused');
    const old = await at.send('GET', `${statement('2026-Q1')}/versions/1/bundle`, { as: asAnn });
    expect(await verifyBundle(old.text, check)).toMatchObject({
      kind: 'verified',
      verdicts: [
        { component: 'Commission', kind: 'recomputed' },
        { component: 'Milestone bonus', kind: 'recomputed' },
        { component: 'New customer bonus', kind: 'recomputed from attested' },
      ],
    });
    expect(service.failures).toEqual([]);
  });
});

const check: VerifySignature = ({ publicKey, message, signature }) =>
  verify(null, message, { key: Buffer.from(publicKey), format: 'der', type: 'spki' }, signature);
