// SPDX-License-Identifier: Apache-2.0
// Which row of a table has an id: a hash table of row numbers, four bytes a slot. Of rows with the same id the last one
// counts. It takes in what was added to the column since it was asked last.

import { IdColumn } from './id-column.ts';

export class IdIndex {
  private readonly ids: IdColumn;
  /** Row numbers from 1; 0 is an empty slot. */
  private slots = new Int32Array(32);
  /** How many rows of the column are in here. */
  private taken = 0;
  private readonly asked = new IdColumn(1);

  constructor(ids: IdColumn) {
    this.ids = ids;
  }

  /** The last row with this id, or −1. */
  find(id: string): number {
    this.takeIn();
    const { asked } = this;
    asked.length = 0;
    asked.pushText(id);
    return this.slots[this.slotOf(asked, 0)]! - 1;
  }

  private takeIn(): void {
    const { ids } = this;
    if (ids.length === this.taken) return;
    if (ids.length * 2 > this.slots.length) {
      this.slots = new Int32Array(2 ** Math.ceil(Math.log2(ids.length * 3)));
      this.taken = 0;
    }
    for (; this.taken < ids.length; this.taken += 1)
      this.slots[this.slotOf(ids, this.taken)] = this.taken + 1;
  }

  /** The slot of the id in a row of a column: where it stands, or where it would. */
  private slotOf(column: IdColumn, row: number): number {
    const { slots, ids } = this;
    const mask = slots.length - 1;
    const start = column.offsets[row]!;
    const end = column.offsets[row + 1]!;
    let slot = hashOf(column.bytes, start, end) & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask)
      if (isSame(ids, slots[slot]! - 1, column.bytes, start, end)) break;
    return slot;
  }
}

/** FNV-1a, with its high bits mixed into the low ones. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

function isSame(
  { bytes, offsets }: IdColumn,
  row: number,
  other: Uint8Array,
  start: number,
  end: number,
): boolean {
  const from = offsets[row]!;
  if (offsets[row + 1]! - from !== end - start) return false;
  for (let at = start; at < end; at += 1) if (bytes[from + at - start] !== other[at]) return false;
  return true;
}
