// SPDX-License-Identifier: Apache-2.0
// A workspace of the database replayed: the books are what the log gives, and a changed row is found.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { activate, day } from '../testing/sales-agreement.ts';
import { simulatedLoad } from '../testing/simulated-load.ts';
import { testDatabase } from '../testing/test-database.ts';
import { checkReplay } from './replay-check.ts';
import { openWriters } from './writers.ts';

const database = await testDatabase();

test('a replay gives every row again, and finds the one that somebody changed', async () => {
  const store = await database.store();
  const workspace = await database.newWorkspace();
  const writers = openWriters(store, { owner: 'test', onEnded: () => undefined });
  const writer = await writers.of(workspace);
  await writer.submit([day('2026-01-01')], { together: true });
  await activate(store, writer);
  const text = readFileSync('examples/draw-recoverable.md', 'utf8');
  await activate(store, writer, { agreement: 'draw', text });
  const load = simulatedLoad(11, ['sales', 'draw']);
  for (let sent = 0; sent < 150; sent += 30)
    await writer.submit(
      Array.from({ length: 30 }, () => load.next()),
      { together: false },
    );
  await writers.close();

  for (const batchEntries of [1, 500]) {
    const report = await checkReplay(store, workspace, { batchEntries });
    expect(report).toMatchObject({ differenceCount: 0, differences: [], stopped: null });
    expect(report.rows).toBeGreaterThan(100);
  }
  await database.asOwner('alter table rapport.transfer disable trigger append_only');
  await database.asOwner(
    `update rapport.transfer set amount = amount + 1 where workspace = $1 and (sequence, ordinal) =
      (select sequence, ordinal from rapport.transfer where workspace = $1 order by sequence limit 1)`,
    [workspace],
  );
  const found = await checkReplay(store, workspace);
  expect(found.differences.map(({ table }) => table)).toEqual(['transfers', 'transfers']);
}, 120_000);
