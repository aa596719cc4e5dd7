// SPDX-License-Identifier: Apache-2.0
// Statements over HTTP: as they stand, issued, in versions, as files, and for whom they are.

import { verify } from 'node:crypto';
import { hex, utf8 } from '@rapport/core/proof/bytes.ts';
import { canonicalText } from '@rapport/core/proof/canonical.ts';
import { sha256 } from '@rapport/core/proof/sha256.ts';
import type { VerifySignature } from '@rapport/core/verify/bundle.ts';
import { verifyBundle } from '@rapport/core/verify/verify-bundle.ts';
import { expect, test } from 'vitest';
import { addParties } from '../store/party-rows.ts';
import { activate, by, day, deal, salesAgreement } from '../testing/sales-agreement.ts';
import { type TestWorkspace, testService } from '../testing/test-service.ts';
import { putName } from './personal-names.ts';

const service = await testService();
const ann = `p-${'a1'.repeat(12)}`;
const bob = `p-${'b2'.repeat(12)}`;

/** The sales agreement with two representatives of whom one has sold, on 1 April 2026. */
async function sold(): Promise<TestWorkspace> {
  const workspace = await service.newWorkspace();
  const { store, writers } = service.context;
  const writer = await writers.of(workspace.workspace);
  await store.within(workspace.workspace, async (scope) => {
    await addParties(
      scope,
      [ann, bob].map((party) => ({ party, kind: 'Representative', state: 'known' })),
    );
    await putName(service.context, scope, { party: ann, name: 'Ann Example' });
  });
  await activate(store, writer);
  await writer.submit(
    [
      day('2026-04-01'),
      deal('D-1', { of: ann, amount: 45_000 }),
      deal('D-2', { of: ann, amount: 20_000, closed: '2026-03-02' }),
    ],
    { together: true },
  );
  return workspace;
}

const of = (payee: string, period = '2026-Q1') => `/agreements/sales/statements/${payee}/${period}`;

test('a statement as it stands has each line with its deal, rate and day, and the name of its payee', async () => {
  const { send } = await sold();
  const { status, body } = await send('GET', of(ann));
  expect(status).toBe(200);
  expect(body).toMatchObject({ version: null, state: 'earned', payeeName: 'Ann Example', hash: null });
  expect(body.items).toMatchObject([
    {
      component: 'Commission',
      due: { amount: '3700.00', asset: 'USD' },
      lines: [
        {
          title: 'Deal D-1',
          rate: '5%',
          date: '2026-02-10',
          basis: 'USD 45,000',
          amount: { amount: '2250.00' },
        },
        { title: 'Deal D-2', rate: '5%, 8%', date: '2026-03-02', amount: { amount: '1450.00' } },
      ],
    },
  ]);
});

test('a version once issued stays as it was, byte for byte, whatever comes after it', async () => {
  const { send, workspace } = await sold();
  const first = await send('POST', `${of(ann)}/versions`, { body: {} });
  expect([first.status, first.body.version]).toEqual([201, 1]);
  expect(hex(sha256(utf8(canonicalText(first.body.body))))).toBe(first.body.hash);
  const again = await send('POST', `${of(ann)}/versions`, { body: {} });
  expect(again.body.version).toBe(1);
  const writer = await service.context.writers.of(workspace);
  await writer.submit([deal('D-3', { of: ann, amount: 10_000 })], { together: true });
  const kept = await send('GET', `${of(ann)}?version=1`);
  expect(kept.body.body).toEqual(first.body.body);
  expect((await send('GET', '/statements')).body.items).toMatchObject([{ version: 1, hasNewer: true }]);
  const second = await send('POST', `${of(ann)}/versions`, { body: {} });
  expect(second.body).toMatchObject({
    version: 2,
    changes: [
      {
        component: 'Commission',
        before: { amount: '3700.00' },
        after: { amount: '4500.00' },
        causes: [{ fact: { kind: 'Deal', id: 'D-3' } }],
      },
    ],
  });
  const listed = await send('GET', '/statements');
  expect(listed.body.items).toMatchObject([{ version: 2, hasNewer: false }]);
  await writer.submit([deal('D-4', { of: ann, amount: 10, closed: '2026-08-01' })], { together: true });
  expect((await send('GET', of(ann))).body.without).toEqual([]);
  const later = await send('GET', of(ann, '2026-Q3'));
  expect(later.body.without).toMatchObject([{ fact: { id: 'D-4' }, date: '2026-08-01' }]);
  const versions = await send('GET', `${of(ann)}/versions`);
  expect(versions.body.items.map(({ version }: { version: number }) => version)).toEqual([1, 2]);
});

test('whoever earned nothing gets a statement too, and why', async () => {
  const { send } = await sold();
  const { body } = await send('POST', `${of(bob)}/versions`, { body: {} });
  expect(body).toMatchObject({ version: 1, items: [], totals: [], payeeName: null });
});

