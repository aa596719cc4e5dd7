// SPDX-License-Identifier: Apache-2.0
// What is signed, as bytes: the head of the log, and a bundle. Each begins with what it is, so that a signature over one
// can never be shown as a signature over the other.

import { utf8 } from '../proof/bytes.ts';
import { canonicalDataBytes, canonicalText } from '../proof/canonical.ts';
import type { Bundle, BundleCheckpoint } from './bundle.ts';

/** The signed bytes of a checkpoint of a workspace's log. */
export function checkpointMessage(
  workspace: string,
  { size, root, keyId, signedAt }: Omit<BundleCheckpoint, 'signature'>,
): Uint8Array {
  return canonicalDataBytes({ format: 'rapport checkpoint 1', workspace, size, root, keyId, signedAt });
}

/** The signed bytes of a bundle: all of it but the signature. */
export function bundleMessage(bundle: Omit<Bundle, 'signature'>): Uint8Array {
  const { signature: _, ...signed } = { signature: '', ...bundle };
  return canonicalDataBytes(signed);
}

/** The bytes of a bundle's file. */
export function bundleBytes(bundle: Bundle): Uint8Array {
  return utf8(`${canonicalText(bundle)}\n`);
}
