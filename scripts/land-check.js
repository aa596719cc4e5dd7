// SPDX-License-Identifier: Apache-2.0
// The quick check before a change goes to the main branch: format, lint, types, the house rules, and the tests
// that the change can have broken. `npm test` is the full check.
import { requireNode } from './bootstrap.js';
import { checkFormatAndLint, checkTypes, runTests } from './checks.js';

requireNode();
const isSound =
  checkFormatAndLint() &&
  checkTypes() &&
  runTests(['--project=house', '--reporter=dot']) === 0 &&
  runTests([
    '--project=unit',
    '--project=server',
    '--project=examples',
    '--changed=main',
    '--reporter=dot',
  ]) === 0;
process.exitCode = isSound ? 0 : 1;
