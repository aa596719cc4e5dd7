// SPDX-License-Identifier: Apache-2.0
// The rows that a stage folds: those that count by the day of evaluation, have a key and belong to one of its sets,
// with a bit for each set. Keys of rows of which membership is not known are noted: they are nobody's business here.

import { missingDay, openDay } from '../../program/columns.ts';
import type { FactTable } from '../../program/fact-store.ts';
import { type Choice, type RowOrder, tieOrder } from './fact-set.ts';
import type { Stage } from './plan.ts';
import { countingDay } from './row-formula.ts';

export interface Selection {
  readonly rows: Int32Array;
  readonly keys: Int32Array;
  readonly tags: Int32Array;
  readonly days: Int32Array;
  readonly count: number;
  /** Keys with a row of which it is not known whether it belongs. */
  readonly irregular: ReadonlySet<number>;
  /** How many keys there can be. */
  readonly keyCount: number;
  /** Whether rows of one day already stand in their declared order. */
  readonly isTied: boolean;
  readonly ties: RowOrder;
}

/** Which keys a run takes: those whose code leaves `part` when divided by `of`. */
export interface Share {
  readonly part: number;
  readonly of: number;
}

export const everything: Share = { part: 0, of: 1 };

/** Whether a row is there and counts by the day of evaluation. */
export function rowCounts(table: FactTable, row: number, day: number, asOf: number): boolean {
  return day !== missingDay && day !== openDay && day <= asOf && !table.gone.has(row);
}

/** For a choice: the chosen row of each code, or −1. */
export function chosenRows(stage: Stage, choice: Choice): { best: Int32Array; unknown: number[] } {
  const { table, asOf } = stage.scope;
  const day = countingDay(stage.scope);
  const ties = tieOrder(stage.scope);
  const codes = choice.each.dictionary.texts.length;
  const best = new Int32Array(codes).fill(-1);
  const bestDay = new Int32Array(codes);
  const direction = choice.kind === 'first' ? 1 : -1;
  const unknown: number[] = [];
  for (let row = 0; row < table.length; row += 1) {
    const on = day(row);
    if (!rowCounts(table, row, on, asOf) || choice.candidate(row) !== 1) continue;
    const code = choice.each.at(row);
    if (code < 0) {
      unknown.push(row);
      continue;
    }
    const held = best[code]!;
    if (held !== -1) {
      const order = direction * (on - bestDay[code]!);
      if (order > 0 || (order === 0 && direction * ties(row, held) > 0)) continue;
    }
    best[code] = row;
    bestDay[code] = on;
  }
  return { best, unknown };
}

/** The rows of a stage. */
export function selectRows(stage: Stage, share: Share): Selection {
  const { table, asOf } = stage.scope;
  const { key } = stage;
  const day = countingDay(stage.scope);
  const choices = stage.sets.map(({ choice }) => (choice === null ? null : chosenRows(stage, choice)));
  const rows = new Int32Array(table.length);
  const keys = new Int32Array(table.length);
  const tags = new Int32Array(table.length);
  const days = new Int32Array(table.length);
  const irregular = new Set<number>();
  const tests = stage.sets.map(({ test }) => test);
  const each = stage.sets.map(({ choice }) => choice?.each ?? null);
  const hasGone = table.gone.size > 0;
  let count = 0;
  for (let row = 0; row < table.length; row += 1) {
    const on = day(row);
    if (on > asOf || on === missingDay || on === openDay || (hasGone && table.gone.has(row))) continue;
    const code = key.at(row);
    if (code < 0 || (share.of > 1 && code % share.of !== share.part)) continue;
    let bits = 0;
    for (let set = 0; set < tests.length; set += 1) {
      const truth = tests[set]!(row);
      if (truth === 0) continue;
      if (truth !== 1) {
        irregular.add(code);
        continue;
      }
      const link = each[set]!;
      if (link !== null) {
        const value = link.at(row);
        if (value < 0) irregular.add(code);
        else if (choices[set]!.best[value] !== row) continue;
      }
      bits |= 1 << set;
    }
    if (bits === 0) continue;
    rows[count] = row;
    keys[count] = code;
    tags[count] = bits;
    days[count] = on;
    count += 1;
  }
  return {
    rows,
    keys,
    tags,
    days,
    count,
    irregular,
    keyCount: key.dictionary.texts.length,
    isTied: table.kind.order.length === 0 && table.ids.isAscending(),
    ties: tieOrder(stage.scope),
  };
}
