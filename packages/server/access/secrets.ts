// SPDX-License-Identifier: Apache-2.0
// Secrets at rest: AES-256-GCM with a fresh nonce for each value, under the first of the keys; older keys still open
// what they sealed, until everything is sealed anew. A sealed text names the key by its id, never by anything that
// helps to find it, and is bound to its purpose: moved to another row, it does not open.

import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

export interface Secrets {
  /** Id of the key that seals now. */
  readonly keyId: string;
  /** @param purpose where the value stands, such as `webhook:7:abc`; the same text opens it. */
  seal(plain: Uint8Array, purpose: string): string;
  /** Throws when the text was changed, stands elsewhere, or its key is not among ours. */
  open(sealed: string, purpose: string): Buffer;
  /** Whether the text is sealed under the key that seals now. */
  isCurrent(sealed: string): boolean;
  /** 32 bytes for a use of its own, such as signing cookies, from the current key; the same at each start. */
  derive(use: string): Buffer;
}

export const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const form = 'v1';

/** @param keys the key that seals first, then those that only open; each of 32 bytes. */
export function secretsWith(keys: readonly Uint8Array[]): Secrets {
  const [current] = keys;
  if (current === undefined) throw new RangeError('There is no key to seal secrets with.');
  if (keys.some((key) => key.length !== keyBytes))
    throw new RangeError(`A secret key has ${keyBytes} bytes.`);
  const byId = new Map(keys.map((key) => [keyIdOf(key), key]));
  const keyId = keyIdOf(current);
  return {
    keyId,
    seal(plain, purpose) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', current, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(purpose));
      const body = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
      return `${form}.${keyId}.${body.toString('base64url')}`;
    },
    open(sealed, purpose) {
      const [version, id, text, ...rest] = sealed.split('.');
      const key = byId.get(id ?? '');
      if (version !== form || text === undefined || rest.length > 0)
        throw new Error('This is no sealed secret.');
      if (key === undefined) throw new Error(`The key ${id} that sealed this secret is not among the keys.`);
      return opened(key, Buffer.from(text, 'base64url'), purpose);
    },
    isCurrent: (sealed) => sealed.startsWith(`${form}.${keyId}.`),
    derive: (use) => Buffer.from(hkdfSync('sha256', current, '', `rapport ${use}`, keyBytes)),
  };
}

/** Sixteen hexadecimal digits that name a key and tell nothing about it. */
export function keyIdOf(key: Uint8Array): string {
  return createHash('sha256').update('rapport key id\0').update(key).digest('hex').slice(0, 16);
}

function opened(key: Uint8Array, body: Buffer, purpose: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(purpose));
  decipher.setAuthTag(body.subarray(-tagBytes));
  return Buffer.concat([decipher.update(body.subarray(nonceBytes, -tagBytes)), decipher.final()]);
}
