// SPDX-License-Identifier: Apache-2.0
// Chosen rows kept up to date: of each code the first or last row among all candidates, whenever one comes or goes.

import { type RowOrder, tieOrder } from './fact-set.ts';
import type { Stage } from './plan.ts';
import { countingDay } from './row-formula.ts';

/** What is known of one set with a choice. */
interface Chosen {
  readonly set: number;
  /** By code: the chosen row, or −1. */
  readonly best: number[];
  /** By code: all candidates. */
  readonly rows: number[][];
}

export class Choices {
  private readonly stage: Stage;
  private readonly chosen: readonly Chosen[];
  private readonly bySet: readonly (Chosen | null)[];
  private readonly day: (row: number) => number;
  private readonly ties: RowOrder;
  /** What the row that came last wins. */
  private readonly won: { readonly chosen: Chosen; readonly code: number }[] = [];

  constructor(stage: Stage) {
    this.stage = stage;
    this.bySet = stage.sets.map(({ choice }, set) => (choice === null ? null : { set, best: [], rows: [] }));
    this.chosen = this.bySet.filter((one) => one !== null);
    this.day = countingDay(stage.scope);
    this.ties = tieOrder(stage.scope);
  }

  /** Whether a row is the chosen one of its code in a set. */
  isBest(set: number, code: number, row: number): boolean {
    return this.bySet[set]!.best[code] === row;
  }

  /** Notes a candidate, and gives the rows that it displaces; they stay chosen until `take`. */
  come(row: number): readonly number[] {
    this.won.length = 0;
    let displaced = none;
    for (const chosen of this.chosen) {
      const { candidate, each } = this.stage.sets[chosen.set]!.choice!;
      if (candidate.at(row) !== 1) continue;
      const code = each.at(row);
      if (code < 0) continue;
      const rows = chosen.rows[code];
      if (rows === undefined) chosen.rows[code] = [row];
      else rows.push(row);
      const held = chosen.best[code] ?? -1;
      if (held !== -1 && held !== row && !this.isBetter(chosen.set, row, held)) continue;
      this.won.push({ chosen, code });
      if (held !== -1 && held !== row && !displaced.includes(held)) displaced = [...displaced, held];
    }
    return displaced;
  }

  /** Makes the row that came last the chosen one where it wins. */
  take(row: number): void {
    for (const { chosen, code } of this.won) chosen.best[code] = row;
  }

  /** Forgets a row that is about to be gone; `change` is told the next one before and after it is chosen. */
  leave(row: number, change: (row: number, sign: 1 | -1) => void): void {
    for (const { set, best, rows } of this.chosen) {
      const code = this.stage.sets[set]!.choice!.each.at(row);
      const candidates = rows[code];
      if (candidates === undefined) continue;
      const place = candidates.indexOf(row);
      if (place !== -1) candidates.splice(place, 1);
      if (best[code] !== row) continue;
      const next = candidates.reduce(
        (found, other) => (found === -1 || this.isBetter(set, other, found) ? other : found),
        -1,
      );
      if (next !== -1) change(next, -1);
      best[code] = next;
      if (next !== -1) change(next, 1);
    }
  }

  private isBetter(set: number, row: number, than: number): boolean {
    const order = this.day(row) - this.day(than) || this.ties(row, than);
    return this.stage.sets[set]!.choice!.kind === 'first' ? order < 0 : order > 0;
  }
}

const none: readonly number[] = [];
