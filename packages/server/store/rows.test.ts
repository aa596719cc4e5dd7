// SPDX-License-Identifier: Apache-2.0
// What is put into the tables comes back, in its order and page by page; what may happen once happens once.

import { parseIsoDay } from '@rapport/core/values/date.ts';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../testing/test-database.ts';
import {
  addVersion,
  createAgreement,
  findAgreement,
  listAgreements,
  listVersions,
  readVersion,
} from './agreement-rows.ts';
import { listAudit, recordAudit } from './audit-rows.ts';
import { type Batch, emptyBatch } from './batch.ts';
import { findFeed, latestCompleteness, listFeeds, putCompleteness, putFeed } from './feed-rows.ts';
import { advanceJob, createJob, findJob, listJobs, takeJob } from './job-rows.ts';
import {
  addLoadedRows,
  countOutcomes,
  createLoad,
  findLoad,
  listLoadedRows,
  listLoads,
  moveLoad,
} from './load-rows.ts';
import { entriesOfKind, findFacts, headOf, lastDays, readEntries, readLog, revisionsOf } from './log-rows.ts';
import type { Scope } from './open.ts';
import { markDelivered, markFailed, putMessage, takeDue } from './outbox-rows.ts';
import {
  addParties,
  addReferences,
  findParties,
  findReferences,
  listParties,
  makeKnown,
  referencesOf,
} from './party-rows.ts';
import { listPosted } from './posted-rows.ts';
import {
  addPersonalField,
  addSubjectKeys,
  erasePerson,
  listErasures,
  listPersonalFields,
  privateOfParty,
  putPrivate,
  readPrivate,
  readSubjectKeys,
} from './private-rows.ts';
import { listStatements, listStatementVersions, readStatement } from './statement-rows.ts';
import { accountBalances, listTransfers, transfersAfter, transfersOf } from './transfer-rows.ts';
import { countWaiting, listWaitingRows } from './waiting-rows.ts';
import { findWorkspace, listWorkspaces } from './workspace-rows.ts';
import { openWriterSession } from './writer-session.ts';

const database = await testDatabase();
const store = await database.store();

/** Runs work in a workspace of its own, one transaction per call. */
async function newScope(): Promise<<T>(work: (scope: Scope) => Promise<T>) => Promise<T>> {
  const workspace = await database.newWorkspace();
  return (work) => store.within(workspace, work);
}

async function written(batch: Batch): Promise<<T>(work: (scope: Scope) => Promise<T>) => Promise<T>> {
  const workspace = await database.newWorkspace();
  const session = await openWriterSession(database.url, workspace, 'test');
  if (session.kind !== 'owner') throw new Error('owned');
  expect(await session.commit(batch)).toBe('committed');
  await session.close();
  return (work) => store.within(workspace, work);
}

const day = (text: string): number => parseIsoDay(text)!;

function deal(
  sequence: number,
  id: string,
  revision: number,
  closed: string,
  owner: string,
): Batch['log'][number] {
  const fields = {
    Closed: { kind: 'date', value: day(closed) },
    Owner: { kind: 'party', value: owner },
    Title: { kind: 'text', value: '100%_ sure' },
  };
  const body = JSON.stringify({ fact: { fields, id, kind: 'Deal', revision }, kind: 'fact' });
  return {
    sequence,
    kind: 'fact',
    name: 'Deal',
    subject: id,
    revision,
    body,
    actor: 'a',
    source: 's',
    load: 7,
  };
}

function dayEntry(sequence: number, zone: string, of: string): Batch['log'][number] {
  return { ...deal(sequence, of, 0, of, ''), kind: 'day', name: zone, body: '{}', load: null };
}

