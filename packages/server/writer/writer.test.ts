// SPDX-License-Identifier: Apache-2.0
// The owner of a workspace against a real database: what is submitted is recorded once, posted, and found again.
import { readFileSync } from 'node:fs';
import type { Commitment } from '@rapport/core/ledger/book-entry.ts';
import { describe, expect, test } from 'vitest';
import { openWriterSession } from '../store/writer-session.ts';
import { clubAgreement, purchase } from '../testing/club-agreement.ts';
import { activate, by, day, deal } from '../testing/sales-agreement.ts';
import { testDatabase } from '../testing/test-database.ts';
import { ledgerReads } from './ledger-reads.ts';
import { checkReplay } from './replay-check.ts';
import { newSlices } from './slices.ts';
import { openWriter, runWriter } from './writer.ts';
import type { Writer } from './writing.ts';

const database = await testDatabase();

async function newWriter(workspace?: number): Promise<Writer> {
  const store = await database.store();
  const opened = await openWriter({
    store,
    workspace: workspace ?? (await database.newWorkspace()),
    owner: 'test',
  });
  if ('kind' in opened) throw new Error(`owned by ${opened.owner}`);
  return opened;
}

/** A workspace with the sales agreement in force on 1 April 2026. */
async function salesWriter(): Promise<Writer> {
  const writer = await newWriter();
  await activate(await database.store(), writer);
  await writer.submit([day('2026-04-01')], { together: true });
  return writer;
}

async function transfersOf({ workspace }: Writer) {
  const rows = await database.asOwner<{
    sequence: number;
    payee: string;
    accounting: string;
    amount: string;
    raises: boolean;
  }>(
    'select sequence::integer, payee, accounting, amount, raises from rapport.transfer where workspace = $1 order by sequence, ordinal',
    [workspace],
  );
  return rows.map(({ sequence, payee, accounting, amount, raises }) =>
    [sequence, payee, accounting, `${raises ? '' : '-'}${amount}`].join(' '),
  );
}

