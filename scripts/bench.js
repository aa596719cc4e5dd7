// SPDX-License-Identifier: Apache-2.0
// Bundles benchmarks and runs each in a process of its own, so that none warms another up. Without arguments all of
// them; `npm run bench -- hardware 10000000 sorted` runs one.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const all = [
  ['hardware', '1000000', 'unsorted'],
  ['hardware', '1000000', 'sorted'],
  ['hardware', '1000000', 'by-representative'],
  ['hardware', '10000000', 'unsorted'],
  ['hardware', '10000000', 'sorted'],
  ['incremental'],
  ['kinds'],
  ['variants'],
  ['compile'],
  ['statements'],
  ['csv'],
];
const [name, ...options] = process.argv.slice(2);
const wanted = name === undefined ? all : [[name, ...options]];
for (const [bench, ...rest] of wanted) {
  const outfile = join('node_modules', '.cache', 'bench', `${bench}.mjs`);
  buildSync({
    entryPoints: [join('bench', `${bench}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  const { status } = spawnSync(process.execPath, ['--max-old-space-size=8000', outfile, ...rest], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