test.each([
  ['csv', 'text/csv; charset=utf-8', '"Row"'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK'],
  ['pdf', 'application/pdf', '%PDF'],
])('a version comes as %s', async (format, mediaType, start) => {
  const { send } = await sold();
  await send('POST', `${of(ann)}/versions`, { body: {} });
  const file = await send('GET', `${of(ann)}/versions/1/${format}`);
  expect(file.status).toBe(200);
  expect(file.headers['content-type']).toBe(mediaType);
  expect(file.text.startsWith(start)).toBe(true);
});

test.each([
  ['another agreement', '/agreements/none/statements/x/2026-Q1', 'agreement_unknown'],
  ['a period of no calendar', of(ann, '2026-Q9'), 'period_unknown'],
  ['a party that is not there', of('p-none'), 'party_unknown'],
  ['a version that was not issued', `${of(ann)}?version=7`, 'statement_unknown'],
])('%s is refused', async (_, path, code) => {
  const { send } = await sold();
  const { status, body } = await send('GET', path);
  expect([status, body.code]).toEqual([404, code]);
});

test('a representative sees the own statement and nobody else’s', async () => {
  const { send, signIn } = await sold();
  const as = await signIn('representative', ann);
  expect((await send('GET', of(ann), { as })).status).toBe(200);
  expect((await send('GET', of(bob), { as })).status).toBe(403);
  expect((await send('POST', `${of(ann)}/versions`, { as, body: {} })).status).toBe(403);
  await send('POST', `${of(ann)}/versions`, { body: {} });
  await send('POST', `${of(bob)}/versions`, { body: {} });
  const list = await send('GET', '/statements', { as });
  expect(list.body.items.map(({ payee }: { payee: string }) => payee)).toEqual([ann]);
});

test('the full extract has every deal, also one that earned nothing, and why', async () => {
  const { send, workspace } = await sold();
  const writer = await service.context.writers.of(workspace);
  await writer.submit([deal('D-9', { of: ann, amount: 500, closed: '2026-05-01' })], { together: true });
  const { text } = await send('GET', `/agreements/sales/extract/${ann}/json`);
  const { items } = JSON.parse(text);
  expect(items.map(({ fact, earned, why }: Extracted) => [fact.id, earned[0]?.amount ?? null, why])).toEqual([
    ['D-1', '2250.00', null],
    ['D-2', '1450.00', null],
    ['D-9', null, 'It counts on 2026-05-01, and the latest day that had begun is 2026-04-01.'],
  ]);
  const early = await send('GET', `/agreements/sales/extract/${ann}/csv?through=2026-02-28`);
  expect(
    early.text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',')[1]),
  ).toEqual(['"D-1"']);
});

interface Extracted {
  readonly fact: { readonly id: string };
  readonly earned: readonly { readonly amount: string }[];
  readonly why: string | null;
}

test('a payment that names no period pays the one of its day and what is left of those before', async () => {
  const { send, workspace } = await sold();
  const writer = await service.context.writers.of(workspace);
  await send('POST', `${of(ann)}/versions`, { body: {} });
  await writer.submit([by({ kind: 'close', agreement: 'sales', period: '2026-Q1' })], { together: true });
  expect((await send('GET', `${of(ann)}?version=1`)).body.state).toBe('earned');
  const commitment = {
    id: 'pay-1',
    what: 'payment' as const,
    party: ann,
    asset: 'USD',
    amount: 370_000n,
    lots: [],
    reference: 'SEPA',
  };
  await writer.submit([by({ kind: 'commitment', agreement: 'sales', commitment })], { together: true });
  expect((await send('GET', `${of(ann)}?version=1`)).body.state).toBe('paid');
});

test('a personal value is shown to its payee, opened in the bundle, and stands in the body as its seal', async () => {
  const { send, workspace, signIn } = await service.newWorkspace();
  const { store, writers } = service.context;
  const writer = await writers.of(workspace);
  await activate(store, writer, {
    text: salesAgreement.replace(
      'each Deal has Representative,',
      'each Deal has Representative, Customer (text),',
    ),
  });
  await send('POST', '/personal-fields', { body: { kind: 'Deal', field: 'Customer', subject: null } });
  await writer.submit([day('2026-04-01')], { together: true });
  const data = { Representative: 'ann', Customer: 'Vera Weiss', Amount: 1000, Closed: '2026-02-10' };
  await send('POST', '/facts', {
    body: { specversion: '1.0', id: 'D-1', source: '/crm', type: 'Deal', data },
  });
  const [{ party }] = (await send('GET', '/parties?kind=Representative')).body.items;
  const issued = await send('POST', `${of(party)}/versions`, { body: {} });
  expect(issued.body.items[0].lines[0].customer).toBe('Vera Weiss');
  expect(JSON.stringify(issued.body.body)).not.toContain('Vera');
  const as = await signIn('representative', party);
  const bundle = await send('GET', `${of(party)}/versions/1/bundle`, { as });
  expect(bundle.text).toContain('"value":"Vera Weiss"');
  expect((await verifyBundle(bundle.text, check)).kind).toBe('verified');
});

const check: VerifySignature = ({ publicKey, message, signature }) =>
  verify(null, message, { key: Buffer.from(publicKey), format: 'der', type: 'spki' }, signature);
