// SPDX-License-Identifier: Apache-2.0
// The long programs leave nothing behind when somebody has had enough of them.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newEnding } from './ended-well.ts';

/** Commands of running processes whose surroundings name the folder; Linux alone tells. */
function startedFor(folder: string): readonly string[] {
  const pids = process.platform === 'linux' ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  return pids.flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder) ? [command] : [];
    } catch {
      return [];
    }
  });
}

test.each([
  ['scripts/torture.js', /kill 1 of/, 'SIGINT', 130],
  ['scripts/torture.js', /^$/, 'SIGTERM', 143],
  ['scripts/bench-server.js', /Node v/, 'SIGTERM', 143],
] as const)(
  '%s interrupted after %s by %s ends with %i, and neither processes nor folders are left',
  async (script, when, signal, code) => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-interrupted-'));
    chmodSync(folder, 0o711);
    const child = spawn(process.execPath, [script], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve) => {
      child.once('close', resolve);
    });
    let said = '';
    const begun = new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (when.test(said)) resolve();
      });
      // Before it says anything: while its database is being made.
      const looking = setInterval(() => {
        if (child.exitCode !== null || (when.test('') && readdirSync(folder).length > 0)) {
          clearInterval(looking);
          resolve();
        }
      }, 20);
    });
    await begun;
    expect(child.exitCode, said).toBeNull();
    if (process.platform === 'linux') expect(startedFor(folder)).not.toEqual([]);
    child.kill(signal);
    child.kill(signal);
    expect(await ended).toBe(code);
    expect(readdirSync(folder)).toEqual([]);
    expect(startedFor(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  },
  120_000,
);

test('what was noted is undone once, the last first, whatever fails; what comes too late at once', async () => {
  const { atEnd, end } = newEnding();
  const undone: string[] = [];
  const shown: unknown[] = [];
  const { error } = console;
  console.error = (...all: unknown[]) => shown.push(...all);
  try {
    atEnd(() => void undone.push('first'));
    atEnd(() => {
      throw new Error('it is gone already');
    });
    atEnd(async () => void undone.push('last'));
    await Promise.all([end(), end()]);
    atEnd(() => void undone.push('late'));
    await end();
  } finally {
    console.error = error;
  }
  expect(undone).toEqual(['last', 'first', 'late']);
  expect(shown).toMatchObject([{ message: 'it is gone already' }]);
});
