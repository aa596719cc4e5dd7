// SPDX-License-Identifier: Apache-2.0
// Columns without a header, separated by spaces or tabs: one record per line, any number of spaces between fields.

import { problem } from './problem.ts';
import { Places, type RecordSink, recordBytesMax, type Scanner } from './record.ts';

const lineFeed = 0x0a;

export class AlignedScanner implements Scanner {
  private readonly sink: RecordSink;
  private readonly places = new Places();
  private line = 1;
  private isSkipping = false;

  constructor(sink: RecordSink) {
    this.sink = sink;
  }

  scan(bytes: Uint8Array, length: number, isLast: boolean): number {
    let at = 0;
    while (at < length) {
      const found = bytes.subarray(at, length).indexOf(lineFeed);
      if (found < 0 && !isLast) {
        if (this.isSkipping) return length;
        break;
      }
      const end = found < 0 ? length : at + found;
      if (this.isSkipping) this.isSkipping = false;
      else if (end - at > recordBytesMax) this.sink.broken(problem('row_too_long'), this.line);
      else this.readLine(bytes, at, end);
      this.line += 1;
      at = Math.min(length, end + 1);
    }
    return at;
  }

  overflow(_bytes: Uint8Array, length: number): number {
    this.sink.broken(problem('row_too_long'), this.line);
    this.isSkipping = true;
    return length;
  }

  private readLine(bytes: Uint8Array, start: number, end: number): void {
    const { places } = this;
    places.count = 0;
    let at = start;
    for (;;) {
      while (at < end && bytes[at]! <= 0x20) at += 1;
      if (at >= end) break;
      const fieldStart = at;
      while (at < end && bytes[at]! > 0x20) at += 1;
      places.add(fieldStart, at);
    }
    if (places.count > 0) this.sink.record(bytes, places.starts, places.ends, places.count, this.line);
  }
}
