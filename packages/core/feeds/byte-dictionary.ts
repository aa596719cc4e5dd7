// SPDX-License-Identifier: Apache-2.0
// Codes for cells by their bytes, so that a text that stands in a million rows is decoded and understood once. Codes count
// from 0 in order of first appearance. Short cells are compared as three whole numbers, longer ones byte by byte behind
// a hash (FNV-1a); both stand in open addressing.

/** FNV-1a of the bytes from `start` to before `end`, as a signed 32-bit number. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

/** Cells of at most so many bytes are short. */
export const shortMax = 12;

/** Bits beside a code that hold the size of a short cell. */
const sizeBits = 4;

export class ByteDictionary {
  /** How many different cells there were. */
  count = 0;
  /** Short cells. By slot three words, then the code plus one with the size in its lowest bits; zero is an empty slot. */
  private shorts = new Int32Array(1024);
  private shortCount = 0;
  /** Longer cells. By slot the hash and their number plus one, side by side; a number of zero is an empty slot. */
  private slots = new Int32Array(512);
  private longCount = 0;
  /** By number of a longer cell: its code, and where its bytes start. */
  private codes = new Int32Array(128);
  private offsets = new Uint32Array(129);
  private arena = new Uint8Array(1024);

  /** The code of a cell, given now if it is new: then `count` has grown. */
  code(bytes: Uint8Array, start: number, end: number): number {
    const size = end - start;
    if (size > shortMax) return this.longCode(bytes, start, end);
    return this.wordsCode(
      wordOf(bytes, start, size),
      wordOf(bytes, start + 4, size - 4),
      wordOf(bytes, start + 8, size - 8),
      size,
    );
  }

  /** The same for a cell of at most `shortMax` bytes, with as many behind its start that can be read. */
  shortCode(view: DataView, start: number, size: number): number {
    let first = view.getInt32(start, true);
    let second = 0;
    let third = 0;
    if (size < 4) first &= (1 << (size << 3)) - 1;
    else if (size > 4) {
      second = view.getInt32(start + 4, true);
      if (size < 8) second &= (1 << ((size - 4) << 3)) - 1;
      else if (size > 8) {
        third = view.getInt32(start + 8, true);
        if (size < 12) third &= (1 << ((size - 8) << 3)) - 1;
      }
    }
    return this.wordsCode(first, second, third, size);
  }

  private wordsCode(first: number, second: number, third: number, size: number): number {
    const { shorts } = this;
    const mask = shorts.length - 4;
    for (let slot = slotOf(first, second, third) & mask; ; slot = (slot + 4) & mask) {
      const found = shorts[slot + 3]!;
      if (found === 0) return this.insertShort(slot, first, second, third, size);
      if (
        shorts[slot] === first &&
        shorts[slot + 1] === second &&
        shorts[slot + 2] === third &&
        (found & ((1 << sizeBits) - 1)) === size
      )
        return (found >> sizeBits) - 1;
    }
  }

  private insertShort(slot: number, first: number, second: number, third: number, size: number): number {
    const { shorts } = this;
    const code = this.count++;
    shorts[slot] = first;
    shorts[slot + 1] = second;
    shorts[slot + 2] = third;
    shorts[slot + 3] = ((code + 1) << sizeBits) | size;
    this.shortCount += 1;
    if (this.shortCount * 8 > shorts.length) this.shorts = twiceTheShorts(shorts);
    return code;
  }

  private longCode(bytes: Uint8Array, start: number, end: number): number {
    const { slots } = this;
    const hash = hashOf(bytes, start, end);
    const mask = slots.length - 2;
    for (let slot = (hash << 1) & mask; ; slot = (slot + 2) & mask) {
      const number = slots[slot + 1]! - 1;
      if (number < 0) return this.insertLong(slot, hash, bytes, start, end);
      if (slots[slot] === hash && this.isSame(number, bytes, start, end)) return this.codes[number]!;
    }
  }

  private isSame(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { arena } = this;
    const from = this.offsets[number]!;
    if (this.offsets[number + 1]! - from !== end - start) return false;
    for (let at = start; at < end; at += 1) if (arena[from + at - start] !== bytes[at]) return false;
    return true;
  }

  private insertLong(slot: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    const code = this.count++;
    const number = this.longCount++;
    const from = this.offsets[number]!;
    const to = from + end - start;
    if (to > this.arena.length) {
      const arena = new Uint8Array(Math.max(this.arena.length * 2, to));
      arena.set(this.arena);
      this.arena = arena;
    }
    this.arena.set(bytes.subarray(start, end), from);
    if (number === this.codes.length) {
      const codes = new Int32Array(number * 2);
      const offsets = new Uint32Array(number * 2 + 1);
      codes.set(this.codes);
      offsets.set(this.offsets);
      this.codes = codes;
      this.offsets = offsets;
    }
    this.codes[number] = code;
    this.offsets[number + 1] = to;
    this.slots[slot] = hash;
    this.slots[slot + 1] = number + 1;
    if (this.longCount * 4 > this.slots.length) this.slots = twiceTheSlots(this.slots);
    return code;
  }
}

/** Up to four bytes as a whole number, the first one lowest. */
function wordOf(bytes: Uint8Array, start: number, size: number): number {
  let word = 0;
  for (let at = 0; at < size && at < 4; at += 1) word |= bytes[start + at]! << (at << 3);
  return word;
}

/** Where a short cell is looked for first; of it as many bits are used as there are slots. */
function slotOf(first: number, second: number, third: number): number {
  const mixed = Math.imul(Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b) ^ third, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 15)) << 2;
}

function twiceTheShorts(before: Int32Array): Int32Array<ArrayBuffer> {
  const shorts = new Int32Array(before.length * 2);
  const mask = shorts.length - 4;
  for (let old = 0; old < before.length; old += 4) {
    if (before[old + 3] === 0) continue;
    let slot = slotOf(before[old]!, before[old + 1]!, before[old + 2]!) & mask;
    while (shorts[slot + 3] !== 0) slot = (slot + 4) & mask;
    shorts.set(before.subarray(old, old + 4), slot);
  }
  return shorts;
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
