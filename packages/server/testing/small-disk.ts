// SPDX-License-Identifier: Apache-2.0
// A disk so small that it can be filled: a file system in memory, mounted in a folder. Only root of Linux may mount one.

import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { AtEnd } from './ended-well.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface SmallDisk {
  readonly kind: 'mounted';
  readonly folder: string;
  /** Takes all room that is left, to the last byte. */
  fill(): void;
  /** Gives that room back. */
  makeRoom(): void;
}

export interface NoDisk {
  readonly kind: 'none';
  /** What the system says. */
  readonly why: string;
}

export function smallDisk(megabytes: number, atEnd: AtEnd): SmallDisk | NoDisk {
  const folder = temporaryFolder('rapport-disk-', atEnd);
  const options = `size=${megabytes}m,mode=711`;
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  if (status !== 0) return { kind: 'none', why: error?.message ?? stderr.trim() };
  atEnd(() => {
    spawnSync('umount', ['--lazy', folder]);
  });
  const ballast = join(folder, 'ballast');
  return {
    kind: 'mounted',
    folder,
    fill: () => {
      const file = openSync(ballast, 'a');
      try {
        for (let size = 1 << 20; size >= 1; ) {
          try {
            if (writeSync(file, Buffer.alloc(size)) < size) size >>= 1;
          } catch (problem) {
            if ((problem as NodeJS.ErrnoException).code !== 'ENOSPC') throw problem;
            size >>= 1;
          }
        }
      } finally {
        closeSync(file);
      }
    },
    makeRoom: () => rmSync(ballast, { force: true }),
  };
}
