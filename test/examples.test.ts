// SPDX-License-Identifier: Apache-2.0
// The literate examples: one page per operator or feature, each an agreement itself, and the whole agreements. Each
// compiles without an error, and every worked example in it gives what it says.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pagesOf, run, type Sample, samplesOf } from './agreement-samples.ts';

const folder = join(import.meta.dirname, '..', 'examples');

function wholeAgreements(): readonly Sample[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'agreement.md')))
    .map(({ name }) => ({
      source: `${name}/agreement.md`,
      text: readFileSync(join(folder, name, 'agreement.md'), 'utf8'),
    }));
}

function expectRuns(sample: Sample): void {
  const { errors, examples, checked } = run(sample);
  expect(errors).toEqual([]);
  expect(examples.length, 'every agreement shows a worked example').toBeGreaterThan(0);
  expect(checked.map(({ what, got }) => `${what} = ${got}`)).toEqual(
    checked.map(({ what, expected }) => `${what} = ${expected}`),
  );
}

describe('an agreement of the examples computes its worked examples', () => {
  for (const sample of wholeAgreements()) test(sample.source, () => expectRuns(sample));
  for (const { path, text } of pagesOf(folder))
    for (const sample of samplesOf(text, path.slice(folder.length + 1)))
      test(sample.source, () => expectRuns(sample));
});

describe('the index of the examples', () => {
  test('names every page', () => {
    const index = readFileSync(join(folder, 'README.md'), 'utf8');
    const missing = readdirSync(folder)
      .filter((name) => name.endsWith('.md') && name !== 'README.md')
      .filter((name) => !index.includes(`(${name})`));
    expect(missing).toEqual([]);
  });
});
