// SPDX-License-Identifier: Apache-2.0
// A Merkle log that grows: the roots of the complete subtrees at its end are all it takes to add a record and to know
// the root, so that a log of any length costs a few hashes a record. Data, never changed in place.

import { type Hash, merkleRoot, nodeHash } from './merkle.ts';

export interface Frontier {
  /** Number of records. */
  readonly size: number;
  /** Roots of complete subtrees, the largest first; their sizes are the powers of two that add up to `size`. */
  readonly subtrees: readonly Hash[];
}

export const emptyFrontier: Frontier = { size: 0, subtrees: [] };

/** The log with one more leaf. */
export function withLeaf({ size, subtrees }: Frontier, leaf: Hash): Frontier {
  const kept = [...subtrees];
  let joined = leaf;
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) joined = nodeHash(kept.pop()!, joined);
  return { size: size + 1, subtrees: [...kept, joined] };
}

/** The root of the whole log, the same as `merkleRoot` of all its leaves. */
export function frontierRoot({ subtrees }: Frontier): Hash {
  const [last, ...larger] = subtrees.toReversed();
  return last === undefined ? merkleRoot([]) : larger.reduce((right, left) => nodeHash(left, right), last);
}
