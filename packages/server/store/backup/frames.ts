// SPDX-License-Identifier: Apache-2.0
// The form of a backup file: gzip of a sequence of frames, each a letter, four bytes of length, and so many bytes.
// H says what the file is; for each table T begins it, D brings its rows, E ends it with count and checksum; Z ends all.

export type FrameKind = 'H' | 'T' | 'D' | 'E' | 'Z';

export interface Frame {
  readonly kind: FrameKind;
  readonly body: Buffer;
}

/** A file that is no backup, or not all of one. */
export class UnreadableBackup extends Error {}

const headBytes = 5;
/** More than any frame that we write: a length beyond it is damage. */
const bodyMax = 64 * 1024 * 1024;

export function frameOf(kind: FrameKind, body: Buffer): Buffer {
  const head = Buffer.alloc(headBytes);
  head.write(kind, 'latin1');
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

export function jsonFrame(kind: FrameKind, value: unknown): Buffer {
  return frameOf(kind, Buffer.from(JSON.stringify(value)));
}

/** The frames of a file, as its bytes come in. */
export async function* readFrames(bytes: AsyncIterable<Buffer>): AsyncGenerator<Frame, void> {
  let waiting: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    let start = 0;
    for (;;) {
      const end = frameEnd(waiting, start);
      if (end === null || end > waiting.length) break;
      const kind = waiting.toString('latin1', start, start + 1) as FrameKind;
      yield { kind, body: waiting.subarray(start + headBytes, end) };
      start = end;
    }
    waiting = waiting.subarray(start);
  }
  if (waiting.length > 0) throw new UnreadableBackup('it is cut off');
}

/** Null when not even the length is there. */
function frameEnd(bytes: Buffer, start: number): number | null {
  if (bytes.length < start + headBytes) return null;
  const length = bytes.readUInt32BE(start + 1);
  if (length > bodyMax || !'HTDEZ'.includes(bytes.toString('latin1', start, start + 1))) {
    throw new UnreadableBackup('it is damaged, or no backup of Rapport');
  }
  return start + headBytes + length;
}
