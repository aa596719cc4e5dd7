// SPDX-License-Identifier: Apache-2.0
// What-if: 1,000 variants of the terms of the whole sales agreement over 100,000 deals, totals of everybody in each.
import { compileEngine } from '../packages/core/engine/compiled/compile.ts';
import { hardwareProgram, hardwareTerms } from '../packages/core/engine/compiled/hardware-program.ts';
import { asOf, dealStore } from './deals.ts';
import { machineText, report, timeText } from './measure.ts';

const variants = Number(process.argv[2] ?? 1000);
const program = hardwareProgram();
const store = dealStore(program, { count: 100_000, order: 'unsorted', representatives: 1000 });
console.log(machineText());
const used = process.cpuUsage();
const start = performance.now();
const prepared = compileEngine([{ program, from: null, to: null }]).prepare(store, asOf);
let least = Number.POSITIVE_INFINITY;
let most = 0;
for (let variant = 0; variant < variants; variant += 1) {
  const terms = {
    ...hardwareTerms,
    rates: [400 + (variant % 200), 800, 1200] as const,
    target: 900_000 + variant * 100,
  };
  const versions = [{ program: hardwareProgram(terms), from: null, to: null }];
  let total = 0;
  for (const { amounts, count } of prepared.withTerms(versions).totals) {
    for (let index = 0; index < count; index += 1) total += amounts[index]!;
  }
  least = Math.min(least, total);
  most = Math.max(most, total);
}
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(used);
report(
  `${variants.toLocaleString('en')} variants of 100,000 deals`,
  timeText({ seconds, cpuSeconds: (user + system) / 1e6 }),
);
report(
  '  from the cheapest to the dearest',
  `${(least / 1e8).toFixed(1)} to ${(most / 1e8).toFixed(1)} million USD`,
);
