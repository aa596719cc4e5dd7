// SPDX-License-Identifier: Apache-2.0
// Plans that others published, with the figures they printed. Each page holds the plan as an agreement; its worked
// examples carry the figures, so running the examples is the test. At the end a table says what was compared.
import { basename } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pagesOf, run, samplesOf } from '../agreement-samples.ts';

const table: string[] = [];

describe('a published plan gives what its source prints', () => {
  for (const { path, text } of pagesOf(import.meta.dirname)) {
    const id = basename(path, '.md');
    test(id, () => {
      const samples = samplesOf(text, `${id}.md`);
      expect(samples.length, 'each page holds one agreement').toBe(1);
      for (const sample of samples) {
        const { errors, checked } = run(sample);
        const expected = checked.map(({ what, expected }) => `${what} = ${expected}`);
        const got = checked.map(({ what, got }) => `${what} = ${got}`);
        table.push(
          `${id} | ${checked.map((one) => one.expected).join(', ')} | ${checked.map((one) => one.got).join(', ')}`,
        );
        expect(errors).toEqual([]);
        expect(checked.length, 'an agreement without a stated amount tests nothing').toBeGreaterThan(0);
        expect(got).toEqual(expected);
      }
    });
  }
});

afterAll(() => {
  console.log(['case | expected | got', ...table].join('\n'));
});
