// SPDX-License-Identifier: Apache-2.0
// A full disk: whoever writes is told so, nothing is acknowledged that is not there, and once there is room the service
// goes on by itself. With a database that says so, everywhere; with a disk that really is full, where one can be mounted.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { urlOfRunning } from '../store/embedded/running.ts';
import { entriesOfKind } from '../store/log-rows.ts';
import { openStore, type Store } from '../store/open.ts';
import { createWorkspace } from '../store/workspace-rows.ts';
import { newEnding } from '../testing/ended-well.ts';
import { activate, day } from '../testing/sales-agreement.ts';
import { integrationKey } from '../testing/sending.ts';
import { startServiceProcess } from '../testing/service-process.ts';
import { smallDisk } from '../testing/small-disk.ts';
import { testService } from '../testing/test-service.ts';
import { checkReplay } from '../writer/replay-check.ts';
import { openWriters } from '../writer/writers.ts';

const { atEnd, end } = newEnding();
afterAll(end);

function deals(prefix: string, count: number) {
  return Array.from({ length: count }, (_, number) => ({
    ...{ specversion: '1.0', source: 'https://crm.example', type: 'Deal' },
    ...{ id: `${prefix}-${number}`, subject: `${prefix}-${number}`, revision: 1 },
    data: { Representative: `rep-${number % 7}`, Amount: '1200.50', Closed: '2026-02-10' },
  }));
}

const batch = { 'content-type': 'application/cloudevents-batch+json' };

test('a write that finds no room is answered 503 with the reason, and the next one goes in', async () => {
  const service = await testService();
  const { workspace, send } = await service.newWorkspace();
  const writer = await service.context.writers.of(workspace);
  await activate(service.context.store, writer);
  await writer.submit([day('2026-04-01')], { together: true });
  const { asOwner } = service.database;
  await asOwner(`create function rapport.no_room() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`);
  await asOwner(
    'create trigger no_room before insert on rapport.transfer execute function rapport.no_room()',
  );
  const body = deals('D', 1)[0]!;
  expect(await send('POST', '/facts', { body })).toMatchObject({
    status: 503,
    body: { code: 'disk_full', detail: 'The disk of the database is full: nothing can be written.' },
  });
  expect((await send('GET', '/facts')).body.items).toEqual([]);
  await asOwner('drop trigger no_room on rapport.transfer');
  expect((await send('POST', '/facts', { body })).body.receipts).toMatchObject([{ outcome: 'recorded' }]);
  expect((await send('GET', '/facts')).body.items).toHaveLength(1);
});

/** What one request is answered. */
interface Answer {
  readonly status: number;
  readonly code: string | null;
  /** The sequence of each fact, by its id. */
  readonly acknowledged: ReadonlyMap<string, number>;
}

async function prepared(
  store: Store,
): Promise<{ readonly workspace: number; readonly name: string; readonly key: string }> {
  const name = `disk-${randomBytes(4).toString('hex')}`;
  const workspace = (await store.accessing((query) => createWorkspace(query, { name, title: 'Disk' })))!;
  const writers = openWriters(store, { owner: 'test', onEnded: () => undefined });
  const writer = await writers.of(workspace);
  await writer.submit([day('2026-12-31')], { together: true });
  await activate(store, writer);
  await writers.close();
  return { workspace, name, key: await integrationKey(store, workspace) };
}

test('a disk that is full to the last byte loses nothing, and room on it is all that is needed', async () => {
  const disk = smallDisk(240, atEnd);
  if (disk.kind === 'none') {
    // The test above has run all the same; this one needs a disk that can be filled.
    console.warn(`No disk could be mounted, so none was filled: ${disk.why}`);
    expect(disk.why).not.toBe('');
    return;
  }
  const data = join(disk.folder, 'data');
  const service = await startServiceProcess({ folder: data });
  atEnd(() => service.stop());
  const url = urlOfRunning(join(data, 'database'))!;
  const opened = await openStore({ url, onError: () => undefined });
  if (opened.kind === 'refused') throw new Error(opened.code);
  atEnd(() => opened.close());
  const { workspace, name, key } = await prepared(opened);

  const acknowledged = new Map<string, number>();
  const record = async (facts: ReturnType<typeof deals>): Promise<Answer> => {
    const answer = await fetch(`${service.address}/api/v1/workspaces/${name}/facts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, ...batch },
      body: JSON.stringify(facts),
      signal: AbortSignal.timeout(30_000),
    });
    const { receipts = [], code = null } = (await answer.json()) as {
      receipts?: { id: string; sequence: number | null }[];
      code?: string;
    };
    const own = new Map(receipts.flatMap(({ id, sequence }) => (sequence === null ? [] : [[id, sequence]])));
    for (const [id, sequence] of own) acknowledged.set(id, sequence);
    return { status: answer.status, code, acknowledged: own };
  };
  const untilAnswered = async (facts: ReturnType<typeof deals>): Promise<void> => {
    for (let left = 300; left > 0; left -= 1) {
      const { status } = await record(facts).catch(() => ({ status: 0 }));
      if (status === 200 || status === 202) return;
      await pause(100);
    }
    throw new Error('The service does not go on though there is room.');
  };

  await untilAnswered(deals('before', 100));
  disk.fill();
  const refusals = new Map<string, number>();
  for (let number = 0; number < 20; number += 1) {
    const { status, code } = await record(deals(`full-${number}`, 200));
    if (status === 200 || status === 202) continue;
    expect([status, code]).toEqual([
      503,
      expect.stringMatching(/^(disk_full|database_away|busy|owned_by_another)$/),
    ]);
    refusals.set(code!, (refusals.get(code!) ?? 0) + 1);
  }
  expect(refusals.get('disk_full') ?? 0).toBeGreaterThan(0);
  // Now the database needs another file for its journal, and has to stop; it cannot even recover.
  const database = new pg.Client({ connectionString: url });
  database.on('error', () => undefined);
  await database.connect();
  await expect(
    (async () => {
      for (;;) await database.query(`select pg_logical_emit_message(false, '', 'x'), pg_switch_wal()`);
    })(),
  ).rejects.toThrow();
  await database.end().catch(() => undefined);
  await expect.poll(() => record(deals('stopped', 1)), { timeout: 60_000 }).toMatchObject({ status: 503 });
  await pause(8_000);
  expect(await record(deals('stopped', 1))).toMatchObject({ status: 503, code: 'database_away' });
  disk.makeRoom();
  await untilAnswered(deals('stopped', 1));
  await untilAnswered(deals('after', 100));
  for (let number = 0; number < 20; number += 1) await untilAnswered(deals(`full-${number}`, 200));

  const log = await opened.within(workspace, (scope) => entriesOfKind(scope, { kind: 'fact' }));
  const recorded = new Map(log.map(({ subject, sequence }) => [subject, sequence]));
  expect(recorded.size).toBe(log.length);
  expect(recorded.size).toBe(4_201);
  for (const [id, sequence] of acknowledged) expect(recorded.get(id), id).toBe(sequence);
  expect(await checkReplay(opened, workspace)).toMatchObject({ differences: [], stopped: null });
}, 300_000);
