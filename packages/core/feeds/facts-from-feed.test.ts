// SPDX-License-Identifier: Apache-2.0
// What rows become, which rows are refused and why, and that every row is accounted for.
import { describe, expect, test } from 'vitest';
import { factAt } from '../program/fact-store.ts';
import { isoDay } from '../values/date.ts';
import { formatDecimal } from '../values/rational.ts';
import { entriesOfStore, factsFromFeed } from './facts-from-feed.ts';
import { renderFeedDiagnostic } from './messages.ts';
import { dealFields, salesProgram } from './program-of-tests.ts';
import { readFeed } from './read-feed.ts';
import { rowStates } from './report.ts';
import { encodeUtf8 } from './utf8.ts';

const header = 'id,owner,account,stage,amount,closed';
const fields = {
  Representative: 'owner',
  Customer: 'account',
  Stage: 'stage',
  Amount: { column: 'amount', currency: 'USD' },
  Closed: { column: 'closed', date: ['M/D/YYYY', 'ISO'] },
};
const deals = { file: 'deals.csv', fact: 'Deal', id: 'id', fields };

/** Loads one source from one text. */
function load(
  text: string | Uint8Array,
  source: object = deals,
  files: Readonly<Record<string, string>> = {},
  tables: object = {},
) {
  const { feed, diagnostics } = readFeed({ sources: [source], tables });
  if (feed === null) throw new Error(JSON.stringify(diagnostics));
  const bytes = typeof text === 'string' ? encodeUtf8(text) : text;
  const { store, report } = factsFromFeed(
    feed,
    (file) => (file in files ? [encodeUtf8(files[file]!)] : [bytes]),
    salesProgram,
  );
  const { states, rows } = report.sources[0] ?? { states: null, rows: 0 };
  return {
    store,
    report,
    rows,
    codes: report.diagnostics.map(({ code }) => code),
    counts: states === null ? [] : rowStates.map((state) => states[state].rows),
    facts: [...store.tables.values()].flatMap((table) =>
      Array.from({ length: table.length }, (_, row) => row)
        .filter((row) => !table.gone.has(row))
        .map((row) => factAt(store, table.kind.id, row)),
    ),
  };
}

test('a row becomes a fact with the values of its columns', () => {
  const { facts, report } = load(`${header}\nD-1,Ann,"Acme, Inc.",Won,1620.5,3/1/2017\n`);
  expect(facts).toEqual([
    {
      kind: 'Deal',
      id: 'D-1',
      revision: 1,
      fields: {
        Representative: { kind: 'party', value: 'Ann' },
        Customer: { kind: 'party', value: 'Acme, Inc.' },
        Stage: { kind: 'text', value: 'Won' },
        Amount: { kind: 'quantity', value: { n: 3241n, d: 2n } },
        Closed: { kind: 'date', value: 17226 },
      },
    },
  ]);
  expect(report.latest).not.toBeNull();
  expect(isoDay(report.latest ?? 0)).toBe('2017-03-01');
});

test('line ends, a byte order mark, quotes and blank lines do not matter', () => {
  const { facts } = load(
    `\ufeff${header}\r\n"D-1",Ann,"the ""Acme""",Won,1,2017-03-01\r\n\r\nD-2,Bo,A,Won,2,2017-03-02`,
  );
  expect(facts.map(({ id, fields }) => [id, fields['Customer']])).toEqual([
    ['D-1', { kind: 'party', value: 'the "Acme"' }],
    ['D-2', { kind: 'party', value: 'A' }],
  ]);
});

test('chunks may be cut anywhere', () => {
  const text = `${header}\nD-1,Ann,"Ac\nme ""x""",Won,1,2017-03-01\nD-2,Bö,A,Won,2,3/2/2017\n`;
  const { feed } = readFeed({ sources: [deals] });
  const bytes = encodeUtf8(text);
  const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
  const cut = factsFromFeed(feed!, () => single, salesProgram);
  const whole = factsFromFeed(feed!, () => [bytes], salesProgram);
  expect(entriesOfStore(cut.store)).toEqual(entriesOfStore(whole.store));
  expect(entriesOfStore(cut.store)).toHaveLength(2);
});

