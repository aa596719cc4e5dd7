// SPDX-License-Identifier: Apache-2.0
// One deal appended to histories of 1,000, 100,000 and 1,000,000 deals of 1,000 representatives: last in its day, and
// late into the past. Then a deal late into a quarter of 1,000 and of 10,000 deals, and the lines of that quarter.
import { compileEngine } from '../packages/core/engine/compiled/compile.ts';
import { hardwareProgram } from '../packages/core/engine/compiled/hardware-program.ts';
import type { Entry, Fact } from '../packages/core/program/log.ts';
import { rational } from '../packages/core/values/rational.ts';
import { asOf, dealStore, firstDay } from './deals.ts';
import { machineText, report, seeded } from './measure.ts';

const program = hardwareProgram();
const engine = compileEngine([{ program, from: null, to: null }]);
const random = seeded(7);

function deal(id: string, representative: string, day: number): Entry {
  const fact: Fact = {
    kind: 'Deal',
    id,
    revision: 1,
    fields: {
      Representative: { kind: 'party', value: representative },
      Customer: { kind: 'party', value: `C-${Math.floor(random() * 50_000)}` },
      Stage: { kind: 'text', value: 'Won' },
      Amount: { kind: 'quantity', value: rational(10_000 + Math.floor(random() * 990_000), 100) },
      Engaged: { kind: 'date', value: day - 20 },
      Closed: { kind: 'date', value: day },
    },
  };
  return { kind: 'fact', fact, recordedOn: null };
}

/** The first appends warm the engine up: they are reported apart. */
const warming = 5000;
const measured = 30_000;

function appended(name: string, history: number, dayOf: () => number): void {
  const open = engine.open(
    dealStore(program, { count: history, order: 'sorted', representatives: 1000 }),
    asOf,
  );
  const entries = Array.from({ length: warming + measured }, (_, index) =>
    deal(`N-${index}`, `R-${Math.floor(random() * 1000)}`, dayOf()),
  );
  const micros = new Float64Array(entries.length);
  const processor = new Float64Array(entries.length);
  let changed = 0;
  for (const [index, entry] of entries.entries()) {
    const used = process.cpuUsage();
    const start = performance.now();
    changed += open.append(entry).length;
    micros[index] = (performance.now() - start) * 1000;
    const { user, system } = process.cpuUsage(used);
    processor[index] = user + system;
  }
  report(`${name} into ${history.toLocaleString('en')} deals`, spread(micros.subarray(warming)));
  report('  processor time, which includes its reading', spread(processor.subarray(warming)));
  report('  the first, while it warms up', spread(micros.subarray(0, warming)));
  report('  totals changed by each', (changed / entries.length).toFixed(1));
}

function spread(micros: Float64Array): string {
  const sorted = micros.slice().sort();
  const at = (share: number) => sorted[Math.floor(sorted.length * share)]!.toFixed(0);
  return `p50 ${at(0.5)} µs, p99 ${at(0.99)} µs, most ${(sorted.at(-1)! / 1000).toFixed(1)} ms`;
}

console.log(machineText());
for (const history of [1000, 100_000, 1_000_000]) appended('a deal of the last day', history, () => asOf);
for (const history of [1000, 100_000, 1_000_000]) {
  appended('a late deal', history, () => firstDay + Math.floor(random() * 700));
}
for (const credits of [1000, 10_000]) {
  const store = dealStore(program, { count: 0, order: 'sorted', representatives: 1 });
  const open = engine.open(store, asOf);
  for (let index = 0; index < credits; index += 1)
    open.append(deal(`D-${index}`, 'R-0', firstDay + (index % 80)));
  const micros: number[] = [];
  const folds: number[] = [];
  const key = {
    clause: 'Commission',
    component: 'Commission',
    payee: 'R-0',
    period: '2025-Q1',
    asset: 'USD',
  };
  for (let index = 0; index < 500; index += 1) {
    const entry = deal(`L-${index}`, 'R-0', firstDay + (index % 70));
    const start = performance.now();
    open.append(entry);
    const middle = performance.now();
    open.linesOf(key);
    micros.push((middle - start) * 1000);
    folds.push((performance.now() - middle) * 1000);
  }
  const of = (list: number[], share: number) =>
    list.sort((a, b) => a - b)[Math.floor(list.length * share)]!.toFixed(0);
  const figure = `total p50 ${of(micros, 0.5)} µs, p99 ${of(micros, 0.99)} µs; all its lines as objects ${of(folds, 0.5)} µs`;
  report(`a late deal into a quarter of ${credits.toLocaleString('en')}`, figure);
}
