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
  private slots = new Int32Array(256).fill(-1);
  private hashes = new Int32Array(128);
  private offsets = new Uint32Array(129);
  private arena = new Uint8Array(1024);

  /** The code of a cell, given now if it is new: then `count` has grown. */
  code(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const code = this.slots[slot]!;
      if (code < 0) return this.insert(slot, hash, bytes, start, end);
      if (this.hashes[code] === hash && this.isSame(code, bytes, start, end)) return code;
      slot = (slot + 1) & mask;
    }
  }

  private isSame(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.offsets[code]!;
    if (this.offsets[code + 1]! - from !== end - start) return false;
    for (let at = start; at < end; at += 1) if (this.arena[from + at - start] !== bytes[at]) return false;
    return true;
  }

  private insert(slot: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    const code = this.count++;
    if (this.count > this.hashes.length) this.grow();
    else this.slots[slot] = code;
    const from = this.offsets[code]!;
    const to = from + end - start;
    if (to > this.arena.length) {
      const arena = new Uint8Array(Math.max(this.arena.length * 2, to));
      arena.set(this.arena);
      this.arena = arena;
    }
    this.arena.set(bytes.subarray(start, end), from);
    this.offsets[code + 1] = to;
    this.hashes[code] = hash;
    if (this.slots[slot] !== code) this.place(code);
    return code;
  }

  private place(code: number): void {
    const mask = this.slots.length - 1;
    let slot = this.hashes[code]! & mask;
    while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
    this.slots[slot] = code;
  }

  /** Twice the room. The newest code is not placed yet. */
  private grow(): void {
    const hashes = new Int32Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    this.hashes = hashes;
    const offsets = new Uint32Array(hashes.length + 1);
    offsets.set(this.offsets);
    this.offsets = offsets;
    this.slots = new Int32Array(hashes.length * 2).fill(-1);
    for (let code = 0; code < this.count - 1; code += 1) this.place(code);
  }
}
