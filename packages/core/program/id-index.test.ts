// SPDX-License-Identifier: Apache-2.0
// The index of ids beside a plain map, over ids in any script.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdColumn } from './id-column.ts';
import { IdIndex } from './id-index.ts';

test('finds the last row of an id among any others, asked in between or not', () => {
  const ids = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'ä', '€-1', ''), fc.string({ maxLength: 6 })), {
    maxLength: 80,
  });
  fc.assert(
    fc.property(ids, fc.nat(80), (texts, asked) => {
      const column = new IdColumn(1);
      const index = new IdIndex(column);
      const rows = new Map<string, number>();
      for (const [row, text] of texts.entries()) {
        column.pushText(text);
        rows.set(text, row);
        if (row === asked) expect(index.find(text)).toBe(row);
      }
      for (const [text, row] of rows) expect(index.find(text)).toBe(row);
      expect(index.find('an id that is not there')).toBe(-1);
    }),
  );
});
