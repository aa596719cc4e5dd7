// SPDX-License-Identifier: Apache-2.0
// Reads one JSON object out of bytes and reports its plain values by path. Texts with escapes are rewritten in
// place, which only ever makes them shorter; null is an empty value. Nesting has a limit, so input cannot exhaust the stack.

import { type Problem, problem } from './problem.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

/** The deepest nesting that is read. */
export const depthMax = 64;

const quote = 0x22;
const backslash = 0x5c;

/** Called for each plain value: its path, and where its text stands. */
export type OnValue = (path: string, start: number, end: number) => void;

/** Reads the object that fills bytes[start, end) but for space around it; null when it is sound. */
export function parseObject(bytes: Uint8Array, start: number, end: number, onValue: OnValue): Problem | null {
  const cursor = { bytes, at: start, end, onValue, found: null as Problem | null };
  skipSpace(cursor);
  if (bytes[cursor.at] !== 0x7b) return malformed('an object that begins with {');
  readValue(cursor, '', 1);
  skipSpace(cursor);
  if (cursor.found === null && cursor.at < end) return malformed('nothing after the object');
  return cursor.found;
}

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
  readonly onValue: OnValue;
  found: Problem | null;
}

function malformed(expected: string): Problem {
  return problem('row_json_malformed', { expected });
}

function skipSpace(cursor: Cursor): void {
  while (cursor.at < cursor.end && cursor.bytes[cursor.at]! <= 0x20) cursor.at += 1;
}

function readValue(cursor: Cursor, path: string, depth: number): void {
  skipSpace(cursor);
  const byte = cursor.bytes[cursor.at];
  if (cursor.at >= cursor.end) cursor.found = malformed('a value');
  else if (byte === 0x7b || byte === 0x5b) readNested(cursor, path, depth, byte === 0x7b);
  else if (byte === quote) {
    const place = readText(cursor);
    if (place !== null) cursor.onValue(path, place.start, place.end);
  } else readPlain(cursor, path);
}

/** An object or an array, whose opening sign the cursor is at. */
function readNested(cursor: Cursor, path: string, depth: number, isObject: boolean): void {
  if (depth > depthMax) {
    cursor.found = problem('row_json_too_deep', { limit: String(depthMax) });
    return;
  }
  const closing = isObject ? 0x7d : 0x5d;
  cursor.at += 1;
  skipSpace(cursor);
  if (cursor.at < cursor.end && cursor.bytes[cursor.at] === closing) {
    cursor.at += 1;
    return;
  }
  for (let index = 0; ; index += 1) {
    let key = String(index);
    if (isObject) {
      skipSpace(cursor);
      const place = cursor.bytes[cursor.at] === quote && cursor.at < cursor.end ? readText(cursor) : null;
      const name = place === null ? null : decodeUtf8(cursor.bytes, place.start, place.end);
      skipSpace(cursor);
      if (name === null || cursor.at >= cursor.end || cursor.bytes[cursor.at] !== 0x3a) {
        cursor.found ??= malformed('a name in quotes and a colon');
        return;
      }
      key = name;
      cursor.at += 1;
    }
    readValue(cursor, path === '' ? key : `${path}.${key}`, depth + 1);
    if (cursor.found !== null) return;
    skipSpace(cursor);
    const byte = cursor.at < cursor.end ? cursor.bytes[cursor.at] : undefined;
    cursor.at += 1;
    if (byte === closing) return;
    if (byte !== 0x2c) {
      cursor.found = malformed(isObject ? 'a comma or }' : 'a comma or ]');
      return;
    }
  }
}

/** true, false, null, or a number as it is written. */
function readPlain(cursor: Cursor, path: string): void {
  const start = cursor.at;
  while (cursor.at < cursor.end && isPlain(cursor.bytes[cursor.at]!)) cursor.at += 1;
  const text = String.fromCharCode(...cursor.bytes.subarray(start, Math.min(cursor.at, start + 1000)));
  if (text === 'null') cursor.onValue(path, start, start);
  else if (text === 'true' || text === 'false' || /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) {
    cursor.onValue(path, start, cursor.at);
  } else cursor.found = malformed('a text, a number, true, false, null, an object or an array');
}

function isPlain(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x45 ||
    byte === 0x2b ||
    byte === 0x2d ||
    byte === 0x2e
  );
}

/** The place of the text whose opening quote the cursor is at, escapes resolved. */
function readText(cursor: Cursor): { readonly start: number; readonly end: number } | null {
  const { bytes, end } = cursor;
  const start = ++cursor.at;
  let to = start;
  while (cursor.at < end && bytes[cursor.at] !== quote) {
    if (bytes[cursor.at] !== backslash) {
      bytes[to++] = bytes[cursor.at++]!;
      continue;
    }
    const resolved = readEscape(cursor);
    if (resolved === null) {
      cursor.found = malformed('a known escape after the backslash');
      return null;
    }
    for (const byte of resolved) bytes[to++] = byte;
  }
  if (cursor.at >= end) {
    cursor.found = malformed('the closing quote of a text');
    return null;
  }
  cursor.at += 1;
  return { start, end: to };
}

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function readEscape(cursor: Cursor): Uint8Array | null {
  const letter = String.fromCharCode(cursor.bytes[cursor.at + 1] ?? 0);
  if (letter !== 'u') {
    cursor.at += 2;
    const resolved = shortEscapes[letter];
    return resolved === undefined ? null : encodeUtf8(resolved);
  }
  let units = '';
  // A character beyond U+FFFF is written as two escapes, which only mean something together.
  while (units.length < 2) {
    const text = String.fromCharCode(
      ...cursor.bytes.subarray(cursor.at, Math.min(cursor.end, cursor.at + 6)),
    );
    const match = /^\\u([0-9a-fA-F]{4})$/.exec(text);
    if (match === null) break;
    units += String.fromCharCode(Number.parseInt(match[1]!, 16));
    cursor.at += 6;
    if (!/^[\ud800-\udbff]$/.test(units)) break;
  }
  return units === '' ? null : encodeUtf8(units);
}
