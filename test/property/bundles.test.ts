// SPDX-License-Identifier: Apache-2.0
// Bundles over every agreement in examples/ and every published plan: whoever has the bundle of a statement alone computes
// what was booked, from the entries and the attested values, and finds nothing of colleagues in those values.
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hex } from '../../packages/core/proof/bytes.ts';
import type { Bundle, VerifySignature } from '../../packages/core/verify/bundle.ts';
import { keptLog } from '../../packages/core/verify/bundle-of-log.ts';
import { bundleBytes } from '../../packages/core/verify/messages-signed.ts';
import { verifyBundle } from '../../packages/core/verify/verify-bundle.ts';
import { exampleCases } from './example-cases.ts';

const keys = generateKeyPairSync('ed25519');
const key = {
  publicKey: hex(keys.publicKey.export({ format: 'der', type: 'spki' })),
  sign: (message: Uint8Array) => Uint8Array.from(sign(null, message, keys.privateKey)),
};
const check: VerifySignature = ({ publicKey, message, signature }) =>
  verify(null, message, { key: Buffer.from(publicKey), format: 'der', type: 'spki' }, signature);
const textOf = (bundle: Bundle) => new TextDecoder().decode(bundleBytes(bundle));

const cases = exampleCases().filter(({ isAsWritten }) => isAsWritten);

describe.each(cases.map((one) => [one.name, one] as const))('%s', (_name, { text, entries, last }) => {
  test('is recomputed from the bundles of its statements', async () => {
    const kept = keptLog(text);
    kept.take({ kind: 'day', day: last });
    for (const entry of entries) kept.take(entry);
    const { books } = kept;
    const asked = new Set(books.postings.map(({ payee, accounting }) => JSON.stringify([payee, accounting])));
    for (const one of asked) {
      const [payee, period] = JSON.parse(one) as [string, string];
      const issued = kept.issue(payee, period);
      if (issued === null) continue;
      const bundle = kept.bundle(issued, key);
      const report = await verifyBundle(textOf(bundle), check);
      expect(report).toMatchObject({ kind: 'verified' });
    }
  });
});
