// SPDX-License-Identifier: Apache-2.0
// Every agreement in the docs and in the README compiles, and its worked examples give what they say. A sample
// that is not true cannot stay in the text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pagesOf, run, samplesOf } from '../agreement-samples.ts';

const root = join(import.meta.dirname, '..', '..');
const pages = [
  { path: join(root, 'README.md'), text: readFileSync(join(root, 'README.md'), 'utf8') },
  ...pagesOf(join(root, 'docs')),
  ...pagesOf(join(root, 'docs', 'reference')),
  ...pagesOf(join(root, 'docs', 'guides')),
  ...pagesOf(join(root, 'docs', 'concepts')),
];

describe('a sample of the documentation runs', () => {
  for (const { path, text } of pages)
    for (const sample of samplesOf(text, path.slice(root.length + 1)))
      test(sample.source, () => {
        const { errors, checked } = run(sample);
        expect(errors).toEqual([]);
        expect(checked.map(({ what, got }) => `${what} = ${got}`)).toEqual(
          checked.map(({ what, expected }) => `${what} = ${expected}`),
        );
      });
});

test('the reference of the language holds samples', () => {
  const reference = pages.find(({ path }) => path.endsWith('language.md'));
  expect(samplesOf(reference?.text ?? '', 'language.md').length).toBeGreaterThan(3);
});
