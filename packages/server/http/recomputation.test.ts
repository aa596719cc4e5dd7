// SPDX-License-Identifier: Apache-2.0
// Recomputing over HTTP: sound books stay as they are, books whose derived rows were changed are made anew from the log, and
// a version that is not in force is computed beside the books without a trace in them.
import { expect, test } from 'vitest';
import { activate, day, deal, salesAgreement } from '../testing/sales-agreement.ts';
import { type TestAnswer, type TestWorkspace, testService } from '../testing/test-service.ts';

const service = await testService();

const okay = (answer: TestAnswer) => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};

async function sold(): Promise<TestWorkspace> {
  const at = await service.newWorkspace();
  const writer = await service.context.writers.of(at.workspace);
  await activate(service.context.store, writer);
  await writer.submit(
    [day('2026-04-01'), deal('D-1', { amount: 60_000 }), deal('D-2', { of: 'bob', amount: 10_000 })],
    { together: true },
  );
  return at;
}

async function run(at: TestWorkspace, path: string, body: unknown) {
  const started = await at.send('POST', path, { body });
  expect(started.status, started.text).toBe(202);
  return okay(await at.send('GET', `/jobs/${started.body.job}`));
}

const recompute = (at: TestWorkspace) =>
  run(at, '/agreements/sales/recomputations', { reason: 'After the amendment' });

async function headOf(at: TestWorkspace): Promise<number> {
  return (await service.context.writers.of(at.workspace)).read((view) => view.head);
}

async function postedOf(at: TestWorkspace): Promise<readonly { payee: string; due: string }[]> {
  const rows = await service.database.asOwner(
    'select payee, due::text from rapport.posted where workspace = $1 order by payee, clause, period',
    [at.workspace],
  );
  return rows as never;
}

test('sound books are computed, found to be right, and left as they are', async () => {
  const at = await sold();
  const head = await headOf(at);
  expect(await recompute(at)).toMatchObject({
    ...{ what: 'recompute', state: 'done', done: 2, total: 2 },
    details: { payees: 2, differing: 0, leftOut: 0, keys: 0, sequence: null, posted: 0 },
  });
  expect(await headOf(at)).toBe(head);
});

test('a derived row that was changed is made anew from the transfers, and nothing wrong is posted', async () => {
  const at = await sold();
  const before = await postedOf(at);
  await service.database.asOwner(
    `update rapport.posted set due = due + 7 where workspace = $1 and payee = 'bob'`,
    [at.workspace],
  );
  await service.database.asOwner(`delete from rapport.posted where workspace = $1 and payee = 'ann'`, [
    at.workspace,
  ]);
  await (await service.context.writers.of(at.workspace)).close();
  const job = await recompute(at);
  expect(job).toMatchObject({
    state: 'done',
    details: { differing: 2, posted: 0, sums: [{ component: 'Commission', change: 'USD 3,299.93' }] },
  });
  expect(job.details.sequence).toBe(await headOf(at));
  expect(await postedOf(at)).toEqual(before);
  expect(await recompute(at)).toMatchObject({ details: { differing: 0, sequence: null } });
  const replay = await run(at, '/replays', {});
  expect(replay.details).toMatchObject({ differences: 0, stopped: null });
});

test('a recomputation of an agreement that is not there is refused, and so is one without a reason', async () => {
  const at = await sold();
  const nothing = await at.send('POST', '/agreements/none/recomputations', { body: { reason: 'x' } });
  expect(nothing.body.code).toBe('agreement_unknown');
  expect((await at.send('POST', '/agreements/sales/recomputations', { body: {} })).status).toBe(400);
});

test('a version is computed beside the books, and says what it would change, for whom and by how much', async () => {
  const at = await sold();
  const [head, posted] = [await headOf(at), await postedOf(at)];
  const text = salesAgreement.replace('[8% : Top Rate]', '[9% : Top Rate]');
  okay(await at.send('POST', '/agreements/sales/versions', { body: { text } }));
  const job = await run(at, '/agreements/sales/shadow-replays', { version: 2 });
  expect(job).toMatchObject({
    ...{ what: 'shadow replay', state: 'done', done: 2, total: 2 },
    details: {
      ...{ version: 2, semantics: 1, payees: 2, differing: 1, keys: 1 },
      sums: [{ component: 'Commission', change: 'USD 100.00' }],
      differences: [{ payee: 'ann', component: 'Commission', period: '2026-Q1', change: 'USD 100.00' }],
    },
  });
  expect([await headOf(at), await postedOf(at)]).toEqual([head, posted]);
  const same = await run(at, '/agreements/sales/shadow-replays', { version: 1 });
  expect(same.details).toMatchObject({ differing: 0, keys: 0 });
  const none = await at.send('POST', '/agreements/sales/shadow-replays', { body: { version: 9 } });
  expect(none.body.code).toBe('version_unknown');
});

test('what a version posts in slices is told as the progress of its job, and is all there at its end', async () => {
  const at = await sold();
  const writer = await service.context.writers.of(at.workspace);
  const payees = Array.from({ length: 12_000 }, (_, place) => `payee-${place}`);
  await writer.submit(
    payees.map((of) => deal(`S-${of}`, { of })),
    { together: false },
  );
  const text = salesAgreement.replace('[5% : Base Rate]', '[6% : Base Rate]');
  const { versions } = okay(await at.send('POST', '/agreements/sales/versions', { body: { text } }));
  const { hash } = versions.find(({ version }: { version: number }) => version === 2);
  const path = '/agreements/sales/versions/2/activation';
  okay(await at.send('POST', path, { body: { hash, from: '2026-02-01' } }));
  let job = okay(await at.send('GET', '/jobs?limit=1')).items[0];
  for (let looks = 0; job.state === 'running' && looks < 300; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    job = okay(await at.send('GET', `/jobs/${job.job}`));
  }
  expect(job).toMatchObject({ what: 'recompute', state: 'done' });
  expect(job.total).toBeGreaterThan(0);
  expect(job.done).toBe(job.total);
  const rows = await postedOf(at);
  expect(rows.filter(({ payee }) => payee.startsWith('payee-'))).toEqual(
    [...payees].sort().map((payee) => ({ payee, due: '6000' })),
  );
}, 120_000);

test('nothing failed on our side', () => {
  expect(service.failures).toEqual([]);
});
