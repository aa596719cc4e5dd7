// SPDX-License-Identifier: Apache-2.0
// The rows of each code of a column, as chains in two columns of numbers: four bytes a row. Rows that are gone stay in
// their chain. It takes in what was added to the column since it was asked last.

import type { CodeColumn } from '../../program/columns.ts';

export class RowChains {
  private readonly column: CodeColumn;
  /** By code: its last row, from 1; 0 where there is none. */
  private heads = new Int32Array(16);
  /** By row: the row of the same code before it, from 1. */
  private before = new Int32Array(16);
  private taken = 0;

  constructor(column: CodeColumn) {
    this.column = column;
  }

  /** Every row that ever had this code, the first one first. */
  rows(code: number): number[] {
    this.takeIn();
    const found: number[] = [];
    if (code < 0) return found;
    for (let row = this.heads[code] ?? 0; row !== 0; row = this.before[row - 1]!) found.push(row - 1);
    return found.reverse();
  }

  private takeIn(): void {
    const { values, length, dictionary } = this.column;
    if (this.taken === length) return;
    this.heads = grown(this.heads, dictionary.texts.length);
    this.before = grown(this.before, length);
    for (let row = this.taken; row < length; row += 1) {
      const code = values[row]!;
      if (code < 0) continue;
      this.before[row] = this.heads[code]!;
      this.heads[code] = row + 1;
    }
    this.taken = length;
  }
}

function grown(column: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  if (column.length >= size) return column;
  const larger = new Int32Array(Math.max(size, column.length * 2));
  larger.set(column);
  return larger;
}
