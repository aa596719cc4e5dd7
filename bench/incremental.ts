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

function appended(name: string, history: number, dayOf: () => number): void {
  const open = engine.open(
    dealStore(program, { count: history, order: 'sorted', representatives: 1000 }),
    asOf,
  );
  const micros: number[] = [];
  let changed = 0;
  for (let index = 0; index < 12_000; index += 1) {
    const entry = deal(`N-${index}`, `R-${Math.floor(random() * 1000)}`, dayOf());
    const start = performance.now();
    changed += open.append(entry).length;
    if (index >= 2000) micros.push((performance.now() - start) * 1000);
  }
  micros.sort((a, b) => a - b);
  const at = (share: number) => micros[Math.floor(micros.length * share)]!.toFixed(1);
  const each = (changed / 12_000).toFixed(1);
  report(
    `${name} into ${history.toLocaleString('en')} deals`,
    `p50 ${at(0.5)} µs, p99 ${at(0.99)} µs, ${each} totals changed`,
  );
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
  for (let index = 0; index < 200; index += 1) {
    const entry = deal(`L-${index}`, 'R-0', firstDay + (index % 70));
    const start = performance.now();
    open.append(entry);
    const middle = performance.now();
    open.linesOf(key);
    micros.push((middle - start) * 1000);
    folds.push((performance.now() - middle) * 1000);
  }
  const median = (list: number[]) => list.sort((a, b) => a - b)[100]!.toFixed(0);
  const figure = `total ${median(micros)} µs, and all its lines as objects ${median(folds)} µs`;
  report(`a late deal into a quarter of ${credits.toLocaleString('en')}`, figure);
}
