// SPDX-License-Identifier: Apache-2.0
// UTF-8 to text and back, strictly: overlong forms, surrogates and cut sequences are not UTF-8. Core has no
// TextDecoder in its types, and a strict one that says no without throwing is small.

/** The text of the bytes from `start` to before `end`, or null when they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string | null {
  let text = '';
  let at = start;
  while (at < end) {
    const plainEnd = Math.min(end, at + 4096);
    let plain = at;
    while (plain < plainEnd && bytes[plain]! < 0x80) plain += 1;
    if (plain > at) {
      text += String.fromCharCode(...bytes.subarray(at, plain));
      at = plain;
      continue;
    }
    const point = pointAt(bytes, at, end);
    if (point < 0) return null;
    text += String.fromCodePoint(point);
    at += point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return text;
}

/** The code point of the sequence of two to four bytes that begins here, or −1. */
function pointAt(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at]!;
  const extra =
    first >= 0xc2 && first < 0xe0
      ? 1
      : first >= 0xe0 && first < 0xf0
        ? 2
        : first >= 0xf0 && first < 0xf5
          ? 3
          : 0;
  if (extra === 0 || at + extra >= end) return -1;
  let point = first & (0x3f >> extra);
  for (let index = 1; index <= extra; index += 1) {
    const byte = bytes[at + index]!;
    if ((byte & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (byte & 0x3f);
  }
  const least = extra === 1 ? 0x80 : extra === 2 ? 0x800 : 0x10000;
  return point < least || point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? -1 : point;
}

/** The UTF-8 bytes of a text; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (const character of text) {
    const given = character.codePointAt(0)!;
    const point = given >= 0xd800 && given < 0xe000 ? 0xfffd : given;
    if (point < 0x80) bytes[length++] = point;
    else {
      if (point < 0x800) bytes[length++] = 0xc0 | (point >> 6);
      else {
        if (point < 0x10000) bytes[length++] = 0xe0 | (point >> 12);
        else {
          bytes[length++] = 0xf0 | (point >> 18);
          bytes[length++] = 0x80 | ((point >> 12) & 0x3f);
        }
        bytes[length++] = 0x80 | ((point >> 6) & 0x3f);
      }
      bytes[length++] = 0x80 | (point & 0x3f);
    }
  }
  return bytes.subarray(0, length);
}
