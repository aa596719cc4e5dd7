// SPDX-License-Identifier: Apache-2.0
// How the facts of an open store came, by fact, where a clause treats late ones in a way of its own.

import { type GrowingArrivals, growingArrivals, noteArrival } from '../../program/arrivals.ts';
import { type FactStore, knownFromStore } from '../../program/fact-store.ts';
import type { Entry, Recording } from '../../program/log.ts';
import type { Version } from '../../program/program.ts';

export interface Came {
  /** Every revision of a fact, in the order of the log. */
  ofFact(kind: string, id: string): readonly Recording[];
  /** Every revision of the facts that ever named a party. */
  ofParty(party: string): readonly Recording[];
  parties(): Iterable<string>;
  note(entry: Entry): void;
}

export function cameIn(arrivals: GrowingArrivals): Came {
  const byFact = new Map<string, Recording[]>();
  const byParty = new Map<string, Set<string>>();
  let taken = 0;
  const takeIn = (): void => {
    for (; taken < arrivals.recordings.length; taken += 1) {
      const recording = arrivals.recordings[taken]!;
      const { fact } = recording;
      const name = nameOf(fact.kind, fact.id);
      const own = byFact.get(name);
      if (own === undefined) byFact.set(name, [recording]);
      else own.push(recording);
      for (const value of Object.values(fact.fields))
        if (value.kind === 'party')
          byParty.set(value.value, (byParty.get(value.value) ?? new Set()).add(name));
    }
  };
  takeIn();
  return {
    ofFact: (kind, id) => byFact.get(nameOf(kind, id)) ?? [],
    ofParty: (party) => [...(byParty.get(party) ?? [])].flatMap((name) => byFact.get(name)!),
    parties: () => byParty.keys(),
    note: (entry) => {
      noteArrival(arrivals, entry);
      takeIn();
    },
  };
}

function nameOf(kind: string, id: string): string {
  return `${kind}\u0000${id}`;
}

/** How the facts of a store came; null where no clause asks. Without a word about it they came in time. */
export function arrivalsIn(versions: readonly Version[], store: FactStore): GrowingArrivals | null {
  const asks = versions.some(({ program }) => program.clauses.some(({ late }) => late.kind !== 'restate'));
  if (!asks) return null;
  if (store.beside.arrivals !== undefined) return growingArrivals(store.beside.arrivals);
  const arrivals = growingArrivals(null);
  for (const fact of knownFromStore(store, 0).facts)
    noteArrival(arrivals, { kind: 'fact', fact, recordedOn: null });
  return arrivals;
}
