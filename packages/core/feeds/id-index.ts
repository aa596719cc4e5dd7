// SPDX-License-Identifier: Apache-2.0
// Finds the row of an id in a table of facts by the id's bytes. It keeps row numbers and hashes; the bytes
// themselves stay in the table's own column of ids, and rows are taken in from there when somebody looks for one.

import type { IdColumn } from '../program/id-column.ts';
import { hashOf, twiceTheSlots } from './byte-dictionary.ts';

export class IdIndex {
  private readonly ids: IdColumn;
  /** By slot the hash and the row plus one, side by side; a row of zero is an empty slot. */
  private slots = new Int32Array(4096);
  private used = 0;
  /** Rows that are in the slots. */
  private indexed = 0;
  /** Rows of which each comes after the one before it: by length, then byte by byte. */
  private ascending = 0;

  /** Covers the rows that the column has already. */
  constructor(ids: IdColumn) {
    this.ids = ids;
  }

  /** Whether an id surely is new: it comes after all that are there. Ids that only grow need no index. */
  isNext(bytes: Uint8Array, start: number, end: number): boolean {
    const { length, offsets } = this.ids;
    while (this.ascending < length && this.follows(this.ascending)) this.ascending += 1;
    if (this.ascending < length) return false;
    if (length === 0) return true;
    return isAfter(bytes, start, end, this.ids.bytes, offsets[length - 1]!, offsets[length]!);
  }

  /** The latest row with this id, or −1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    if (this.isNext(bytes, start, end)) return -1;
    while (this.indexed < this.ids.length) this.add(this.indexed);
    const hash = hashOf(bytes, start, end);
    const { slots } = this;
    const mask = slots.length - 2;
    let found = -1;
    for (let slot = (hash << 1) & mask; slots[slot + 1] !== 0; slot = (slot + 2) & mask) {
      const row = slots[slot + 1]! - 1;
      if (slots[slot] === hash && row > found && this.isSame(row, bytes, start, end)) found = row;
    }
    return found;
  }

  private follows(row: number): boolean {
    const { bytes, offsets } = this.ids;
    const start = offsets[row]!;
    return row === 0 || isAfter(bytes, start, offsets[row + 1]!, bytes, offsets[row - 1]!, start);
  }

  private add(row: number): void {
    const { bytes, offsets } = this.ids;
    const hash = hashOf(bytes, offsets[row]!, offsets[row + 1]!);
    this.indexed += 1;
    this.used += 1;
    if (this.used * 4 > this.slots.length) this.slots = twiceTheSlots(this.slots);
    const { slots } = this;
    const mask = slots.length - 2;
    let slot = (hash << 1) & mask;
    while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
    slots[slot] = hash;
    slots[slot + 1] = row + 1;
  }

  private isSame(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.ids.offsets[row]!;
    if (this.ids.offsets[row + 1]! - from !== end - start) return false;
    for (let at = start; at < end; at += 1) if (this.ids.bytes[from + at - start] !== bytes[at]) return false;
    return true;
  }
}

/** Whether bytes come after others: the longer ones, or of the same length the greater ones. */
function isAfter(
  bytes: Uint8Array,
  start: number,
  end: number,
  others: Uint8Array,
  otherStart: number,
  otherEnd: number,
): boolean {
  const size = end - start;
  if (size !== otherEnd - otherStart) return size > otherEnd - otherStart;
  for (let at = 0; at < size; at += 1) {
    const difference = bytes[start + at]! - others[otherStart + at]!;
    if (difference !== 0) return difference > 0;
  }
  return false;
}
