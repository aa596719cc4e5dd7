// SPDX-License-Identifier: Apache-2.0
// A year in memory, many times: whatever crashes, and however entries were batched, what was acknowledged is there once,
// books balance, and a replay of the log gives every byte again.
import { readFileSync } from 'node:fs';
import type { Key } from '@rapport/core/program/entitlement.ts';
import { canonicalText } from '@rapport/core/proof/canonical.ts';
import { NumberTooLarge, rational } from '@rapport/core/values/rational.ts';
import { expect, test } from 'vitest';
import { type Fate, type MemoryLedger, memoryLedger, versionName } from '../testing/memory-ledger.ts';
import { by, day, dayOf, deal, salesAgreement } from '../testing/sales-agreement.ts';
import { people, pointsClub, seeded, simulatedLoad } from '../testing/simulated-load.ts';
import { replay } from './replay.ts';
import { newSlices } from './slices.ts';
import { runWriter, WriterEnded } from './writer.ts';
import type { Receipt, Submitted, Writer } from './writing.ts';

const example = (name: string) => readFileSync(`examples/${name}.md`, 'utf8');
const points = `# Club

[Northwind Ltd : Company] gives [1 : Base Points] point for every ten dollars, usable for [60 days : Expiry].

\`\`\`rapport
party Company
parties Representatives
asset Points, whole
each Deal has Representative, Amount (USD), Closed (date); counts on Closed
Company issues Points to the Representative of each Deal "Points issued": Base Points per whole USD 10 of Amount
    usable through Expiry after Closed
Points are used in order of expiry, then issue
Company pays each Representative "Voucher": USD 5
    for every 3,000 of usable Points, taken at once
calendar: calendar days, in UTC
rounding: each voucher to the cent, half away from zero
late facts: change the day they belong to; the difference is booked today
returns: none
\`\`\`
`;
/** Folded incrementally, with a settlement, where it matters when a fact came, and with points that are held and used. */
const texts = new Map([
  [versionName('sales', 1), salesAgreement],
  [versionName('sales', 2), salesAgreement.replace('[5% : Base Rate]', '[6% : Base Rate]')],
  [versionName('draw', 1), example('draw-recoverable')],
  [versionName('ignored', 1), example('late-facts-once-closed')],
  [versionName(pointsClub, 1), points],
]);
const agreements = ['sales', 'draw', 'ignored', pointsClub];

function activation(agreement: string, version: number, from: number | null = null): Submitted {
  return by({ kind: 'version', agreement, version, hash: `${agreement} ${version}`, from, to: null });
}

/** `most` transfers fit into a commit. Sends everything in groups of random size, again and again until it is answered, while commits are lost. */
async function simulate(seed: number, count: number, lossRate: number, most: number): Promise<MemoryLedger> {
  const random = seeded(seed);
  const ledger = memoryLedger(texts);
  const load = simulatedLoad(seed, agreements);
  const fate = (): Fate =>
    random() < lossRate ? (random() < 0.5 ? 'lost before' : 'lost after') : 'committed';
  let writer: Writer | null = null;
  const acknowledged = new Map<number, string>();
  let recoveries = 0;

  async function send(entries: readonly Submitted[], together: boolean): Promise<void> {
    for (;;) {
      if (writer === null && ledger.dirty.size > 0) recoveries += 1;
      writer ??= await runWriter(ledger.open(fate), ledger.reads, newSlices(most));
      let receipts: readonly Receipt[];
      try {
        receipts = await writer.submit(entries, { together });
      } catch (error) {
        expect(error).toBeInstanceOf(WriterEnded);
        writer = null;
        continue;
      }
      for (const [place, receipt] of receipts.entries()) {
        const { entry } = entries[place]!;
        if (receipt.kind === 'recorded' && entry.kind === 'fact')
          acknowledged.set(receipt.sequence, JSON.stringify([entry.fact.id, entry.fact.revision]));
      }
      return;
    }
  }

  await send([day('2026-01-01')], true);
  for (const agreement of agreements) await send([activation(agreement, 1)], true);
  for (let sent = 0; sent < count; ) {
    const group = Array.from({ length: 1 + Math.floor(random() * 12) }, () => load.next());
    await send(group, false);
    sent += group.length;
    if (sent >= count / 2 && sent - group.length < count / 2) await send([activation('sales', 2)], true);
  }
  const last = await runWriter(ledger.open(), ledger.reads, newSlices(most));
  await last.read(() => null);
  expect(ledger.dirty.size).toBe(0);
  // With so little room, some owner has ended between two slices.
  if (most === 2) expect(recoveries).toBeGreaterThan(0);
  for (const [sequence, identity] of acknowledged) {
    const row = ledger.log[sequence - 1]!;
    expect(JSON.stringify([row.subject, row.revision])).toBe(identity);
  }
  return ledger;
}

