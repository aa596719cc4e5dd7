// SPDX-License-Identifier: Apache-2.0
// A short run of what `npm run torture` does at length.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openedToAll } from '../testing/temporary-folder.ts';
import { torture } from '../testing/torture.ts';

test('a service whose process and database are killed under load keeps every acknowledged fact once', async () => {
  const folder = openedToAll(mkdtempSync(join(tmpdir(), 'rapport-torture-')));
  try {
    const report = await torture({ folder, seed: 5, kills: 4, senders: 3, say: () => undefined });
    expect(report.problems).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(100);
    expect(report.recorded).toBeGreaterThanOrEqual(report.acknowledged);
    expect([report.serviceKills, report.databaseKills].every((kills) => kills > 0)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}, 300_000);