test('a fact without its counting date waits, and says for what', () => {
  const { counts, report } = load(`${header}\nD-1,Ann,,Engaging,,\nD-2,Ann,A,Won,5,2017-03-01\n`);
  expect(counts).toEqual([1, 0, 1, 0]);
  expect([...report.sources[0]!.states.waiting.reasons]).toEqual([['Closed', 1]]);
});

test('a taken fact that lacks a field is noted, since nobody can be paid for it', () => {
  const { counts, report } = load(`${header}\nD-1,,A,Won,5,2017-03-01\nD-2,Ann,A,Won,,2017-03-01\n`);
  expect(counts).toEqual([2, 0, 0, 0]);
  expect([...report.sources[0]!.states.taken.reasons]).toEqual([
    ['Representative', 1],
    ['Amount', 1],
  ]);
});

test('the four counts and sums equal what the file holds', () => {
  const { report, rows, counts } = load(
    `${header}\nD-1,Ann,A,Won,10.10,2017-03-01\nD-2,Ann,A,Lost,5,2017-03-01\nD-3,Ann,A,Won,7,2/30/2017\nD-4,Ann,A,Won,9,\n`,
    { ...deals, without: { stage: 'Lost' }, control: { rows: 4, sums: { Amount: '31.10' } } },
  );
  expect(rows).toBe(4);
  expect(counts).toEqual([1, 1, 1, 1]);
  const sums = rowStates.map((state) => formatDecimal(report.sources[0]!.states[state].sums.get('Amount')!));
  expect(sums).toEqual(['10.1', '5', '9', '7']);
  expect(report.sources[0]!.differences).toEqual([]);
});

test('a control total that differs is reported', () => {
  const { codes } = load(`${header}\nD-1,Ann,A,Won,10,2017-03-01\n`, { ...deals, control: { rows: 2 } });
  expect(codes).toEqual(['file_control_total']);
});

describe('a row is refused, with file, row, value and remedy', () => {
  test.each([
    ['D-1,Ann,A,Won,10,2/30/2017', 'row_date_not_existing', /row 2, column closed: .*2\/30\/2017.*28 days/],
    ['D-1,Ann,A,Won,10,30.2.2017', 'row_date_malformed', /M\/D\/YYYY or ISO/],
    ['D-1,Ann,A,Won,"1,200.50",3/1/2017', 'row_number_other_format', /number: "1,234.56"/],
    ['D-1,Ann,A,Won,a lot,3/1/2017', 'row_number_malformed', /"a lot" is no number/],
    [`D-1,Ann,A,Won,${'9'.repeat(25)},3/1/2017`, 'row_number_too_large', /more than 24 digits/],
    ['D-1,Ann,A,Won,EUR 10,3/1/2017', 'row_other_currency', /in EUR; the agreement counts in USD/],
    ['D-1,Ann,A,Won,10', 'row_field_count', /5 fields, the header 6/],
    [',Ann,A,Won,10,3/1/2017', 'row_id_empty', /no id/],
    ['D-1,Ann,"A"x,Won,10,3/1/2017', 'row_text_after_quote', /closing quote/],
    ['D-1,Ann,"A,Won,10,3/1/2017', 'row_unclosed_quote', /never closed/],
  ])('%s', (row, code, sentence) => {
    const { codes, counts, report } = load(`${header}\n${row}\n`);
    expect(codes).toEqual([code]);
    expect(counts).toEqual([0, 0, 0, 1]);
    expect(renderFeedDiagnostic(report.diagnostics[0]!)).toMatch(sentence);
  });

  test('the rest is still read', () => {
    const { counts } = load(`${header}\nD-1,Ann,"A,Won,10,3/1/2017\nD-2,Ann,A,Won,10,3/1/2017\n`);
    expect(counts).toEqual([1, 0, 0, 1]);
  });

  test('bytes that are not UTF-8', () => {
    const bytes = encodeUtf8(`${header}\nD-1,Ann,A#,Won,10,3/1/2017\n`);
    bytes[bytes.indexOf(0x23)] = 0xe9;
    expect(load(bytes).codes).toEqual(['row_not_utf8']);
  });

  test('a line of many megabytes, in bounded memory', () => {
    const { feed } = readFeed({ sources: [deals] });
    const block = new Uint8Array(1_000_000).fill(0x41);
    function* chunks() {
      yield encodeUtf8(`${header}\n`);
      for (let count = 0; count < 20; count += 1) yield block;
      yield encodeUtf8('\nD-2,Ann,A,Won,10,3/1/2017\n');
    }
    const { report } = factsFromFeed(feed!, chunks, salesProgram);
    expect(report.diagnostics.map(({ code }) => code)).toEqual(['row_too_long']);
    expect(report.sources[0]!.states.taken.rows).toBe(1);
  });
});

