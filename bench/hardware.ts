// SPDX-License-Identifier: Apache-2.0
// The whole sales agreement over generated deals in memory, every line attributed, beside the commission of one clause
// alone in a database's window function. usage: hardware [deals] [sorted|unsorted] [peer|no-peer]
import { compileEngine } from '../packages/core/engine/compiled/compile.ts';
import { hardwareProgram } from '../packages/core/engine/compiled/hardware-program.ts';
import { commissionLoop } from './commission-loop.ts';
import { asOf, dealStore } from './deals.ts';
import { fastest, machineText, peakMegabytes, report } from './measure.ts';
import { peerSeconds } from './peer.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const isSorted = process.argv[3] === 'sorted';
const withPeer = process.argv[4] !== 'no-peer';
const program = hardwareProgram();
const versions = [{ program, from: null, to: null }];
const store = dealStore(program, { count, isSorted });
const runs = count > 2_000_000 ? 3 : 12;

console.log(machineText());
report('deals', `${count.toLocaleString('en')} ${isSorted ? 'sorted by day' : 'unsorted'}`);

let lines = 0;
let minor = 0;
const whole = await fastest(runs, () => {
  lines = 0;
  minor = 0;
  return compileEngine(versions).evaluate(store, asOf, {
    lines: (_plan, block) => {
      const end = block.lines?.starts[block.count] ?? 0;
      lines += end;
      for (let line = 0; line < end; line += 1) minor += block.lines!.amounts[line]!;
    },
  });
});
const totals = whole.result.totals.reduce(
  (sum, { amounts, count: size }) =>
    sum + amounts.subarray(0, size).reduce((part, amount) => part + amount, 0),
  0,
);
if (totals !== minor) throw new Error(`Lines add up to ${minor}, totals to ${totals}.`);
const plain = await fastest(runs, () => compileEngine(versions).evaluate(store, asOf));
const commission = { ...program, clauses: program.clauses.slice(0, 1) };
const one = await fastest(runs, () =>
  compileEngine([{ program: commission, from: null, to: null }]).evaluate(store, asOf, {
    lines: () => undefined,
  }),
);
report('peak resident memory before the peer', `${peakMegabytes()} MB`);
const loop = commissionLoop(store);
report('whole agreement, every line', `${whole.seconds.toFixed(3)} s, ${lines.toLocaleString('en')} lines`);
report('whole agreement, totals alone', `${plain.seconds.toFixed(3)} s`);
report('commission alone, every line', `${one.seconds.toFixed(3)} s`);
report(
  '  hand-written loop over sorted arrays (sort excluded)',
  `${loop.toFixed(3)} s; ${(one.seconds / loop).toFixed(1)} times`,
);
if (withPeer) {
  const peer = await peerSeconds(store, 1, runs);
  if (peer === null) report('database', 'not installed; see bench/peer.ts');
  else {
    report('database: commission of one clause, 1 thread', `${peer.toFixed(3)} s`);
    report('  its time over the whole agreement here', `${(peer / whole.seconds).toFixed(2)}`);
    report('  its time over the commission alone here', `${(peer / one.seconds).toFixed(2)}`);
  }
}
