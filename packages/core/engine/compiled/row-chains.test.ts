// SPDX-License-Identifier: Apache-2.0
// The rows of each code, as chains and as a plain scan finds them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CodeColumn, Dictionary } from '../../program/columns.ts';
import { RowChains } from './row-chains.ts';

test('gives the rows of each code in their order, whenever it is asked', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -2, max: 6 }), { maxLength: 60 }), fc.nat(60), (codes, asked) => {
      const dictionary = new Dictionary();
      for (let code = 0; code <= 6; code += 1) dictionary.code(`${code}`);
      const column = new CodeColumn(dictionary, 1);
      const chains = new RowChains(column);
      const rowsOf = (code: number) =>
        codes.flatMap((one, row) => (one === code && row < column.length ? [row] : []));
      for (const [row, code] of codes.entries()) {
        column.pushCode(code);
        if (row === asked) expect(chains.rows(code)).toEqual(code < 0 ? [] : rowsOf(code));
      }
      for (let code = 0; code <= 6; code += 1) expect(chains.rows(code)).toEqual(rowsOf(code));
    }),
  );
});
