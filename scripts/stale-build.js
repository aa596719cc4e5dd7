// SPDX-License-Identifier: Apache-2.0
// Whether something that is built has to be built again: it is missing, or it is a checkout's and older than its sources.
// A published package brings what is built and no sources, nor this.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const checkout = fileURLToPath(new URL('../.git', import.meta.url));

/**
 * @param {string} built a file that the build writes
 * @param {readonly string[]} sourceFolders
 */
export function isStale(built, sourceFolders) {
  if (!existsSync(built)) return true;
  if (!existsSync(checkout)) return false;
  const builtMs = statSync(built).mtimeMs;
  return sourceFolders.some((folder) => hasNewerSource(folder, builtMs));
}

/** True when a source file below `folder` was changed after `timeMs`. */
function hasNewerSource(folder, timeMs) {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    if (entry.name === 'node_modules' || entry.name.startsWith('dist')) return false;
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return hasNewerSource(path, timeMs);
    const isSource = /\.(tsx?|json|js|css|html|svg|typ)$/.test(entry.name);
    return isSource && !/\.test\.tsx?$/.test(entry.name) && statSync(path).mtimeMs > timeMs;
  });
}
