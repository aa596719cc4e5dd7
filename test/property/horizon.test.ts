// SPDX-License-Identifier: Apache-2.0
// How long an answer holds: over every agreement and published plan, the reference says on which day the same facts may
// give something else, and until the day before they give the same, lines and all.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleLog } from '../../packages/core/engine/examples.ts';
import { knownAt } from '../../packages/core/engine/known.ts';
import { everything } from '../../packages/core/engine/reference/asked.ts';
import { evaluate } from '../../packages/core/engine/reference/evaluate.ts';
import { newHorizon } from '../../packages/core/engine/reference/horizon.ts';
import { compile } from '../../packages/core/language/compile.ts';
import type { Entry } from '../../packages/core/program/log.ts';
import { pagesOf, type Sample, samplesOf } from '../agreement-samples.ts';
import { agreements, firstDay, lastDay, log } from './agreements.ts';

const whole = ['hardware-sales', 'record-club'].map(
  (name): Sample => ({ source: name, text: readFileSync(`examples/${name}/agreement.md`, 'utf8') }),
);
const samples = [
  ...whole,
  ...['examples', 'test/conformance'].flatMap((folder) =>
    pagesOf(folder).flatMap(({ path, text }) => samplesOf(text, path)),
  ),
];

function daysIn(entry: Entry): readonly number[] {
  if (entry.kind === 'opening') return [entry.balance.on];
  if (entry.kind !== 'fact') return [];
  return Object.values(entry.fact.fields).flatMap((value) => (value.kind === 'date' ? [value.value] : []));
}

/** The farthest day of those before `next` that is looked at. */
const farthest = 500;

test.each(samples.map((sample) => [sample.source, sample] as const))(
  '%s gives the same until the day that it names',
  (source, { text }) => {
    const { program } = compile(text, source);
    if (program === null) throw new Error(`${source} does not compile.`);
    for (const example of program.examples) {
      const learned = exampleLog(program, example);
      const versions = [{ program: learned.program, from: null, to: null }];
      const days = [...new Set(learned.entries.flatMap(daysIn))].sort((a, b) => a - b);
      const last = days.at(-1) ?? 0;
      for (const asOf of [...days, last + 13, last + 400]) {
        const horizon = newHorizon();
        const given = evaluate(versions, knownAt(learned.entries, asOf), everything, horizon);
        expect(horizon.next, example.name).toBeGreaterThan(asOf);
        for (const day of new Set([asOf + 1, Math.min(horizon.next - 1, asOf + farthest)]))
          if (day < horizon.next)
            expect(
              evaluate(versions, knownAt(learned.entries, day)),
              `${example.name}, ${asOf} to ${day}`,
            ).toEqual(given);
      }
    }
  },
);

test.each(agreements)('%s gives the same until the day that it names, over any facts', (_, program) => {
  const versions = [{ program, from: null, to: null }];
  const anyDay = fc.integer({ min: firstDay - 5, max: lastDay + 40 });
  fc.assert(
    fc.property(log, anyDay, fc.nat(farthest), (entries, asOf, later) => {
      const horizon = newHorizon();
      const given = evaluate(versions, knownAt(entries, asOf), everything, horizon);
      const day = Math.min(asOf + later, horizon.next - 1);
      expect(evaluate(versions, knownAt(entries, day))).toEqual(given);
    }),
  );
});
