// SPDX-License-Identifier: Apache-2.0
// The seven kinds of tests. Where a file stands and how it is named decides which kind it is.
// Core is pure, so test files share one module graph (no isolation); a test must leave no state behind.
import { defineConfig } from 'vitest/config';

const options = { isolate: false, testTimeout: 30_000 } as const;

export default defineConfig({
  test: {
    pool: 'threads',
    maxWorkers: 2,
    passWithNoTests: true,
    projects: [
      { test: { ...options, name: 'house', include: ['test/house.test.ts', 'test/audit.test.ts'] } },
      {
        test: {
          ...options,
          name: 'unit',
          include: ['packages/**/*.test.ts'],
          exclude: ['**/*.property.test.ts', 'packages/server/**', '**/node_modules/**', '**/dist/**'],
        },
      },
      {
        // Against a real database, started once for the run; each file has a clone of its own.
        test: {
          ...options,
          name: 'server',
          include: ['packages/server/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          globalSetup: ['packages/server/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          isolate: true,
        },
      },
      {
        test: {
          ...options,
          name: 'examples',
          include: ['test/examples.test.ts', 'test/examples/**/*.test.ts'],
        },
      },
      {
        // The whole service with its pages, in a real browser.
        test: {
          ...options,
          name: 'journey',
          include: ['test/journey/**/*.test.ts'],
          globalSetup: ['test/journey/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          isolate: true,
          fileParallelism: false,
        },
      },
      { test: { ...options, name: 'conformance', include: ['test/conformance/**/*.test.ts'] } },
      {
        test: {
          ...options,
          name: 'property',
          include: ['packages/**/*.property.test.ts', 'test/property/**/*.test.ts'],
          exclude: ['packages/server/**', '**/node_modules/**', '**/dist/**'],
        },
      },
    ],
  },
});
