// SPDX-License-Identifier: Apache-2.0
// One of our programs as a file that Node runs, for tests that need a process of its own.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** @param entry from the root of the repository. Gives the path of the built file. */
export function bundled(entry: string): string {
  // Below the server, so that its own packages are found.
  const own = join('packages', 'server', 'node_modules', '.cache', 'rapport', `process-${process.pid}`);
  const folder = join(process.cwd(), own);
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${entry.replaceAll(/[/\\]/g, '-')}.mjs`);
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { '@rapport/core': join(process.cwd(), 'packages', 'core') },
    logLevel: 'error',
  });
  return outfile;
}
