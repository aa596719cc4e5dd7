// SPDX-License-Identifier: Apache-2.0
// The Merkle tree of RFC 6962 over kept nodes, so that neither a longer log nor a proof needs all leaves again. A node
// (level, position) is the root of the complete subtree over the leaves from position · 2^level, 2^level of them; leaves
// are of level 0. Only complete subtrees are kept: they never change as the log grows.

import { type Hash, merkleRoot, nodeHash } from './merkle.ts';

export interface NodePlace {
  readonly level: number;
  readonly position: number;
}
/** Gives the hash of a complete subtree. */
export type NodeAt = (place: NodePlace) => Hash;

/** The root of the first `size` leaves. */
export function rootOf(size: number, nodeAt: NodeAt): Hash {
  return size === 0 ? merkleRoot([]) : rangeRoot(0, size, nodeAt);
}

/** The same as `inclusionProof` of merkle.ts. */
export function inclusionOf(index: number, size: number, nodeAt: NodeAt): readonly Hash[] {
  if (!Number.isInteger(index) || index < 0 || index >= size)
    throw new RangeError(`There is no leaf ${index} of ${size}.`);
  return path(index, 0, size, nodeAt);
}

function path(index: number, from: number, to: number, nodeAt: NodeAt): readonly Hash[] {
  if (to - from === 1) return [];
  const middle = from + splitOf(to - from);
  return index < middle
    ? [...path(index, from, middle, nodeAt), rangeRoot(middle, to, nodeAt)]
    : [...path(index, middle, to, nodeAt), rangeRoot(from, middle, nodeAt)];
}

/** The same as `consistencyProof` of merkle.ts. */
export function consistencyOf(before: number, size: number, nodeAt: NodeAt): readonly Hash[] {
  if (!Number.isInteger(before) || before < 0 || before > size)
    throw new RangeError(`A log of ${size} does not begin with one of ${before}.`);
  return before === 0 ? [] : subproof(before, 0, size, true, nodeAt);
}

function subproof(
  before: number,
  from: number,
  to: number,
  isWhole: boolean,
  nodeAt: NodeAt,
): readonly Hash[] {
  if (before === to) return isWhole ? [] : [rangeRoot(from, to, nodeAt)];
  const middle = from + splitOf(to - from);
  return before <= middle
    ? [...subproof(before, from, middle, isWhole, nodeAt), rangeRoot(middle, to, nodeAt)]
    : [...subproof(before, middle, to, false, nodeAt), rangeRoot(from, middle, nodeAt)];
}

/** Every node that a computation asks for, so that they can be fetched together. */
export function placesAskedBy(compute: (nodeAt: NodeAt) => unknown): readonly NodePlace[] {
  const asked = new Map<string, NodePlace>();
  const nothing = new Uint8Array(32);
  compute((place) => {
    asked.set(`${place.level}/${place.position}`, place);
    return nothing;
  });
  return [...asked.values()];
}

/** The root of the leaves [from, to): ranges of the recursion begin at a multiple of their width's power of two. */
function rangeRoot(from: number, to: number, nodeAt: NodeAt): Hash {
  const width = to - from;
  const level = Math.log2(width);
  if (Number.isInteger(level)) return nodeAt({ level, position: from / width });
  const middle = from + splitOf(width);
  return nodeHash(rangeRoot(from, middle, nodeAt), rangeRoot(middle, to, nodeAt));
}

/** The largest power of two below a size of at least 2. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
