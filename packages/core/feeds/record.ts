// SPDX-License-Identifier: Apache-2.0
// How the readers of formats hand over what they find: records of fields as stretches of bytes, and what is broken.
// Input comes in chunks of any size; memory stays bounded by the longest record that is allowed, whatever comes in.

import type { Problem } from './problem.ts';

/** The most bytes that one record may have; a longer one is refused and skipped. */
export const recordBytesMax = 1_048_576;

/** Bytes that are scanned together. */
const stepBytes = 262_144;

export interface RecordSink {
  /** One record: field i is `bytes` from starts[i] to before ends[i]. All of it is valid during the call only. */
  record(bytes: Uint8Array, starts: Int32Array, ends: Int32Array, count: number, line: number): void;
  /** How many fields records must have that are handed over together; 0 while they are wanted one by one. */
  readonly plainWidth?: number;
  /** Records of so many fields on consecutive lines: field f of record r is the stretch at r · plainWidth + f. */
  plain?(bytes: Uint8Array, starts: Int32Array, ends: Int32Array, count: number, line: number): void;
  /** A record that could not be read; it counts as a row. */
  broken(problem: Problem, line: number): void;
}

/** The reader of one format. It may write into `bytes` where it has consumed them. */
export interface Scanner {
  /** Reads the complete records in bytes[0, length) and says how many bytes it is done with. */
  scan(bytes: Uint8Array, length: number, isLast: boolean): number;
  /** The record at the beginning is longer than allowed: reports it and says how many bytes to drop (at least 1). */
  overflow(bytes: Uint8Array, length: number): number;
}

/** Feeds chunks to a scanner; what is not consumed yet is carried over. `isFirst` bytes lose a byte order mark. */
export function scanChunks(chunks: Iterable<Uint8Array>, scanner: Scanner): void {
  let buffer = new Uint8Array(stepBytes * 2);
  let length = 0;
  let isStart = true;
  // After an incomplete scan it waits for twice as much, so that tiny chunks do not make the work quadratic.
  let awaited = stepBytes;
  const drain = (isLast: boolean) => {
    if (isStart) {
      isStart = false;
      if (length >= 3 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) {
        buffer.copyWithin(0, 3, length);
        length -= 3;
      }
    }
    for (;;) {
      const consumed = length === 0 ? 0 : scanner.scan(buffer, length, isLast);
      drop(consumed);
      if (length <= recordBytesMax || (isLast && consumed > 0)) break;
      drop(scanner.overflow(buffer, length));
    }
    awaited = Math.max(stepBytes, length * 2);
  };
  const drop = (count: number) => {
    buffer.copyWithin(0, count, length);
    length -= count;
  };
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += stepBytes) {
      const part = chunk.subarray(at, Math.min(chunk.length, at + stepBytes));
      if (length + part.length > buffer.length) {
        const grown = new Uint8Array(Math.max(buffer.length * 2, length + part.length));
        grown.set(buffer.subarray(0, length));
        buffer = grown;
      }
      buffer.set(part, length);
      length += part.length;
      if (length >= awaited) drain(false);
    }
  }
  drain(true);
}

/** Growable places of fields within a record. */
export class Places {
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  count = 0;

  add(start: number, end: number): void {
    if (this.count === this.starts.length) {
      const starts = new Int32Array(this.count * 2);
      const ends = new Int32Array(this.count * 2);
      starts.set(this.starts);
      ends.set(this.ends);
      this.starts = starts;
      this.ends = ends;
    }
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count += 1;
  }
}
