// SPDX-License-Identifier: Apache-2.0
// The session cookie as better-auth writes it: a token and its HMAC-SHA256, so that a forged cookie is turned away
// without asking the database. Reading it here spares every request the library's own way.

import { createHmac, timingSafeEqual } from 'node:crypto';

export const cookiePrefix = 'rapport';

/** Over https a browser takes a cookie of this name only if it is Secure. */
export function sessionCookieName(isSecure: boolean): string {
  return `${isSecure ? '__Secure-' : ''}${cookiePrefix}.session_token`;
}

/** The token of the session, or null when there is no cookie or it was not signed by us. */
export function sessionTokenOf(
  cookieHeader: string,
  { isSecure, secret }: { readonly isSecure: boolean; readonly secret: string },
): string | null {
  const name = `${sessionCookieName(isSecure)}=`;
  const pair = cookieHeader
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(name));
  const value = pair === undefined ? null : decoded(pair.slice(name.length));
  const at = value?.lastIndexOf('.') ?? -1;
  if (value === null || at < 1) return null;
  const token = value.slice(0, at);
  return isSigned(token, value.slice(at + 1), secret) ? token : null;
}

/** The pair as a browser sends it back. */
export function signedCookie(
  token: string,
  { isSecure, secret }: { readonly isSecure: boolean; readonly secret: string },
): string {
  const signature = createHmac('sha256', secret).update(token).digest('base64');
  return `${sessionCookieName(isSecure)}=${encodeURIComponent(`${token}.${signature}`)}`;
}

function isSigned(token: string, signature: string, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(token).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
