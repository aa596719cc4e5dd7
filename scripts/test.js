// SPDX-License-Identifier: Apache-2.0
// `npm test`: installs and builds what is missing, then checks format, lint and types and runs every test.
// The last line is always `N passed, N failed`; the exit code is 1 when anything failed.
// `npm test -- --update` rewrites the golden files, for a person to read the difference.
// Other arguments go to vitest, for instance a path: `npm test -- packages/core/values`.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bootstrap, root } from './bootstrap.js';
import { checkFormatAndLint, checkTypes, runTests } from './checks.js';

/** Counts of one vitest report; a file that could not be loaded counts as one failure. */
function countTests(reportFile, exitCode) {
  if (!existsSync(reportFile)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(reportFile, 'utf8'));
  const unloadable = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = report.numFailedTests + unloadable.length;
  return { passed: report.numPassedTests, failed: exitCode !== 0 && failed === 0 ? 1 : failed };
}

/** Runs one step that either holds or not, and says how long it took. */
function step(name, check) {
  console.log(`\n${name} …`);
  const startedAt = performance.now();
  const isPassed = check();
  console.log(
    `${name}: ${isPassed ? 'ok' : 'FAILED'} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`,
  );
  return isPassed;
}

/** True when there is a browser for the journeys: the system's Chromium, or one that RAPPORT_CHROMIUM names. */
function hasChromium() {
  const places = JSON.parse(readFileSync(join(root, 'test', 'journey', 'chromium-places.json'), 'utf8'));
  return [process.env.RAPPORT_CHROMIUM ?? '', ...places].some((place) => existsSync(place));
}

const isUpdate = process.argv.includes('--update');
const vitestArguments = process.argv.slice(2).filter((argument) => argument !== '--update');
const withoutBrowser = hasChromium() ? [] : ['--project=!journey'];

await bootstrap();
const steps = [step('format and lint', checkFormatAndLint), step('types', checkTypes)];

console.log('\ntests …');
const reportFile = join(root, 'node_modules', '.cache', 'rapport', 'tests.json');
mkdirSync(dirname(reportFile), { recursive: true });
rmSync(reportFile, { force: true });
const exitCode = runTests(
  [
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    ...withoutBrowser,
    ...vitestArguments,
  ],
  isUpdate ? { RAPPORT_UPDATE: '1' } : {},
);
const tests = countTests(reportFile, exitCode);

const passed = tests.passed + steps.filter((isPassed) => isPassed).length;
const failed = tests.failed + steps.filter((isPassed) => !isPassed).length;
if (withoutBrowser.length > 0)
  console.log(
    '\nThe journeys in the browser were NOT RUN: there is no Chromium. Install it, or name it by RAPPORT_CHROMIUM.',
  );
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
