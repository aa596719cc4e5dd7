// SPDX-License-Identifier: Apache-2.0
// The writers of a process: the first question opens one, and after it was lost the next question opens another.
import { expect, test } from 'vitest';
import { activate, day, deal } from '../testing/sales-agreement.ts';
import { testDatabase } from '../testing/test-database.ts';
import { openWriters } from './writers.ts';

const database = await testDatabase();

test('a workspace whose writer was lost is opened again, and what was sent again is recorded once', async () => {
  const store = await database.store();
  const workspace = await database.newWorkspace();
  const endings: string[] = [];
  const writers = openWriters(store, { owner: 'test', onEnded: (_, reason) => endings.push(reason) });
  const first = await writers.of(workspace);
  expect(await writers.of(workspace)).toBe(first);
  await activate(store, first);
  await first.submit([day('2026-04-01'), deal('D-1')], { together: true });
  await database.terminateWriter(workspace);
  await first.ended;
  await expect(first.submit([deal('D-2')], { together: true })).rejects.toThrow();
  const second = await writers.of(workspace);
  const receipts = await second.submit([deal('D-1'), deal('D-2')], { together: false });
  expect(receipts).toEqual([
    { kind: 'repeated', sequence: 3 },
    { kind: 'recorded', sequence: 4 },
  ]);
  expect(endings).toHaveLength(1);
  await writers.close();
  expect(await store.within(workspace, async () => 'still there')).toBe('still there');
});
