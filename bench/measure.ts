// SPDX-License-Identifier: Apache-2.0
// What every benchmark shares: the machine's name, the best of a few runs, and one line per figure.
import { cpus, totalmem } from 'node:os';

export function machineText(): string {
  const processors = cpus();
  return `${processors.length} × ${processors[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
}

/** What some runs of the same work took at least. */
export interface Taken<T> {
  /** By the clock: where others use the machine, their work is in it. */
  readonly seconds: number;
  /** Of all processors, collecting of garbage included: hardly longer on a busy machine. */
  readonly cpuSeconds: number;
  /** What the last run gave. */
  readonly result: T;
}

/** The least that some runs took. */
export async function fastest<T>(runs: number, work: () => T | Promise<T>): Promise<Taken<T>> {
  let seconds = Number.POSITIVE_INFINITY;
  let cpuSeconds = Number.POSITIVE_INFINITY;
  let result = await timed();
  for (let run = 1; run < runs; run += 1) result = await timed();
  return { seconds, cpuSeconds, result };

  async function timed(): Promise<T> {
    const used = process.cpuUsage();
    const start = performance.now();
    const given = await work();
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
    const { user, system } = process.cpuUsage(used);
    cpuSeconds = Math.min(cpuSeconds, (user + system) / 1e6);
    return given;
  }
}

/** Both times as text. */
export function timeText({ seconds, cpuSeconds }: Omit<Taken<unknown>, 'result'>): string {
  return `${seconds.toFixed(3)} s (processor ${cpuSeconds.toFixed(3)} s)`;
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