describe('the log', () => {
  const entries = [
    deal(1, 'D-1', 1, '2026-01-05', 'p1'),
    deal(2, 'D-2', 1, '2026-02-05', 'p2'),
    dayEntry(3, 'UTC', '2026-02-06'),
    dayEntry(4, 'UTC', '2026-02-07'),
    deal(5, 'D-1', 2, '2026-03-05', 'p1'),
  ];
  const workspace = written({ ...emptyBatch(5), log: entries });
  const found = async (search: Omit<Parameters<typeof findFacts>[1], 'limit'>) =>
    (await (await workspace)((scope) => findFacts(scope, { ...search, limit: 10 }))).map(
      ({ sequence, is_latest }) => (is_latest ? sequence : -sequence),
    );

  test('is read in pages, by kind, by sequence and by revision', async () => {
    const within = await workspace;
    expect(await within(headOf)).toBe(5);
    expect(
      (await within((scope) => readLog(scope, { after: 1, limit: 2 }))).map((row) => row.sequence),
    ).toEqual([2, 3]);
    expect((await within((scope) => readEntries(scope, [5, 2, 99]))).map((row) => row.sequence)).toEqual([
      2, 5,
    ]);
    expect(await within((scope) => readEntries(scope, []))).toEqual([]);
    const revisions = await within((scope) => revisionsOf(scope, { kind: 'Deal', id: 'D-1' }));
    expect(revisions).toMatchObject([{ revision: 1 }, { revision: 2 }]);
    expect(await within((scope) => entriesOfKind(scope, { kind: 'day', name: 'UTC' }))).toHaveLength(2);
    expect(await within(lastDays)).toEqual(new Map([['UTC', '2026-02-07']]));
  });

  test.each([
    ['nothing', {}, [5, 2, -1]],
    ['a kind', { kind: 'Call' }, []],
    ['a party', { party: 'p1' }, [5, -1]],
    ['part of an id', { text: 'd-2' }, [2]],
    ['text that looks like a pattern', { text: '100%_' }, [5, 2, -1]],
    ['a pattern that is not in the text', { text: '1%0' }, []],
    ['a load', { load: 8 }, []],
    [
      'days',
      { dated: { fields: ['Paid', 'Closed'], from: day('2026-02-05'), through: day('2026-03-04') } },
      [2],
    ],
    ['a page', { before: 5 }, [2, -1]],
  ] as const)('is searched by %s', async (_, search, sequences) => {
    expect(await found(search)).toEqual(sequences);
  });
});

describe('the books', () => {
  const key = { agreement: 'plan', clause: 'commission', period: '2026-Q1', asset: 'USD' };
  const transfer = (
    sequence: number,
    ordinal: number,
    payee: string,
    amount: bigint,
  ): Batch['transfers'][number] =>
    ({
      ...{
        ...key,
        sequence,
        ordinal,
        payee,
        component: 'Commission',
        accounting: '2026-Q2',
        part: 'due',
        raises: true,
      },
      ...{
        debit_party: 'company',
        debit_purpose: 'cost',
        credit_party: payee,
        credit_purpose: 'due',
        amount,
      },
    }) as const;
  const posted = (payee: string) =>
    ({
      ...key,
      payee,
      component: 'Commission',
      due: 1n,
      held: 0n,
      exact: '1',
      state: 'final',
      waiting: [],
      sequence: 1,
    }) as const;
  const statement = (payee: string, version: number) => ({
    ...{
      agreement: 'plan',
      payee,
      period: '2026-Q2',
      version,
      body: `{"v":${version}}`,
      hash: 'h',
      sequence: version,
    },
  });
  const workspace = written({
    ...emptyBatch(2),
    transfers: [transfer(1, 1, 'p1', 5n), transfer(1, 2, 'p2', 7n), transfer(2, 1, 'p1', 9n)],
    posted: [posted('p1'), posted('p2')],
    statements: [statement('p1', 1), statement('p1', 2), statement('p2', 1)],
  });

  test('give transfers newest first, onwards from a place, and of an entry', async () => {
    const within = await workspace;
    const amounts = (rows: readonly { amount: bigint }[]) => rows.map(({ amount }) => amount);
    expect(amounts(await within((scope) => listTransfers(scope, { limit: 2 })))).toEqual([9n, 7n]);
    const before = { sequence: 1, ordinal: 2 };
    expect(amounts(await within((scope) => listTransfers(scope, { before, limit: 2 })))).toEqual([5n]);
    expect(amounts(await within((scope) => listTransfers(scope, { payees: [], limit: 9 })))).toEqual([]);
    const after = { sequence: 1, ordinal: 1 };
    const rest = await within((scope) =>
      transfersAfter(scope, { after, payee: 'p1', accounting: '2026-Q2', limit: 9 }),
    );
    expect(amounts(rest)).toEqual([9n]);
    expect(amounts(await within((scope) => transfersOf(scope, [1])))).toEqual([5n, 7n]);
  });

  test('balance: what went out of one account came into others', async () => {
    const balances = await (await workspace)((scope) => accountBalances(scope));
    expect(balances).toEqual([
      { agreement: 'plan', party: 'company', purpose: 'cost', asset: 'USD', balance: -21n },
      { agreement: 'plan', party: 'p1', purpose: 'due', asset: 'USD', balance: 14n },
      { agreement: 'plan', party: 'p2', purpose: 'due', asset: 'USD', balance: 7n },
    ]);
    expect(await (await workspace)((scope) => accountBalances(scope, { party: 'p2' }))).toHaveLength(1);
  });

  test('give what is posted by key, page by page', async () => {
    const within = await workspace;
    const [first] = await within((scope) => listPosted(scope, { agreement: 'plan', limit: 1 }));
    expect(first).toMatchObject({ payee: 'p1', due: 1n });
    expect(await within((scope) => listPosted(scope, { after: first!, limit: 9 }))).toMatchObject([
      { payee: 'p2' },
    ]);
  });

  test('give the latest statement of each payee, and every version of one', async () => {
    const within = await workspace;
    const latest = await within((scope) => listStatements(scope, { limit: 9 }));
    expect(latest.map(({ payee, version }) => [payee, version])).toEqual([
      ['p1', 2],
      ['p2', 1],
    ]);
    expect(await within((scope) => listStatements(scope, { after: latest[0]!, limit: 9 }))).toEqual([
      latest[1],
    ]);
    const of = { agreement: 'plan', payee: 'p1', period: '2026-Q2' };
    expect((await within((scope) => readStatement(scope, of)))?.body).toBe('{"v":2}');
    expect((await within((scope) => readStatement(scope, { ...of, version: 1 })))?.body).toBe('{"v":1}');
    expect(await within((scope) => readStatement(scope, { ...of, version: 3 }))).toBe(null);
    expect(await within((scope) => listStatementVersions(scope, of))).toHaveLength(2);
  });
});

