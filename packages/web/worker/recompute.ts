// SPDX-License-Identifier: Apache-2.0
// Recomputes a statement from its verification bundle, in a thread of the reader's own browser: the same core as
// everywhere, the browser's own check of signatures, and no call to the service. It takes the text of a bundle and
// answers once with the report.
import type { VerifySignature } from '@rapport/core/verify/bundle.ts';
import { type BundleReport, verifyBundle } from '@rapport/core/verify/verify-bundle.ts';

/** What the worker answers: the report, and how long it took. */
export interface Recomputed {
  readonly report: BundleReport;
  readonly tookMs: number;
}

const verifyHere: VerifySignature = async ({ publicKey, message, signature }) => {
  try {
    const key = await crypto.subtle.importKey('spki', ownBytes(publicKey), 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, ownBytes(signature), ownBytes(message));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') throw error;
    // A key of another form has signed nothing.
    return false;
  }
};

/** The bytes in memory that nobody else shares, as the browser's check asks for. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

addEventListener('message', async ({ data }: MessageEvent<string>) => {
  const begun = performance.now();
  const report = await verifyBundle(data, verifyHere);
  const answer: Recomputed = { report, tookMs: performance.now() - begun };
  postMessage(answer);
});
