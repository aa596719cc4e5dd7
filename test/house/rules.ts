// SPDX-License-Identifier: Apache-2.0
// The rules of the house as data. The test reads them; a change of architecture is a change of this file.

/**
 * Which folder may import which others (beside itself). A folder that is not listed may import nothing of ours.
 * The names are paths below `packages`; the longest name that fits a file is the folder it belongs to.
 */
export const importTable: Readonly<Record<string, readonly string[]>> = {
  'core/values': [],
  'core/program': ['core/values'],
  'core/ledger': ['core/values', 'core/program'],
  'core/feeds': ['core/values', 'core/program'],
  'core/proof': ['core/values', 'core/program'],
  'core/language': ['core/values', 'core/program'],
  'core/engine': ['core/values', 'core/program', 'core/ledger'],
  'core/explain': ['core'],
  // Verification bundles: they recompute a statement, so they need the language, the engine and the proofs.
  'core/verify': ['core'],
  cli: ['core'],
  web: ['core', 'server/wire'],
  'server/configuration': [],
  'server/store': ['core'],
  'server/wire': ['core'],
  'server/documents': ['core'],
  'server/access': ['core', 'server/store'],
  'server/writer': ['core', 'server/store'],
  'server/actions': [
    'core',
    'server/store',
    'server/writer',
    'server/wire',
    'server/access',
    'server/documents',
  ],
  'server/http': ['core', 'server/wire', 'server/access', 'server/actions'],
  'server/jobs': ['core', 'server/wire', 'server/access', 'server/actions'],
  'server/connectors': ['core', 'server/actions'],
  'server/signing': ['core', 'server/actions'],
  'server/chain': ['core', 'server/actions'],
  'server/bin': ['server'],
  'server/demo': ['core', 'server/wire'],
  'server/commands': ['core', 'server'],
  'server/main.ts': ['core', 'server'],
  // The test kit: no other folder may import it, tests may.
  'server/testing': ['core', 'server'],
};

/** Packages that only some folders may import, so that a change of tool stays in one place. Tests are free. */
export const packageHomes: Readonly<Record<string, readonly string[]>> = {
  pg: ['server/store', 'server/testing'],
  'pg-copy-streams': ['server/store'],
  kysely: ['server/store'],
  fastify: ['server/http', 'server/testing'],
  'prom-client': ['server/http'],
  'better-auth/minimal': ['server/access'],
  '@better-auth/kysely-adapter': ['server/access'],
  '@better-auth/passkey': ['server/access'],
  zod: ['server/wire', 'server/configuration', 'server/http'],
};

/** The only packages that core may import: one small CommonMark parser with tables, and the types of its tree. */
export const corePackages: readonly string[] = [
  'mdast',
  'mdast-util-from-markdown',
  'mdast-util-gfm-table',
  'micromark-extension-gfm-table',
];

/** Files that are started or read by something other than an import. A name ending in `/` is a whole folder. */
export const entryPoints: readonly string[] = [
  'vitest.config.ts',
  'scripts/start.js',
  'scripts/test.js',
  'scripts/audit.js',
  'scripts/land-check.js',
  // Bundled and run by scripts/bench.js.
  'scripts/bench.js',
  'bench/compile.ts',
  'bench/csv.ts',
  'bench/hardware.ts',
  'bench/incremental.ts',
  'bench/kinds.ts',
  'bench/statements.ts',
  'bench/variants.ts',
  'packages/cli/bin/rapport.js',
  'packages/server/bin/rapport-server.js',
  'packages/server/main.ts',
  'packages/cli/main.ts',
  // Started by index.html, and by the tool that builds the pages.
  'packages/web/main.tsx',
  'packages/web/vite.config.ts',
  'packages/web/build.js',
  'packages/server/testing/global-setup.ts',
  // A process of its own in tests.
  'packages/server/testing/embedded-process.ts',
  'test/journey/global-setup.ts',
  // Types of a package that brings none.
  'packages/server/store/backup/copy-streams.d.ts',
  // Bundled and run as processes of their own.
  'scripts/torture.js',
  'scripts/bench-server.js',
  'packages/server/testing/torture-run.ts',
  'packages/server/testing/bench-run.ts',
  'packages/server/testing/writing-process.ts',
  // The contract between folders: types that stand before the code that uses them.
  'packages/core/program/',
  'packages/core/language/tree.ts',
  'packages/server/http/build.ts',
];

/** What core must not contain, since its results depend on its arguments alone. */
export const forbiddenInCore: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /\bparseFloat\b/, why: 'numbers are exact: use parseDecimal' },
  { pattern: /\bMath\.random\b/, why: 'no randomness' },
  { pattern: /\bDate\.now\b/, why: 'no clock: time is a fact' },
  { pattern: /\bnew Date\b/, why: 'no clock: use values/date.ts' },
  { pattern: /\bDate\.parse\b/, why: 'use parseIsoDay or parseTimestamp' },
  { pattern: /\bperformance\.now\b/, why: 'no clock' },
  { pattern: /\bprocess\.\w/, why: 'core runs anywhere' },
  { pattern: /\b(setTimeout|setInterval|fetch)\(/, why: 'no I/O' },
  { pattern: /\bcrypto\.(randomUUID|getRandomValues)\b/, why: 'no randomness' },
];

/** SQL, which stands in server/store only. */
export const sqlPattern =
  /\b(insert\s+into\s+\w+\s*(\(|values|select)|delete\s+from\s+\w|create\s+(table|index)\b|update\s+\w+\s+set\s|select\s+[\w.*,\s"]+\sfrom\s+\w+)/i;

/** Names that say nothing about what is inside. */
export const forbiddenNames: readonly string[] = [
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'lib',
  'shared',
  'misc',
  'manager',
  'service',
  'services',
  'src',
];

/** The most lines that a source file may have. */
export const linesMax = 500;
