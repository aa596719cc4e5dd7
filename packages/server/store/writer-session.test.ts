// SPDX-License-Identifier: Apache-2.0
// Two owners of a partition can never both write, and a batch is there as a whole or not at all.

import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../testing/test-database.ts';
import { arrayText } from './array-text.ts';
import { type Batch, emptyBatch } from './batch.ts';
import { identityText, openWriterSession, type WriterSession } from './writer-session.ts';

const database = await testDatabase();
const sessions: WriterSession[] = [];
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
});

async function own(workspace: number): Promise<WriterSession> {
  const session = await openWriterSession(database.url, workspace, 'test');
  if (session.kind !== 'owner') throw new Error(`owned by ${session.owner}`);
  sessions.push(session);
  return session;
}

function logRow(sequence: number, subject = `D-${sequence}`): Batch['log'][number] {
  return {
    ...{ sequence, kind: 'fact', name: 'Deal', subject, revision: 1, body: `{"id":"${subject}"}` },
    ...{ actor: 'ann', source: 'api', load: null },
  };
}

const key = { agreement: 'plan', clause: 'commission', payee: 'p1', period: '2026-Q1', asset: 'USD' };
const transfer: Batch['transfers'][number] = {
  ...{ ...key, sequence: 1, ordinal: 1, component: 'Commission', accounting: '2026-Q1', part: 'due' },
  ...{
    raises: true,
    debit_party: 'company',
    debit_purpose: 'cost',
    credit_party: 'p1',
    credit_purpose: 'due',
  },
  amount: 12345678901234567890n,
};
const posted: Batch['posted'][number] = {
  ...{ ...key, component: 'Commission', due: -5n, held: 0n, exact: '-14/3', state: 'final' },
  ...{ waiting: [{ field: 'Paid' }], sequence: 1 },
};

async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const rows: T[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}

describe('a batch', () => {
  test('comes back as it was written', async () => {
    const session = await own(await database.newWorkspace());
    const hold = {
      ...{ agreement: 'loyalty', hold: 'H "1" \\ {x},', party: 'm1', asset: 'Points', amount: 7n },
      ...{ through: null, lots: [{ lot: 'L1', amount: '7' }], sequence: 1 },
    };
    expect(
      await session.commit({
        ...emptyBatch(1),
        log: [logRow(1)],
        transfers: [transfer],
        posted: [posted],
        holds: [hold],
        private: [
          { record: 'r', field: 'Name', party: null, salt: Buffer.from([0, 255]), ciphertext: Buffer.of() },
        ],
        outbox: [{ sequence: 1, topic: 'posted', body: { a: ['ü"'] } }],
      }),
    ).toBe('committed');
    expect(await all(session.readLog(0))).toMatchObject([logRow(1)]);
    expect(await all(session.readPosted())).toMatchObject([posted]);
    expect(await all(session.readAll('transfer'))).toMatchObject([transfer]);
    expect(await all(session.readAll('hold'))).toMatchObject([hold]);
    const secret = await database.asOwner('select salt, ciphertext from rapport.private');
    expect(secret).toEqual([{ salt: Buffer.from([0, 255]), ciphertext: Buffer.of() }]);
  });

  test('replaces what was posted under a key, and takes away what is settled', async () => {
    const session = await own(await database.newWorkspace());
    const { agreement, clause, payee, period, asset } = posted;
    const dirty = { agreement, clause, payee, period, asset, sequence: 1 };
    await session.commit({ ...emptyBatch(1), posted: [posted], dirty: [dirty] });
    expect(await all(session.readAll('dirty'))).toMatchObject([dirty]);
    await session.commit({ ...emptyBatch(2), posted: [{ ...posted, due: 9n }], dirtySettled: [dirty] });
    expect(await all(session.readPosted())).toMatchObject([{ due: 9n }]);
    expect(await all(session.readAll('dirty'))).toEqual([]);
  });

  test('that cannot be written leaves nothing and ends the session', async () => {
    const workspace = await database.newWorkspace();
    const session = await own(workspace);
    expect(await session.commit({ ...emptyBatch(1), log: [logRow(1)] })).toBe('committed');
    expect(await session.commit({ ...emptyBatch(3), log: [logRow(2), logRow(2, 'D-9')] })).toBe('lost');
    expect(await session.lost).toMatch(/duplicate key/);
    expect(await session.commit(emptyBatch(2))).toBe('lost');
    const again = await own(workspace);
    expect(again.head).toBe(1);
    expect(await all(again.readLog(0))).toHaveLength(1);
  });

  test('of thousands is read in pages without loss', async () => {
    const session = await own(await database.newWorkspace());
    const rows = Array.from({ length: 12_000 }, (_, index) => logRow(index + 1));
    await session.commit({ ...emptyBatch(rows.length), log: rows });
    expect((await all(session.readLog(1_000))).map(({ sequence }) => sequence)).toEqual(
      rows.slice(1_000).map(({ sequence }) => sequence),
    );
  });
});

