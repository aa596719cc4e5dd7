// SPDX-License-Identifier: Apache-2.0
// Every agreement in the docs and in the README compiles, and its worked examples give what they say. A sample
// that is not true cannot stay in the text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../packages/core/language/parse.ts';
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

test('the statements that the reference shows alone are sentences of the language', () => {
  const reference = pages.find(({ path }) => path.endsWith('language.md'))?.text ?? '';
  const alone = reference.replace(/^(`{4,})agreement\n[\s\S]*?\n\1$/gm, '');
  const blocks = [...alone.matchAll(/^```rapport\n[\s\S]*?\n```$/gm)].map(([block]) => block);
  expect(blocks.length).toBeGreaterThan(4);
  for (const block of blocks) {
    const { diagnostics } = parseDocument(`# Plan\n\n${block}\n`, 'language.md');
    expect(diagnostics.map(({ code, facts }) => ({ code, facts, block }))).toEqual([]);
  }
});
