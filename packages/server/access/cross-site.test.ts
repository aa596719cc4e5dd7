// SPDX-License-Identifier: Apache-2.0
// Where passkeys work, by the address that the service is known by.
import { expect, test } from 'vitest';
import { passkeyAddress } from './cross-site.ts';

test.each([
  ['https://pay.example.com', 'https://pay.example.com'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://127.0.0.1:8080', 'http://localhost:8080'],
  ['http://192.168.1.20:8080', null],
  ['http://0.0.0.0:8080', null],
  ['http://[::1]:8080', null],
])('a service at %s takes passkeys at %s', (publicUrl, expected) => {
  expect(passkeyAddress(publicUrl)).toBe(expected);
});
