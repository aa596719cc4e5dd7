// SPDX-License-Identifier: Apache-2.0
// The files of the repository as the house test sees them: their text, their imports, the folder they belong to.
// Installed packages, built files and git's own folder are left out.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importTable } from './rules.ts';

/** The root folder of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const leftOut = new Set(['node_modules', 'dist', 'coverage', '.git', '.rapport']);

/** Every file below `folder`, as a path from the root with forward slashes. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !leftOut.has(entry.name))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() ? [path] : [];
    });
}

/** The text of a file. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** True for files that hold code. */
export function isCode(path: string): boolean {
  return /\.(ts|tsx|js|jsx|mjs)$/.test(path);
}

/** True for tests, which may import what they test. */
export function isTest(path: string): boolean {
  return path.startsWith('test/') || path.endsWith('.test.ts') || path.endsWith('.test.tsx');
}

/** The text without its comments, so that a rule about code does not read prose. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** What a file imports or re-exports, as it is written there. */
export function importsOf(text: string): string[] {
  const pattern =
    /(?:^|[\s;}])(?:import|export)\s(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...withoutComments(text).matchAll(pattern)].map((match) => match[1] ?? match[2] ?? '');
}

/** The repository's file that an import names, or null when it names an installed package. */
export function resolveImport(from: string, target: string): string | null {
  if (target.startsWith('.')) return posix.join(posix.dirname(from), target);
  if (target.startsWith('@rapport/')) return `packages/${target.slice('@rapport/'.length)}`;
  return null;
}

/** The folder of the import table that a file belongs to: the longest that fits; null outside `packages`. */
export function houseFolder(path: string): string | null {
  if (!path.startsWith('packages/')) return null;
  const inside = path.slice('packages/'.length);
  const fitting = Object.keys(importTable).filter((name) => inside === name || inside.startsWith(`${name}/`));
  const longest = fitting.sort((a, b) => b.length - a.length)[0];
  return longest ?? inside.split('/').slice(0, 2).join('/');
}
