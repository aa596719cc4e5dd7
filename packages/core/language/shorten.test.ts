// SPDX-License-Identifier: Apache-2.0
// Leaving out the middle of plain lines changes no piece that Markdown finds, in any text.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf, piecesOfWhole } from './markdown.ts';
import { shortened } from './shorten.ts';

const agreements = ['hardware-sales', 'record-club'].map((name) =>
  readFileSync(new URL(`../../../examples/${name}/agreement.md`, import.meta.url), 'utf8'),
);

test.each(agreements)('the pieces of a whole agreement are the same, from less text', (text) => {
  expect(shortened(text).text.length).toBeLessThan(text.length);
  expect(piecesOf(text)).toEqual(piecesOfWhole(text));
});

test('the pieces of any mix of marks and long lines are the same', () => {
  const mark = fc.constantFrom(
    ...[
      '\n',
      '\n\n',
      '\r\n',
      '\r',
      '    ',
      ' ',
      '- ',
      '1. ',
      '> ',
      '# ',
      '```',
      '~~~',
      '`',
      '|',
      '---',
      '===',
      ':--',
      '<div>',
    ],
    ...[
      '-->',
      '<!--',
      '\t',
      '\\',
      '**',
      'plain words that go on for some time',
      'x',
      '\u2028',
      'é',
      '[a](b)',
      '#',
      '\u0000',
    ],
  );
  fc.assert(
    fc.property(fc.array(mark, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      expect(piecesOf(text)).toEqual(piecesOfWhole(text));
    }),
    { numRuns: 400 },
  );
});
