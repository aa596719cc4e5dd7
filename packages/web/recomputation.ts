// SPDX-License-Identifier: Apache-2.0
// Starts the recomputation of a statement in a worker of the browser and waits for its report. The worker lives for
// one statement only.
import { callText } from './call.ts';
import type { Recomputed } from './worker/recompute.ts';

/** Fetches the bundle and recomputes it here; throws when it cannot be had or the browser cannot do it. */
export async function recompute(address: string): Promise<Recomputed> {
  const text = await callText(address);
  const worker = new Worker(new URL('./worker/recompute.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise<Recomputed>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Recomputed>) => resolve(data));
      worker.addEventListener('error', ({ message }) =>
        reject(new Error(message === '' ? 'The browser could not start the recomputation.' : message)),
      );
      worker.postMessage(text);
    });
  } finally {
    worker.terminate();
  }
}
