// SPDX-License-Identifier: Apache-2.0
// One slip gives one message: warnings that follow from an error wait until it is repaired.
import { expect, test } from 'vitest';
import { compile } from '../compile.ts';

const page = (clause: string, blanks: string): string => `# Plan

${blanks}

\`\`\`rapport
party Company
parties Representatives
each Deal has Representative, Amount (USD), Closed (date); counts on Closed
Company pays the Representative of each Deal in its quarter "Commission": ${clause}
calendar: calendar quarters and years, in UTC
rounding: each amount to the cent, half away from zero
late facts: change the period they belong to; the difference is paid in the open period
returns: none
\`\`\`
`;
const codes = (text: string): readonly string[] => compile(text, '').diagnostics.map(({ code }) => code);

test.each([
  [
    'an unknown name hides that its blank seems unused',
    'Rate of Amont',
    '[5% : Rate] [7% : Other]',
    ['name_unknown'],
  ],
  ['a word too many hides it too', 'Rate of of Amount', '[5% : Rate]', ['expected_word']],
  ['a number in a formula that fails is no finding of its own', '5% of Amont', '', ['name_unknown']],
  ['without errors both are said', '5% of Amount', '[5% : Rate]', ['blank_unused', 'number_outside_blank']],
])('%s', (_, clause, blanks, expected) => {
  expect(codes(page(clause, blanks))).toEqual(expected);
});

test('an error in another section hides nothing', () => {
  const text = `${page('5% of Amount', '')}\n## Bonus\n\n\`\`\`rapport\nBonus of a Deal is its Amont\n\`\`\`\n`;
  expect(codes(text)).toContain('number_outside_blank');
});
