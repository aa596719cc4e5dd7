// SPDX-License-Identifier: Apache-2.0
// A dated relation as columns: for each party by code, from which day which other party holds, in order of the days.
// The value on a day is the latest that began by then, unless it ended before.

import { type DayColumn, type Dictionary, missingCode } from '../../program/columns.ts';
import type { AttributeFact } from '../../program/log.ts';
import type { Day } from '../../values/date.ts';

/** No code: which party it is depends on the day. */
export const varies = -3;

export class Relation {
  private readonly holders: Dictionary;
  private readonly targets: Dictionary;
  private readonly byHolder: { from: Day; through: Day; target: number }[][] = [];
  /** By holder with one value only: from when, through when, and which; all others have no beginning here. */
  private readonly only = { from: never(16), through: new Float64Array(16), target: new Int32Array(16) };

  constructor(
    facts: readonly AttributeFact[],
    party: string,
    attribute: string,
    holders: Dictionary,
    targets: Dictionary,
  ) {
    this.holders = holders;
    this.targets = targets;
    for (const fact of facts) {
      if (fact.party === party && fact.attribute === attribute && fact.value.kind === 'party') this.add(fact);
    }
  }

  /** Says anew what holds for a holder, by all that is said about it. */
  renew(holder: string, facts: readonly AttributeFact[], party: string, attribute: string): void {
    const code = this.holders.code(holder);
    this.byHolder[code] = [];
    if (code < this.only.from.length) this.only.from[code] = Number.POSITIVE_INFINITY;
    for (const fact of facts)
      if (fact.of === holder && fact.party === party && fact.attribute === attribute) this.add(fact);
  }

  /** Adds a value; one that begins on the same day stands after those that are there. */
  private add(fact: AttributeFact): void {
    if (fact.value.kind !== 'party') return;
    const code = this.holders.code(fact.of);
    const entry = {
      from: fact.from ?? Number.NEGATIVE_INFINITY,
      through: fact.through ?? Number.POSITIVE_INFINITY,
      target: this.targets.code(fact.value.value),
    };
    let list = this.byHolder[code];
    if (list === undefined) {
      list = [];
      this.byHolder[code] = list;
    }
    let place = list.length;
    while (place > 0 && list[place - 1]!.from > entry.from) place -= 1;
    list.splice(place, 0, entry);
    this.keepOnly(code, list);
  }

  /** The usual case, one value for ever, is answered from flat columns. */
  private keepOnly(code: number, list: readonly { from: Day; through: Day; target: number }[]): void {
    if (code >= this.only.target.length) {
      const size = Math.max(code + 1, this.only.target.length * 2);
      const from = never(size);
      const through = new Float64Array(size);
      const target = new Int32Array(size);
      from.set(this.only.from);
      through.set(this.only.through);
      target.set(this.only.target);
      Object.assign(this.only, { from, through, target });
    }
    const [first] = list;
    if (first === undefined) return;
    this.only.from[code] = list.length === 1 ? first.from : Number.POSITIVE_INFINITY;
    this.only.through[code] = first.through;
    this.only.target[code] = first.target;
  }

  /** The code of the party that holds for a holder on a day, or `missingCode`. */
  on(holder: number, day: Day): number {
    if (holder < 0 || holder >= this.only.target.length) return missingCode;
    if (this.only.from[holder]! <= day) {
      return this.only.through[holder]! < day ? missingCode : this.only.target[holder]!;
    }
    const list = this.byHolder[holder];
    if (list === undefined) return missingCode;
    let found = missingCode;
    for (const entry of list) {
      if (entry.from > day) break;
      found = entry.through < day ? missingCode : entry.target;
    }
    return found;
  }

  /** Every party that a holder ever leads to. */
  everyTarget(holder: number): readonly number[] {
    return (this.byHolder[holder] ?? []).map(({ target }) => target);
  }

  /** The party that a holder leads to on every day from `low` through `high`; `varies` where that is not one. */
  throughout(holder: number, low: Day, high: Day): number {
    const list = this.byHolder[holder];
    if (list === undefined) return missingCode;
    const isOne = list.length === 1 && list[0]!.from <= low && list[0]!.through >= high;
    return isOne ? list[0]!.target : varies;
  }

  /** Puts, for rows from `firstRow` on, the party that holds in the place of its holder. */
  manyOn(holders: Int32Array, days: DayColumn, firstRow: number, count: number): void {
    const { from, through, target } = this.only;
    const { values } = days;
    for (let index = 0; index < count; index += 1) {
      const holder = holders[index]!;
      const day = values[firstRow + index]!;
      const isOnly = holder >= 0 && holder < target.length && from[holder]! <= day && through[holder]! >= day;
      holders[index] = isOnly ? target[holder]! : this.on(holder, day);
    }
  }
}

function never(size: number): Float64Array {
  return new Float64Array(size).fill(Number.POSITIVE_INFINITY);
}
