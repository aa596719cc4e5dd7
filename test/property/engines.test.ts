// SPDX-License-Identifier: Apache-2.0
// Both engines over every worked example of the agreements and the published plans, on several days: the compiled
// engine gives what the reference gives, amount by amount and line by line.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileEngine } from '../../packages/core/engine/compiled/compile.ts';
import { exampleLog } from '../../packages/core/engine/examples.ts';
import { knownAt } from '../../packages/core/engine/known.ts';
import { evaluate } from '../../packages/core/engine/reference/evaluate.ts';
import { compile } from '../../packages/core/language/compile.ts';
import type { Entitlement } from '../../packages/core/program/entitlement.ts';
import { storeFromKnown } from '../../packages/core/program/fact-store.ts';
import type { Entry } from '../../packages/core/program/log.ts';
import { rationalText } from '../../packages/core/values/rational.ts';
import { pagesOf, type Sample, samplesOf } from '../agreement-samples.ts';

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

function shown(entitlements: readonly Entitlement[]): readonly string[] {
  return entitlements
    .map(({ clause, payee, period, asset, amount, held, exact, state, lines }) =>
      [
        `${clause} ${payee} ${period} ${asset} ${amount} ${held} ${rationalText(exact)} ${state}`,
        ...lines.map((line) => `${line.fact?.kind} ${line.fact?.id} ${line.amount} ${line.note}`),
      ].join('; '),
    )
    .sort();
}

test.each(samples.map((sample) => [sample.source, sample] as const))(
  '%s gives the same by both engines',
  (source, { text }) => {
    const { program } = compile(text, source);
    if (program === null) throw new Error(`${source} does not compile.`);
    for (const example of program.examples) {
      const learned = exampleLog(program, example);
      const days = [...new Set(learned.entries.flatMap(daysIn))].sort((a, b) => a - b);
      const last = days.at(-1) ?? 0;
      const versions = [{ program: learned.program, from: null, to: null }];
      for (const asOf of [...days, last + 40, last + 400]) {
        const known = knownAt(learned.entries, asOf);
        const reference = evaluate(versions, known).entitlements;
        const compiled = compileEngine(versions)
          .evaluate(storeFromKnown(known, learned.program), asOf, { lines: true })
          .evaluation().entitlements;
        expect(shown(compiled), `${example.name}, day ${asOf}`).toEqual(shown(reference));
      }
    }
  },
);
