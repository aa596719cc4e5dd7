// SPDX-License-Identifier: Apache-2.0
// Invariant 14 over every example: after the last step of each worked example, every amount is explained, and where
// nothing holds back, prorates or takes away, the tree ends in the same exact number.
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { evaluate } from '../../packages/core/engine/reference/evaluate.ts';
import { explain } from '../../packages/core/explain/why.ts';
import { explanationText } from '../../packages/core/explain/why-text.ts';
import { compile } from '../../packages/core/language/compile.ts';
import type { Known } from '../../packages/core/program/log.ts';
import type { Example } from '../../packages/core/program/program.ts';
import { dayOf } from '../../packages/core/values/date.ts';
import { add, rationalText, zero } from '../../packages/core/values/rational.ts';
import { pagesOf, samplesOf } from '../agreement-samples.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const features = pagesOf(join(root, 'examples')).flatMap(({ path, text }) =>
  samplesOf(text, basename(path, '.md')),
);
const whole = ['hardware-sales', 'record-club'].map((source) => ({
  source,
  text: readFileSync(join(root, 'examples', source, 'agreement.md'), 'utf8'),
}));

/** The first revisions of an example's facts, seen at the end of 2027. */
function knownOf({ steps }: Example): Known {
  const facts = steps.flatMap((step) => (step.kind === 'fact' && !step.later ? [step.fact] : []));
  const attributes = steps.flatMap((step) => (step.kind === 'attribute' && !step.later ? [step.fact] : []));
  const decisions = steps.flatMap((step) => (step.kind === 'decision' ? [step.fact] : []));
  return { facts, attributes, decisions, openings: [], asOf: dayOf(2027, 12, 31) ?? 0 };
}

const changing = [
  'during',
  'released when',
  'released in share',
  'held back',
  'vests',
  'prorated',
  'once',
  'while it lasts',
];

test.each([...whole, ...features])('$source', ({ source, text }) => {
  const { program } = compile(text, source);
  if (program === null) throw new Error(`${source} does not compile.`);
  const versions = [{ program, from: null, to: null }];
  for (const example of program.examples) {
    const known = knownOf(example);
    const evaluation = evaluate(versions, known);
    for (const one of evaluation.entitlements) {
      const explanation = explain(versions, known, one, evaluation);
      expect(explanation?.amount).toBe(one.amount);
      if (explanation === null) continue;
      expect(explanationText(program, explanation)).toContain(one.component);
      const clause = program.clauses.find(({ id }) => id === one.clause);
      const isPlain =
        explanation.journal !== null ||
        (clause?.returns === 'none' && !clause.rows.some(({ kind }) => changing.includes(kind)));
      if (!isPlain || explanation.partsMore > 0 || one.waiting.length > 0) continue;
      const total = explanation.parts.reduce((sum, { exact }) => add(sum, exact ?? zero), zero);
      expect(rationalText(total)).toBe(rationalText(one.exact));
    }
  }
});
