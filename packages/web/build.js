// SPDX-License-Identifier: Apache-2.0
// Builds the pages into dist. Run directly it always builds; in a checkout `buildPagesWhenStale` builds them when a
// source is newer than what was built last. A published package has its dist and no sources.
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const built = join(folder, 'dist');
const repository = join(folder, '..', '..');
const sourceFolders = [folder, join(folder, '..', 'core'), join(folder, '..', 'server', 'wire')];

/** True when a source file below `path` was changed after `timeMs`. */
function hasNewerSource(path, timeMs) {
  if (!existsSync(path)) return false;
  return readdirSync(path, { withFileTypes: true }).some((entry) => {
    if (entry.name === 'node_modules' || entry.name.startsWith('dist')) return false;
    const entryPath = join(path, entry.name);
    if (entry.isDirectory()) return hasNewerSource(entryPath, timeMs);
    return (
      /\.(tsx?|json|js|css|html|svg)$/.test(entry.name) &&
      !/\.test\.tsx?$/.test(entry.name) &&
      statSync(entryPath).mtimeMs > timeMs
    );
  });
}

/** True when the pages are missing, or are a checkout's and older than their sources. */
function isStale() {
  const page = join(built, 'index.html');
  if (!existsSync(page)) return true;
  if (!existsSync(join(repository, '.git'))) return false;
  const builtMs = statSync(page).mtimeMs;
  return sourceFolders.some((path) => hasNewerSource(path, builtMs));
}

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
  if (isStale()) await buildPages();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPages();