test('the same entries are found by what names them, facts and others', async () => {
  const session = await own(await database.newWorkspace());
  const dayRow = { ...logRow(2), kind: 'day', name: 'UTC', subject: '2026-01-01', revision: 0 };
  await session.commit({ ...emptyBatch(2), log: [logRow(1), dayRow] });
  const found = await session.findSame([logRow(1), dayRow, logRow(3)]);
  expect([...found.keys()].sort()).toEqual([identityText(dayRow), identityText(logRow(1))].sort());
  expect(await session.findSame([])).toEqual(new Map());
});

describe('ownership', () => {
  test('is with one session, and the other is told who has it', async () => {
    const workspace = await database.newWorkspace();
    const first = await own(workspace);
    expect(await openWriterSession(database.url, workspace, 'second')).toEqual({
      kind: 'owned by another',
      owner: 'test',
    });
    await first.close();
    expect((await own(workspace)).epoch).toBe(first.epoch + 1);
  });

  test('ends with a killed session, which says so and writes nothing more', async () => {
    const workspace = await database.newWorkspace();
    const first = await own(workspace);
    await database.terminateWriter(workspace);
    expect(await first.lost).toMatch(/terminat|ended/);
    const second = await own(workspace);
    expect(await first.commit({ ...emptyBatch(1), log: [logRow(1)] })).toBe('lost');
    expect(await second.commit({ ...emptyBatch(1), log: [logRow(1, 'of the second')] })).toBe('committed');
    expect(await all(second.readLog(0))).toMatchObject([{ subject: 'of the second' }]);
  });

  test('is not regained by an owner whose lock went without notice: the epoch keeps it out', async () => {
    const workspace = await database.newWorkspace();
    const first = await own(workspace);
    // What a new owner does, while the first one keeps its connection and suspects nothing.
    await database.asOwner('update rapport.partition set epoch = epoch + 1 where workspace = $1', [
      workspace,
    ]);
    expect(await first.commit({ ...emptyBatch(1), log: [logRow(1)] })).toBe('lost');
    expect(await first.lost).toMatch(/another owner/);
    expect(await database.asOwner('select 1 from rapport.log where workspace = $1', [workspace])).toEqual([]);
  });

  test('does not reach into another workspace', async () => {
    const [one, two] = [await database.newWorkspace(), await database.newWorkspace()];
    const session = await own(one);
    await session.commit({ ...emptyBatch(1), log: [logRow(1)] });
    const other = await own(two);
    expect(other.head).toBe(0);
    expect(await all(other.readLog(0))).toEqual([]);
  });
});

test('a commit is heard by those who listen', async () => {
  const workspace = await database.newWorkspace();
  const store = await database.store();
  const heard = new Promise<string>((resolve) => {
    void store.listen('posted', resolve).then(async () => {
      await (await own(workspace)).commit(emptyBatch(0));
    });
  });
  expect(JSON.parse(await heard)).toEqual({ workspace, head: 0 });
});

test('listeners hear again after their connection broke, and are told that they may have missed something', async () => {
  const workspace = await database.newWorkspace();
  const payloads: string[] = [];
  let wake: () => void = () => undefined;
  const end = await (await database.store()).listen('posted', (payload) => {
    payloads.push(payload);
    wake();
  });
  const nextPayload = () => new Promise<void>((resolve) => (wake = resolve));
  const renewed = nextPayload();
  await database.asOwner(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'rapport listener' and datname = current_database()`,
  );
  await renewed;
  const heard = nextPayload();
  await (await own(workspace)).commit(emptyBatch(0));
  await heard;
  await end();
  expect(payloads).toEqual(['', JSON.stringify({ workspace, head: 0 })]);
});

test('any texts and nulls go through an array unchanged', async () => {
  const text = fc.option(fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0')));
  await fc.assert(
    fc.asyncProperty(fc.array(text), async (values) => {
      const rows = await database.asOwner('select $1::text[] as back', [arrayText('text', values)]);
      expect(rows).toEqual([{ back: values }]);
    }),
    { numRuns: 50 },
  );
  expect(() => arrayText('text', ['a\0'])).toThrow(RangeError);
});
