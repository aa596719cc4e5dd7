// SPDX-License-Identifier: Apache-2.0
// Tables as an XLSX workbook. Texts are text cells, which are never formulas. A spreadsheet counts in doubles of about 15
// digits: an amount that would not come back the same stands as text.

import writeExcelFile from 'write-excel-file/node';
import type { Cell, FlatTable } from './statement-table.ts';

export interface NamedTable {
  /** At most 31 characters, without : \ / ? * [ ]. */
  readonly name: string;
  readonly table: FlatTable;
}

/** The workbook, one sheet for each table, the heads fixed in place. */
export async function spreadsheet(tables: readonly NamedTable[]): Promise<Buffer> {
  const sheets = tables.map(({ name, table }) => ({
    sheet: name,
    stickyRowsCount: 1,
    columns: table.columns.map((column, index) => ({ width: widthOf(column, table, index) })),
    data: [
      table.columns.map((value) => ({
        value,
        type: String,
        fontWeight: 'bold' as const,
        backgroundColor: '#E8EEF0',
      })),
      ...table.rows.map((row) => row.map(cellOf)),
    ],
  }));
  return await writeExcelFile(sheets).toBuffer();
}

function cellOf(cell: Cell) {
  if (cell.kind === 'text') return cell.text === '' ? null : { value: cell.text, type: String };
  const number = Number(cell.decimal);
  if (!isExact(cell)) return { value: cell.decimal, type: String, align: 'right' as const };
  const format = cell.decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(cell.decimals)}`;
  return { value: number, type: Number, format };
}

/** The digits that every spreadsheet keeps. */
const digitsMax = 15;

function isExact({ decimal }: Cell & { kind: 'number' }): boolean {
  return decimal.replace(/\D/g, '').replace(/^0+/, '').length <= digitsMax;
}

function widthOf(column: string, { rows }: FlatTable, index: number): number {
  const longest = rows.reduce((most, row) => {
    const cell = row[index];
    const length = cell === undefined ? 0 : cell.kind === 'text' ? cell.text.length : cell.decimal.length + 2;
    return Math.max(most, length);
  }, column.length);
  return Math.min(longest + 2, 48);
}
