// SPDX-License-Identifier: Apache-2.0
// Days as people read them.
import { expect, test } from 'vitest';
import { dayWords } from './dates.ts';

test.each([
  ['2026-03-04', '4 Mar 2026'],
  ['1999-12-31', '31 Dec 1999'],
  ['no day', 'no day'],
])('%s is read as %s, in whatever zone the reader is', (day, words) => {
  expect(dayWords(day).replaceAll('\u00a0', ' ')).toBe(words);
});
