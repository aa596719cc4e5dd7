// SPDX-License-Identifier: Apache-2.0
// Every worked example of the agreements in examples/ and of the published plans, as a log: what properties that hold for
// any agreement are tested over.
import { readFileSync } from 'node:fs';
import { exampleLog } from '../../packages/core/engine/examples.ts';
import { compile } from '../../packages/core/language/compile.ts';
import type { Entry } from '../../packages/core/program/log.ts';
import type { Program } from '../../packages/core/program/program.ts';
import { pagesOf, type Sample, samplesOf } from '../agreement-samples.ts';

export interface ExampleCase {
  /** The text that it is an example of. */
  readonly text: string;
  /** Whether the blanks are as the text has them: some examples set others. */
  readonly isAsWritten: boolean;
  readonly name: string;
  readonly program: Program;
  readonly entries: readonly Entry[];
  readonly last: number;
}

/** Every worked example of an agreement, as a log up to a day on which all of it counts. */
export function casesOf({ source, text }: Sample): readonly ExampleCase[] {
  const { program } = compile(text, source);
  if (program === null) throw new Error(`${source} does not compile.`);
  return program.examples.map((example) => {
    const learned = exampleLog(program, example);
    const days = learned.entries.flatMap(daysIn);
    const last = days.length === 0 ? 0 : Math.max(...days);
    const isAsWritten = learned.program === program;
    return { ...learned, text, isAsWritten, name: `${source}: ${example.name}`, last };
  });
}

function daysIn(entry: Entry): readonly number[] {
  if (entry.kind === 'opening') return [entry.balance.on];
  if (entry.kind !== 'fact') return [];
  return Object.values(entry.fact.fields).flatMap((value) => (value.kind === 'date' ? [value.value] : []));
}

const whole = ['hardware-sales', 'record-club'].map(
  (name): Sample => ({
    source: name,
    text: readFileSync(`examples/${name}/agreement.md`, 'utf8'),
  }),
);
/** The agreements: the two large ones first. */
export const samples: readonly Sample[] = [
  ...whole,
  ...['examples', 'test/conformance'].flatMap((folder) =>
    pagesOf(folder).flatMap(({ path, text }) => samplesOf(text, path)),
  ),
];

/** All of them, of every agreement that has a worked example. */
export function exampleCases(): readonly ExampleCase[] {
  return samples.flatMap(casesOf);
}
