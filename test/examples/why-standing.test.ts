// SPDX-License-Identifier: Apache-2.0
// What a figure cannot say alone is said beside it: who stood where in a contest, which row of a matrix was found, who
// decided, and since when a level holds.
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { evaluate } from '../../packages/core/engine/reference/evaluate.ts';
import { explain } from '../../packages/core/explain/why.ts';
import { explanationText } from '../../packages/core/explain/why-text.ts';
import { compile } from '../../packages/core/language/compile.ts';
import type { Known } from '../../packages/core/program/log.ts';
import { dayOf } from '../../packages/core/values/date.ts';
import { samplesOf } from '../agreement-samples.ts';

const examples = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'examples');

/** Every explanation of the worked examples on a page, as text. */
function textsOf(page: string): string {
  const path = join(examples, `${page}.md`);
  return samplesOf(readFileSync(path, 'utf8'), basename(path, '.md'))
    .flatMap(({ source, text }) => {
      const { program } = compile(text, source);
      if (program === null) throw new Error(`${source} does not compile.`);
      const versions = [{ program, from: null, to: null }];
      return program.examples.flatMap(({ steps }) => {
        const known: Known = {
          facts: steps.flatMap((step) => (step.kind === 'fact' ? [step.fact] : [])),
          attributes: steps.flatMap((step) => (step.kind === 'attribute' ? [step.fact] : [])),
          decisions: steps.flatMap((step) => (step.kind === 'decision' ? [step.fact] : [])),
          openings: [],
          asOf: dayOf(2027, 12, 31) ?? 0,
        };
        const evaluation = evaluate(versions, known);
        return evaluation.entitlements.map((one) => {
          const explanation = explain(versions, known, one, evaluation);
          return explanation === null ? '' : explanationText(program, explanation);
        });
      });
    })
    .join('\n');
}

test.each([
  ['contest', /1\. Ann +USD 3,000/],
  ['matrix', /row found: /],
  ['matrix-of-two-bands', /column found: /],
  ['mbo-and-scorecard', /decided by |not decided in time/],
  ['status-tiers', / since 20\d\d-\d\d-\d\d, with /],
  ['hold-back', /held back 20%/],
  ['draw-recoverable', /recovered of what was owed/],
])('%s', (page, words) => expect(textsOf(page)).toMatch(words));
