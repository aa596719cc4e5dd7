// SPDX-License-Identifier: Apache-2.0
// Kept nodes give the same roots and proofs as all leaves do.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from './bytes.ts';
import { consistencyProof, inclusionProof, leafHash, merkleRoot } from './merkle.ts';
import { consistencyOf, inclusionOf, type NodeAt, placesAskedBy, rootOf } from './merkle-nodes.ts';

test('a tree of kept nodes gives the roots and proofs of the whole log', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(), fc.nat(), (length, a, b) => {
      const leaves = Array.from({ length }, (_, index) => leafHash(utf8(`${index}`)));
      const isKept = (level: number, position: number) => (position + 1) * 2 ** level <= length;
      const nodeAt: NodeAt = ({ level, position }) => {
        expect(isKept(level, position)).toBe(true);
        return merkleRoot(leaves.slice(position * 2 ** level, (position + 1) * 2 ** level));
      };
      expect(rootOf(length, nodeAt)).toEqual(merkleRoot(leaves));
      if (length === 0) return;
      const size = 1 + (a % length);
      const index = b % size;
      const begun = leaves.slice(0, size);
      expect(inclusionOf(index, size, nodeAt)).toEqual(inclusionProof(index, begun));
      expect(consistencyOf(index, size, nodeAt)).toEqual(consistencyProof(index, begun));
      const places = placesAskedBy((ask) => inclusionOf(index, size, ask));
      expect(places.every(({ level, position }) => isKept(level, position))).toBe(true);
    }),
  );
});
