// SPDX-License-Identifier: Apache-2.0
// Erasing a person: values and salts go, sums and proofs stay.
import { expect, test } from 'vitest';
import { canonicalDataBytes } from './canonical.ts';
import { inclusionProof, leafHash, merkleRoot, verifyInclusion } from './merkle.ts';
import { isSealOf, sealOf } from './sealed-field.ts';

const salt = Uint8Array.from({ length: 16 }, (_, index) => index);
const name = { record: 'Sale S-1', field: 'Buyer', value: 'Kim', salt };

test('a seal opens to its own record, field, value and salt, and to no other', () => {
  const seal = sealOf(name);
  expect(isSealOf(seal, name)).toBe(true);
  for (const other of [
    { record: 'Sale S-2' },
    { field: 'Seller' },
    { value: 'Lee' },
    { salt: salt.toReversed() },
  ])
    expect(isSealOf(seal, { ...name, ...other })).toBe(false);
  expect(() => sealOf({ ...name, salt: salt.slice(1) })).toThrow(RangeError);
});

test('erasing a person leaves sums and proofs valid and nothing readable', () => {
  const people = ['Kim', 'Lee', 'Mo'];
  const records = people.map((person, index) => ({
    id: `S-${index}`,
    amount: 100n * BigInt(index + 1),
    buyer: sealOf({ ...name, record: `S-${index}`, value: person }),
  }));
  const sum = records.reduce((total, { amount }) => total + amount, 0n);
  const leaves = records.map((record) => leafHash(canonicalDataBytes(record)));
  const root = merkleRoot(leaves);

  // What is left after the erasure is the log alone: no value, no salt.
  const kept = records.map((record) => ({ ...record }));
  expect(kept.reduce((total, { amount }) => total + amount, 0n)).toBe(sum);
  expect(new TextDecoder().decode(canonicalDataBytes(kept))).not.toMatch(/Kim|Lee|Mo/);
  for (const [index, record] of kept.entries()) {
    const leaf = leafHash(canonicalDataBytes(record));
    expect(verifyInclusion({ leaf, index, size: 3, proof: inclusionProof(index, leaves), root })).toBe(true);
  }
});
