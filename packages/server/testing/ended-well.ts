// SPDX-License-Identifier: Apache-2.0
// A program that starts processes and makes folders leaves none behind, however it ends: done, failed, or interrupted by
// SIGINT or SIGTERM. What it noted is undone then, the last first.

import { setTimeout as pause } from 'node:timers/promises';

/** Notes what is to be undone at the end. Noted after the end has come, it is undone at once. */
export type AtEnd = (undo: () => void | Promise<void>) => void;

export interface Ending {
  readonly atEnd: AtEnd;
  /** Undoes what was noted; safe to call again. A failure stops nothing that comes after it. */
  readonly end: () => Promise<void>;
}

export function newEnding(): Ending {
  const undos: (() => void | Promise<void>)[] = [];
  let ended: Promise<void> | null = null;
  const undone = async (undo: () => void | Promise<void>): Promise<void> => {
    try {
      await undo();
    } catch (error) {
      console.error(error);
    }
  };
  return {
    atEnd: (undo) => {
      if (ended === null) undos.push(undo);
      else ended = ended.then(() => undone(undo));
    },
    end: () => {
      ended ??= (async () => {
        for (const undo of undos.toReversed()) await undone(undo);
      })();
      return ended;
    },
  };
}

/** Milliseconds after which a program that is interrupted ends, whatever is not undone yet. */
const patience = 30_000;

/** Runs the program and ends the process with the code that it gives; interrupted, with 128 and the number of the signal. */
export async function endedWell(program: (atEnd: AtEnd) => Promise<number>): Promise<never> {
  const { atEnd, end } = newEnding();
  let isEnding = false;
  const interrupted = new Promise<number>((resolve) => {
    // A terminal and npm may both pass a signal on: those after the first change nothing.
    process.on('SIGINT', () => resolve(130));
    process.on('SIGTERM', () => resolve(143));
    process.on('uncaughtException', (error) => {
      // What is torn down under work in flight fails there too, and nobody wants to know.
      if (!isEnding) console.error(error);
      resolve(1);
    });
  });
  const finished = program(atEnd).catch((error: unknown) => {
    console.error(error);
    return 1;
  });
  const code = await Promise.race([finished, interrupted]);
  isEnding = true;
  if (code >= 128) console.error('Interrupted: ending what was started.');
  await Promise.race([end(), pause(patience)]);
  process.exit(code);
}
