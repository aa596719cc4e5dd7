// SPDX-License-Identifier: Apache-2.0
// Tokens that are shown once and kept as their hash: API keys and one-time links. Each carries 256 random bits, so a
// plain SHA-256 is enough: there is nothing to guess, unlike with a password.

import { createHash, randomBytes } from 'node:crypto';

export interface Token {
  /** Shown once, then forgotten. */
  readonly text: string;
  /** What people tell keys apart by; no secret. */
  readonly prefix: string;
  /** Sixty-four hexadecimal digits: what is kept. */
  readonly hash: string;
}

/** Recognised by scanners for leaked secrets, and by us before anything is looked up. */
const apiKeyForm = /^rapport_[0-9a-f]{8}_[\w-]{43}$/;

export function newApiKey(): Token {
  const prefix = `rapport_${randomBytes(4).toString('hex')}`;
  const text = `${prefix}_${randomBytes(32).toString('base64url')}`;
  return { text, prefix, hash: hashOf(text) };
}

export function isApiKey(text: string): boolean {
  return apiKeyForm.test(text);
}

/** For the address of a one-time link. */
export function newLinkToken(): { readonly text: string; readonly hash: string } {
  const text = randomBytes(32).toString('base64url');
  return { text, hash: hashOf(text) };
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
