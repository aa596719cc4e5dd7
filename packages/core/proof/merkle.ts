// SPDX-License-Identifier: Apache-2.0
// The Merkle tree of RFC 6962, section 2.1: a log of records has one root hash per length; a short proof shows that a
// record is in it, another that a longer log begins with a shorter one. Leaves are given as their hashes.

import { areSameBytes, concatenated } from './bytes.ts';
import { sha256 } from './sha256.ts';

export type Hash = Uint8Array;

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** SHA-256(0x00 ‖ record). */
export function leafHash(record: Uint8Array): Hash {
  return sha256(concatenated(leafPrefix, record));
}

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Hash, right: Hash): Hash {
  return sha256(concatenated(nodePrefix, left, right));
}

/** The root of a log; of the empty log, the hash of nothing. */
export function merkleRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return sha256(new Uint8Array());
  if (leaves.length === 1) return leaves[0]!;
  const split = splitOf(leaves.length);
  return nodeHash(merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)));
}

/** The hashes that lead from leaf `index` to the root, the nearest first (PATH of section 2.1.1). */
export function inclusionProof(index: number, leaves: readonly Hash[]): readonly Hash[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length)
    throw new RangeError(`There is no leaf ${index} of ${leaves.length}.`);
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const left = leaves.slice(0, split);
  const right = leaves.slice(split);
  return index < split
    ? [...inclusionProof(index, left), merkleRoot(right)]
    : [...inclusionProof(index - split, right), merkleRoot(left)];
}

/** The hashes that show that the first `size` leaves stand at the log's beginning (PROOF of section 2.1.2). */
export function consistencyProof(size: number, leaves: readonly Hash[]): readonly Hash[] {
  if (!Number.isInteger(size) || size < 0 || size > leaves.length)
    throw new RangeError(`A log of ${leaves.length} does not begin with one of ${size}.`);
  return size === 0 ? [] : subproof(size, leaves, true);
}

function subproof(size: number, leaves: readonly Hash[], isWhole: boolean): readonly Hash[] {
  if (size === leaves.length) return isWhole ? [] : [merkleRoot(leaves)];
  const split = splitOf(leaves.length);
  const left = leaves.slice(0, split);
  const right = leaves.slice(split);
  return size <= split
    ? [...subproof(size, left, isWhole), merkleRoot(right)]
    : [...subproof(size - split, right, false), merkleRoot(left)];
}

export interface Inclusion {
  readonly leaf: Hash;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Hash[];
  readonly root: Hash;
}

/** Whether the proof shows that the leaf stands at `index` of the log of that size and root. */
export function verifyInclusion({ leaf, index, size, proof, root }: Inclusion): boolean {
  if (!Number.isInteger(index) || !Number.isInteger(size) || index < 0 || index >= size) return false;
  const computed = rootFromPath(leaf, { index, size, path: proof });
  return computed !== null && areSameBytes(computed, root);
}

function rootFromPath(
  leaf: Hash,
  { index, size, path }: { readonly index: number; readonly size: number; readonly path: readonly Hash[] },
): Hash | null {
  if (size === 1) return path.length === 0 ? leaf : null;
  const sibling = path.at(-1);
  if (sibling === undefined) return null;
  const split = splitOf(size);
  const rest = path.slice(0, -1);
  const inner =
    index < split
      ? rootFromPath(leaf, { index, size: split, path: rest })
      : rootFromPath(leaf, { index: index - split, size: size - split, path: rest });
  if (inner === null) return null;
  return index < split ? nodeHash(inner, sibling) : nodeHash(sibling, inner);
}

export interface Consistency {
  readonly before: { readonly size: number; readonly root: Hash };
  readonly after: { readonly size: number; readonly root: Hash };
  readonly proof: readonly Hash[];
}

/** Whether the proof shows that the longer log begins with the shorter one. */
export function verifyConsistency({ before, after, proof }: Consistency): boolean {
  if (!Number.isInteger(before.size) || !Number.isInteger(after.size)) return false;
  if (before.size < 0 || before.size > after.size) return false;
  if (before.size === 0) return proof.length === 0 && areSameBytes(before.root, merkleRoot([]));
  const roots = rootsFromProof(proof, {
    size: before.size,
    whole: after.size,
    known: before.root,
  });
  return roots !== null && areSameBytes(roots.before, before.root) && areSameBytes(roots.after, after.root);
}

/** Both roots that a proof leads to. `known`: the shorter root, where the proof leaves it out, else null. */
function rootsFromProof(
  proof: readonly Hash[],
  { size, whole, known }: { readonly size: number; readonly whole: number; readonly known: Hash | null },
): { readonly before: Hash; readonly after: Hash } | null {
  if (size === whole) {
    const root = known ?? proof[0];
    if (root === undefined || proof.length !== (known === null ? 1 : 0)) return null;
    return { before: root, after: root };
  }
  const other = proof.at(-1);
  if (other === undefined) return null;
  const split = splitOf(whole);
  const rest = proof.slice(0, -1);
  if (size <= split) {
    const left = rootsFromProof(rest, { size, whole: split, known });
    return left === null ? null : { before: left.before, after: nodeHash(left.after, other) };
  }
  const right = rootsFromProof(rest, { size: size - split, whole: whole - split, known: null });
  if (right === null) return null;
  return { before: nodeHash(other, right.before), after: nodeHash(other, right.after) };
}

/** The largest power of two below a size of at least 2. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
