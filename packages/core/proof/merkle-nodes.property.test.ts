// SPDX-License-Identifier: Apache-2.0
// Kept nodes give the same roots and proofs as all leaves do, however the log grew.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from './bytes.ts';
import { consistencyProof, inclusionProof, leafHash, merkleRoot } from './merkle.ts';
import { consistencyOf, grown, inclusionOf, type NodeAt, placesAskedBy, rootOf } from './merkle-nodes.ts';

test('a tree of kept nodes gives the roots and proofs of the whole log, in whatever steps it grew', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 14 }), fc.nat(), fc.nat(), (steps, a, b) => {
      const kept = new Map<string, Uint8Array>();
      const nodeAt: NodeAt = ({ level, position }) => kept.get(`${level}/${position}`)!;
      const leaves: Uint8Array[] = [];
      for (const step of steps) {
        const added = Array.from({ length: step }, (_, index) => leafHash(utf8(`${leaves.length + index}`)));
        for (const { level, position, hash } of grown(leaves.length, added, nodeAt))
          kept.set(`${level}/${position}`, hash);
        leaves.push(...added);
        expect(rootOf(leaves.length, nodeAt)).toEqual(merkleRoot(leaves));
      }
      if (leaves.length === 0) return;
      const size = 1 + (a % leaves.length);
      const index = b % size;
      const begun = leaves.slice(0, size);
      expect(inclusionOf(index, size, nodeAt)).toEqual(inclusionProof(index, begun));
      expect(consistencyOf(index, size, nodeAt)).toEqual(consistencyProof(index, begun));
      const places = placesAskedBy((ask) => inclusionOf(index, size, ask));
      expect(places.every(({ level, position }) => kept.has(`${level}/${position}`))).toBe(true);
    }),
  );
});
