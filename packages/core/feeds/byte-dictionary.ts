// SPDX-License-Identifier: Apache-2.0
// Codes for cells by their bytes, so that a text that stands in a million rows is decoded and understood once.
// Open addressing over a hash of the bytes (FNV-1a); codes count from 0 in order of first appearance.

/** FNV-1a of the bytes from `start` to before `end`, as a signed 32-bit number. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

export class ByteDictionary {
  /** How many different cells there were. */
  count = 0;
  /** By slot the hash and the code plus one, side by side; a code of zero is an empty slot. */
  private slots = new Int32Array(512);
  private offsets = new Uint32Array(129);
  private arena = new Uint8Array(1024);

  /** The code of a cell, given now if it is new: then `count` has grown. */
  code(bytes: Uint8Array, start: number, end: number): number {
    const { slots } = this;
    const hash = hashOf(bytes, start, end);
    const mask = slots.length - 2;
    for (let slot = (hash << 1) & mask; ; slot = (slot + 2) & mask) {
      const code = slots[slot + 1]! - 1;
      if (code < 0) return this.insert(slot, hash, bytes, start, end);
      if (slots[slot] === hash && this.isSame(code, bytes, start, end)) return code;
    }
  }

  private isSame(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { arena } = this;
    const from = this.offsets[code]!;
    if (this.offsets[code + 1]! - from !== end - start) return false;
    for (let at = start; at < end; at += 1) if (arena[from + at - start] !== bytes[at]) return false;
    return true;
  }

  private insert(slot: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    const code = this.count++;
    const from = this.offsets[code]!;
    const to = from + end - start;
    if (to > this.arena.length) {
      const arena = new Uint8Array(Math.max(this.arena.length * 2, to));
      arena.set(this.arena);
      this.arena = arena;
    }
    this.arena.set(bytes.subarray(start, end), from);
    if (code + 2 > this.offsets.length) {
      const offsets = new Uint32Array(this.offsets.length * 2);
      offsets.set(this.offsets);
      this.offsets = offsets;
    }
    this.offsets[code + 1] = to;
    this.slots[slot] = hash;
    this.slots[slot + 1] = code + 1;
    if (this.count * 4 > this.slots.length) this.slots = twiceTheSlots(this.slots);
    return code;
  }
}

/** Twice the room for slots of a hash and what belongs to it plus one. */
export function twiceTheSlots(before: Int32Array): Int32Array<ArrayBuffer> {
  const slots = new Int32Array(before.length * 2);
  const mask = slots.length - 2;
  for (let old = 0; old < before.length; old += 2) {
    if (before[old + 1] === 0) continue;
    let slot = (before[old]! << 1) & mask;
    while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
    slots[slot] = before[old]!;
    slots[slot + 1] = before[old + 1]!;
  }
  return slots;
}
