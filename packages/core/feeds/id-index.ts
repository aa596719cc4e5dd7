// SPDX-License-Identifier: Apache-2.0
// Finds the row of an id in a table of facts by the id's bytes. It keeps row numbers and hashes; the bytes
// themselves stay in the table's own column of ids.

import type { IdColumn } from '../program/id-column.ts';
import { hashOf } from './byte-dictionary.ts';

export class IdIndex {
  private readonly ids: IdColumn;
  private slots = new Int32Array(1024).fill(-1);
  private hashes = new Int32Array(512);
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
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    let found = -1;
    for (let row = this.slots[slot]!; row >= 0; row = this.slots[slot]!) {
      if (this.hashes[row] === hash && row > found && this.isSame(row, bytes, start, end)) found = row;
      slot = (slot + 1) & mask;
    }
    return found;
  }

  /** Takes a row in; `hash` is that of its id's bytes. */
  add(row: number, hash: number): void {
    if (row >= this.hashes.length || (this.used + 1) * 2 > this.slots.length) this.grow(row + 1);
    this.hashes[row] = hash;
    this.place(row);
    this.used += 1;
  }

  private isSame(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.ids.offsets[row]!;
    if (this.ids.offsets[row + 1]! - from !== end - start) return false;
    for (let at = start; at < end; at += 1) if (this.ids.bytes[from + at - start] !== bytes[at]) return false;
    return true;
  }

  private place(row: number): void {
    const mask = this.slots.length - 1;
    let slot = this.hashes[row]! & mask;
    while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
    this.slots[slot] = row;
  }

  private grow(rows: number): void {
    const hashes = new Int32Array(Math.max(this.hashes.length * 2, rows));
    hashes.set(this.hashes);
    this.hashes = hashes;
    const before = this.slots;
    let size = before.length;
    while (size < hashes.length * 2) size *= 2;
    this.slots = new Int32Array(size).fill(-1);
    for (const row of before) if (row >= 0) this.place(row);
  }
}
