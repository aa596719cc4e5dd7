// SPDX-License-Identifier: Apache-2.0
// Keys that must stay together: holders of a relation that ever led to the same party are one family. The rows of a
// family hold all rows of every party that they lead to, so whoever has them has both.

import type { Relation } from './relation.ts';

/** By key of the holder: the number of its family, in the order of their first keys. */
export interface Families {
  readonly of: Int32Array;
  readonly count: number;
}

/** The families of so many holders. */
export function familiesOf(relation: Relation, holders: number): Families {
  const parents = Int32Array.from({ length: holders }, (_, holder) => holder);
  const firstOf = new Map<number, number>();
  for (let holder = 0; holder < holders; holder += 1) {
    for (const target of relation.everyTarget(holder)) {
      const first = firstOf.get(target);
      if (first === undefined) firstOf.set(target, holder);
      else join(parents, first, holder);
    }
  }
  const of = new Int32Array(holders);
  let count = 0;
  for (let holder = 0; holder < holders; holder += 1) {
    const root = rootOf(parents, holder);
    of[holder] = root === holder ? count : of[root]!;
    count += Number(root === holder);
  }
  return { of, count };
}

/** The smaller holder becomes the root, so a root always stands before the others of its family. */
function join(parents: Int32Array, a: number, b: number): void {
  const left = rootOf(parents, a);
  const right = rootOf(parents, b);
  parents[Math.max(left, right)] = Math.min(left, right);
}

function rootOf(parents: Int32Array, holder: number): number {
  let root = holder;
  while (parents[root] !== root) {
    parents[root] = parents[parents[root]!]!;
    root = parents[root]!;
  }
  return root;
}
