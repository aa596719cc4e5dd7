// SPDX-License-Identifier: Apache-2.0
// Ids of facts, one after the other as UTF-8 bytes with offsets: nearly all are different, so a dictionary would
// only cost memory. They compare as their texts do, by UTF-16 code unit, which for ASCII is byte by byte.

export class IdColumn {
  bytes: Uint8Array<ArrayBuffer>;
  /** Where each id starts; one more entry says where the last one ends. */
  offsets: Uint32Array<ArrayBuffer>;
  length = 0;
  /** False once an id had a character beyond ASCII. */
  isAscii = true;
  private ascending = true;
  private looked = 0;

  constructor(capacity = 16, bytesEach = 8) {
    this.bytes = new Uint8Array(Math.max(16, capacity * bytesEach));
    this.offsets = new Uint32Array(capacity + 1);
  }

  /** Appends the id that stands as UTF-8 in `source` from `start` to before `end`. */
  pushBytes(source: Uint8Array, start: number, end: number): void {
    let at = this.reserve(end - start);
    let all = 0;
    for (let index = start; index < end; index += 1) {
      const byte = source[index]!;
      all |= byte;
      this.bytes[at++] = byte;
    }
    if (all > 127) this.isAscii = false;
    this.offsets[++this.length] = at;
  }

  pushText(text: string): void {
    let at = this.reserve(text.length * 3);
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit < 128) this.bytes[at++] = unit;
      else {
        this.isAscii = false;
        const point = text.codePointAt(index)!;
        if (point > 0xffff) index += 1;
        at = this.putPoint(point, at);
      }
    }
    this.offsets[++this.length] = at;
  }

  text(row: number): string {
    const end = this.offsets[row + 1]!;
    let text = '';
    for (let at = this.offsets[row]!; at < end; ) {
      const byte = this.bytes[at]!;
      const extra = byte < 0x80 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
      let point = extra === 0 ? byte : byte & (0x3f >> extra);
      for (let index = 1; index <= extra; index += 1) point = (point << 6) | (this.bytes[at + index]! & 0x3f);
      text += String.fromCodePoint(point);
      at += extra + 1;
    }
    return text;
  }

  /** Below zero when the id of row `a` sorts before that of row `b`; zero when they are the same. */
  compare(a: number, b: number): number {
    if (!this.isAscii) {
      const left = this.text(a);
      const right = this.text(b);
      return left < right ? -1 : left > right ? 1 : 0;
    }
    const startA = this.offsets[a]!;
    const startB = this.offsets[b]!;
    const lengthA = this.offsets[a + 1]! - startA;
    const lengthB = this.offsets[b + 1]! - startB;
    const least = Math.min(lengthA, lengthB);
    for (let index = 0; index < least; index += 1) {
      const difference = this.bytes[startA + index]! - this.bytes[startB + index]!;
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  /** Whether every id sorts after the one before it; what was looked at once is not looked at again. */
  isAscending(): boolean {
    while (this.ascending && this.looked < this.length) {
      if (this.looked > 0 && this.compare(this.looked - 1, this.looked) >= 0) this.ascending = false;
      this.looked += 1;
    }
    return this.ascending;
  }

  /** Makes room for one more id of so many bytes, and says where it goes. */
  private reserve(size: number): number {
    if (this.length + 1 === this.offsets.length) {
      const offsets = new Uint32Array(this.offsets.length * 2);
      offsets.set(this.offsets);
      this.offsets = offsets;
    }
    const at = this.offsets[this.length]!;
    if (at + size > this.bytes.length) {
      const bytes = new Uint8Array(Math.max(this.bytes.length * 2, at + size));
      bytes.set(this.bytes);
      this.bytes = bytes;
    }
    return at;
  }

  private putPoint(point: number, start: number): number {
    let at = start;
    if (point < 0x800) this.bytes[at++] = 0xc0 | (point >> 6);
    else {
      if (point < 0x10000) this.bytes[at++] = 0xe0 | (point >> 12);
      else {
        this.bytes[at++] = 0xf0 | (point >> 18);
        this.bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
      }
      this.bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
    }
    this.bytes[at++] = 0x80 | (point & 0x3f);
    return at;
  }
}
