// SPDX-License-Identifier: Apache-2.0
// The usual CSV in one loop: records without a quote, each with as many fields as the header, one to a line. Reading
// stops before the first record that is anything else, which is then read with care.

import { recordBytesMax } from './record.ts';

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Records that are handed over together, so that they stay in the cache. */
export const recordsMax = 256;

export class PlainRecords {
  /** Field f of record r begins at starts[r · width + f]. */
  starts = new Int32Array(0);
  ends = new Int32Array(0);
  count = 0;

  /** Reads records of so many fields from `start` on; says where the first one that is not read begins. */
  read(bytes: Uint8Array, start: number, length: number, width: number, delimiter: number): number {
    if (this.starts.length < recordsMax * width) {
      this.starts = new Int32Array(recordsMax * width);
      this.ends = new Int32Array(recordsMax * width);
    }
    this.count = 0;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = start;
    while (this.count < recordsMax) {
      const next = this.readOne(view, at, length, width, delimiter);
      if (next < 0 || next - at > recordBytesMax) break;
      at = next;
      this.count += 1;
    }
    return at;
  }

  /** Where the next record begins; −1 when this one is not complete, or not plain. */
  private readOne(view: DataView, start: number, length: number, width: number, delimiter: number): number {
    const { starts, ends } = this;
    // Every byte that is looked for lies below it; it stands in a word four times.
    const bound = Math.max(delimiter, quote) + 1;
    const bounds = Math.imul(bound, 0x01010101);
    const wordEnd = view.byteLength - 4;
    const last = (this.count + 1) * width - 1;
    let field = this.count * width;
    starts[field] = start;
    for (let at = start; ; at += 1) {
      while (at <= wordEnd) {
        const word = view.getInt32(at, true);
        // The highest bit of the first byte below the bound is set; what stands in later bytes does not matter.
        const below = (word - bounds) & ~word & 0x80808080;
        if (below === 0) at += 4;
        else {
          at += (31 - Math.clz32(below & -below)) >> 3;
          break;
        }
      }
      while (at < length && view.getUint8(at) >= bound) at += 1;
      if (at >= length) return -1;
      const byte = view.getUint8(at);
      if (byte === delimiter) {
        if (field === last) return -1;
        ends[field] = at;
        field += 1;
        starts[field] = at + 1;
      } else if (byte === lineFeed || byte === carriageReturn) {
        const next = byte === lineFeed ? at + 1 : at + 2;
        const isWhole = byte === lineFeed || (at + 1 < length && view.getUint8(at + 1) === lineFeed);
        if (field !== last || !isWhole || (width === 1 && at === start)) return -1;
        ends[field] = at;
        return next;
      } else if (byte === quote) return -1;
    }
  }
}
