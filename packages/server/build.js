// SPDX-License-Identifier: Apache-2.0
// Bundles the service into one file, dist/rapport-server.js; installed packages stay outside. Run directly it always
// builds. In a checkout the bundle is rebuilt when a source is newer; a published package has the bundle, and not this.
import { cpSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isStale } from '../../scripts/stale-build.js';

const folder = dirname(fileURLToPath(import.meta.url));
const bundle = join(folder, 'dist', 'rapport-server.js');
const repository = join(folder, '..', '..');
// The demonstration runs agreements of the examples.
const examples = ['hardware-sales', 'record-club'];
const sourceFolders = [folder, join(folder, '..', 'core')];

/** Packages that are installed beside the bundle; what is ours goes into it. */
const installedPackages = {
  name: 'installed-packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@rapport/') ? undefined : { path, external: true },
    );
  },
};

/** Builds the bundle. It appears in one step, so a service that starts at the same time never sees half of it. */
export async function buildServer() {
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [join(folder, 'main.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    plugins: [installedPackages],
    loader: { '.typ': 'text' },
    write: false,
    sourcemap: false,
    legalComments: 'none',
    logLevel: 'error',
  });
  mkdirSync(dirname(bundle), { recursive: true });
  for (const name of examples) {
    const source = join(repository, 'examples', name);
    if (existsSync(source)) cpSync(source, join(folder, 'dist', 'examples', name), { recursive: true });
  }
  const unfinished = `${bundle}.${process.pid}`;
  writeFileSync(unfinished, result.outputFiles[0].contents);
  renameSync(unfinished, bundle);
}

/** Builds the bundle when that is needed. */
export async function buildServerWhenStale() {
  if (isStale(bundle, sourceFolders)) await buildServer();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildServer();
