// SPDX-License-Identifier: Apache-2.0
// Holds the shape of the house: who may import whom, what core must not contain, how files are named and opened.
// The rules are data in house/rules.ts. Each test lists every offender, with what to do about it.
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  corePackages,
  entryPoints,
  forbiddenInCore,
  forbiddenNames,
  importTable,
  linesMax,
  packageHomes,
  sqlPattern,
} from './house/rules.ts';
import {
  filesBelow,
  houseFolder,
  importsOf,
  isCode,
  isTest,
  resolveImport,
  root,
  textOf,
  withoutComments,
} from './house/sources.ts';

const files = filesBelow('.');
const codeFiles = files.filter(isCode);
const productFiles = codeFiles.filter((path) => path.startsWith('packages/') && !isTest(path));
const coreFiles = productFiles.filter((path) => path.startsWith('packages/core/'));

/** True when a file of `folder` may import a file of `other`. */
function mayImport(folder: string, other: string): boolean {
  const allowed = importTable[folder] ?? [];
  return folder === other || allowed.some((name) => other === name || other.startsWith(`${name}/`));
}

describe('imports', () => {
  test('point one way, as in the import table', () => {
    const offenders = productFiles.flatMap((path) =>
      importsOf(textOf(path)).flatMap((target) => {
        const resolved = resolveImport(path, target);
        const folder = houseFolder(path);
        const other = resolved === null ? null : houseFolder(resolved);
        if (folder === null || other === null || mayImport(folder, other)) return [];
        return [`${path}: ${folder} may not import ${other} (${target})`];
      }),
    );
    expect(offenders).toEqual([]);
  });

  test('of core name no package but the CommonMark parser', () => {
    const offenders = coreFiles.flatMap((path) =>
      importsOf(textOf(path))
        .filter((target) => resolveImport(path, target) === null && !corePackages.includes(target))
        .map((target) => `${path}: ${target}`),
    );
    expect(offenders).toEqual([]);
  });

  test('of a package stand in the folders that are its home', () => {
    const offenders = productFiles.flatMap((path) =>
      importsOf(textOf(path)).flatMap((target) => {
        const homes = packageHomes[target];
        const folder = houseFolder(path) ?? '';
        return homes === undefined || homes.includes(folder) ? [] : [`${path}: ${target}`];
      }),
    );
    expect(offenders).toEqual([]);
  });

  test('reach every file, from an entry point or a test', () => {
    const imported = new Set(
      codeFiles.flatMap((path) => importsOf(textOf(path)).map((target) => resolveImport(path, target))),
    );
    const offenders = codeFiles.filter(
      (path) =>
        !imported.has(path) &&
        !/\.test\.tsx?$/.test(path) &&
        !entryPoints.some((entry) => path === entry || (entry.endsWith('/') && path.startsWith(entry))),
    );
    expect(offenders, 'nobody imports these; if something else starts them, list them in rules.ts').toEqual(
      [],
    );
  });

  test('name files that exist', () => {
    const offenders = codeFiles.flatMap((path) =>
      importsOf(textOf(path)).flatMap((target) => {
        const resolved = resolveImport(path, target);
        if (resolved === null || resolved.includes('/dist/') || existsSync(join(root, resolved))) return [];
        return [`${path}: ${target}`];
      }),
    );
    expect(offenders).toEqual([]);
  });
});

describe('contents', () => {
  test('of core depend on arguments alone: no clock, randomness, floats from text, or process', () => {
    const offenders = coreFiles.flatMap((path) => {
      const code = withoutComments(textOf(path));
      return forbiddenInCore
        .filter(({ pattern }) => pattern.test(code))
        .map(({ pattern, why }) => `${path}: ${pattern.source} (${why})`);
    });
    expect(offenders).toEqual([]);
  });

  test('include SQL in server/store only', () => {
    const offenders = productFiles.filter(
      (path) => !path.startsWith('packages/server/store/') && sqlPattern.test(withoutComments(textOf(path))),
    );
    expect(offenders).toEqual([]);
  });

  test(`stay within ${linesMax} lines`, () => {
    const offenders = codeFiles
      .map((path) => ({ path, lines: textOf(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > linesMax);
    expect(offenders).toEqual([]);
  });

  test('open with the licence and a comment that says what the file is for', () => {
    const opening = /^(#!.*\n)?\/\/ SPDX-License-Identifier: Apache-2\.0\n(\/\/ ?\S|\/\*)/;
    expect(codeFiles.filter((path) => !opening.test(textOf(path)))).toEqual([]);
  });

  test('name no folder of somebody’s machine', () => {
    const pattern = new RegExp(`(?<![\\w.:/*-])/(${['work', 'home', 'root'].join('|')})/`);
    const readable = /\.(ts|tsx|js|json|md|css|html|sql|sol|sh|yml|yaml|csv|toml)$|\/run$/;
    expect(files.filter((path) => readable.test(path) && pattern.test(textOf(path)))).toEqual([]);
  });
});

test('names of files and folders say what is inside', () => {
  const offenders = files.filter((path) =>
    path.split('/').some((part) => forbiddenNames.includes(part.replace(/\.\w+$/, ''))),
  );
  expect(offenders).toEqual([]);
});

test('relative links in the documentation lead to files', () => {
  const pages = files.filter((path) => path === 'README.md' || /^docs\/.*\.md$/.test(path));
  const offenders = pages.flatMap((path) => {
    const prose = textOf(path)
      .replace(/^( *)(```|~~~)[\s\S]*?^\1\2/gm, '')
      .replace(/`[^`\n]*`/g, '');
    return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
      .map((match) => match[1] ?? '')
      .filter((link) => !/^(https?:|mailto:|#)/.test(link))
      .filter((link) => !existsSync(join(root, posix.dirname(path), decodeURI(link.replace(/#.*$/, '')))))
      .map((link) => `${path}: ${link}`);
  });
  expect(offenders).toEqual([]);
});

test('the lock file names no registry, so that any mirror serves', () => {
  expect(textOf('package-lock.json')).not.toMatch(/"resolved": "https?:/);
});

const messagesFile = 'packages/core/language/messages.ts';
const diagnosticsPage = 'docs/reference/diagnostics.md';

if (existsSync(join(root, messagesFile)) && existsSync(join(root, diagnosticsPage))) {
  test('every diagnostic code has an example of the mistake and an entry in the reference', async () => {
    const messages: { diagnosticCodes?: readonly string[] } = await import(
      /* @vite-ignore */ join(root, messagesFile)
    );
    expect(messages.diagnosticCodes, `${messagesFile} exports diagnosticCodes`).toBeDefined();
    const reference = textOf(diagnosticsPage);
    const offenders = (messages.diagnosticCodes ?? []).flatMap((code) => [
      ...(existsSync(join(root, `examples/mistakes/${code}.md`)) ? [] : [`examples/mistakes/${code}.md`]),
      ...(reference.includes(`\`${code}\``) ? [] : [`${diagnosticsPage}: ${code}`]),
    ]);
    expect(offenders, 'missing').toEqual([]);
  });
}
