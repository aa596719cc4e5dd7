// SPDX-License-Identifier: Apache-2.0
// The head of a file as somebody sees it who says what its columns become, and the ways of writing that are offered.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileFormat } from './feed.ts';
import { fittingDates, fittingNumbers } from './fitting-formats.ts';
import { readSample } from './sample.ts';

const csv: FileFormat = { file: 'a.csv', format: 'csv', delimiter: 0x2c, columns: null };
const bytes = (text: string) => new TextEncoder().encode(text);

describe('a sample has the columns and rows of', () => {
  test.each([
    [
      'csv with quotes and a byte order mark',
      csv,
      '\ufeffid,name\n1,"Brandt, Ada"\n2, Bo \n',
      ['id', 'name'],
      [
        ['1', 'Brandt, Ada'],
        ['2', 'Bo'],
      ],
    ],
    ['csv without a header', { ...csv, columns: ['id', 'sum'] }, '1,2\n', ['id', 'sum'], [['1', '2']]],
    [
      'JSON lines, by paths, with numbers as they are written',
      { ...csv, format: 'jsonl' as const },
      '{"id":1,"by":{"name":"Ada"}}\n{"id":2,"sum":1.10}\n',
      ['id', 'by.name', 'sum'],
      [
        ['1', 'Ada', ''],
        ['2', '', '1.10'],
      ],
    ],
    ['a JSON array', { ...csv, format: 'json' as const }, '[{"id":1},{"id":2}]', ['id'], [['1'], ['2']]],
    [
      'columns that spaces divide',
      { ...csv, format: 'columns' as const, columns: ['id', 'sum'] },
      '1   2\n',
      ['id', 'sum'],
      [['1', '2']],
    ],
  ])('%s', (_, format, text, columns, rows) => {
    expect(readSample(format, bytes(text), true, 10)).toMatchObject({ columns, rows, problem: null });
  });

  test('no more rows than are asked for, while the length is that of all', () => {
    const text = 'id\n1\n2\n3\n';
    expect(readSample(csv, bytes(text), true, 2)).toMatchObject({
      rows: [['1'], ['2']],
      length: text.length,
    });
  });

  test.each([
    ['csv', csv, 'id,name\n1,Ada\n2,"Bran', 'id,name\n1,Ada\n'],
    ['JSON lines', { ...csv, format: 'jsonl' as const }, '{"id":1}\n{"id":', '{"id":1}\n'],
    ['a JSON array', { ...csv, format: 'json' as const }, '[{"id":1},{"id":', '[{"id":1},'],
  ])('whole records alone of %s that was cut off', (_, format, cut, whole) => {
    const sample = readSample(format, bytes(cut), false, 10);
    expect(sample.rows).toHaveLength(1);
    expect(sample.problem).toBeNull();
    expect(cut.slice(0, sample.length).trim()).toBe(whole.trim());
  });
});

test.each([
  ['nothing', '', 'file_empty'],
  ['another encoding', '\u0000', null],
  ['text after a quote', 'id\n"1"x\n', 'row_text_after_quote'],
])('%s is named', (_, text, code) => {
  expect(readSample(csv, bytes(text), true, 5).problem?.code ?? null).toBe(code);
});

test('bytes that are not UTF-8 are named', () => {
  expect(readSample(csv, Uint8Array.of(0x69, 0x0a, 0xfc, 0x0a), true, 5).problem?.code).toBe('file_not_utf8');
});

test('whatever the bytes are, every row has a cell for each column', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (given, isWhole) => {
      for (const format of ['csv', 'json', 'jsonl', 'columns'] as const) {
        const { columns, rows, length } = readSample({ ...csv, format }, given, isWhole, 5);
        expect(rows.every((row) => row.length === columns.length)).toBe(true);
        expect(length).toBeLessThanOrEqual(given.length);
      }
    }),
  );
});

test.each([
  [['2026-03-31', ''], ['ISO']],
  [['3/31/2026', '12/1/2026'], ['M/D/YYYY']],
  [
    ['3/4/2026', '1/2/2026'],
    ['M/D/YYYY', 'D/M/YYYY'],
  ],
  [['31.3.2026', 'n/a', '-'], ['D.M.YYYY']],
  [['2026-03-31T10:00:00Z'], ['timestamp']],
  [['soon'], []],
  [['', ''], []],
])('dates such as %j are written as %j', (texts, expected) => {
  expect(fittingDates(texts, 'UTC')).toEqual(expected);
});

test.each([
  [['12', '1.5'], '1234.56'],
  [['1,200.50', '3'], '1,234.56'],
  [['1.200,50'], '1.234,56'],
  [['$5.00', '-$1,000.25'], '$1,234.56'],
  [['(5.00)'], '(1,234.56)'],
  [['many'], undefined],
])('numbers such as %j are written first of all as %s', (texts, expected) => {
  expect(fittingNumbers(texts)[0]).toBe(expected);
});
