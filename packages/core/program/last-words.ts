// SPDX-License-Identifier: Apache-2.0
// A list of which the last word about each subject counts: it takes the place of the one before. Beside the list, which
// belongs to whoever made it, its items are found by what they concern.

import type { AttributeFact, DecisionFact } from './log.ts';

export class LastWords<T> {
  private readonly list: T[];
  private readonly subjectOf: (item: T) => string;
  private readonly concernsOf: (item: T) => readonly string[];
  private readonly places = new Map<string, number>();
  private readonly byConcern = new Map<string, T[]>();

  constructor(
    list: T[],
    subjectOf: (item: T) => string,
    concernsOf: (item: T) => readonly string[] = () => [],
  ) {
    this.list = list;
    this.subjectOf = subjectOf;
    this.concernsOf = concernsOf;
    for (const [place, item] of list.entries()) {
      this.places.set(subjectOf(item), place);
      this.add(item);
    }
  }

  /** Takes a word in, and gives the one that it replaces. */
  put(item: T): T | null {
    const subject = this.subjectOf(item);
    const place = this.places.get(subject) ?? this.list.length;
    const before = this.list[place] ?? null;
    if (before !== null) this.remove(before);
    this.places.set(subject, place);
    this.list[place] = item;
    this.add(item);
    return before;
  }

  /** What concerns something, in no particular order. */
  concerning(name: string): readonly T[] {
    return this.byConcern.get(name) ?? [];
  }

  private add(item: T): void {
    for (const name of this.concernsOf(item)) {
      const items = this.byConcern.get(name);
      if (items === undefined) this.byConcern.set(name, [item]);
      else items.push(item);
    }
  }

  private remove(item: T): void {
    for (const name of this.concernsOf(item)) {
      const left = this.concerning(name).filter((other) => other !== item);
      if (left.length === 0) this.byConcern.delete(name);
      else this.byConcern.set(name, left);
    }
  }
}

export function attributeSubject({ party, of, attribute, from }: AttributeFact): string {
  return JSON.stringify([party, of, attribute, from]);
}

export function decisionSubject({ decision, of, period }: DecisionFact): string {
  return JSON.stringify([decision, of, period]);
}
