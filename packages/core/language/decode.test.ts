// SPDX-License-Identifier: Apache-2.0
// Bytes become text only when they are UTF-8, and the first wrong byte is named.
import { expect, test } from 'vitest';
import { decodeText } from './decode.ts';

test('reads UTF-8 and drops a byte order mark', () => {
  expect(decodeText(new TextEncoder().encode('\ufeffCafé € 😀'), '').text).toBe('Café € 😀');
});

test.each([
  [[0x41, 0xe9, 0x42], '0xE9', '1'],
  [[0xc0, 0xaf], '0xC0', '0'],
  [[0x41, 0x0a, 0xed, 0xa0, 0x80], '0xED', '2'],
  [[0xf5, 0x80, 0x80, 0x80], '0xF5', '0'],
  [[0xe2, 0x82], '0xE2', '0'],
])('refuses %j', (bytes, byte, offset) => {
  const { text, diagnostics } = decodeText(Uint8Array.from(bytes), 'x.md');
  expect(text).toBe(null);
  expect(diagnostics[0]).toMatchObject({ code: 'not_utf8', facts: { byte, offset } });
});
