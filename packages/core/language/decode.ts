// SPDX-License-Identifier: Apache-2.0
// Bytes of a file → text. Agreements are UTF-8; anything else is refused with the first byte that has no meaning, since guessing
// would change what was signed. A byte order mark at the start is dropped.
import type { Diagnostic } from '../program/diagnostic.ts';
import { openReading } from './reading.ts';

/** The text, or null with one diagnostic whose place counts up to the first wrong byte. */
export function decodeText(
  bytes: Uint8Array,
  source: string,
): { readonly text: string | null; readonly diagnostics: readonly Diagnostic[] } {
  const wrongAt = firstWrongByte(bytes);
  if (wrongAt === null) return { text: decoded(bytes), diagnostics: [] };
  const before = decoded(bytes.subarray(0, wrongAt));
  const reading = openReading(before, source);
  reading.report('not_utf8', reading.span(before.length, before.length), {
    byte: `0x${(bytes[wrongAt] ?? 0).toString(16).padStart(2, '0').toUpperCase()}`,
    offset: String(wrongAt),
  });
  return { text: null, diagnostics: reading.diagnostics };
}

/** The text of well-formed bytes, without a byte order mark. */
function decoded(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    let point = (bytes[at] ?? 0) & (length === 1 ? 0x7f : 0x7f >> length);
    for (let tail = 1; tail < length; tail++) point = (point << 6) | ((bytes[at + tail] ?? 0) & 0x3f);
    if (at > 0 || point !== 0xfeff) parts.push(String.fromCodePoint(point));
    at += length;
  }
  return parts.join('');
}

/** The offset of the first byte that starts no well-formed sequence (RFC 3629, section 4), or null. */
function firstWrongByte(bytes: Uint8Array): number | null {
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return null;
}

function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  const isTail = (offset: number): boolean => ((bytes[at + offset] ?? 0) & 0xc0) === 0x80;
  if (first >= 0xc2 && first <= 0xdf) return isTail(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const isShortest = first !== 0xe0 || second >= 0xa0;
    const isNoSurrogate = first !== 0xed || second <= 0x9f;
    return isShortest && isNoSurrogate && isTail(1) && isTail(2) ? 3 : 0;
  }
  if (first < 0xf0 || first > 0xf4) return 0;
  const isShortest = first !== 0xf0 || second >= 0x90;
  const isInRange = first !== 0xf4 || second <= 0x8f;
  return isShortest && isInRange && isTail(1) && isTail(2) && isTail(3) ? 4 : 0;
}