describe('a whole file is refused', () => {
  test.each([
    ['', 'file_empty'],
    ['id,owner,account,stage,amount,clsoed\n1,2,3,4,5,6\n', 'row_unknown_column'],
    [`${header},id\n`, 'file_column_twice'],
  ])('%j', (text, code) => {
    expect(load(text).codes).toEqual([code]);
  });

  test('a misspelt column is answered with the nearest one', () => {
    const { report } = load('id,owner,account,stage,amount,clsoed\n');
    expect(renderFeedDiagnostic(report.diagnostics[0]!)).toContain('Did you mean "clsoed"?');
  });

  test.each([
    [';', 'delimiter: ";"'],
    ['\t', 'delimiter: "tab"'],
  ])('a header divided by %j is answered with the delimiter to say', (sign, remedy) => {
    const { report } = load(`${header.replaceAll(',', sign)}\n`);
    expect(renderFeedDiagnostic(report.diagnostics[0]!)).toContain(remedy);
  });

  test('UTF-16', () => {
    expect(load(Uint8Array.of(0xff, 0xfe, 0x69, 0)).codes).toEqual(['file_not_utf8']);
  });
});

describe('the same id again', () => {
  const first = 'D-1,Ann,A,Won,10,3/1/2017';
  test('with the same content changes nothing', () => {
    expect(load(`${header}\n${first}\n${first}\n`).counts).toEqual([1, 1, 0, 0]);
  });
  test('with other content is refused', () => {
    expect(load(`${header}\n${first}\nD-1,Ann,A,Won,11,3/1/2017\n`).codes).toEqual([
      'row_same_id_other_content',
    ]);
  });
  test('with other content in one snapshot is refused', () => {
    const source = { ...deals, mode: 'snapshot' };
    expect(load(`${header}\n${first}\nD-1,Ann,A,Lost,10,3/1/2017\n`, source).codes).toEqual([
      'row_duplicate_id',
    ]);
  });
  test('with a higher revision takes the place of the one before, in any order', () => {
    const source = { ...deals, revision: 'rev' };
    const rows = [`${first},1`, 'D-1,Ann,A,Won,12,3/1/2017,2'];
    const [older, newer] = rows as [string, string];
    for (const [order, expected] of [
      [
        [older, newer],
        [2, 0, 0, 0],
      ],
      [
        [newer, older, newer],
        [1, 2, 0, 0],
      ],
    ] as const) {
      const { facts, counts } = load(`${header},rev\n${order.join('\n')}\n`, source);
      expect(counts).toEqual(expected);
      expect(facts.map(({ revision, fields }) => [revision, fields['Amount']])).toEqual([
        [2, { kind: 'quantity', value: { n: 12n, d: 1n } }],
      ]);
    }
  });
});

test('values of the other system are mapped, joined and understood in its own formats', () => {
  const { facts, codes } = load(
    '7;ann@x.example;G;1.234,56;20170301\n',
    {
      file: 'deals.csv',
      delimiter: ';',
      columns: ['no', 'mail', 'stage', 'amount', 'closed'],
      fact: 'Deal',
      id: ['no', 'stage'],
      fields: {
        Representative: { column: 'name', in: 'people', by: 'mail' },
        Customer: { constant: 'Acme' },
        Stage: { column: 'stage', map: { G: 'Won' } },
        Amount: { column: 'amount', number: '1.234,56' },
        Closed: { column: 'closed', date: 'YYYYMMDD' },
      },
    },
    { 'people.csv': 'mail,name\nann@x.example,Ann\n' },
    { people: { file: 'people.csv', key: 'mail' } },
  );
  expect(codes).toEqual([]);
  expect(facts).toEqual([
    {
      kind: 'Deal',
      id: '7-G',
      revision: 1,
      fields: {
        Representative: { kind: 'party', value: 'Ann' },
        Customer: { kind: 'party', value: 'Acme' },
        Stage: { kind: 'text', value: 'Won' },
        Amount: { kind: 'quantity', value: { n: 30864n, d: 25n } },
        Closed: { kind: 'date', value: 17226 },
      },
    },
  ]);
});

