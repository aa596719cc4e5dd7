// SPDX-License-Identifier: Apache-2.0
// Which agreements a path on the command line stands for: a file, a folder with agreement.md, or all within a folder,
// amendments included.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isFolder } from './agreement-file.ts';

/** The agreements that a path stands for. */
export function agreementsIn(path: string): string[] {
  if (!isFolder(path)) return [path];
  if (existsSync(join(path, 'agreement.md'))) return [path, ...textsIn(join(path, 'amendments'))];
  const entries = readdirSync(path, { withFileTypes: true });
  const inside = entries.flatMap((entry) => {
    const below = join(path, entry.name);
    if (entry.isDirectory()) return existsSync(join(below, 'agreement.md')) ? agreementsIn(below) : [];
    return isText(entry.name) ? [below] : [];
  });
  return inside.length === 0 ? [path] : inside;
}

/** The amendments beside an agreement. */
function textsIn(folder: string): string[] {
  if (!isFolder(folder)) return [];
  return readdirSync(folder)
    .filter(isText)
    .sort()
    .map((name) => join(folder, name));
}

function isText(name: string): boolean {
  return name.endsWith('.md') && name !== 'README.md';
}
