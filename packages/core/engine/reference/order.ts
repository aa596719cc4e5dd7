// SPDX-License-Identifier: Apache-2.0
// The declared order of facts: counting date, then the paths that the kind names, then the id. Facts of different
// kinds on one day come in the order in which their kinds are declared. Order of arrival never matters.
import type { Fact } from '../../program/log.ts';
import type { Scalar, Value } from '../../program/value.ts';
import type { Day } from '../../values/date.ts';
import { compareValues } from './result.ts';

/** A fact that counts on a day, with all that its place in the order depends on. */
export interface FactRecord {
  /** The declared kind, never a derived one. */
  readonly kind: string;
  readonly fact: Fact;
  readonly value: Scalar & { kind: 'fact' };
  readonly day: Day;
  /** Place of the kind in the document. */
  readonly kindPlace: number;
  /** Values of the order paths; null where unknown, which comes last. */
  readonly keys: readonly (Value | null)[];
  /** For a return that acts as a negative sale on its own day: the fact that lowers. Null for every fact itself. */
  readonly lowering: Fact | null;
  /** It counts on another day than it says, or beside another revision of the same fact: a late fact in an open period. */
  readonly isLate?: true;
}

/** Negative when `a` comes before `b`. */
export function compareRecords(a: FactRecord, b: FactRecord): number {
  if (a.day !== b.day) return a.day - b.day;
  if (a.kindPlace !== b.kindPlace) return a.kindPlace - b.kindPlace;
  const length = Math.max(a.keys.length, b.keys.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.keys[index] ?? null;
    const right = b.keys[index] ?? null;
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
      continue;
    }
    const order = compareValues(left, right);
    if (order !== 0) return order;
  }
  if (a.fact.id !== b.fact.id) return a.fact.id < b.fact.id ? -1 : 1;
  const lowers = [a.lowering?.id ?? '', b.lowering?.id ?? ''] as const;
  return lowers[0] < lowers[1] ? -1 : lowers[0] > lowers[1] ? 1 : 0;
}

/** How many records of an ordered list count before the day. */
export function countBefore(records: readonly FactRecord[], day: Day): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (records[middle]!.day < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
