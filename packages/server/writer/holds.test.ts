// SPDX-License-Identifier: Apache-2.0
// Points in flight against a real database: a hold keeps its lots, whoever asks beside it and whoever owns the workspace.
import { expect, test } from 'vitest';
import { clubAgreement, purchase } from '../testing/club-agreement.ts';
import { activate, by, day, dayOf } from '../testing/sales-agreement.ts';
import { testDatabase } from '../testing/test-database.ts';
import { checkReplay } from './replay-check.ts';
import { openWriter } from './writer.ts';
import type { Submitted, Writer } from './writing.ts';

const database = await testDatabase();
const store = await database.store();

async function newWriter(workspace: number): Promise<Writer> {
  const opened = await openWriter({ store, workspace, owner: 'test' });
  if ('kind' in opened) throw new Error(`owned by ${opened.owner}`);
  return opened;
}

/** Kim has 380 points of one purchase on 2 April 2026. */
async function clubWriter(): Promise<Writer> {
  const writer = await newWriter(await database.newWorkspace());
  await activate(store, writer, { agreement: 'club', text: clubAgreement });
  await writer.submit([day('2026-04-01'), purchase('P-1', 380), day('2026-04-02')], { together: true });
  return writer;
}

function hold(id: string, amount: bigint, through: string | null = null): Submitted {
  const last = through === null ? null : dayOf(through);
  const placed = { id, party: 'kim', asset: 'Points', amount, through: last };
  return by({ kind: 'hold placed', agreement: 'club', hold: placed });
}

function end(kind: 'hold posted' | 'hold voided', id: string): Submitted {
  return by({ kind, agreement: 'club', hold: id });
}

async function pointsOf(writer: Writer): Promise<Record<string, number>> {
  const entitled = await writer.read((view) => view.entitlementsOf('club', 'kim'));
  return Object.fromEntries(entitled.map(({ component, amount }) => [component, Number(amount)]));
}

/** What stands on Kim's accounts. */
async function accountsOf({ workspace }: Writer): Promise<Record<string, number>> {
  const rows = await database.asOwner<{ purpose: string; amount: number }>(
    `select purpose, sum(amount)::integer as amount from (
       select credit_purpose as purpose, amount from rapport.transfer where workspace = $1 and credit_party = 'kim' and asset = 'Points'
       union all
       select debit_purpose, -amount from rapport.transfer where workspace = $1 and debit_party = 'kim' and asset = 'Points'
     ) of_kim group by purpose having sum(amount) <> 0`,
    [workspace],
  );
  return Object.fromEntries(rows.map(({ purpose, amount }) => [purpose, amount]));
}

const lot = 'points-issued/kim/Purchase/P-1';

test('two uses in flight at once never take more than there is, one by one or together', async () => {
  const writer = await clubWriter();
  expect(await writer.submit([hold('H-1', 200n), hold('H-2', 200n)], { together: true })).toMatchObject([
    { kind: 'not recorded' },
    { kind: 'refused', refusal: { code: 'points_short', facts: { usable: '180' } } },
  ]);
  const raced = await Promise.all([
    writer.submit([hold('H-1', 200n)], { together: false }),
    writer.submit([hold('H-2', 200n)], { together: false }),
  ]);
  expect(raced.flat().map(({ kind }) => kind)).toEqual(['recorded', 'refused']);
  const redemption = {
    ...{ id: 'R-1', what: 'redemption' as const, party: 'kim', asset: 'Points', lots: [], reference: '' },
    amount: 181n,
  };
  expect(
    await writer.submit([by({ kind: 'commitment', agreement: 'club', commitment: redemption })], {
      together: false,
    }),
  ).toMatchObject([{ kind: 'refused', refusal: { facts: { usable: '180' } } }]);
  expect(await pointsOf(writer)).toEqual({ 'Points issued': 380, 'Points open': 180, 'Points held': 200 });
  expect(await accountsOf(writer)).toEqual({ due: 180, 'in flight': 200 });
  expect(
    await database.asOwner('select hold, lots from rapport.hold where workspace = $1', [writer.workspace]),
  ).toEqual([{ hold: 'H-1', lots: [{ lot, amount: '200' }] }]);
  await writer.close();
});

test('a hold outlives its owner: posted by the next one it is used, and a replay agrees', async () => {
  const writer = await clubWriter();
  await writer.submit([hold('H-1', 200n), hold('H-2', 100n, '2026-04-03')], { together: true });
  await writer.close();
  const again = await newWriter(writer.workspace);
  expect(await pointsOf(again)).toEqual({ 'Points issued': 380, 'Points open': 80, 'Points held': 300 });
  await again.submit([day('2026-04-03'), end('hold posted', 'H-1')], { together: true });
  await again.submit([day('2026-04-04')], { together: true });
  const points = { 'Points issued': 380, 'Points open': 180, 'Points used': 200 };
  expect(await pointsOf(again)).toEqual(points);
  expect(await accountsOf(again)).toEqual({ due: 180, paid: 200 });
  expect(await again.submit([end('hold voided', 'H-1')], { together: false })).toMatchObject([
    { kind: 'refused', refusal: { code: 'hold_already_resolved' } },
  ]);
  await again.close();
  const third = await newWriter(writer.workspace);
  expect(await pointsOf(third)).toEqual(points);
  expect(await third.read((view) => view.audit('club', 'kim'))).toEqual([]);
  for (const batchEntries of [1, 500])
    expect(await checkReplay(store, writer.workspace, { batchEntries })).toMatchObject({
      differences: [],
      stopped: null,
    });
  await third.close();
});

test('points that are free again complete an exchange at once', async () => {
  const writer = await clubWriter();
  await writer.submit([hold('H-1', 100n), purchase('P-2', 30)], { together: false });
  expect(await pointsOf(writer)).toMatchObject({ 'Points open': 310, 'Points held': 100 });
  await writer.submit([end('hold voided', 'H-1')], { together: false });
  expect(await pointsOf(writer)).toEqual({
    'Points issued': 410,
    'Points used': 400,
    'Points open': 10,
    Voucher: 500,
  });
  expect(await accountsOf(writer)).toEqual({ due: 10, paid: 400 });
  expect(await checkReplay(store, writer.workspace)).toMatchObject({ differences: [], stopped: null });
  await writer.close();
});