describe('a writer', () => {
  test('says what is declared by one map until a version is put into force', async () => {
    const writer = await salesWriter();
    const before = writer.declared();
    await writer.submit([deal('D-1')], { together: true });
    expect(writer.declared()).toBe(before);
    await activate(await database.store(), writer, {
      agreement: 'draw',
      text: readFileSync('examples/draw-recoverable.md', 'utf8'),
    });
    expect([...writer.declared().keys()]).toEqual(['sales', 'draw']);
  });

  test('records a deal and posts what it earns', async () => {
    const writer = await salesWriter();
    const receipts = await writer.submit([deal('D-1', { amount: 45_000 }), deal('D-2', { amount: 20_000 })], {
      together: false,
    });
    expect(receipts).toEqual([
      { kind: 'recorded', sequence: 3 },
      { kind: 'recorded', sequence: 4 },
    ]);
    expect(await transfersOf(writer)).toEqual(['3 ann 2026-Q1 225000', '4 ann 2026-Q1 145000']);
    const commission = await writer.read((view) => view.entitlementsOf('sales', 'ann'));
    expect(commission).toMatchObject([{ component: 'Commission', period: '2026-Q1', amount: 370_000n }]);
    const lines = await writer.read((view) => view.entitlement('sales', commission[0]!)?.lines);
    expect(lines?.map(({ fact, amount }) => [fact?.id, amount])).toEqual([
      ['D-1', 225_000n],
      ['D-2', 145_000n],
    ]);
    const posted = await database.asOwner('select due, state from rapport.posted where workspace = $1', [
      writer.workspace,
    ]);
    expect(posted).toEqual([{ due: '370000', state: 'final' }]);
    await writer.close();
  });

  test('answers a repeat as the first time, and refuses other content with both contents', async () => {
    const writer = await salesWriter();
    const first = await writer.submit([deal('D-1')], { together: false });
    expect(await writer.submit([deal('D-1')], { together: false })).toEqual([
      { kind: 'repeated', sequence: 3 },
    ]);
    expect(first).toEqual([{ kind: 'recorded', sequence: 3 }]);
    const [refused] = await writer.submit([deal('D-1', { amount: 7 })], { together: false });
    expect(refused).toMatchObject({
      kind: 'refused',
      refusal: {
        code: 'same_revision_other_content',
        contents: {
          recorded: { fields: { Amount: { value: '1000' } } },
          given: { fields: { Amount: { value: '7' } } },
        },
      },
    });
    await writer.close();
  });

  test('records all of what belongs together or nothing', async () => {
    const writer = await salesWriter();
    await writer.submit([deal('D-1')], { together: false });
    const receipts = await writer.submit([deal('D-2'), deal('D-1', { amount: 7 })], { together: true });
    expect(receipts.map(({ kind }) => kind)).toEqual(['not recorded', 'refused']);
    expect(await writer.read(({ head }) => head)).toBe(3);
    await writer.close();
  });

  test('refuses a fact of a kind that no agreement in force declares', async () => {
    const writer = await newWriter();
    expect(await writer.submit([deal('D-1')], { together: false })).toEqual([
      { kind: 'refused', refusal: { code: 'kind_not_declared', facts: { kind: 'Deal' } } },
    ]);
    await writer.close();
  });

  test('posts to a late agreement what facts before it entitle to', async () => {
    const writer = await salesWriter();
    await writer.submit([deal('D-1', { amount: 45_000 })], { together: false });
    await activate(await database.store(), writer, { agreement: 'second' });
    const rows = await database.asOwner(
      `select agreement, sequence::integer, amount from rapport.transfer where workspace = $1 order by sequence`,
      [writer.workspace],
    );
    expect(rows).toEqual([
      { agreement: 'sales', sequence: 3, amount: '225000' },
      { agreement: 'second', sequence: 4, amount: '225000' },
    ]);
    await writer.close();
  });

  test('posts in slices what is too much for one commit, and all of it before anybody reads', async () => {
    const store = await database.store();
    const first = await salesWriter();
    const { workspace } = first;
    const deals = Array.from({ length: 60 }, (_, place) => deal(`D-${place}`, { of: `rep-${place}` }));
    await first.submit(deals, { together: true });
    await first.close();
    const session = await openWriterSession(database.url, workspace, 'test');
    if (session.kind !== 'owner') throw new Error('owned by another');
    const second = await runWriter(session, ledgerReads(store, workspace), newSlices(25));
    await activate(store, second, { agreement: 'second' });
    const countOf = async (table: string) =>
      (await database.asOwner(`select 1 from rapport.${table} where workspace = $1`, [workspace])).length;
    const postings = await second.read((view) => view.postingsOf('second', 'rep-59'));
    expect(postings).toMatchObject([
      { due: 5000n, recorded: 63, causes: [{ kind: 'version', id: 'second' }] },
    ]);
    expect([await countOf('transfer'), await countOf('posted'), await countOf('dirty')]).toEqual([
      120, 120, 0,
    ]);
    await second.close();
    expect(await checkReplay(store, workspace)).toMatchObject({ differenceCount: 0, stopped: null });
  });

  test('is what it was when it is opened again', async () => {
    const first = await salesWriter();
    await first.submit([deal('D-1', { amount: 45_000 }), deal('D-2', { of: 'bob' })], { together: false });
    const before = await first.read((view) => view.entitlementsOf('sales', null));
    await first.close();
    const second = await newWriter(first.workspace);
    expect(await second.read((view) => view.entitlementsOf('sales', null))).toEqual(before);
    expect(await second.submit([deal('D-1', { amount: 45_000 })], { together: false })).toEqual([
      { kind: 'repeated', sequence: 3 },
    ]);
    await second.submit([deal('D-1', { revision: 2, amount: 65_000 })], { together: false });
    expect(await transfersOf(second)).toEqual([
      '3 ann 2026-Q1 225000',
      '4 bob 2026-Q1 5000',
      '5 ann 2026-Q1 145000',
    ]);
    await second.close();
  });

  test('posts what changes after a period is closed in the open one, and issues statements of each', async () => {
    const writer = await salesWriter();
    await writer.submit([deal('D-1', { amount: 45_000 })], { together: false });
    const issue = (period: string) =>
      by({ kind: 'statement issued', agreement: 'sales', payee: 'ann', period });
    await writer.submit([by({ kind: 'close', agreement: 'sales', period: '2026-Q1' }), issue('2026-Q1')], {
      together: true,
    });
    await writer.submit([deal('D-1', { revision: 2, amount: 40_000 })], { together: false });
    expect(await writer.submit([issue('2026-Q1'), issue('2026-Q2')], { together: true })).toEqual([
      { kind: 'repeated', sequence: 5 },
      { kind: 'recorded', sequence: 7 },
    ]);
    const statements = await database.asOwner<{ period: string; body: string }>(
      'select period, body from rapport.statement where workspace = $1 order by sequence',
      [writer.workspace],
    );
    const items = statements.map(({ period, body }) => [
      period,
      JSON.parse(body).totals.map(({ arising }: { arising: string }) => arising),
    ]);
    expect(items).toEqual([
      ['2026-Q1', ['2250.00']],
      ['2026-Q2', ['-250.00']],
    ]);
    await writer.close();
  });

  test('decides on what is due, and records what was decided in the same step', async () => {
    const writer = await salesWriter();
    await writer.submit([deal('D-1', { amount: 1000 })], { together: false });
    const pay = (id: string) =>
      writer.decide((view) => {
        const [due] = view.entitlementsOf('sales', 'ann');
        const commitment: Commitment = {
          ...{ id, what: 'payment', party: 'ann', asset: 'USD', lots: [], reference: '' },
          amount: due!.amount,
        };
        return {
          kind: 'decided',
          value: due!.amount,
          entries: [by({ kind: 'commitment', agreement: 'sales', commitment })],
        };
      });
    expect(await pay('P-1')).toEqual({ kind: 'done', value: 5000n, sequences: [4] });
    expect(await transfersOf(writer)).toEqual(['3 ann 2026-Q1 5000', '4 ann  5000']);
    await writer.close();
  });

  test('keeps what was used: a voucher, points redeemed, and the lots of both, also when it is opened again', async () => {
    const writer = await newWriter();
    await activate(await database.store(), writer, { agreement: 'club', text: clubAgreement });
    await writer.submit([day('2026-04-01'), purchase('P-1', 480), day('2026-04-02')], { together: true });
    const redemption = (id: string, amount: bigint) => {
      const commitment: Commitment = {
        ...{ id, what: 'redemption', party: 'kim', asset: 'Points', lots: [], reference: 'till 7' },
        amount,
      };
      return by({ kind: 'commitment', agreement: 'club', commitment });
    };
    expect(
      await writer.submit([redemption('R-1', 60n), redemption('R-2', 60n)], { together: false }),
    ).toMatchObject([
      { kind: 'recorded' },
      { kind: 'refused', refusal: { code: 'points_short', facts: { usable: '20' } } },
    ]);
    expect(
      await writer.submit([redemption('R-3', 15n), redemption('R-4', 15n)], { together: true }),
    ).toMatchObject([{ kind: 'not recorded' }, { kind: 'refused', refusal: { code: 'points_short' } }]);
    const held = () =>
      database.asOwner(
        'select what, amount::integer, lots from rapport.commitment where workspace = $1 order by sequence, what',
        [writer.workspace],
      );
    const lot = 'points-issued/kim/Purchase/P-1';
    expect(await held()).toEqual([
      { what: 'exchange', amount: 400, lots: [{ lot, amount: '400' }] },
      { what: 'redemption', amount: 60, lots: [{ lot, amount: '60' }] },
    ]);
    await writer.close();
    const again = await newWriter(writer.workspace);
    await again.submit([purchase('P-1', 300, 2), purchase('P-0', 200)], { together: false });
    const entitled = await again.read((view) => view.entitlementsOf('club', 'kim'));
    expect(Object.fromEntries(entitled.map(({ component, amount }) => [component, Number(amount)]))).toEqual({
      'Points issued': 500,
      Voucher: 500,
      'Points used': 460,
      'Points open': 40,
    });
    expect(await held()).toHaveLength(2);
    await again.close();
  });
});
