// SPDX-License-Identifier: Apache-2.0
// The rows of a part under the keys that a relation leads to from its own: of one part all rows of a target are there,
// since holders of the same target are one family. Rows whose holder leads to nobody on their day are left out.

import type { Parts } from './parts.ts';
import { type Relation, varies } from './relation.ts';
import type { DaySpan } from './run.ts';
import type { SortSpace } from './sorting.ts';

/** Numbers targets part by part. */
export class Rekeying {
  private readonly relation: Relation;
  private readonly days: DaySpan;
  private readonly dayHigh: number;
  /** By code of a target: its number in the part. */
  private readonly numbers: Int32Array;
  /** By number: the code of the target. */
  readonly keys: Int32Array;
  /** How many targets the part has. */
  count = 0;
  /** By number of a holder: what it leads to, as a number with no day; below zero where that is nobody, or varies. */
  private readonly through: Int32Array;

  constructor(relation: Relation, targets: number, holders: number, days: DaySpan, dayHigh: number) {
    this.relation = relation;
    this.days = days;
    this.dayHigh = dayHigh;
    this.numbers = new Int32Array(targets).fill(-1);
    this.keys = new Int32Array(targets);
    this.through = new Int32Array(holders);
  }

  /**
   * Puts rows in the order of their days under the keys of their targets, and those that are left out at place `count`.
   * Gives how many there are.
   */
  rekey(
    parts: Parts,
    part: number,
    count: number,
    { byDay, keyDays, places }: SortSpace,
    to: Int32Array,
  ): number {
    this.numberTargets(parts, part);
    const { dayBits, dayLow } = this.days;
    const mask = 2 ** dayBits - 1;
    const { through } = this;
    let kept = 0;
    for (let index = 0; index < count; index += 1) {
      const keyDay = keyDays[index]!;
      let base = through[keyDay >>> dayBits]!;
      if (base === varies) {
        const holder = parts.keys[parts.firstKeys[part]! + (keyDay >>> dayBits)]!;
        const target = this.relation.on(holder, dayLow + (keyDay & mask));
        base = target < 0 ? target : this.numbers[target]! << dayBits;
      }
      const row = byDay[index]!;
      to[kept] = row;
      places[row] = count;
      keyDays[kept] = base | (keyDay & mask);
      kept += Number(base >= 0);
    }
    return kept;
  }

  private numberTargets({ keys, firstKeys }: Parts, part: number): void {
    for (let number = 0; number < this.count; number += 1) this.numbers[this.keys[number]!] = -1;
    this.count = 0;
    const first = firstKeys[part]!;
    for (let place = first; place < firstKeys[part + 1]!; place += 1) {
      const holder = keys[place]!;
      const target = this.relation.throughout(holder, this.days.dayLow, this.dayHigh);
      if (target === varies) for (const one of this.relation.everyTarget(holder)) this.numberOf(one);
      this.through[place - first] = target < 0 ? target : this.numberOf(target) << this.days.dayBits;
    }
  }

  private numberOf(target: number): number {
    let number = this.numbers[target]!;
    if (number === -1) {
      number = this.count;
      this.count += 1;
      this.numbers[target] = number;
      this.keys[number] = target;
    }
    return number;
  }
}
