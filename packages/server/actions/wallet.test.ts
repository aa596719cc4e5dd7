// SPDX-License-Identifier: Apache-2.0
// A member's wallet over HTTP, with the record club of the examples: figures that a person can recompute.

import { verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VerifySignature } from '@rapport/core/verify/bundle.ts';
import { verifyBundle } from '@rapport/core/verify/verify-bundle.ts';
import { describe, expect, test } from 'vitest';
import { addParties, addReferences } from '../store/party-rows.ts';
import { activate, by, day } from '../testing/sales-agreement.ts';
import { type TestWorkspace, testService } from '../testing/test-service.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'examples', 'record-club');
const text = readFileSync(join(folder, 'agreement.md'), 'utf8');
const service = await testService();
const check: VerifySignature = ({ publicKey, message, signature }) =>
  verify(null, message, { key: Buffer.from(publicKey), format: 'der', type: 'spki' }, signature);
const kim = `p-${'c1'.repeat(12)}`;
const lou = `p-${'c2'.repeat(12)}`;

/** Kim has bought for USD 250.75 and USD 130: 250 and, with gold, 260 points; a voucher took 500. */
async function club(): Promise<TestWorkspace> {
  const workspace = await service.newWorkspace();
  const { store, writers } = service.context;
  const writer = await writers.of(workspace.workspace);
  await activate(store, writer, { agreement: 'club', text });
  await writer.submit([day('2026-02-01')], { together: true });
  const kind = 'Member';
  await store.within(workspace.workspace, async (scope) => {
    await addParties(
      scope,
      [kim, lou].map((party) => ({ party, kind, state: 'known' as const })),
    );
    await addReferences(scope, [
      { kind, system: '', reference: 'kim', party: kim },
      { kind, system: '', reference: 'lou', party: lou },
    ]);
  });
  await bought(workspace, 'P-1', '250.75', '2026-01-10');
  await bought(workspace, 'P-2', '130.00', '2026-02-01');
  return workspace;
}

async function bought({ send }: TestWorkspace, id: string, amount: string, on: string): Promise<void> {
  const { body, text: said } = await send('POST', '/facts', {
    body: {
      ...{ specversion: '1.0', id, source: '/shop', type: 'Purchase', subject: id },
      data: { Member: 'kim', Line: 1, Amount: { amount, asset: 'USD' }, Bought: on },
    },
  });
  expect(body.receipts?.[0].outcome, said).toBe('recorded');
}

const walletOf = (party: string) => `/agreements/club/wallet?payee=${party}`;

