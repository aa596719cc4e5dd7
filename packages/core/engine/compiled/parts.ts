// SPDX-License-Identifier: Apache-2.0
// Keys dealt out into parts that fit the cache: whole families where there are any, side by side while a part stays
// small. Keys without rows, and those of another share, are in no part.

import type { Families } from './families.ts';

export interface Parts {
  /** By part: where its rows start, and once more where the last one ends. */
  readonly starts: readonly number[];
  /** Keys, part by part. */
  readonly keys: Int32Array;
  /** By part: its first key among them, and once more where they end. */
  readonly firstKeys: readonly number[];
  /** By key: its part, −1 where it is in none, and its number among the keys of it. */
  readonly partOf: Int32Array;
  readonly numbers: Int32Array;
}

/** Rows of one part at most, unless one key or family has more. */
const partRows = 1 << 13;
/** A family with more rows than that is too large to be sorted in the cache. */
export const familyRowsMax = 1 << 15;
/** Keys of one part at most, so that counting by key takes no longer than its rows. */
export const partKeysMax = 1 << 12;

/**
 * The parts of the keys of a share, with so many rows each; null where a family is too large, whoever's share it is in.
 */
export function partsOf(
  counts: Int32Array,
  families: Families | null,
  keyLimit: number,
  isShared: ((key: number) => boolean) | null,
): Parts | null {
  const limit = Math.min(partKeysMax, keyLimit);
  const order = families === null ? null : inFamilies(counts.length, families);
  const keys = new Int32Array(counts.length);
  const partOf = new Int32Array(counts.length).fill(-1);
  const numbers = new Int32Array(counts.length);
  const starts = [0];
  const firstKeys = [0];
  let at = 0;
  let size = 0;
  let used = 0;
  for (let place = 0; place < counts.length; ) {
    // The keys from here to `end` stay together.
    const first = order === null ? place : order[place]!;
    let end = place;
    let rows = 0;
    let own = 0;
    do {
      const count = counts[order === null ? end : order[end]!]!;
      rows += count;
      own += Number(count > 0);
      end += 1;
    } while (order !== null && end < counts.length && families!.of[order[end]!] === families!.of[first]);
    if (families !== null && (rows > familyRowsMax || own > limit)) return null;
    if (rows === 0 || (isShared !== null && !isShared(first))) {
      place = end;
      continue;
    }
    if ((size > 0 && size + rows > partRows) || used - firstKeys.at(-1)! + own > limit) {
      at += size;
      starts.push(at);
      firstKeys.push(used);
      size = 0;
    }
    size += rows;
    for (; place < end; place += 1) {
      const key = order === null ? place : order[place]!;
      if (counts[key] === 0) continue;
      partOf[key] = firstKeys.length - 1;
      numbers[key] = used - firstKeys.at(-1)!;
      keys[used] = key;
      used += 1;
    }
  }
  starts.push(at + size);
  firstKeys.push(used);
  return { starts, keys, firstKeys, partOf, numbers };
}

/** All keys, family by family. */
function inFamilies(keys: number, { of, count }: Families): Int32Array {
  const cursors = new Int32Array(count + 1);
  for (let key = 0; key < keys; key += 1) cursors[of[key]! + 1]! += 1;
  for (let family = 0; family < count; family += 1) cursors[family + 1]! += cursors[family]!;
  const order = new Int32Array(keys);
  for (let key = 0; key < keys; key += 1) {
    const family = of[key]!;
    order[cursors[family]!] = key;
    cursors[family]! += 1;
  }
  return order;
}
