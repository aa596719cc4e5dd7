// SPDX-License-Identifier: Apache-2.0
// The full extract of a party's deals by now, also those that earned nothing, and why: as a file or as data.

import { type ExtractRow, extractOf } from '@rapport/core/explain/extract.ts';
import { assetOf } from '@rapport/core/explain/figures.ts';
import { withNames } from '@rapport/core/explain/named.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { amountText } from '@rapport/core/values/asset.ts';
import { parseIsoDay } from '@rapport/core/values/date.ts';
import type { Caller } from '../access/caller.ts';
import { csvText } from '../documents/csv.ts';
import { extractTable } from '../documents/extract-table.ts';
import { spreadsheet } from '../documents/spreadsheet.ts';
import type { Context } from './context.ts';
import { mediaTypes, type StatementFile } from './download-statement.ts';
import { namesIn } from './found-statement.ts';
import { booksOfPayee, type OfPayee } from './of-payee.ts';
import { done, type Outcome } from './outcome.ts';

export type ExtractFormat = 'csv' | 'xlsx' | 'json';

export async function downloadExtract(
  context: Context,
  caller: Caller,
  asked: OfPayee & {
    readonly format: ExtractFormat;
    readonly from?: string | undefined;
    readonly through?: string | undefined;
  },
): Promise<Outcome<StatementFile>> {
  const found = await booksOfPayee(context, caller, 'statements.read', asked);
  if (found.kind === 'refused') return found;
  const { versions, known, entitlements, name } = found.value;
  const { agreement, payee, format, from, through } = asked;
  const request = {
    payee,
    from: from === undefined ? null : parseIsoDay(from),
    through: through === undefined ? null : parseIsoDay(through),
  };
  const rows = extractOf(versions, known, request, entitlements);
  const names = await namesIn(context, caller, rows);
  const { program } = versions.at(-1)!;
  return done({
    mediaType: mediaTypes[format],
    fileName: `${agreement} extract ${name ?? payee}.${format}`,
    bytes: await bytesOf(program, named(rows, names), format),
  });
}

/** Amounts are no texts, and stay as they are. */
function named(rows: readonly ExtractRow[], names: Readonly<Record<string, string>>): readonly ExtractRow[] {
  return rows.map((row) => ({
    ...row,
    ...withNames({ fields: row.fields, linked: row.linked, why: row.why }, names),
  }));
}

async function bytesOf(
  program: Program,
  rows: readonly ExtractRow[],
  format: ExtractFormat,
): Promise<Uint8Array | string> {
  switch (format) {
    case 'csv':
      return csvText(extractTable(program, rows));
    case 'xlsx':
      return await spreadsheet([{ name: 'Extract', table: extractTable(program, rows) }]);
    case 'json':
      return JSON.stringify({
        items: rows.map((row) => ({
          ...row,
          earned: row.earned.map((one) => ({
            ...one,
            amount: amountText(one.amount, assetOf(program, one.asset)),
          })),
        })),
      });
  }
}