test('versions of an agreement are numbered from 1 and keep their texts', async () => {
  const within = await newScope();
  const plan = { agreement: 'plan', title: 'Plan' };
  expect(await within((scope) => createAgreement(scope, plan))).toBe(true);
  expect(await within((scope) => createAgreement(scope, plan))).toBe(false);
  const version = { agreement: 'plan', text: 'one', semantics: 1, hash: 'h1', createdBy: 'ann' };
  expect(await within((scope) => addVersion(scope, version))).toBe(1);
  expect(await within((scope) => addVersion(scope, { ...version, text: 'two' }))).toBe(2);
  expect((await within((scope) => readVersion(scope, { agreement: 'plan', version: 1 })))?.text).toBe('one');
  expect(await within((scope) => readVersion(scope, { agreement: 'plan', version: 3 }))).toBe(null);
  expect((await within((scope) => listVersions(scope, 'plan'))).map((row) => row.version)).toEqual([1, 2]);
  expect(await within(listAgreements)).toMatchObject([plan]);
  expect(await within((scope) => findAgreement(scope, 'other'))).toBe(null);
});

describe('parties', () => {
  const reference = (name: string) => ({ kind: 'Representative', system: 'crm', reference: name });

  test('are known once somebody says who they are', async () => {
    const within = await newScope();
    const unknown = ['p1', 'p2'].map((party) => ({
      party,
      kind: 'Representative',
      state: 'unknown' as const,
    }));
    await within((scope) => addParties(scope, unknown));
    await within((scope) => addParties(scope, unknown));
    await within((scope) => makeKnown(scope, 'p1'));
    expect(await within((scope) => findParties(scope, ['p1', 'p3']))).toMatchObject([{ state: 'known' }]);
    const left = await within((scope) =>
      listParties(scope, { kind: 'Representative', state: 'unknown', limit: 9 }),
    );
    expect(left).toMatchObject([{ party: 'p2' }]);
    expect(await within((scope) => listParties(scope, { after: 'p1', limit: 9 }))).toEqual(left);
  });

  test('keep a reference that names another', async () => {
    const within = await newScope();
    const add = (party: string) => within((scope) => addReferences(scope, [{ ...reference('ann'), party }]));
    expect([await add('p1'), await add('p2')]).toEqual([[{ ...reference('ann'), party: 'p1' }], []]);
    const asked = [{ kind: 'Representative', reference: 'ann' }];
    expect(await within((scope) => findReferences(scope, asked))).toMatchObject([{ party: 'p1' }]);
    expect(await within((scope) => referencesOf(scope, ['p1', 'p2']))).toEqual([
      { ...reference('ann'), party: 'p1' },
    ]);
  });

  test('that are erased leave no value and no key, and the record of it stays', async () => {
    const within = await newScope();
    const value = { field: 'Name', salt: Buffer.from('s'), ciphertext: Buffer.from('c') };
    await within(async (scope) => {
      await putPrivate(scope, { ...value, record: 'party/p1', party: 'p1' });
      await putPrivate(scope, { ...value, record: 'party/p1', party: 'p1', ciphertext: Buffer.from('d') });
      await putPrivate(scope, { ...value, record: 'party/p2', party: 'p2' });
      for (const key of ['k', 'other'])
        await addSubjectKeys(scope, [{ party: 'p1', wrappedKey: Buffer.from(key) }]);
      await addPersonalField(scope, { kind: 'Deal', field: 'Contact', subject: null });
    });
    expect(await within((scope) => privateOfParty(scope, 'p1'))).toMatchObject([
      { ciphertext: Buffer.from('d') },
    ]);
    const key = { party: 'p1', wrapped_key: Buffer.from('k') };
    expect(await within((scope) => readSubjectKeys(scope, ['p1']))).toEqual([key]);
    await within((scope) => erasePerson(scope, { party: 'p1', actor: 'ann', reason: 'asked' }));
    const left = await within((scope) => readPrivate(scope, ['party/p1', 'party/p2']));
    expect(left).toEqual([{ ...value, record: 'party/p2', party: 'p2' }]);
    expect(await within((scope) => readSubjectKeys(scope, ['p1']))).toEqual([]);
    expect(await within(listErasures)).toMatchObject([{ party: 'p1', actor: 'ann', reason: 'asked' }]);
    expect(await within(listPersonalFields)).toEqual([{ kind: 'Deal', field: 'Contact', subject: null }]);
  });
});

