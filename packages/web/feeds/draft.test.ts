// SPDX-License-Identifier: Apache-2.0
// What the form of a feed makes is a feed file that core reads, and a feed file that the form can hold comes back the
// same. What it cannot hold is left to the text.
import { readFeed } from '@rapport/core/feeds/read-feed.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyField, type FeedDraft, type FieldDraft, mappingOf } from './draft.ts';
import { draftOf } from './draft-of-mapping.ts';
import { fieldFrom, firstFields, firstId, slugOf } from './first-draft.ts';
import { delimiterOf, sampleOf } from './sample-file.ts';

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 _.-]{0,11}$/).filter((text) => text !== 'row');
const unique = (least: number) => fc.uniqueArray(word, { minLength: least, maxLength: 3 });

const field: fc.Arbitrary<FieldDraft> = fc
  .record({
    from: fc.constantFrom('column', 'constant', 'row'),
    text: word,
    dates: fc.constantFrom([], ['M/D/YYYY'], ['D.M.YYYY', 'ISO']),
    number: fc.constantFrom('', '1.234,56', '$1,234.56'),
    currency: fc.oneof(fc.constant(null), fc.constant({ code: 'USD' }), fc.record({ column: word })),
    map: unique(0).map((theirs) => theirs.map((text) => [text, 'ours'] as const)),
    emptyWhen: unique(0),
    empty: fc.constantFrom('', 'missing', 'open', 'reject'),
  } as const)
  .map((made) => (made.from === 'row' ? { ...made, text: '' } : made));

const draft: fc.Arbitrary<FeedDraft> = fc
  .record({
    file: fc.constantFrom('deals.csv', 'deals.tsv', 'deals.jsonl', 'deals'),
    format: fc.constantFrom('csv', 'json', 'jsonl'),
    delimiter: fc.constantFrom(',', ';', 'tab'),
    columns: unique(0),
    fact: word,
    id: unique(0),
    revision: fc.oneof(fc.constant(''), word),
    fields: fc.dictionary(word, field, { minKeys: 1, maxKeys: 4 }),
    filters: fc.uniqueArray(
      fc.record({ rule: fc.constantFrom('only', 'without'), column: word, is: unique(1) } as const),
      { maxLength: 3, selector: ({ rule, column }) => `${rule} ${column}` },
    ),
    completeThrough: fc.constantFrom('', '2026-03-31'),
  } as const)
  .map((made) => ({
    ...made,
    delimiter: made.format === 'csv' ? made.delimiter : ',',
    filters: [...made.filters].sort((one, other) =>
      one.rule < other.rule ? -1 : one.rule > other.rule ? 1 : 0,
    ),
  }))
  .filter(({ file, format }) => format === 'csv' || !file.endsWith('.tsv'));

describe('every draft', () => {
  test('is a feed file without a mistake', () => {
    fc.assert(
      fc.property(draft, fc.constantFrom('events', 'snapshot'), (given, mode) => {
        expect(readFeed(mappingOf(given, mode)).diagnostics).toEqual([]);
      }),
    );
  });

  test('comes back from its feed file, through text, as it was', () => {
    fc.assert(
      fc.property(draft, fc.constantFrom('events', 'snapshot'), (given, mode) => {
        const mapping = JSON.parse(JSON.stringify(mappingOf(given, mode)));
        expect(draftOf(mapping, mode)).toEqual(given);
      }),
    );
  });
});

const source = { file: 'a.csv', fact: 'Deal', id: 'id', fields: { Amount: 'sum' } };

test.each([
  ['two files', { sources: [source, source] }],
  ['a table to look things up in', { sources: [source], tables: { t: { file: 'b.csv', key: 'k' } } }],
  ['a looked-up field', { sources: [{ ...source, fields: { Amount: { column: 'a', in: 't', by: 'b' } } }] }],
  ['a dated attribute', { sources: [{ file: 'a.csv', attribute: 'Manager of Rep', of: 'a', value: 'b' }] }],
  ['control totals', { sources: [{ ...source, control: { rows: 3 } }] }],
  ['another mode than the feed', { sources: [{ ...source, mode: 'snapshot' }] }],
  ['a key that nobody knows', { sources: [{ ...source, fiields: {} }] }],
  ['no fact', { sources: [{ file: 'a.csv' }] }],
  ['nothing', {}],
])('%s is left to the text', (_, mapping) => {
  expect(draftOf(mapping, 'events')).toBeNull();
});

describe('a chosen file', () => {
  const chosen = (name: string, text: string) => ({
    name,
    bytes: new TextEncoder().encode(text),
    isWhole: true,
  });
  const form = (is: 'day' | 'amount' | 'party', of: string | null = null) => ({ is, of, options: [] });
  const kind = {
    kind: 'Deal',
    fields: [
      { name: 'Representative', type: '', form: form('party', 'Representative'), mayStayOpen: false },
      { name: 'Amount', type: '', form: form('amount', 'USD'), mayStayOpen: false },
      { name: 'Closed', type: '', form: form('day'), mayStayOpen: true },
    ],
  };
  const sample = sampleOf(
    chosen('deals.csv', 'deal_id;amount;close;closed\nD-1;1.200,50;x;31.3.2026\nD-2;7,5;x;1.2.2026\n'),
    { format: 'csv', delimiter: ';', columns: [] },
  );

  test('has its delimiter by the header', () => {
    expect(delimiterOf(chosen('a.csv', 'id;sum\n1;2\n'))).toBe(';');
    expect(delimiterOf(chosen('a.csv', 'id,sum\n1,2\n'))).toBe(',');
    expect(delimiterOf(chosen('a.tsv', 'id\tsum\n'))).toBe('tab');
    expect(delimiterOf(chosen('a.csv', 'id\n1\n'))).toBe(',');
  });

  test('begins with the columns that are called like fields, and ways of writing that fit', () => {
    expect(firstId(sample)).toEqual(['deal_id']);
    expect(firstFields(kind, sample)).toEqual({
      Amount: { ...emptyField, text: 'amount', number: '1.234,56', currency: { code: 'USD' } },
      Closed: { ...emptyField, text: 'closed', dates: ['D.M.YYYY'] },
    });
  });

  test('chooses no way of writing where two fit', () => {
    const doubtful = sampleOf(chosen('a.csv', 'closed\n3/4/2026\n'), {
      ...{ format: 'csv', delimiter: ',', columns: [] },
    });
    expect(fieldFrom('closed', kind.fields[2]!, doubtful).dates).toEqual([]);
  });
});

test.each([
  ['Deals of the CRM', 'deals-of-the-crm'],
  ['  Übersicht 2026! ', 'ubersicht-2026'],
  ['订单', ''],
])('%s is called %s in addresses', (title, slug) => {
  expect(slugOf(title)).toBe(slug);
});
