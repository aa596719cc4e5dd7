// SPDX-License-Identifier: Apache-2.0
// Passwords as they are kept: scrypt with a salt of its own for each, and its cost beside it, so that the cost can rise
// while older ones still verify. Cost: N = 2^15, r = 8, p = 3 (32 MiB), from OWASP's Password Storage Cheat Sheet.

import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

export const passwordLengthMin = 12;
/** More is no safer, and somebody could send a megabyte to keep a core busy. */
export const passwordLengthMax = 128;

const cost = { N: 2 ** 15, r: 8, p: 3 } as const;
const saltBytes = 16;
const hashBytes = 32;
const memoryMax = 256 * 1024 * 1024;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derived(password, salt, hashBytes, cost);
  return `scrypt$${cost.N}$${cost.r}$${cost.p}$${salt.toString('base64')}$${hash.toString('base64')}`;
}

/** False for a wrong password and for a hash of another form. */
export async function isPassword(password: string, kept: string): Promise<boolean> {
  const [form, N, r, p, salt, hash] = kept.split('$');
  if (form !== 'scrypt' || salt === undefined || hash === undefined) return false;
  const expected = Buffer.from(hash, 'base64');
  const given = await derived(password, Buffer.from(salt, 'base64'), expected.length, {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(given, expected);
}

/** A password to be read off a screen: over 80 random bits, in groups of four. */
export function generatedPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const places = Array.from(randomBytes(17), (byte) => letters[byte % letters.length]).join('');
  return (places.match(/.{1,4}/g) ?? []).join('-');
}

function derived(password: string, salt: Buffer, length: number, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, length, { ...options, maxmem: memoryMax }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