describe('a feed', () => {
  const feed = {
    feed: 'crm',
    title: 'CRM',
    mode: 'events',
    mapping: { files: [] },
    changeLimit: { rows: 0.2 },
  } as const;
  const load = {
    feed: 'crm',
    fileName: 'a.csv',
    contentHash: 'h',
    state: 'preview',
    rows: 2,
    totals: {},
    effect: [],
    actor: 'ann',
  };

  test('is changed in place and says how far it is complete', async () => {
    const within = await newScope();
    await within((scope) => putFeed(scope, feed));
    await within((scope) => putFeed(scope, { ...feed, title: 'The CRM' }));
    expect(await within(listFeeds)).toMatchObject([{ title: 'The CRM', mapping: { files: [] } }]);
    expect(await within((scope) => findFeed(scope, 'erp'))).toBe(null);
    for (const through of ['2026-01-31', '2026-02-28', '2026-01-31']) {
      const complete = {
        feed: 'crm',
        through: day(through),
        rows: 3,
        totals: {},
        sequence: 1,
        declaredBy: 'ann',
      };
      await within((scope) => putCompleteness(scope, complete));
    }
    expect(await within(latestCompleteness)).toMatchObject([
      { feed: 'crm', through: day('2026-02-28'), rows: 3 },
    ]);
  });

  test('accounts for every row of its loads, and a load is approved once', async () => {
    const within = await newScope();
    const number = await within((scope) => createLoad(scope, load));
    const taken = {
      row: 1,
      outcome: 'taken',
      code: null,
      facts: null,
      fact_kind: 'Deal',
      fact_id: 'D "1"',
    } as const;
    const rejected = {
      ...taken,
      row: 2,
      outcome: 'rejected',
      code: 'no_date',
      facts: { given: 'x' },
    } as const;
    await within((scope) => addLoadedRows(scope, number, [taken, rejected]));
    await within((scope) => addLoadedRows(scope, number, []));
    expect(await within((scope) => listLoadedRows(scope, { load: number, limit: 9 }))).toMatchObject([
      taken,
      rejected,
    ]);
    expect(
      await within((scope) => listLoadedRows(scope, { load: number, after: 1, outcome: 'taken', limit: 9 })),
    ).toEqual([]);
    const approve = () =>
      within((scope) =>
        moveLoad(scope, { load: number, from: 'preview', to: 'recorded', approvedBy: 'bob' }),
      );
    expect((await Promise.all([approve(), approve()])).sort()).toEqual([false, true]);
    expect(await within((scope) => findLoad(scope, number))).toMatchObject({
      state: 'recorded',
      approved_by: 'bob',
    });
    expect(
      await within((scope) => listLoads(scope, { feed: 'crm', state: 'recorded', limit: 9 })),
    ).toHaveLength(1);
    expect(await within((scope) => listLoads(scope, { before: number, limit: 9 }))).toEqual([]);
    expect(await within(countOutcomes)).toEqual([
      { feed: 'crm', outcome: 'rejected', rows: 1 },
      { feed: 'crm', outcome: 'taken', rows: 1 },
    ]);
  });
});

