// SPDX-License-Identifier: Apache-2.0
// The whole sales agreement over generated deals in memory, every line attributed, beside the commission of one clause
// alone in a database's window function; both on one thread, then both on two.
// usage: hardware [deals] [unsorted|sorted|by-representative] [peer|no-peer]
import { compileEngine } from '../packages/core/engine/compiled/compile.ts';
import { hardwareProgram } from '../packages/core/engine/compiled/hardware-program.ts';
import { commissionLoop } from './commission-loop.ts';
import { asOf, type DealOrder, dealStore } from './deals.ts';
import { engine, evaluateShare, isOtherHalf, otherHalf, type Sums } from './halves.ts';
import { fastest, machineText, peakMegabytes, report, type Taken, timeText } from './measure.ts';
import { openPeer } from './peer.ts';

if (!isOtherHalf()) await main();

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 1_000_000);
  const order = (process.argv[3] ?? 'unsorted') as DealOrder;
  const withPeer = process.argv[4] !== 'no-peer';
  const program = hardwareProgram();
  const store = dealStore(program, { count, order });
  const runs = count > 2_000_000 ? 3 : 15;
  console.log(machineText());
  report('deals', `${count.toLocaleString('en')} ${order}`);

  const whole = await fastest(runs, () => agreed(evaluateShare(store, 0, 1)));
  const plain = await fastest(runs, () => engine.evaluate(store, asOf));
  const peak = peakMegabytes();
  const commission = [
    { program: { ...program, clauses: program.clauses.slice(0, 1) }, from: null, to: null },
  ];
  const alone = compileEngine(commission);
  const one = await fastest(runs, () => alone.evaluate(store, asOf, { lines: () => undefined }));
  report(
    'whole agreement, every line',
    `${timeText(whole)}, ${whole.result.lines.toLocaleString('en')} lines`,
  );
  report('whole agreement, totals alone', timeText(plain));
  report('commission alone, every line', timeText(one));
  report('peak resident memory of the whole agreement', `${peak} MB`);

  const prepared = compileEngine(commission).prepare(store, asOf);
  const folded = await fastest(runs * 4, () => prepared.withTerms(commission, { lines: () => undefined }));
  const loop = commissionLoop(store, runs);
  report('commission alone, rows in order already', timeText(folded));
  report('  a hand-written loop over sorted arrays', `${loop.toFixed(4)} s`);
  report(
    '  its times',
    `${(folded.seconds / loop).toFixed(1)} (by processor time ${(folded.cpuSeconds / loop).toFixed(1)})`,
  );

  const other = await otherHalf(store, new URL(import.meta.url));
  const halves = await fastest(runs, async () => agreed(await other.run()));
  await other.close();
  if (halves.result.lines !== whole.result.lines) throw new Error('Two threads give other lines.');
  report('whole agreement on two threads, every line', timeText(halves));
  if (!withPeer) return;
  const peer = await openPeer(store);
  if (peer === null) {
    report('database', 'not installed; see bench/peer.ts');
    return;
  }
  for (const [threads, own] of [[1, whole] as const, [2, halves] as const]) {
    const taken = await peer.commission(threads, Math.min(runs, 8));
    report(`database: commission of one clause, ${threads} thread(s)`, timeText(taken));
    report('  its time over the whole agreement here', ratios(taken, own));
    if (threads === 1) report('  its time over the commission alone here', ratios(taken, one));
  }
  peer.close();
}

function ratios(theirs: Taken<unknown>, own: Taken<unknown>): string {
  const byProcessor = (theirs.cpuSeconds / own.cpuSeconds).toFixed(2);
  return `${(theirs.seconds / own.seconds).toFixed(2)} (by processor time ${byProcessor})`;
}

function agreed(sums: Sums): Sums {
  if (sums.lineMinor !== sums.totalMinor) {
    throw new Error(`Lines add up to ${sums.lineMinor}, totals to ${sums.totalMinor}.`);
  }
  return sums;
}
