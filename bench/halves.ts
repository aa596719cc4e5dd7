// SPDX-License-Identifier: Apache-2.0
// The whole sales agreement on two threads, each with the deals of half of the keys.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { compileEngine } from '../packages/core/engine/compiled/compile.ts';
import { hardwareProgram } from '../packages/core/engine/compiled/hardware-program.ts';
import type { FactStore } from '../packages/core/program/fact-store.ts';
import { asOf } from './deals.ts';
import { type SharedStore, shareStore, storeOfShared } from './shared-store.ts';

/** What every line adds up to, and every total: they must be the same. */
export interface Sums {
  readonly lines: number;
  readonly lineMinor: number;
  readonly totalMinor: number;
}

/** The whole sales agreement. It keeps its columns from one evaluation to the next. */
export const engine = compileEngine([{ program: hardwareProgram(), from: null, to: null }]);

/** Evaluates the deals of some keys and reads every line once. */
export function evaluateShare(store: FactStore, part: number, of: number): Sums {
  let lines = 0;
  let lineMinor = 0;
  const { totals } = engine.evaluate(store, asOf, {
    share: { part, of },
    lines: (_, block) => {
      if (block.lines === null) return;
      const { amounts, starts } = block.lines;
      const end = starts[block.count]!;
      lines += end;
      lineMinor += sumOf(amounts, end);
    },
  });
  const totalMinor = totals.reduce(
    (sum, { amounts, count }) => sum + amounts.subarray(0, count).reduce((part, amount) => part + amount, 0),
    0,
  );
  return { lines, lineMinor, totalMinor };
}

function sumOf(amounts: Float64Array, count: number): number {
  let sum = 0;
  for (let line = 0; line < count; line += 1) sum += amounts[line]!;
  return sum;
}

/** Another thread that has the same store and takes the other half. */
export interface OtherHalf {
  /** Both halves; this thread does its own meanwhile. */
  run(): Promise<Sums>;
  close(): Promise<unknown>;
}

/** Moves the store into shared memory and starts the other thread. `script` is the bundle that both run. */
export async function otherHalf(store: FactStore, script: URL): Promise<OtherHalf> {
  const worker = new Worker(script, { workerData: shareStore(store, 'Deal') });
  const answered = () => new Promise<Sums>((resolve) => worker.once('message', resolve));
  await answered();
  return {
    async run() {
      const answer = answered();
      worker.postMessage('run');
      const own = evaluateShare(store, 0, 2);
      const other = await answer;
      return {
        lines: own.lines + other.lines,
        lineMinor: own.lineMinor + other.lineMinor,
        totalMinor: own.totalMinor + other.totalMinor,
      };
    },
    close: () => worker.terminate(),
  };
}

/** In the other thread: answers until it is ended. False in the main thread. */
export function isOtherHalf(): boolean {
  if (isMainThread || parentPort === null) return false;
  const port = parentPort;
  const store = storeOfShared(hardwareProgram(), workerData as SharedStore);
  port.on('message', () => port.postMessage(evaluateShare(store, 1, 2)));
  port.postMessage('ready');
  return true;
}
