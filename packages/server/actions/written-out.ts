// SPDX-License-Identifier: Apache-2.0
// What one entry of the log posts may be more than one commit holds: the rest follows in slices. This waits for them and
// tells how far they are. An owner that ends meanwhile leaves them to the next one, who writes them before anything else.
import type { Writer } from '../writer/writing.ts';

/** Milliseconds between two looks. */
const lookEvery = 100;

export async function writtenOut(
  writer: Pick<Writer, 'unwritten' | 'ended' | 'read'>,
  progress: (done: number, total: number) => Promise<void>,
): Promise<void> {
  let total = 0;
  let hasEnded = false;
  void writer.ended.then(() => {
    hasEnded = true;
  });
  for (;;) {
    const left = writer.unwritten();
    total = Math.max(total, left);
    if (total > 0) await progress(total - left, total);
    if (hasEnded) return;
    if (left === 0) {
      // The last slice is on its way; books are read only once it is committed.
      await writer.read(() => null).catch(() => null);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, lookEvery));
  }
}
