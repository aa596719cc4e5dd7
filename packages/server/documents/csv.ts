// SPDX-License-Identifier: Apache-2.0
// A table as CSV (RFC 4180): UTF-8 without a byte order mark, every text in double quotes, lines end with CR LF. Numbers
// stand as exact decimals. No text can act as a formula: one that a spreadsheet could take for one begins with an
// apostrophe, as OWASP advises.

import type { Cell, FlatTable } from './statement-table.ts';

/** What a spreadsheet may take for the beginning of a formula, its full-width forms included. */
const formulaStart = /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|^[\t\r\n]/;

export function csvText({ columns, rows }: FlatTable): string {
  const lines = [columns.map(quoted), ...rows.map((row) => row.map(cellText))];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

function cellText(cell: Cell): string {
  return cell.kind === 'number' ? cell.decimal : quoted(cell.text);
}

function quoted(text: string): string {
  return `"${harmless(text).replaceAll('"', '""')}"`;
}

/** The text, with an apostrophe before it where it could act as a formula. */
export function harmless(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text;
}