describe('a wallet', () => {
  test('says what is usable, what expires next, and how far the next voucher is', async () => {
    const { send } = await club();
    const { body } = await send('GET', walletOf(kim));
    expect(body).toMatchObject({ title: 'Record Club', asOf: '2026-02-01' });
    expect(body.wallets).toMatchObject([
      {
        asset: 'Points',
        isPooled: false,
        open: { amount: '10', asset: 'Points' },
        issued: { amount: '510' },
        used: { amount: '500' },
        expired: { amount: '0' },
        expiring: [{ amount: { amount: '10' }, through: '2027-02-01' }],
        exchanges: [
          { component: 'Voucher', step: { amount: '500' }, missing: { amount: '490' }, gives: 'USD 5' },
        ],
        given: [{ component: 'Voucher', figure: 'USD 5', day: '2026-02-01', fact: { id: 'P-2' } }],
      },
    ]);
  });

  test('has a journal, newest first, in which each line names its fact and ends in the balance', async () => {
    const { send } = await club();
    const { body } = await send('GET', `${walletOf(kim)}&limit=2`);
    const [{ journal, earlier, open }] = body.wallets;
    expect(journal).toMatchObject([
      { place: 3, kind: 'used', change: { amount: '-500' }, balance: open, given: [{ figure: 'USD 5' }] },
      { place: 2, kind: 'issued', change: { amount: '260' }, fact: { kind: 'Purchase', id: 'P-2' } },
    ]);
    expect(earlier).toBe(1);
  });

  test('opens a line to the why of its fact alone', async () => {
    const { send } = await club();
    const { body } = await send('GET', walletOf(kim));
    const { why } = body.wallets[0].journal[1];
    const asked = new URLSearchParams({
      ...{ payee: kim, clause: why.clause, period: why.period },
      ...{ kind: why.fact.kind, fact: why.fact.id },
    });
    const explained = await send('GET', `/agreements/club/explanation?${asked}`);
    expect(explained.body.parts).toMatchObject([{ fact: { id: 'P-2' }, exact: '260' }]);
    expect(explained.body.lines).toMatchObject([{ fact: { id: 'P-2' }, amount: { amount: '260' } }]);
  });

  test('goes on with the next purchase, and what expires is no longer there', async () => {
    const workspace = await club();
    const { send } = workspace;
    const writer = await service.context.writers.of(workspace.workspace);
    await writer.submit([day('2027-02-02')], { together: true });
    const { body } = await send('GET', walletOf(kim));
    expect(body.wallets).toMatchObject([{ open: { amount: '0' }, expired: { amount: '10' }, expiring: [] }]);
    expect(body.wallets[0].journal[0]).toMatchObject({
      kind: 'expired',
      change: { amount: '-10' },
      fact: null,
    });
  });

  test('shows what is set aside for a use in flight, lot by lot in an export, and that it was used', async () => {
    const workspace = await club();
    const { send } = workspace;
    const writer = await service.context.writers.of(workspace.workspace);
    const hold = { id: 'till-7', party: kim, asset: 'Points', amount: 4n, through: null };
    await writer.submit([by({ kind: 'hold placed', agreement: 'club', hold })], { together: true });
    const placed = (await send('GET', walletOf(kim))).body.wallets[0];
    expect(placed).toMatchObject({ open: { amount: '6' }, held: { amount: '4' } });
    expect(placed.journal[0]).toMatchObject({
      kind: 'held',
      change: { amount: '-4' },
      balance: { amount: '6' },
    });
    const exported = await send('GET', `/parties/${kim}/export`);
    expect(JSON.parse(exported.text).lots).toMatchObject([
      {
        agreement: 'club',
        asset: 'Points',
        wallet: kim,
        issued: '250',
        spent: '250',
        issuedOn: '2026-01-10',
      },
      { usableThrough: '2027-02-01', issued: '260', spent: '250', held: '4', active: '6' },
    ]);
    await writer.submit([by({ kind: 'hold posted', agreement: 'club', hold: 'till-7' })], { together: true });
    const used = (await send('GET', walletOf(kim))).body.wallets[0];
    expect(used).toMatchObject({ open: { amount: '6' }, held: { amount: '0' }, used: { amount: '504' } });
    expect(used.journal[0]).toMatchObject({ kind: 'used', moved: { amount: '4' }, change: { amount: '0' } });
    const commitment = { ...hold, id: 'till-8', what: 'redemption' as const, lots: [], reference: '' };
    await writer.submit([by({ kind: 'commitment', agreement: 'club', commitment })], { together: true });
    expect((await send('GET', walletOf(kim))).body.wallets[0]).toMatchObject({ used: { amount: '508' } });
    const issued = await send('POST', `/agreements/club/statements/${kim}/2026-02-01/versions`, { body: {} });
    expect(issued.status, issued.text).toBe(201);
    // Recomputed without the service, with the lots that were promised.
    const bundle = await send('GET', `/agreements/club/statements/${kim}/2026-02-01/versions/1/bundle`);
    expect(await verifyBundle(bundle.text, check)).toMatchObject({
      kind: 'verified',
      verdicts: expect.arrayContaining([
        expect.objectContaining({
          component: 'Points used',
          due: '508',
          kind: expect.stringMatching(/^recomputed/),
        }),
      ]),
    });
  });

  test('is not there for a member without a point, and not shown to another member', async () => {
    const { send, signIn } = await club();
    expect((await send('GET', walletOf(lou))).body.wallets).toEqual([]);
    const own = await signIn('member', kim);
    expect((await send('GET', walletOf(kim), { as: own })).status).toBe(200);
    expect((await send('GET', walletOf(lou), { as: own })).body.code).toBe('not_allowed');
    expect((await send('GET', walletOf(kim), { as: await signIn('service agent') })).status).toBe(200);
    expect((await send('GET', walletOf(kim), { as: await signIn('partner', lou) })).status).toBe(403);
  });

  test('of an agreement or party that is not there is refused by name', async () => {
    const { send } = await club();
    const agreement = await send('GET', `/agreements/none/wallet?payee=${kim}`);
    expect([agreement.status, agreement.body.code]).toEqual([404, 'agreement_unknown']);
    const party = await send('GET', walletOf(`p-${'d3'.repeat(12)}`));
    expect([party.status, party.body.code]).toEqual([404, 'party_unknown']);
  });
});

test('what belongs to no period is earned over all, so that nobody reads that nothing was', async () => {
  const { send } = await club();
  const { body } = await send('GET', `/agreements/club/forecast?payee=${kim}`);
  expect(body.items).toEqual([]);
  expect(
    body.overAll.map(({ component, posted }: { component: string; posted: { amount: string } }) => [
      component,
      posted.amount,
    ]),
  ).toEqual([
    ['Points issued', '510'],
    ['Voucher', '5.00'],
    ['Points used', '500'],
  ]);
});

test('an agreement says whose points it keeps and whether it pays for periods', async () => {
  const { send } = await club();
  const { body } = await send('GET', '/agreements/club');
  expect(body).toMatchObject({ wallets: ['Member'], hasPeriods: false });
});
