// SPDX-License-Identifier: Apache-2.0
// Bundles the command into one file, dist/rapport.js. Run directly (`npm run build`) it always builds.
// In a checkout the bundle is rebuilt when a source is newer; a published package has the bundle, and not this.
import { cpSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isStale } from '../../scripts/stale-build.js';

const folder = dirname(fileURLToPath(import.meta.url));
const bundle = join(folder, 'dist', 'rapport.js');
const repository = join(folder, '..', '..');
// A published package brings the examples along, for `rapport init` and `rapport demo`.
const examples = join(repository, 'examples');
const sourceFolders = [folder, join(folder, '..', 'core')];

/** Builds the bundle. It appears in one step, so a command running at the same time never sees half of it. */
export async function build() {
  const { build: bundleWith } = await import('esbuild');
  const result = await bundleWith({
    entryPoints: [join(folder, 'main.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Packages written as CommonJS ask for Node's own modules by `require`.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    write: false,
    legalComments: 'none',
    logLevel: 'error',
  });
  mkdirSync(dirname(bundle), { recursive: true });
  const unfinished = `${bundle}.${process.pid}`;
  writeFileSync(unfinished, result.outputFiles[0].contents);
  renameSync(unfinished, bundle);
  if (existsSync(examples)) cpSync(examples, join(folder, 'dist', 'examples'), { recursive: true });
}

/** Builds the bundle when that is needed. */
export async function buildWhenStale() {
  if (isStale(bundle, sourceFolders)) await build();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
