// SPDX-License-Identifier: Apache-2.0
// Hashes and trees against published figures: FIPS 180-4 and NIST examples, and the reference roots of RFC 6962's
// own implementation (google/certificate-transparency, merkle_tree_test).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rational } from '../values/rational.ts';
import { fromHex, hex, utf8 } from './bytes.ts';
import { canonicalText } from './canonical.ts';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  merkleRoot,
  nodeHash,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';
import { sha256 } from './sha256.ts';

describe('SHA-256', () => {
  test.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('of the published messages is the published digest', (message, digest) => {
    expect(hex(sha256(utf8(message)))).toBe(digest);
  });
});

test('every text has the UTF-8 bytes of the standard encoder', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(hex(utf8(text))).toBe(hex(new TextEncoder().encode(text)));
    }),
  );
  expect(hex(utf8('\ud800x'))).toBe('efbfbd78');
});

describe('canonical text', () => {
  test('does not depend on the order of keys, and writes exact numbers as strings', () => {
    const value = { b: [1, 2n, rational(-1, 3)], a: { d: 'ü', c: undefined }, e: null };
    expect(canonicalText(value)).toBe('{"a":{"d":"ü"},"b":[1,"2","-1/3"],"e":null}');
    expect(canonicalText({ e: null, a: { d: 'ü' }, b: [1, 2n, rational(-2, 6)] })).toBe(canonicalText(value));
  });

  test.each([[0.5], [new Map()], [() => 1], [Number.NaN]])('of %s does not exist', (value) => {
    expect(() => canonicalText(value)).toThrow();
  });
});

const records = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const leaves = records.map((record) => leafHash(fromHex(record)!));

describe('the Merkle tree', () => {
  test.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [4, 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
    [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
    [6, '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
    [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('of %i records has the published root', (size, root) => {
    expect(hex(merkleRoot(leaves.slice(0, size)))).toBe(root);
  });

  test('gives the paths and proofs of the example in RFC 6962, section 2.1.3', () => {
    const seven = leaves.slice(0, 7);
    const [a, b, c, d, e, f, j] = seven;
    const [g, h, i] = [nodeHash(a!, b!), nodeHash(c!, d!), nodeHash(e!, f!)];
    const [k, l] = [nodeHash(g, h), nodeHash(i, j!)];
    expect(inclusionProof(0, seven)).toEqual([b, h, l]);
    expect(inclusionProof(3, seven)).toEqual([c, g, l]);
    expect(inclusionProof(4, seven)).toEqual([f, j, k]);
    expect(inclusionProof(6, seven)).toEqual([i, k]);
    expect(consistencyProof(3, seven)).toEqual([c, d, g, l]);
    expect(consistencyProof(4, seven)).toEqual([l]);
    expect(consistencyProof(6, seven)).toEqual([i, j, k]);
  });

  const log = fc
    .array(fc.uint8Array({ maxLength: 4 }), { minLength: 1, maxLength: 40 })
    .map((bytes) => bytes.map(leafHash));

  test('proves every leaf at its place, and no other leaf, place or root', () => {
    fc.assert(
      fc.property(log, fc.nat(), (hashes, pick) => {
        const index = pick % hashes.length;
        const inclusion = {
          leaf: hashes[index]!,
          index,
          size: hashes.length,
          proof: inclusionProof(index, hashes),
          root: merkleRoot(hashes),
        };
        expect(verifyInclusion(inclusion)).toBe(true);
        expect(verifyInclusion({ ...inclusion, leaf: leafHash(utf8('something else')) })).toBe(false);
        expect(verifyInclusion({ ...inclusion, root: leafHash(utf8('something else')) })).toBe(false);
        expect(verifyInclusion({ ...inclusion, index: hashes.length })).toBe(false);
        expect(verifyInclusion({ ...inclusion, proof: [...inclusion.proof, inclusion.leaf] })).toBe(false);
      }),
    );
  });

  test('proves that a longer log begins with a shorter one, and refuses one that was rewritten', () => {
    fc.assert(
      fc.property(log, fc.nat(), (hashes, pick) => {
        const size = pick % (hashes.length + 1);
        const consistency = {
          before: { size, root: merkleRoot(hashes.slice(0, size)) },
          after: { size: hashes.length, root: merkleRoot(hashes) },
          proof: consistencyProof(size, hashes),
        };
        expect(verifyConsistency(consistency)).toBe(true);
        if (size === 0) return;
        const rewritten = [leafHash(utf8('rewritten')), ...hashes.slice(1)];
        expect(
          verifyConsistency({ ...consistency, after: { size: hashes.length, root: merkleRoot(rewritten) } }),
        ).toBe(false);
        expect(
          verifyConsistency({ ...consistency, before: { size, root: merkleRoot(rewritten.slice(0, size)) } }),
        ).toBe(false);
      }),
    );
  });
});
