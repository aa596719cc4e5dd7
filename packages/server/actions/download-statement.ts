// SPDX-License-Identifier: Apache-2.0
// A version that was issued, as a file: CSV, workbook or PDF. All are made from the stored body, with names put in.

import { withNames } from '@rapport/core/explain/named.ts';
import type { Program } from '@rapport/core/program/program.ts';
import type { Caller } from '../access/caller.ts';
import { csvText } from '../documents/csv.ts';
import type { IssuedStatement } from '../documents/issued-statement.ts';
import { pdfPrinter } from '../documents/pdf.ts';
import { spreadsheet } from '../documents/spreadsheet.ts';
import { statementTable } from '../documents/statement-table.ts';
import type { StatementKey } from '../store/statement-rows.ts';
import type { Context } from './context.ts';
import { type FoundStatement, findStatement } from './found-statement.ts';
import { done, type Outcome } from './outcome.ts';

export type StatementFormat = 'csv' | 'xlsx' | 'pdf';

export interface StatementFile {
  readonly mediaType: string;
  readonly fileName: string;
  readonly bytes: Uint8Array | string;
}

export const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  json: 'application/json',
} as const;

/** Made at the first PDF, and kept: most of its time goes into the fonts. */
let printer: ReturnType<typeof pdfPrinter> | null = null;

export async function downloadStatement(
  context: Context,
  caller: Caller,
  asked: StatementKey & { readonly version: number; readonly format: StatementFormat },
): Promise<Outcome<StatementFile>> {
  const { format, ...key } = asked;
  const found = await findStatement(context, caller, key);
  if (found.kind === 'refused') return found;
  const issued = issuedOf(found.value);
  const fileName = `${key.agreement} ${key.period} ${issued.body.payee} v${key.version}.${format}`;
  return done({ mediaType: mediaTypes[format], fileName, bytes: await bytesOf(issued, format) });
}

async function bytesOf(issued: IssuedStatement, format: StatementFormat): Promise<Uint8Array | string> {
  switch (format) {
    case 'csv':
      return csvText(statementTable(issued));
    case 'xlsx':
      return await spreadsheet([{ name: 'Statement', table: statementTable(issued) }]);
    case 'pdf':
      printer ??= pdfPrinter();
      return printer.statement(issued);
  }
}

function issuedOf({ body, issued, versions, status, now, names, terms }: FoundStatement): IssuedStatement {
  if (issued === null) throw new Error('Only a version that was issued is a file.');
  return {
    body: withNames(body, names),
    status,
    now: {
      approval:
        now.approval === null ? null : { version: now.approval.version, on: now.approval.at.slice(0, 10) },
      accounts: now.accounts.map(({ paid, stillToPay, paidTooMuch }) => ({
        asset: paid.asset,
        paid: paid.amount,
        stillToPay: stillToPay.amount,
        paidTooMuch: paidTooMuch.amount,
      })),
      payments: now.payments.map(({ on, amount: { amount, asset }, reference }) => {
        return { on, asset, amount, reference };
      }),
      awaited: now.awaited.map(({ title, completeThrough }) =>
        completeThrough === null ? title : `${title}, complete through ${completeThrough}`,
      ),
    },
    hash: issued.hash,
    sequence: issued.sequence,
    issuedOn: dayOf(issued.issued_at),
    company: companyOf(terms.program, body.agreement.payer),
    versions: versions
      .filter(({ version }) => version <= issued.version)
      .map(({ version, issued_at, sequence }) => ({ version, issuedOn: dayOf(issued_at), sequence })),
  };
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** What the agreement calls the party that pays: the blank of that name, such as "Northwind Hardware Inc.". */
export function companyOf(program: Program, payer: string): string {
  const text = program.blanks.find(({ id }) => id === payer)?.text.trim();
  return text === undefined || text === '' ? payer : text;
}
