// SPDX-License-Identifier: Apache-2.0
// A short run of what `npm run torture` does at length.
import { expect, test } from 'vitest';
import { newEnding } from '../testing/ended-well.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { torture } from '../testing/torture.ts';

test('a service whose process and database are killed under load keeps every acknowledged fact once', async () => {
  const { atEnd, end } = newEnding();
  try {
    const folder = temporaryFolder('rapport-torture-', atEnd);
    const report = await torture({ folder, seed: 5, kills: 4, senders: 3, say: () => undefined, atEnd });
    expect(report.problems).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(100);
    expect(report.recorded).toBeGreaterThanOrEqual(report.acknowledged);
    expect([report.serviceKills, report.databaseKills].every((kills) => kills > 0)).toBe(true);
  } finally {
    await end();
  }
}, 300_000);
