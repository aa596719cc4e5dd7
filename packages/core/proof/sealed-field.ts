// SPDX-License-Identifier: Apache-2.0
// A personal field in a log that is never rewritten: the log holds only its seal, a hash over a secret salt and the
// value. Whoever has salt and value can show what was recorded; once both are destroyed the seal says nothing, and
// every hash and proof over the log still holds. A salt is random, of at least 16 bytes, and serves one field once.

import { hex } from './bytes.ts';
import { canonicalDataBytes } from './canonical.ts';
import { sha256 } from './sha256.ts';

export interface OpenField {
  /** Id of the record that the field belongs to, so that a seal cannot be moved to another. */
  readonly record: string;
  readonly field: string;
  readonly value: unknown;
  readonly salt: Uint8Array;
}

/** The fewest bytes of a salt: with fewer, a value could be found by trying. */
export const saltBytesMin = 16;

/** 64 hexadecimal digits that stand in the log in place of the value. */
export function sealOf({ record, field, value, salt }: OpenField): string {
  if (salt.length < saltBytesMin) throw new RangeError(`A salt has fewer than ${saltBytesMin} bytes.`);
  return hex(sha256(canonicalDataBytes({ record, field, value, salt: hex(salt) })));
}

/** Whether the seal is the one of this field with this value. */
export function isSealOf(seal: string, open: OpenField): boolean {
  return sealOf(open) === seal;
}
