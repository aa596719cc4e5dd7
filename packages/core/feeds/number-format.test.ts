// SPDX-License-Identifier: Apache-2.0
// Numbers as people and systems write them, each format stated by an example of it.
import { describe, expect, test } from 'vitest';
import { rationalText } from '../values/rational.ts';
import { numberFormat, readNumber } from './number-format.ts';

function read(text: string, example: string): string {
  const format = numberFormat(example);
  if (format === null) return 'no format';
  const value = readNumber(text, format);
  return 'n' in value ? rationalText(value) : `${value.code} ${value.facts['fitting'] ?? ''}`.trim();
}

describe('a number in a stated format', () => {
  test.each([
    ['1,234.00', '1,234.56', '1234'],
    ['-1.234,0', '1.234,56', '-1234'],
    ['$1,234.00', '$1,234.56', '1234'],
    ['1,234.00', '$1,234.56', '1234'],
    ['-$12', '$1,234.56', '-12'],
    ['$-12', '$1,234.56', '-12'],
    ['1.234,00 €', '1.234,56 €', '1234'],
    ['(1,234.00)', '(1,234.56)', '-1234'],
    ['($1,234.00)', '($1,234.56)', '-1234'],
    ['$1,234.00', '($1,234.56)', '1234'],
    ['-3', '(1,234.56)', '-3'],
    ['US$1,234.00', 'US$1,234.56', '1234'],
    // Nothing is guessed.
    ['(-5)', '(1,234.56)', 'row_number_malformed'],
    ['((5))', '(1,234.56)', 'row_number_malformed'],
    ['€5', '$1,234.56', 'row_number_other_format €1,234.56'],
    ['$5', '1234.56', 'row_number_other_format $1,234.56'],
    ['(5)', '1234.56', 'row_number_other_format (1,234.56)'],
    ['$ 1,2', '$1,234.56', 'row_number_other_format $1.234,56'],
    ['$', '$1,234.56', 'row_number_malformed'],
    ['5', '$1,234.56$', 'no format'],
  ])('%j as %j is %s', (text, example, expected) => {
    expect(read(text, example)).toBe(expected);
  });
});
