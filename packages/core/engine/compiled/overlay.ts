// SPDX-License-Identifier: Apache-2.0
// Entries that are not in the log, asked about as if they were: whom they would concern, and which of them each payee's
// entitlements would rest on. Entries that are linked with each other, or share what facts are chosen by, count together.

import type { Entry } from '../../program/log.ts';
import type { NearFacts } from './near-facts.ts';
import type { Reach } from './reach.ts';

/** By payee the entries that concern the payee, in their order; null where one may concern anybody. */
export function entriesByPayee(
  near: NearFacts,
  reach: Reach,
  entries: readonly Entry[],
): ReadonlyMap<string, readonly Entry[]> | null {
  const groups = new Groups(entries.length);
  const payees = new Map<number, Set<string>>();
  const first = new Map<string, number>();
  const spokenOf = new Set(
    entries.flatMap((entry) =>
      entry.kind === 'attribute' || entry.kind === 'decision' ? [entry.fact.of] : [],
    ),
  );
  for (const [place, entry] of entries.entries()) {
    if (entry.kind === 'day' || entry.kind === 'close') return null;
    const own = concerned(near, reach, entry);
    for (const payee of [...own]) for (const other of near.together(reach, payee)) own.add(other);
    payees.set(place, own);
    for (const name of namesOf(reach, entry, spokenOf)) {
      const other = first.get(name);
      if (other === undefined) first.set(name, place);
      else groups.join(place, other);
    }
  }
  const together = new Map<number, Set<string>>();
  for (const [place, own] of payees) {
    const all = together.get(groups.of(place)) ?? new Set<string>();
    for (const payee of own) all.add(payee);
    together.set(groups.of(place), all);
  }
  const found = new Map<string, Entry[]>();
  for (const [place, entry] of entries.entries())
    for (const payee of together.get(groups.of(place))!) {
      const own = found.get(payee);
      if (own === undefined) found.set(payee, [entry]);
      else own.push(entry);
    }
  return found;
}

function concerned(
  near: NearFacts,
  reach: Reach,
  entry: Exclude<Entry, { kind: 'day' | 'close' }>,
): Set<string> {
  if (entry.kind === 'fact') return near.concernedByFact(reach, entry.fact);
  if (entry.kind === 'opening') return near.concernedByWord(reach, entry.balance.of);
  const payees = near.concernedByWord(reach, entry.fact.of);
  const { value } = entry.fact;
  if (value.kind === 'party') for (const payee of near.concernedByWord(reach, value.value)) payees.add(payee);
  return payees;
}

/** What two entries share when one may matter to whom the other concerns: a fact, or a value that facts are chosen by. */
function namesOf({ shared }: Reach, entry: Entry, spokenOf: ReadonlySet<string>): readonly string[] {
  if (entry.kind !== 'fact') return 'fact' in entry ? [`word ${entry.fact.of}`] : [];
  const { kind, id, fields } = entry.fact;
  const links = Object.values(fields).flatMap((value) =>
    value.kind === 'fact'
      ? [`fact ${value.value}`]
      : value.kind === 'party' && spokenOf.has(value.value)
        ? [`word ${value.value}`]
        : [],
  );
  const choices = shared.flatMap(({ kind: of, field }) => {
    const value = of === kind ? fields[field] : undefined;
    return value !== undefined && 'value' in value ? [`shared ${field} ${String(value.value)}`] : [];
  });
  return [`fact ${id}`, ...links, ...choices];
}

/** Places that belong together. */
class Groups {
  private readonly parents: Int32Array;

  constructor(size: number) {
    this.parents = Int32Array.from({ length: size }, (_, place) => place);
  }

  of(place: number): number {
    let at = place;
    while (this.parents[at] !== at) at = this.parents[at]!;
    this.parents[place] = at;
    return at;
  }

  join(a: number, b: number): void {
    this.parents[this.of(a)] = this.of(b);
  }
}