test('facts that wait are listed by kind until the writer takes them', async () => {
  const waiting = {
    kind: 'Call',
    id: 'C-1',
    revision: 1,
    data: { a: 1 },
    reason: 'kind unknown',
    source: 'crm',
  };
  const within = await written({ ...emptyBatch(0), waiting: [waiting, waiting, { ...waiting, id: 'C-2' }] });
  expect(await within((scope) => listWaitingRows(scope, { kind: 'Call', limit: 1 }))).toMatchObject([
    waiting,
  ]);
  expect(await within((scope) => listWaitingRows(scope, { after: waiting, limit: 9 }))).toMatchObject([
    { id: 'C-2' },
  ]);
  expect(await within(countWaiting)).toEqual([{ kind: 'Call', facts: 2 }]);
});

test('a message leaves until it is delivered, and two deliverers never have the same one', async () => {
  const within = await newScope();
  const now = new Date(Date.now() + 1_000);
  for (const topic of ['a', 'b'])
    await within((scope) => putMessage(scope, { sequence: 1, topic, body: { topic } }));
  const [first, second] = await within(async (scope) => {
    const mine = await takeDue(scope, { now, limit: 1 });
    const theirs = await within((other) => takeDue(other, { now, limit: 9 }));
    return [mine, theirs];
  });
  expect([first, second]).toMatchObject([[{ topic: 'a', body: { topic: 'a' } }], [{ topic: 'b' }]]);
  await within((scope) => markDelivered(scope, { id: first![0]!.id, at: now }));
  await within((scope) =>
    markFailed(scope, { id: second![0]!.id, nextAt: new Date(now.getTime() + 60_000) }),
  );
  expect(await within((scope) => takeDue(scope, { now, limit: 9 }))).toEqual([]);
  const later = new Date(now.getTime() + 60_000);
  expect(await within((scope) => takeDue(scope, { now: later, limit: 9, topic: 'b' }))).toMatchObject([
    { attempts: 1 },
  ]);
});

test('a job is taken once and shows its progress', async () => {
  const within = await newScope();
  const id = await within((scope) => createJob(scope, { what: 'replay', total: null, details: {} }));
  const taken = await Promise.all([within(takeJob), within(takeJob)]);
  expect(taken.filter((job) => job !== null)).toMatchObject([{ id, state: 'running' }]);
  await within((scope) => advanceJob(scope, { id, done: 5, total: 10, details: { at: 5 } }));
  await within((scope) => advanceJob(scope, { id, state: 'done' }));
  expect(await within((scope) => findJob(scope, id))).toMatchObject({
    state: 'done',
    done: 5,
    details: { at: 5 },
  });
  expect(await within((scope) => listJobs(scope, { state: 'done', limit: 9 }))).toHaveLength(1);
  expect(await within((scope) => listJobs(scope, { before: id, limit: 9 }))).toEqual([]);
});

test('the audit trail is read newest first, page by page', async () => {
  const within = await newScope();
  for (const subject of ['a', 'b', 'a']) {
    await within((scope) => recordAudit(scope, { actor: 'ann', action: 'did', subject, details: { n: 1 } }));
  }
  const [newest] = await within((scope) => listAudit(scope, { limit: 1 }));
  expect(newest).toMatchObject({ subject: 'a', details: { n: 1 } });
  const before = await within((scope) => listAudit(scope, { before: newest!.id, limit: 9, subject: 'a' }));
  expect(before).toHaveLength(1);
});

test('workspaces are found by name before one is chosen', async () => {
  const workspace = await database.newWorkspace();
  const all = await store.accessing(listWorkspaces);
  const mine = all.find((row) => row.workspace === workspace)!;
  expect(await store.accessing((query) => findWorkspace(query, mine.name))).toEqual(mine);
  expect(await store.accessing((query) => findWorkspace(query, 'nobody'))).toBe(null);
});
