// SPDX-License-Identifier: Apache-2.0
// Invariant 14 over every example: before and after things are released, every amount is explained, and the
// tree ends in the same exact number, whatever holds back, prorates, vests, bounds or takes away.
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
import { type Day, dayOf } from '../../packages/core/values/date.ts';
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

/** The first revisions of an example's facts, seen on a day. */
function knownOf({ steps }: Example, asOf: Day): Known {
  const facts = steps.flatMap((step) => (step.kind === 'fact' && !step.later ? [step.fact] : []));
  const attributes = steps.flatMap((step) => (step.kind === 'attribute' && !step.later ? [step.fact] : []));
  const decisions = steps.flatMap((step) => (step.kind === 'decision' ? [step.fact] : []));
  return { facts, attributes, decisions, openings: [], asOf };
}

/** Before hold-backs end and parts vest, and long after. */
const days: readonly Day[] = [dayOf(2026, 3, 20) ?? 0, dayOf(2027, 12, 31) ?? 0];

test.each([...whole, ...features])('$source', ({ source, text }) => {
  const { program } = compile(text, source);
  if (program === null) throw new Error(`${source} does not compile.`);
  const versions = [{ program, from: null, to: null }];
  for (const [example, asOf] of program.examples.flatMap((one) => days.map((day) => [one, day] as const))) {
    const known = knownOf(example, asOf);
    const evaluation = evaluate(versions, known);
    for (const one of evaluation.entitlements) {
      const explanation = explain(versions, known, one, evaluation);
      expect(explanation?.amount).toBe(one.amount);
      if (explanation === null) continue;
      expect(explanationText(program, explanation)).toContain(one.component);
      if (explanation.partsMore > 0) continue;
      const total = explanation.parts.reduce((sum, { exact }) => add(sum, exact ?? zero), zero);
      expect(rationalText(total)).toBe(rationalText(one.exact));
    }
  }
});
