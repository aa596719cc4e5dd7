// SPDX-License-Identifier: Apache-2.0
// What the system says of other processes: whether one is there, when it started, what it was started with.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** True also for a process of another user; false for one that has ended, even if nobody has taken note of it yet. */
export function isAlive(pid: number): boolean {
  return isListed(pid) && stateOf(pid) !== 'Z';
}

/** An ended process stays in the table until its parent asks for it: for good where the first process never does. */
export function isListed(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Running processes that work in a folder; none where the system does not tell. */
export function processesIn(folder: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && folderOf(pid) === folder);
}

function folderOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

/** `Z` for one that has ended; null where the system does not tell. */
function stateOf(pid: number): string | null {
  return columnsOf(pid)?.[0] ?? null;
}

/** The name in brackets may hold anything; the columns after it, the third one of the table first. */
function columnsOf(pid: number): readonly string[] | null {
  const status = process.platform === 'linux' ? readProcess(pid, 'stat') : null;
  return status === null ? null : status.slice(status.lastIndexOf(')') + 2).split(' ');
}

/** A text that no other process with the same number has; null where the system does not tell. */
export function startOf(pid: number): string | null {
  // The 22nd column.
  if (process.platform === 'linux') return columnsOf(pid)?.[19] ?? null;
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
