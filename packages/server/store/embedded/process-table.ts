// SPDX-License-Identifier: Apache-2.0
// What the system says of other processes: whether one is there, when it started, what it was started with.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** True also for a process of another user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A text that no other process with the same number has; null where the system does not tell. */
export function startOf(pid: number): string | null {
  if (process.platform === 'linux') {
    const status = readProcess(pid, 'stat');
    // The name in brackets may hold anything; the start is the 22nd column, the 20th after the bracket.
    return status === null ? null : (status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? null);
  }
  return askPs(pid, 'lstart=');
}

/** The command line; null where the system does not tell. */
export function commandOf(pid: number): string | null {
  if (process.platform === 'linux') return readProcess(pid, 'cmdline')?.replaceAll('\0', ' ') ?? null;
  return askPs(pid, 'command=');
}

function readProcess(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}

function askPs(pid: number, column: string): string | null {
  if (process.platform === 'win32') return null;
  const { status, stdout } = spawnSync('ps', ['-o', column, '-p', `${pid}`], { encoding: 'utf8' });
  const text = (stdout ?? '').trim();
  return status === 0 && text !== '' ? text : null;
}
