// SPDX-License-Identifier: Apache-2.0
// A column that names the currency of each row must name the one that the agreement is written in.

import { type Problem, problem, shown } from './problem.ts';
import { decodeUtf8 } from './utf8.ts';

/** A function that says what is wrong with a currency cell; null when it is the expected code. */
export function currencyCheck(
  expected: string,
): (bytes: Uint8Array, start: number, end: number) => Problem | null {
  return (bytes, start, end) => {
    const isExpected =
      end - start === 3 &&
      bytes[start] === expected.charCodeAt(0) &&
      bytes[start + 1] === expected.charCodeAt(1) &&
      bytes[start + 2] === expected.charCodeAt(2);
    if (isExpected) return null;
    const found = shown(decodeUtf8(bytes, start, end) ?? '?');
    return problem('row_other_currency', { value: found, currency: found, expected });
  };
}
