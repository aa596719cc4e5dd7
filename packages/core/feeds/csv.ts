// SPDX-License-Identifier: Apache-2.0
// CSV after RFC 4180: fields between delimiters, quotes around what holds delimiters or line ends, a quote within
// quotes doubled. Lines end with LF, CRLF or CR. A quote inside an unquoted field stands for itself. After a quote
// that is not closed, or text after a closing quote, reading goes on with the next line of the file.

import { PlainRecords } from './plain-records.ts';
import { problem } from './problem.ts';
import { Places, type RecordSink, recordBytesMax, type Scanner } from './record.ts';

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** What one attempt to read a record found. */
const complete = 0;
const cut = 1;
const cutInQuotes = 2;
const textAfterQuote = 3;

/** Plain records are looked for by bytes below this one. */
const asciiMax = 0x7e;
/** After a record that is not plain so many are not expected to be. */
const carefulRecords = 4;

export class CsvScanner implements Scanner {
  private readonly delimiter: number;
  private readonly sink: RecordSink;
  private readonly places = new Places();
  private readonly plain = new PlainRecords();
  /** Records to read with care before plain ones are looked for again. */
  private careful = 0;
  /** Fields of the record that hold doubled quotes. */
  private readonly doubled: number[] = [];
  private line = 1;
  private isSkipping = false;
  /** Where the record that was read last ends, behind its line end, and how many lines it covers. */
  private next = 0;
  private lines = 0;

  constructor(delimiter: number, sink: RecordSink) {
    this.delimiter = delimiter;
    this.sink = sink;
  }

  scan(bytes: Uint8Array, length: number, isLast: boolean): number {
    let at = this.isSkipping ? this.skip(bytes, 0, length) : 0;
    while (at < length) {
      const byte = bytes[at];
      if (byte === lineFeed) {
        at += 1;
        this.line += 1;
        continue;
      }
      const behind = this.readPlain(bytes, at, length);
      if (behind > at) {
        at = behind;
        continue;
      }
      const found = this.readRecord(bytes, at, length, isLast);
      if (found === complete) {
        const { places } = this;
        if (this.doubled.length > 0) this.undouble(bytes);
        const isBlank = places.count === 1 && places.starts[0] === places.ends[0];
        if (this.next - at > recordBytesMax) this.sink.broken(problem('row_too_long'), this.line);
        else if (!isBlank) this.sink.record(bytes, places.starts, places.ends, places.count, this.line);
        this.line += this.lines;
        at = this.next;
      } else if (found === textAfterQuote || (found === cutInQuotes && isLast)) {
        const code = found === textAfterQuote ? 'row_text_after_quote' : 'row_unclosed_quote';
        this.sink.broken(problem(code), this.line);
        at = this.skip(bytes, at, length);
      } else break;
    }
    return at;
  }

  /** Hands plain records over together; says where the next record begins. */
  private readPlain(bytes: Uint8Array, start: number, length: number): number {
    const { sink, plain } = this;
    const { plainWidth = 0 } = sink;
    if (plainWidth === 0 || this.delimiter > asciiMax) return start;
    if (this.careful > 0) {
      this.careful -= 1;
      return start;
    }
    const next = plain.read(bytes, start, length, plainWidth, this.delimiter);
    if (plain.count === 0) this.careful = carefulRecords;
    else sink.plain!(bytes, plain.starts, plain.ends, plain.count, this.line);
    this.line += plain.count;
    return next;
  }

  overflow(bytes: Uint8Array, length: number): number {
    const isQuoted = this.readRecord(bytes, 0, length, false) === cutInQuotes;
    const lineEnd = bytes.subarray(0, length).indexOf(lineFeed);
    const isOpenQuote = isQuoted && lineEnd >= 0;
    this.sink.broken(problem(isOpenQuote ? 'row_unclosed_quote' : 'row_too_long'), this.line);
    return this.skip(bytes, 0, length);
  }

  /** Goes behind the next line feed; where there is none yet, the following bytes are skipped as well. */
  private skip(bytes: Uint8Array, start: number, length: number): number {
    const lineEnd = bytes.subarray(start, length).indexOf(lineFeed);
    this.isSkipping = lineEnd < 0;
    if (lineEnd < 0) return length;
    this.line += 1;
    return start + lineEnd + 1;
  }

  /** Finds the fields of the record at `start`; writes nothing into the bytes. */
  private readRecord(bytes: Uint8Array, start: number, length: number, isLast: boolean): number {
    const { places, delimiter } = this;
    places.count = 0;
    this.doubled.length = 0;
    this.lines = 1;
    let at = start;
    for (;;) {
      let fieldStart = at;
      let fieldEnd = at;
      if (at < length && bytes[at] === quote) {
        fieldStart = ++at;
        let isDoubled = false;
        for (;;) {
          while (at < length && bytes[at] !== quote) {
            if (bytes[at] === lineFeed) this.lines += 1;
            at += 1;
          }
          if (at >= length) return cutInQuotes;
          if (at + 1 >= length && !isLast) return cut;
          if (at + 1 >= length || bytes[at + 1] !== quote) break;
          isDoubled = true;
          at += 2;
        }
        if (isDoubled) this.doubled.push(places.count);
        fieldEnd = at++;
        const after = at < length ? bytes[at] : lineFeed;
        if (after !== delimiter && after !== lineFeed && after !== carriageReturn) return textAfterQuote;
      } else {
        for (;;) {
          if (at >= length) break;
          const byte = bytes[at]!;
          if (byte === delimiter || byte === lineFeed || byte === carriageReturn) break;
          at += 1;
        }
        fieldEnd = at;
      }
      if (at >= length && !isLast) return cut;
      places.add(fieldStart, fieldEnd);
      if (at < length && bytes[at] === delimiter) {
        at += 1;
        continue;
      }
      if (at < length && bytes[at] === carriageReturn) {
        if (at + 1 >= length && !isLast) return cut;
        at += 1;
        if (at < length && bytes[at] === lineFeed) at += 1;
      } else at += 1;
      this.next = Math.min(at, length);
      return complete;
    }
  }

  /** Makes one quote of two in the fields that have them; the record is complete and may be changed. */
  private undouble(bytes: Uint8Array): void {
    for (const index of this.doubled) {
      const end = this.places.ends[index]!;
      let to = this.places.starts[index]!;
      for (let from = to; from < end; from += 1) {
        bytes[to++] = bytes[from]!;
        if (bytes[from] === quote) from += 1;
      }
      this.places.ends[index] = to;
    }
  }
}
