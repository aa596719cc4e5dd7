// SPDX-License-Identifier: Apache-2.0
// Other terms over the same facts.
import { expect, test } from 'vitest';
import { evaluate } from '../engine/reference/evaluate.ts';
import type { Known } from '../program/log.ts';
import { bandReader } from './bands-reached.ts';
import { deal, sampleProgram, theDay } from './sample-program.ts';
import { simulationCsv, simulationText, variantResult } from './simulation.ts';

const known: Known = {
  facts: [deal('D-1', 'Ann', 60_000, '2026-02-10'), deal('D-2', 'Bob', 20_000, '2026-02-11')],
  attributes: [],
  decisions: [],
  openings: [],
  asOf: theDay('2026-03-31'),
};

const now = sampleProgram();
const read = bandReader(now, known, evaluate([{ program: now, from: null, to: null }], known));

function resultAt(rate: number) {
  const program = sampleProgram(rate);
  const evaluation = evaluate([{ program, from: null, to: null }], known);
  return variantResult(
    new Map([['Base Rate', `${rate}%`]]),
    program,
    evaluation,
    read(program, ['Base Rate']),
  );
}

test('a variant costs what the agreement would give with its terms, and says how far people come', () => {
  const text = simulationText(sampleProgram(), resultAt(5), [resultAt(4), resultAt(6)]);
  expect(text).toContain('4%         USD 5,750.00  − USD 700.00');
  expect(text).toContain('6%         USD 7,150.00  + USD 700.00');
  expect(text).toMatch(/Commission Rates {2}above USD 50,000 \(First Step\) +50\.0% +1 of 2/);
});

test('as CSV every variant is one line of plain decimals', () => {
  const [header, line] = simulationCsv(sampleProgram(), [resultAt(4)]).split('\n');
  expect(header).toMatch(/^Base Rate,asset,cost,payees,least,decile 1,.*,Commission,Milestone bonus,/);
  expect(line).toMatch(/^4%,USD,5750.00,2,/);
});