test('dated attributes come from rows as well', () => {
  const { store } = load('who,boss,since\nAnn,Mo,2017-01-01\nBo,Mo,\n', {
    file: 'teams.csv',
    attribute: 'Manager of Representative',
    of: 'who',
    value: 'boss',
    from: 'since',
  });
  expect(store.attributes.map(({ of, value, from }) => [of, value, from])).toEqual([
    ['Ann', { kind: 'party', value: 'Mo' }, 17167],
    ['Bo', { kind: 'party', value: 'Mo' }, null],
  ]);
});

describe('JSON', () => {
  const source = (file: string) => ({ ...deals, file, fields: { ...fields, Customer: 'account.name' } });
  const object = (id: string, amount: string) =>
    `{"id":"${id}","owner":"B\\u00f6","account":{"name":"A\\n\\ud83d\\ude00"},"stage":"Won","amount":${amount},"closed":"2017-03-01","tags":[1,{"x":null}]}`;

  test.each([
    ['deals.json', `[${object('1', '0.1')},\n${object('2', '1e2')}]`],
    ['deals.jsonl', `${object('1', '0.1')}\n${object('2', '1e2')}\n`],
  ])('%s gives exact numbers and nested values', (file, text) => {
    const { facts, codes } = load(text, source(file));
    expect(codes).toEqual([]);
    expect(facts.map(({ fields }) => fields['Amount'])).toEqual([
      { kind: 'quantity', value: { n: 1n, d: 10n } },
      { kind: 'quantity', value: { n: 100n, d: 1n } },
    ]);
    expect(facts[0]!.fields['Customer']).toEqual({ kind: 'party', value: 'A\n😀' });
    expect(facts[0]!.fields['Representative']).toEqual({ kind: 'party', value: 'Bö' });
  });

  test('an object that is too long is passed over as a whole, with the objects inside it', () => {
    const long = `{"id":"L","text":"${'x"'.replace('"', '\\\\"').repeat(400_000)}","inside":[\n${object('9', '9')}\n]}`;
    const { facts, codes } = load(`[${long},\n${object('2', '2')}]`, source('deals.json'));
    expect(codes).toEqual(['row_too_long']);
    expect(facts.map(({ id }) => id)).toEqual(['2']);
  });

  test.each([
    ['{"id":', 'row_json_malformed'],
    [`{"id":${'['.repeat(100)}${']'.repeat(100)}}`, 'row_json_too_deep'],
    ['7', 'row_json_malformed'],
  ])('%s is refused', (text, code) => {
    expect(load(text, source('deals.jsonl')).codes).toEqual([code]);
  });
});

describe('a feed with a mistake is answered with its place', () => {
  test.each([
    [{ sources: [] }, 'feed_key_missing'],
    [{ sources: [{ ...deals, feilds: {} }] }, 'feed_key_unknown'],
    [{ sources: [{ ...deals, fields: { Amount: { column: 'a', number: '12' } } }] }, 'feed_malformed'],
    [
      { sources: [{ ...deals, fields: { Closed: { column: 'a', date: ['M/D/YYYY', 'D/M/YYYY'] } } }] },
      'feed_dates_ambiguous',
    ],
    [
      { sources: [{ ...deals, fields: { Closed: { column: 'a', in: 'x', by: 'y' } } }] },
      'feed_table_unknown',
    ],
    ['text', 'feed_malformed'],
  ])('%j', (value, code) => {
    const { feed, diagnostics } = readFeed(value);
    expect(feed).toBeNull();
    expect(diagnostics.map((found) => found.code)).toContain(code);
  });

  test.each([
    [{ ...deals, fact: 'Deel' }, 'feed_kind_unknown'],
    [{ ...deals, fields: { Amont: 'amount' } }, 'feed_field_unknown'],
    [{ ...deals, fields: { Amount: { column: 'amount', currency: 'EUR' } } }, 'feed_currency_other'],
    [{ file: 'x.csv', attribute: 'Boss of Representative', of: 'a', value: 'b' }, 'feed_field_unknown'],
  ])('%j', (source, code) => {
    expect(load('', source).codes).toEqual([code]);
  });
});

test('the program of these tests has the fields that they fill', () => {
  expect(dealFields).toEqual(Object.keys(fields));
});
