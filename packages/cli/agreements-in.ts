// SPDX-License-Identifier: Apache-2.0
// Which agreements a path on the command line stands for: a file, a folder with agreement.md, or all within a folder.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isFolder } from './agreement-file.ts';

/** The agreements that a path stands for. */
export function agreementsIn(path: string): string[] {
  if (!isFolder(path) || existsSync(join(path, 'agreement.md'))) return [path];
  const entries = readdirSync(path, { withFileTypes: true });
  const inside = entries.flatMap((entry) => {
    const below = join(path, entry.name);
    if (entry.isDirectory()) return existsSync(join(below, 'agreement.md')) ? [below] : [];
    return entry.name.endsWith('.md') && entry.name !== 'README.md' ? [below] : [];
  });
  return inside.length === 0 ? [path] : inside;
}
