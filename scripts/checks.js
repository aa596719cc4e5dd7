// SPDX-License-Identifier: Apache-2.0
// The checks that are not tests: format and lint (Biome), and types (TypeScript; core once more without Node's, and the
// pages with the browser's).
import { runInstalled } from './bootstrap.js';

/** Format and lint; true when nothing is wrong. */
export function checkFormatAndLint() {
  return (
    runInstalled('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--colors=off', '.']) === 0
  );
}

/**
 * Types of everything, then of core alone with neither Node's nor the browser's types in reach, then of the pages
 * with the browser's.
 */
export function checkTypes() {
  return ['tsconfig.json', 'packages/core/tsconfig.json', 'packages/web/tsconfig.json'].every(
    (project) => runInstalled('typescript/bin/tsc', ['-p', project]) === 0,
  );
}

/** Runs vitest once; gives its exit code. */
export function runTests(arguments_, environment = {}) {
  return runInstalled('vitest/vitest.mjs', ['run', ...arguments_], { NO_COLOR: '1', ...environment });
}
