// SPDX-License-Identifier: Apache-2.0
// A program of the server as one file that Node runs, with its packages left where they are.
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** @param {string} entry from the root of the repository */
export function bundledProgram(entry) {
  const name = `${entry.replaceAll(/[/\\]/g, '-')}.mjs`;
  const outfile = join('packages', 'server', 'node_modules', '.cache', 'rapport', name);
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
