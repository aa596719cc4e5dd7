// SPDX-License-Identifier: Apache-2.0
// What operation leaves behind goes after its time and not before; what somebody still waits for stays.
import { expect, test } from 'vitest';
import { testService } from '../testing/test-service.ts';
import { keepHouse } from './housekeeping.ts';

const now = new Date('2026-04-20T12:00:00Z');
const service = await testService({ clock: () => now });

function daysAgo(days: number): string {
  return new Date(now.getTime() - days * 24 * 60 * 60_000).toISOString();
}

/** The keys that are left in a table. */
async function left(workspace: number, table: string, key: string): Promise<readonly unknown[]> {
  const rows = await service.database.asOwner<{ key: unknown }>(
    `select ${key}::text as key from rapport.${table} where workspace = $1 order by ${key}`,
    [workspace],
  );
  return rows.map((row) => row.key);
}

test('messages go a week after they left, but not while a webhook waits for one', async () => {
  const { workspace } = await service.newWorkspace();
  const outbox = (id: number, doneAt: string | null) =>
    service.database.asOwner(
      `insert into rapport.outbox (workspace, id, sequence, topic, body, done_at) values ($1, $2, 1, 'posted', '{}', $3)`,
      [workspace, id, doneAt],
    );
  const delivery = (message: number, doneAt: string | null) =>
    service.database.asOwner(
      `insert into rapport.webhook_delivery (workspace, webhook, message, done_at) values ($1, 'w', $2, $3)`,
      [workspace, message, doneAt],
    );
  await outbox(1, daysAgo(8));
  await outbox(2, daysAgo(6));
  await outbox(3, null);
  await outbox(4, daysAgo(8));
  await delivery(4, null);
  await outbox(5, daysAgo(8));
  await delivery(5, daysAgo(8));
  await outbox(6, daysAgo(8));
  await delivery(6, daysAgo(6));
  await keepHouse(service.context, workspace);
  expect(await left(workspace, 'outbox', 'id')).toEqual(['2', '3', '4']);
  expect(await left(workspace, 'webhook_delivery', 'message')).toEqual(['4', '6']);
});

test('answers are kept for a day, ids of webhooks that came in for two weeks, ended jobs for ninety days', async () => {
  const { workspace } = await service.newWorkspace();
  const put = (text: string, values: readonly unknown[]) =>
    service.database.asOwner(`insert into rapport.${text}`, [workspace, ...values]);
  const answer =
    'idempotent_request (workspace, digest, status, body, key, at) values ($1, $2, 200, $2, $3, $4)';
  await put(answer, ['x', 'old', daysAgo(1.1)]);
  await put(answer, ['x', 'new', daysAgo(0.9)]);
  const inbound = 'inbound_message (workspace, source, message, at) values ($1, $2, $3, $4)';
  await put(inbound, ['shop', 'old', daysAgo(15)]);
  await put(inbound, ['shop', 'new', daysAgo(13)]);
  const job = 'job (workspace, what, state, at) values ($1, $2, $3, $4)';
  await put(job, ['ended', 'done', daysAgo(91)]);
  await put(job, ['failed', 'failed', daysAgo(91)]);
  await put(job, ['lately', 'done', daysAgo(89)]);
  await put(job, ['still', 'running', daysAgo(91)]);
  await keepHouse(service.context, workspace);
  expect(await left(workspace, 'idempotent_request', 'key')).toEqual(['new']);
  expect(await left(workspace, 'inbound_message', 'message')).toEqual(['new']);
  expect(await left(workspace, 'job', 'what')).toEqual(['lately', 'still']);
});

test('more than goes at once goes all the same, and another workspace keeps its own', async () => {
  const { workspace } = await service.newWorkspace();
  const other = await service.newWorkspace();
  for (const of of [workspace, other.workspace])
    await service.database.asOwner(
      `insert into rapport.outbox (workspace, sequence, topic, body, done_at)
         select $1, n, 'posted', '{}', $2 from generate_series(1, 12001) n`,
      [of, daysAgo(10)],
    );
  await keepHouse(service.context, workspace);
  expect(await left(workspace, 'outbox', 'id')).toEqual([]);
  expect(await left(other.workspace, 'outbox', 'id')).toHaveLength(12_001);
});
