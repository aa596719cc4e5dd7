// SPDX-License-Identifier: Apache-2.0
// Rows as JSON objects: one per line (jsonl) or the elements of one array (json). Only the wanted paths
// ("customer.name", "items.0.sku") become fields; numbers keep their digits as written, since a double would not.

import { parseObject } from './json-object.ts';
import { type Problem, problem } from './problem.ts';
import { type RecordSink, recordBytesMax, type Scanner } from './record.ts';

const lineFeed = 0x0a;
const braceOpen = 0x7b;
const braceClose = 0x7d;
const bracketOpen = 0x5b;
const bracketClose = 0x5d;
const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/** The most names of keys that are remembered for a suggestion. */
const seenMax = 200;

interface Nesting {
  depth: number;
  isText: boolean;
  isEscaped: boolean;
}

export class JsonScanner implements Scanner {
  /** Paths that occurred, to suggest one when a wanted path never does. */
  readonly seen = new Set<string>();
  private readonly sink: RecordSink;
  private readonly wanted: ReadonlyMap<string, number>;
  private readonly isLines: boolean;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private line = 1;
  private isSkipping = false;
  /** Where we are within an object that is too long, while it is skipped. */
  private nesting: Nesting | null = null;

  constructor(wanted: readonly string[], isLines: boolean, sink: RecordSink) {
    this.wanted = new Map(wanted.map((path, index) => [path, index]));
    this.isLines = isLines;
    this.sink = sink;
    this.starts = new Int32Array(wanted.length);
    this.ends = new Int32Array(wanted.length);
  }

  scan(bytes: Uint8Array, length: number, isLast: boolean): number {
    let at =
      this.nesting !== null
        ? this.skipObject(bytes, length)
        : this.isSkipping
          ? this.skip(bytes, 0, length)
          : 0;
    while (at < length) {
      const byte = bytes[at]!;
      if (
        byte <= 0x20 ||
        (!this.isLines && (byte === comma || byte === bracketOpen || byte === bracketClose))
      ) {
        if (byte === lineFeed) this.line += 1;
        at += 1;
        continue;
      }
      const end = this.isLines ? lineEnd(bytes, at, length, isLast) : objectEnd(bytes, at, length);
      if (end === 0) {
        this.sink.broken(
          problem('row_json_malformed', { expected: 'an object that begins with {' }),
          this.line,
        );
        at = this.skip(bytes, at, length);
        continue;
      }
      if (end < 0) {
        if (!isLast) break;
        this.sink.broken(
          problem('row_json_malformed', { expected: 'the closing } of this object' }),
          this.line,
        );
        return length;
      }
      const found: Problem | null =
        end - at > recordBytesMax ? problem('row_too_long') : this.readObject(bytes, at, end);
      if (found !== null) this.sink.broken(found, this.line);
      else this.sink.record(bytes, this.starts, this.ends, this.wanted.size, this.line);
      for (let index = at; index < end; index += 1) if (bytes[index] === lineFeed) this.line += 1;
      at = end;
    }
    return at;
  }

  overflow(bytes: Uint8Array, length: number): number {
    this.sink.broken(problem('row_too_long'), this.line);
    if (this.isLines) return this.skip(bytes, 0, length);
    this.nesting = { depth: 0, isText: false, isEscaped: false };
    return this.skipObject(bytes, length);
  }

  private skip(bytes: Uint8Array, start: number, length: number): number {
    const found = bytes.subarray(start, length).indexOf(lineFeed);
    this.isSkipping = found < 0;
    if (found < 0) return length;
    this.line += 1;
    return start + found + 1;
  }

  /** Goes behind the end of an object without keeping it: objects inside it are no rows. */
  private skipObject(bytes: Uint8Array, length: number): number {
    const state = this.nesting!;
    for (let at = 0; at < length; at += 1) {
      const byte = bytes[at]!;
      if (byte === lineFeed) this.line += 1;
      if (state.isEscaped) state.isEscaped = false;
      else if (state.isText) {
        if (byte === backslash) state.isEscaped = true;
        else if (byte === quote) state.isText = false;
      } else if (byte === quote) state.isText = true;
      else if (byte === braceOpen || byte === bracketOpen) state.depth += 1;
      else if (byte === braceClose || byte === bracketClose) {
        state.depth -= 1;
        if (state.depth === 0) {
          this.nesting = null;
          return at + 1;
        }
      }
    }
    return length;
  }

  private readObject(bytes: Uint8Array, start: number, end: number): Problem | null {
    this.starts.fill(0);
    this.ends.fill(0);
    return parseObject(bytes, start, end, (path, from, to) => {
      if (this.seen.size < seenMax) this.seen.add(path);
      const index = this.wanted.get(path);
      if (index === undefined) return;
      this.starts[index] = from;
      this.ends[index] = to;
    });
  }
}

/** Where the line ends; −1 when that is not known yet. */
function lineEnd(bytes: Uint8Array, start: number, length: number, isLast: boolean): number {
  const found = bytes.subarray(start, length).indexOf(lineFeed);
  return found >= 0 ? start + found : isLast ? length : -1;
}

/** Behind the brace that closes the object at `start`; −1 when it is not there yet, 0 when this is no object. */
function objectEnd(bytes: Uint8Array, start: number, length: number): number {
  if (bytes[start] !== braceOpen) return 0;
  let depth = 0;
  for (let at = start; at < length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) {
      at += 1;
      while (at < length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
    } else if (byte === braceOpen || byte === bracketOpen) depth += 1;
    else if (byte === braceClose || byte === bracketClose) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}
