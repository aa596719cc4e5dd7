// SPDX-License-Identifier: Apache-2.0
// Finds the row of an id in a table of facts by the id's bytes. It keeps row numbers and hashes; the bytes
// themselves stay in the table's own column of ids.

import type { IdColumn } from '../program/id-column.ts';
import { hashOf, twiceTheSlots } from './byte-dictionary.ts';

export class IdIndex {
  private readonly ids: IdColumn;
  /** By slot the hash and the row plus one, side by side; a row of zero is an empty slot. */
  private slots = new Int32Array(4096);
  private used = 0;

  /** Covers the rows that the column has already. */
  constructor(ids: IdColumn) {
    this.ids = ids;
    for (let row = 0; row < ids.length; row += 1) {
      this.add(row, hashOf(ids.bytes, ids.offsets[row]!, ids.offsets[row + 1]!));
    }
  }

  /** The latest row with this id, or −1. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const { slots } = this;
    const mask = slots.length - 2;
    let found = -1;
    for (let slot = (hash << 1) & mask; slots[slot + 1] !== 0; slot = (slot + 2) & mask) {
      const row = slots[slot + 1]! - 1;
      if (slots[slot] === hash && row > found && this.isSame(row, bytes, start, end)) found = row;
    }
    return found;
  }

  /** Takes a row in; `hash` is that of its id's bytes. */
  add(row: number, hash: number): void {
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
