// SPDX-License-Identifier: Apache-2.0
// The full extract as one flat table: a row for each component that a deal earned, one row for a deal that earned nothing,
// with the reason.

import type { ExtractRow } from '@rapport/core/explain/extract.ts';
import { assetOf } from '@rapport/core/explain/figures.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { amountText } from '@rapport/core/values/asset.ts';
import { type Cell, type FlatTable, linkedText } from './statement-table.ts';

const fixedColumns = [
  'Kind',
  'Id',
  'Counts on',
  'Component',
  'Earned',
  'Asset',
  'Amount',
  'Why nothing',
] as const;

export function extractTable(program: Program, rows: readonly ExtractRow[]): FlatTable {
  const fields = [...new Set(rows.flatMap((row) => row.fields.map(({ name }) => name)))];
  const text = (value: string): Cell => ({ kind: 'text', text: value });
  return {
    columns: [...fixedColumns, ...fields, 'Belongs with'],
    rows: rows.flatMap((row) => {
      const own = new Map(row.fields.map(({ name, figure }) => [name, figure]));
      const head = [text(row.fact.kind), text(row.fact.id), text(row.on ?? '')];
      const tail = [
        ...fields.map((name) => text(own.get(name) ?? '')),
        text(row.linked.map(linkedText).join('; ')),
      ];
      if (row.earned.length === 0)
        return [[...head, text(''), text(''), text(''), text(''), text(row.why ?? ''), ...tail]];
      return row.earned.map(({ component, period, asset, amount }): readonly Cell[] => {
        const of = assetOf(program, asset);
        const figure: Cell = { kind: 'number', decimal: amountText(amount, of), decimals: of.decimals };
        return [...head, text(component), text(period), text(asset), figure, text(row.why ?? ''), ...tail];
      });
    }),
  };
}
