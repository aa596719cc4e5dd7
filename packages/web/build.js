// SPDX-License-Identifier: Apache-2.0
// Builds the pages into dist. Run directly it always builds; in a checkout `buildPagesWhenStale` builds them when a
// source is newer than what was built last. A published package has its dist and no sources.
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isStale } from '../../scripts/stale-build.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const built = join(folder, 'dist');
const sourceFolders = [folder, join(folder, '..', 'core'), join(folder, '..', 'server', 'wire')];

/** Builds the pages beside the old ones and puts them in their place at the end. */
export async function buildPages() {
  const { build } = await import('vite');
  const unfinished = `${built}-${process.pid}`;
  // Whoever calls this may run as something else, a test for instance; what is built is always the product.
  const environment = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  await build({
    configFile: join(folder, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: unfinished },
  });
  if (environment === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = environment;
  rmSync(built, { recursive: true, force: true });
  renameSync(unfinished, built);
}

/** Builds the pages when that is needed. */
export async function buildPagesWhenStale() {
  if (isStale(join(built, 'index.html'), sourceFolders)) await buildPages();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPages();
