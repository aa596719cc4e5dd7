// SPDX-License-Identifier: Apache-2.0
// The five kinds of tests. Where a file stands and how it is named decides which kind it is.
// Core is pure, so test files share one module graph (no isolation); a test must leave no state behind.
import { defineConfig } from 'vitest/config';

const options = { isolate: false, testTimeout: 30_000 } as const;

export default defineConfig({
  test: {
    pool: 'threads',
    maxWorkers: 2,
    passWithNoTests: true,
    projects: [
      { test: { ...options, name: 'house', include: ['test/house.test.ts'] } },
      {
        test: {
          ...options,
          name: 'unit',
          include: ['packages/**/*.test.ts'],
          exclude: ['**/*.property.test.ts', '**/node_modules/**', '**/dist/**'],
        },
      },
      {
        test: {
          ...options,
          name: 'examples',
          include: ['test/examples.test.ts', 'test/examples/**/*.test.ts'],
        },
      },
      { test: { ...options, name: 'conformance', include: ['test/conformance/**/*.test.ts'] } },
      {
        test: {
          ...options,
          name: 'property',
          include: ['packages/**/*.property.test.ts', 'test/property/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
        },
      },
    ],
  },
});
