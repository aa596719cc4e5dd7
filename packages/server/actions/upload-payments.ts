// SPDX-License-Identifier: Apache-2.0
// Payments as payroll exports them: a CSV file whose first row names the columns payee, period and amount, and may name
// asset, day, reference and id. The same file sent again records nothing twice: a row without an id is known by what it
// says, and by how many rows before it say the same.

import { createHash } from 'node:crypto';
import { CsvScanner } from '@rapport/core/feeds/csv.ts';
import { scanChunks } from '@rapport/core/feeds/record.ts';
import { parseIsoDay } from '@rapport/core/values/date.ts';
import type { Caller } from '../access/caller.ts';
import type { Context } from './context.ts';
import type { Placed, readPayments } from './given-payment.ts';
import { assetsOf } from './given-payment.ts';
import { type Refusal, refusal, refused } from './outcome.ts';
import { denied } from './permit.ts';
import { type Recording, recordPayments, togetherRefused } from './record-payments.ts';

export interface PaymentsFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Rows of one file: they are recorded together, and nothing else is meanwhile. */
const rowsMax = 2000;

export async function uploadPayments(
  context: Context,
  caller: Caller,
  {
    files,
    on,
    ...given
  }: Omit<Recording, 'payments' | 'newId'> & {
    readonly files: readonly PaymentsFile[];
    /** The day of rows that name none. */
    readonly on?: string | undefined;
  },
) {
  const no = denied(caller, 'payments.record');
  if (no !== null) return no;
  const [file, more] = files;
  if (file === undefined || more !== undefined)
    return refused('one_file_wanted', { count: `${files.length}` });
  const writer = await context.writers.of(caller.workspace);
  const program = writer.declared().get(given.agreement)?.at(-1)?.program;
  if (program === undefined) return refused('agreement_unknown', { agreement: given.agreement });
  const assets = assetsOf(program);
  const read = paymentsOfFile(file, { on, asset: assets.length === 1 ? assets[0] : undefined });
  if (read.refusals.length > 0) return togetherRefused(read.refusals);
  return recordPayments(context, caller, {
    ...given,
    payments: read.payments,
    newId: idOfRow(given.agreement),
  });
}

interface Read {
  readonly payments: readonly Placed[];
  readonly refusals: readonly Refusal[];
}

const wanted = ['payee', 'period', 'amount'] as const;
const columns = [...wanted, 'asset', 'day', 'reference', 'id'] as const;
type Column = (typeof columns)[number];

function paymentsOfFile(
  { name, content }: PaymentsFile,
  usual: { readonly on?: string | undefined; readonly asset: string | undefined },
): Read {
  const { rows, broken } = rowsOf(content);
  const [head, ...body] = rows;
  const place = (line: number) => `${name}:${line}`;
  const columnAt = (column: Column) =>
    head?.cells.findIndex((cell) => cell.trim().toLowerCase() === column) ?? -1;
  const missing = wanted.filter((column) => columnAt(column) < 0);
  if (missing.length > 0)
    return { payments: [], refusals: [refusal('payment_column_missing', { column: missing.join(', ') })] };
  if (body.length === 0 && broken.length === 0)
    return { payments: [], refusals: [refusal('file_empty', { file: name })] };
  if (body.length > rowsMax)
    return {
      payments: [],
      refusals: [refusal('file_rows_many', { rows: `${body.length}`, most: `${rowsMax}` })],
    };
  const payments: Placed[] = [];
  const refusals: Refusal[] = broken.map((line) =>
    refusal('payment_cell_wrong', { value: '…', expected: 'row of CSV' }, { place: place(line) }),
  );
  for (const { cells, line } of body) {
    const cell = (column: Column) => cells[columnAt(column)]?.trim() ?? '';
    const wrong = (column: Column, expected: string) =>
      refusals.push(
        refusal(
          'payment_cell_wrong',
          { value: cell(column), expected },
          { place: `${place(line)}:${column}` },
        ),
      );
    const asset = cell('asset') || usual.asset;
    const on = cell('day') || usual.on;
    if (cell('payee') === '') wrong('payee', 'party');
    else if (!/^\d{1,40}(\.\d{1,20})?$/.test(cell('amount'))) wrong('amount', 'amount above zero');
    else if (asset === undefined) wrong('asset', 'asset');
    else if (on !== undefined && parseIsoDay(on) === null) wrong('day', 'day');
    else
      payments.push({
        ...{ payee: cell('payee'), period: cell('period'), place: place(line) },
        amount: { amount: cell('amount'), asset },
        ...(on === undefined ? {} : { on }),
        ...(cell('reference') === '' ? {} : { reference: cell('reference') }),
        ...(cell('id') === '' ? {} : { id: cell('id') }),
      });
  }
  return { payments, refusals };
}

interface CsvRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** The delimiter is the one that the first line has more of: a comma or a semicolon. */
function rowsOf(content: Uint8Array): {
  readonly rows: readonly CsvRow[];
  readonly broken: readonly number[];
} {
  const rows: CsvRow[] = [];
  const broken: number[] = [];
  const text = new TextDecoder();
  const [first = ''] = text.decode(content.subarray(0, 4096)).split(/\r?\n/, 1);
  const delimiter = first.split(';').length > first.split(',').length ? ';' : ',';
  const scanner = new CsvScanner(delimiter.charCodeAt(0), {
    record: (bytes, starts, ends, count, line) => {
      const cells = Array.from({ length: count }, (_, at) =>
        text.decode(bytes.subarray(starts[at], ends[at])),
      );
      rows.push({ cells, line });
    },
    broken: (_, line) => broken.push(line),
  });
  scanChunks([content], scanner);
  return { rows, broken };
}

/** The same rows in the same file have the same ids, whenever it is sent. */
function idOfRow(agreement: string): Parameters<typeof readPayments>[2]['newId'] {
  const seen = new Map<string, number>();
  return ({ party, asset, amount, reference, period, paidOn }) => {
    const says = JSON.stringify([agreement, party, asset, `${amount}`, reference, period, paidOn]);
    const before = seen.get(says) ?? 0;
    seen.set(says, before + 1);
    return `payroll-${createHash('sha256').update(`${says} ${before}`).digest('hex').slice(0, 24)}`;
  };
}
