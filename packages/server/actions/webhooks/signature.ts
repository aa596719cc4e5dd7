// SPDX-License-Identifier: Apache-2.0
// Signatures after Standard Webhooks: HMAC-SHA256 over id, time and body, so that a message can be neither forged nor
// changed nor sent again much later. A header may bring several signatures while a secret is being replaced.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Minutes that a message may be older or newer than our clock. */
export const toleranceMinutes = 5;

const secretPrefix = 'whsec_';
const secretBytesMin = 24;

export interface SignedHeaders {
  readonly id: string;
  /** Seconds since 1970, as text. */
  readonly timestamp: string;
  readonly signature: string;
}

/** The text of a new secret, from random bytes. */
export function secretText(bytes: Uint8Array): string {
  if (bytes.length < secretBytesMin) throw new RangeError(`A secret has at least ${secretBytesMin} bytes.`);
  return `${secretPrefix}${Buffer.from(bytes).toString('base64')}`;
}

export function signMessage(
  secret: string,
  { id, at, body }: { readonly id: string; readonly at: Date; readonly body: string },
): SignedHeaders {
  const timestamp = `${Math.floor(at.getTime() / 1000)}`;
  return { id, timestamp, signature: `v1,${macOf(secret, id, timestamp, body).toString('base64')}` };
}

/** What is wrong with a message, or null. */
export function problemOfMessage(
  secret: string,
  headers: SignedHeaders,
  body: string,
  now: Date,
): 'signature_wrong' | 'message_too_old' | null {
  const { id, timestamp, signature } = headers;
  if (id === '' || !/^\d{1,12}$/.test(timestamp)) return 'signature_wrong';
  const expected = macOf(secret, id, timestamp, body);
  const isSigned = signature.split(' ').some((one) => {
    const [version, text = ''] = one.split(',');
    const given = Buffer.from(text, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isSigned) return 'signature_wrong';
  const secondsAway = Math.abs(now.getTime() / 1000 - Number(timestamp));
  return secondsAway > toleranceMinutes * 60 ? 'message_too_old' : null;
}

function macOf(secret: string, id: string, timestamp: string, body: string): Buffer {
  const key = Buffer.from(secret.replace(secretPrefix, ''), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
}