/** Everything of the books, as text. */
function textOf(ledger: Pick<MemoryLedger, 'transfers' | 'statements' | 'posted'>): string {
  const posted = ledger
    .posted()
    .map((row) => canonicalText(row))
    .sort();
  return [...ledger.transfers.map(canonicalText), ...ledger.statements.map(canonicalText), ...posted].join(
    '\n',
  );
}

function keyOf({
  agreement,
  clause,
  payee,
  period,
  asset,
}: { agreement: string } & Omit<Key, 'component'>): string {
  return JSON.stringify([agreement, clause, payee, period, asset]);
}

/** What the transfers of each key add up to, due and held. */
function sumsOf({ transfers }: MemoryLedger): Record<string, string> {
  const sums = new Map<string, { due: bigint; held: bigint }>();
  for (const row of transfers) {
    if (row.part === 'own') continue;
    const sum = sums.get(keyOf(row)) ?? { due: 0n, held: 0n };
    sum[row.part] += row.raises ? row.amount : -row.amount;
    sums.set(keyOf(row), sum);
  }
  const some = [...sums].filter(([, { due, held }]) => due !== 0n || held !== 0n);
  return Object.fromEntries(some.map(([key, { due, held }]) => [key, `${due} ${held}`]));
}

async function replayed(ledger: MemoryLedger, batchEntries: number) {
  const transfers: MemoryLedger['transfers'][number][] = [];
  const statements: MemoryLedger['statements'][number][] = [];
  const posted = new Map<string, ReturnType<MemoryLedger['posted']>[number]>();
  for await (const { batch } of replay(ledger.toReplay(), batchEntries)) {
    transfers.push(...batch.transfers);
    statements.push(...batch.statements);
    for (const row of batch.posted) posted.set(keyOf(row), row);
  }
  return { transfers, statements, posted: () => [...posted.values()] };
}

test.each([
  [1, 5000],
  [2, 2],
])(
  'a year with crashes (seed %i) and %i transfers in a commit is recorded once, balances and replays to the byte',
  async (seed, most) => {
    const ledger = await simulate(seed, 120, 0.05, most);
    const identities = ledger.log
      .filter(({ kind }) => kind === 'fact')
      .map(({ name, subject, revision }) => `${name} ${subject} ${revision}`);
    expect(new Set(identities).size).toBe(identities.length);
    expect(ledger.log.map(({ sequence }) => sequence)).toEqual(ledger.log.map((_, place) => place + 1));
    expect(ledger.transfers.length).toBeGreaterThan(100);
    const ended = ledger.log.filter(({ kind }) => kind === 'hold posted' || kind === 'hold voided');
    expect(ended.some(({ name }) => name === pointsClub)).toBe(true);
    expect(sumsOf(ledger)).toEqual(
      Object.fromEntries(
        ledger
          .posted()
          .map((row) => [keyOf(row), `${row.due} ${row.held}`])
          .filter(([, sum]) => sum !== '0 0'),
      ),
    );
    const writer = await runWriter(ledger.open(), ledger.reads);
    for (const agreement of agreements)
      for (const payee of people)
        expect(await writer.read((view) => view.audit(agreement, payee))).toEqual([]);
    expect(ledger.statements.length).toBeGreaterThan(0);
    for (const batchEntries of [1, 7, 500])
      expect(textOf(await replayed(ledger, batchEntries))).toBe(textOf(ledger));
  },
  180_000,
);

test('what cannot be computed fails for who sent it, is not recorded, and the next owner goes on', async () => {
  const ledger = memoryLedger(texts);
  const first = await runWriter(ledger.open(), ledger.reads);
  await first.submit([day('2026-04-01')], { together: true });
  await first.submit([activation('sales', 1)], { together: true });
  const monstrous = by({
    kind: 'fact',
    fact: {
      ...{ kind: 'Deal', id: 'D-1', revision: 1 },
      fields: {
        Representative: { kind: 'party', value: 'ann' },
        Amount: { kind: 'quantity', value: rational((1n << 4095n) + 1n, 3n) },
        Closed: { kind: 'date', value: dayOf('2026-02-10') },
      },
    },
  });
  await expect(first.submit([monstrous], { together: false })).rejects.toThrow(NumberTooLarge);
  await first.ended;
  const second = await runWriter(ledger.open(), ledger.reads);
  expect(await second.submit([deal('D-2')], { together: false })).toEqual([
    { kind: 'recorded', sequence: 3 },
  ]);
});
