// SPDX-License-Identifier: Apache-2.0
// How facts came: each revision with the day it was recorded on and the periods that were closed by then. Whether a fact
// is late depends on nothing else.
import type { Arrivals, Entry, Recording } from './log.ts';

/** Arrivals while a log is read. */
export interface GrowingArrivals extends Arrivals {
  readonly recordings: Recording[];
  today: Arrivals['today'];
  closed: Arrivals['closed'];
}

/** Arrivals that grow on their own from here: of nothing, or of what came before. */
export function growingArrivals(before: Arrivals | null): GrowingArrivals {
  return before === null
    ? { recordings: [], today: null, closed: [] }
    : { ...before, recordings: [...before.recordings] };
}

/** Notes how an entry came. A fact without a recorded day came on the day that had begun last. */
export function noteArrival(arrivals: GrowingArrivals, entry: Entry): void {
  switch (entry.kind) {
    case 'fact':
      arrivals.recordings.push({
        fact: entry.fact,
        on: entry.recordedOn ?? arrivals.today,
        closed: arrivals.closed,
      });
      break;
    case 'day':
      arrivals.today = entry.day;
      break;
    case 'close':
      arrivals.closed = [...arrivals.closed, entry.period];
      break;
    case 'attribute':
    case 'decision':
    case 'opening':
      break;
  }
}

/** Whether anything that has come by now, or comes next, can be late. */
export function canBeLate({ recordings, today, closed }: Arrivals): boolean {
  return today !== null || closed.length > 0 || recordings.some(({ on }) => on !== null);
}
