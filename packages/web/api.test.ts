// SPDX-License-Identifier: Apache-2.0
// Addresses with their parameters filled in: escaped, and without what was not given.
import { expect, test } from 'vitest';
import { addressOf } from './api.ts';

test.each([
  ['/w/:workspace/facts', { workspace: 'north' }, {}, '/w/north/facts'],
  ['/w/:workspace/:id', { workspace: 'a b', id: 'x/../y?' }, {}, '/w/a%20b/x%2F..%2Fy%3F'],
  ['/w', {}, { after: undefined, text: '', kind: null, limit: 20 }, '/w?limit=20'],
  ['/w', {}, { text: 'Ada & Bela' }, '/w?text=Ada+%26+Bela'],
] as const)('%s is filled in, escaped, and asks only what was given', (path, params, query, address) => {
  expect(addressOf(path, params, query)).toBe(address);
});
