// SPDX-License-Identifier: Apache-2.0
// What every answer says to browsers: nothing may be framed, guessed, embedded or loaded from elsewhere. Answers of the
// API allow nothing at all; pages allow their own files, and inline styles only with the nonce of this answer.
import type { FastifyReply } from 'fastify';

const everywhere: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
};

const apiPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** For answers that are no pages. They are about somebody, so nothing keeps them. */
export function secureApi(reply: FastifyReply, isEncrypted: boolean): void {
  reply.headers({ ...everywhere, 'content-security-policy': apiPolicy, 'cache-control': 'no-store' });
  if (isEncrypted) reply.header('strict-transport-security', 'max-age=31536000');
}

/** For pages; scripts come from our own files alone. */
export function securePage(reply: FastifyReply, nonce: string, isEncrypted: boolean): void {
  secureApi(reply, isEncrypted);
  reply.headers({ 'content-security-policy': pagePolicy(nonce), 'cache-control': 'no-cache' });
}

/** What a page, or a worker of it, may load. */
export function pagePolicy(nonce: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    nonce === null ? "style-src 'self'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}
