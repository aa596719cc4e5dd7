// SPDX-License-Identifier: Apache-2.0
// A service that root starts in a home of its own finds a place that its database can reach.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { usualDataFolder } from './data-folder.ts';

test('the usual data folder lies where the service is started, or where the database can reach it', () => {
  const open = mkdtempSync(join(tmpdir(), 'rapport-open-'));
  const closed = mkdtempSync(join(tmpdir(), 'rapport-closed-'));
  try {
    chmodSync(open, 0o755);
    chmodSync(closed, 0o700);
    expect(usualDataFolder(open)).toBe(join(open, '.rapport', 'service'));
    const isRoot = process.getuid?.() === 0;
    const expected = isRoot ? /^\/var\/lib\/rapport\/[0-9a-f]{12}$/ : /\.rapport\/service$/;
    expect(usualDataFolder(closed)).toMatch(expected);
  } finally {
    for (const folder of [open, closed]) rmSync(folder, { recursive: true });
  }
});
