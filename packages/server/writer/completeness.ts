// SPDX-License-Identifier: Apache-2.0
// What feeds still owe, by the log: each says which kinds it brings and through which day it has delivered everything. An
// amount that rests on what a feed has not delivered through its period is provisional, and final once it has.

import { declaredIn, type Reads, readsOf } from '@rapport/core/explain/clause-reads.ts';
import type { Program } from '@rapport/core/program/program.ts';
import type { Day } from '@rapport/core/values/date.ts';
import type { LogEntry } from '../store/log-entry.ts';

/** The last word of a feed. */
export interface Delivered {
  readonly feed: string;
  /** Null: nothing is certain yet. */
  readonly through: Day | null;
  /** "Deal", "Quota of Representative"; null: it did not say, and may bring anything. */
  readonly kinds: readonly string[] | null;
}

/** By feed. A word that leaves the day or the kinds out leaves them as they were. */
export function takeComplete(
  complete: Map<string, Delivered>,
  { feed, through, kinds }: LogEntry & { readonly kind: 'complete' },
): void {
  const before = complete.get(feed);
  complete.set(feed, {
    feed,
    through: through ?? before?.through ?? null,
    kinds: kinds ?? before?.kinds ?? null,
  });
}

/** Which feeds matter to an agreement, and to each clause of it. */
export interface Awaiting {
  /** Feeds that have not delivered everything that may count in the agreement through a day. */
  readonly through: (complete: ReadonlyMap<string, Delivered>, day: Day) => readonly Delivered[];
  /** Whether a clause or settlement rests on what the feed brings. */
  readonly isOf: (clause: string, feed: Delivered) => boolean;
}

export function awaitingOf(programs: readonly Program[]): Awaiting {
  const declared = new Set(programs.flatMap((program) => [...declaredIn(program)]));
  const reads = readsOf(programs);
  return {
    through: (complete, day) =>
      [...complete.values()]
        .filter((feed) => (feed.through === null || feed.through < day) && brings(feed, declared))
        .sort((a, b) => (a.feed < b.feed ? -1 : 1)),
    isOf: (clause, feed) => brings(feed, reads(clause)),
  };
}

function brings({ kinds }: Delivered, reads: Reads): boolean {
  return kinds === null || kinds.some((kind) => reads.has(kind));
}
