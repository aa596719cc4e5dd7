// SPDX-License-Identifier: Apache-2.0
// The reading of every example, word for word. RAPPORT_UPDATE=1 rewrites them; read the difference as a lawyer would,
// and as the person who is paid.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../packages/core/explain/reading-document.ts';
import { compile } from '../../packages/core/language/compile.ts';
import { pagesOf, type Sample, samplesOf } from '../agreement-samples.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const goldens = join(root, 'test', 'examples', 'readings');
const whole: readonly Sample[] = ['hardware-sales', 'record-club'].map((name) => ({
  source: name,
  text: readFileSync(join(root, 'examples', name, 'agreement.md'), 'utf8'),
}));
const features = pagesOf(join(root, 'examples')).flatMap(({ path, text }) =>
  samplesOf(text, basename(path, '.md')),
);

function documentOf({ source, text }: Sample): string {
  const { program, tree } = compile(text, source);
  return program === null ? 'does not compile' : readDocument(tree, program);
}

/** The quotations alone. */
function readingsIn(document: string): readonly string[] {
  const lines = document.split('\n').filter((line) => /^> /.test(line));
  return lines.map((line) => line.slice(2));
}

function expectGolden(name: string, text: string): void {
  const path = join(goldens, `${name}.md`);
  if (env['RAPPORT_UPDATE'] !== undefined) {
    mkdirSync(goldens, { recursive: true });
    writeFileSync(path, text);
  }
  expect(text).toBe(readFileSync(path, 'utf8'));
}

describe('the reading of', () => {
  test.each(whole)('$source stands under its blocks', (sample) =>
    expectGolden(sample.source, documentOf(sample)),
  );

  test.each(features)('$source is whole sentences', (sample) => {
    const lines = readingsIn(documentOf(sample));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).not.toMatch(/undefined|null|\[object|the the |the its |\ba an? |of of |not filled in/);
      expect(line).toMatch(line.startsWith('- ') ? /^- .*[\w%)”.;]$/ : /[.:]$/);
    }
  });
});

test('taking the quotations out gives the document back', () => {
  for (const sample of whole) expect(documentOf(sample).replace(/\n(>.*\n)+/g, '')).toBe(sample.text);
});
