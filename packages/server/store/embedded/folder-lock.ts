// SPDX-License-Identifier: Apache-2.0
// One process per data folder. A file names the process that holds it by its number and the moment it started, since
// numbers are used again. The file of a process that is gone is taken over; of two that try, one wins.

import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startOf } from './process-table.ts';

export type FolderLock =
  | { readonly kind: 'held'; readonly release: () => void }
  | { readonly kind: 'taken'; readonly pid: number };

interface Holder {
  readonly pid: number;
  readonly started: string | null;
}

export function lockFolder(folder: string): FolderLock {
  const path = join(folder, 'process.lock');
  const own = join(folder, `process.lock.${process.pid}`);
  const text = JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder);
  writeFileSync(own, text, { mode: 0o600 });
  try {
    for (;;) {
      if (makeLink(own, path)) return { kind: 'held', release: () => releaseIfOwn(path, text) };
      const held = readIfThere(path);
      if (held === null) continue;
      const holder = holderOf(held);
      if (holder !== null && isHolding(holder)) return { kind: 'taken', pid: holder.pid };
      dropStale(path, `${own}.stale`, held);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

function isHolding({ pid, started }: Holder): boolean {
  return isAlive(pid) && (started === null || startOf(pid) === started);
}

/** Moves the file away; should another process have just put its own there, it goes back. */
function dropStale(path: string, aside: string, expected: string): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readIfThere(aside) !== expected) makeLink(aside, path);
  rmSync(aside, { force: true });
}

function makeLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function releaseIfOwn(path: string, text: string): void {
  if (readIfThere(path) === text) rmSync(path, { force: true });
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Null for a file that was cut off while it was written. */
function holderOf(text: string): Holder | null {
  try {
    const value = JSON.parse(text);
    return Number.isInteger(value?.pid) ? value : null;
  } catch {
    return null;
  }
}
