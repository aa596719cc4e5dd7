// SPDX-License-Identifier: Apache-2.0
// What every benchmark shares: the machine's name, the best of a few runs, and one line per figure.
import { cpus, totalmem } from 'node:os';

export function machineText(): string {
  const processors = cpus();
  return `${processors.length} × ${processors[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
}

/** Seconds of the fastest of some runs, and what the last run gave. */
export async function fastest<T>(
  runs: number,
  work: () => T | Promise<T>,
): Promise<{ seconds: number; result: T }> {
  let seconds = Number.POSITIVE_INFINITY;
  let result = await timed();
  for (let run = 1; run < runs; run += 1) result = await timed();
  return { seconds, result };

  async function timed(): Promise<T> {
    const start = performance.now();
    const given = await work();
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
    return given;
  }
}

export function report(name: string, figure: string): void {
  console.log(`${name.padEnd(64)} ${figure}`);
}

/** A seeded generator of numbers from 0 to below 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
