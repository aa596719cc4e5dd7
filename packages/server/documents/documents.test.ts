// SPDX-License-Identifier: Apache-2.0
// A statement as files: the table behind CSV and spreadsheets adds up, no text can act as a formula, amounts stay exact,
// and the page says what the statement says.

import { namer, withNames } from '@rapport/core/explain/named.ts';
import { lateCreditNote, sampleNames } from '@rapport/core/explain/statement-sample.ts';
import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import { describe, expect, test } from 'vitest';
import { csvText, harmless } from './csv.ts';
import type { IssuedStatement, StatementNow } from './issued-statement.ts';
import { pdfPrinter } from './pdf.ts';
import { figure, printed } from './printed.ts';
import { spreadsheet } from './spreadsheet.ts';
import { statementTable } from './statement-table.ts';

const { first, afterCreditNote, ofNothing } = lateCreditNote();

const now: StatementNow = {
  approval: { version: 1, on: '2026-06-06' },
  accounts: [{ asset: 'USD', paid: '100.00', stillToPay: '0.00', paidTooMuch: '1740.00' }],
  payments: [{ on: '2026-06-07', asset: 'USD', amount: '100.00', reference: 'SEPA 7' }],
  awaited: ['Orders, complete through 2026-05-31'],
};

function issued(body: StatementBody): IssuedStatement {
  return {
    body: withNames(body, sampleNames),
    status: 'approved',
    now,
    hash: '0'.repeat(64),
    sequence: 14,
    issuedOn: '2026-06-05',
    company: 'Northwind Hardware Inc.',
    versions: [{ version: 1, issuedOn: '2026-06-05', sequence: 14 }],
  };
}

describe('a table of a statement', () => {
  test('has for each item lines that add up to the whole', () => {
    const { columns, rows } = statementTable(issued(afterCreditNote));
    const place = (name: string) => columns.indexOf(name);
    const textAt = (row: (typeof rows)[number], name: string) => {
      const cell = row[place(name)]!;
      return cell.kind === 'number' ? cell.decimal : cell.text;
    };
    const minor = (decimal: string) => BigInt(decimal.replace('.', ''));
    const of = (kind: string) =>
      rows.filter(
        (row) =>
          textAt(row, 'Row') === kind &&
          textAt(row, 'Component') === 'Commission' &&
          textAt(row, 'Earned') === '2026-Q1',
      );
    const lines = of('line').reduce((sum, row) => sum + minor(textAt(row, 'Amount')), 0n);
    const moved = of('moved').reduce((sum, row) => sum + minor(textAt(row, 'Amount')), 0n);
    const [item] = of('item');
    expect(lines).toBe(minor(textAt(item!, 'After')));
    expect(moved).toBe(minor(textAt(item!, 'Amount')));
    expect(moved).toBe(-64_000n);
  });

  test('as CSV has exact decimals and the same number of cells in every row', () => {
    const lines = csvText(statementTable(issued(first))).split('\r\n');
    expect(lines[0]).toContain('"Row","Component"');
    const line = lines.find((text) => text.includes('"D-1003"'));
    expect(line).toContain(',1312.00,');
    expect(line).toContain('"Base Rate (5%) of USD 5,600; Second Rate (8%) of USD 12,900"');
    expect(
      new Set(lines.slice(0, -1).map((text) => text.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.length)).size,
    ).toBe(1);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+49 30 1234', "'+49 30 1234"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['  =cmd', "'  =cmd"],
    ['\uff1d1+1', "'\uff1d1+1"],
    ['Acme = good', 'Acme = good'],
    ['', ''],
  ])('writes the text %j so that no spreadsheet takes it for a formula', (text, written) => {
    expect(harmless(text)).toBe(written);
  });

  test('as a workbook opens with the figures as numbers and everything else as text', async () => {
    const workbook = await spreadsheet([{ name: 'Statement', table: statementTable(issued(first)) }]);
    expect(workbook.subarray(0, 2).toString()).toBe('PK');
    expect(workbook.length).toBeGreaterThan(2000);
  });
});

describe('a page of a statement', () => {
  test('shows the net effect of a late fact, and beneath it what moved', () => {
    const page = printed(issued(afterCreditNote));
    expect(page.sections.map(({ title }) => title)).toEqual([
      'Earned in 2026-Q2',
      'Changes to earlier periods',
    ]);
    const [commission] = page.sections[1]!.items;
    expect(commission).toMatchObject({
      amount: 'USD \u2212640.00',
      restatement: {
        before: 'USD 3,532.00',
        after: 'USD 2,892.00',
        moved: [
          ['Deal D-1001', 'USD 1,620.00', 'USD 1,220.00', 'USD \u2212400.00'],
          ['Deal D-1003', 'USD 1,312.00', 'USD 1,072.00', 'USD \u2212240.00'],
        ],
      },
    });
    expect(page.totals[0]?.payable).toBe('USD \u2212590.00');
  });

  test('says where the statement stands by now, beside what the version says of its own day', () => {
    expect(printed(issued(afterCreditNote)).now).toEqual([
      ['Approved for payment', '2026-06-06'],
      ['Paid 2026-06-07 SEPA 7', 'USD 100.00'],
      ['Paid too much, carried to the next period', 'USD 1,740.00'],
      ['Awaited', 'Orders, complete through 2026-05-31'],
    ]);
    const paid = { ...now, awaited: [], accounts: [{ ...now.accounts[0]!, paidTooMuch: '0.00' }] };
    expect(printed({ ...issued(first), now: paid }).now.at(-1)).toEqual(['Still to pay', 'USD 0.00']);
    expect(csvText(statementTable(issued(first)))).toMatch(/\r\n"still to pay".*,"USD",0\.00,/);
  });

  test('names the payee, never the id', () => {
    const text = JSON.stringify(printed(issued(afterCreditNote)));
    expect(text).toContain('Ann Example');
    expect(namer(sampleNames)(text)).toBe(text);
  });

  test.each([
    ['1620.00', 'USD', 'USD 1,620.00'],
    ['-590.00', 'USD', 'USD \u2212590.00'],
    ['12345', 'Points', '12,345 Points'],
  ])('writes %s %s as "%s"', (decimal, asset, shown) => {
    expect(figure(decimal, asset)).toBe(shown);
  });

  test('is set as PDF, also when texts look like markup or there is nothing to say', () => {
    const printer = pdfPrinter();
    const hostile = JSON.parse(
      JSON.stringify(issued(first)).replaceAll('Acme GmbH', '#read(\\"/etc/passwd\\") *_$\\\\u0007[]'),
    ) as IssuedStatement;
    for (const statement of [issued(first), issued(ofNothing), hostile]) {
      const pdf = printer.statement(statement);
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.length).toBeGreaterThan(10_000);
    }
  });
});
