// SPDX-License-Identifier: Apache-2.0
// Which codes one key has met, and in which of its windows last. A small table, made empty for each key: it stays in the
// nearest cache, where a column over all codes would not.

import { missingCode } from '../../program/columns.ts';
import type { Tags } from './tags.ts';

export class SeenCodes {
  /** How many codes the window met that was asked last; NaN where one is missing. */
  met = 0;
  /** By slot a code plus one, and the window that met it last, side by side; zero is an empty slot. */
  private slots = new Int32Array(128);
  /** Of a hash, what is left of it to find a slot: fewer slots for fewer rows. */
  private shift = 26;

  /** Forgets everything, with room for so many rows. */
  clear(rows: number): void {
    const bits = Math.max(6, 33 - Math.clz32(rows));
    const size = 2 << bits;
    if (this.slots.length < size) this.slots = new Int32Array(size);
    else this.slots.fill(0, 0, size);
    this.shift = 32 - bits;
  }

  /** Meets the codes of the rows [from, to) that have a bit, in a window; gives how many the window before had met. */
  meet(column: Int32Array, tags: Tags | null, bit: number, from: number, to: number, window: number): number {
    const { slots, shift } = this;
    const mask = (2 << (32 - shift)) - 2;
    let met = 0;
    let both = 0;
    for (let row = from; row < to; row += 1) {
      if (tags !== null && (tags[row]! & bit) === 0) continue;
      const code = column[row]!;
      if (code < 0) {
        if (code === missingCode) met = Number.NaN;
        continue;
      }
      let slot = (Math.imul(code, 0x9e3779b1) >>> shift) << 1;
      while (slots[slot] !== 0 && slots[slot] !== code + 1) slot = (slot + 2) & mask;
      const last = slots[slot + 1]!;
      if (slots[slot] !== 0 && last === window) continue;
      both += Number(slots[slot] !== 0 && last === window - 1);
      slots[slot] = code + 1;
      slots[slot + 1] = window;
      met += 1;
    }
    this.met = met;
    return both;
  }
}
