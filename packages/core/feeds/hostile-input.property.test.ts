// SPDX-License-Identifier: Apache-2.0
// Whatever bytes come in, cut wherever they are cut: loading never throws, never hangs, and accounts for every row.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entriesOfStore, factsFromFeed } from './facts-from-feed.ts';
import { feedMessageOf } from './messages.ts';
import { salesProgram } from './program-of-tests.ts';
import { readFeed } from './read-feed.ts';
import { rowStates } from './report.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

const columns = ['id', 'owner', 'account', 'stage', 'amount', 'closed'];
const source = (format: string) => ({
  file: 'deals',
  format,
  ...(format === 'columns' ? { columns } : {}),
  fact: 'Deal',
  id: 'id',
  without: { stage: 'Lost' },
  fields: {
    Representative: 'owner',
    Customer: 'account',
    Stage: 'stage',
    Amount: { column: 'amount', currency: 'USD', emptyWhen: ['n/a'] },
    Closed: { column: 'closed', date: ['M/D/YYYY', 'ISO', 'timestamp'] },
  },
});
const feeds = ['csv', 'json', 'jsonl', 'columns'].map(
  (format) => readFeed({ sources: [source(format)] }).feed!,
);

/** Loads the bytes and checks what must hold for any. */
function load(feed: (typeof feeds)[number], chunks: readonly Uint8Array[]) {
  const { store, report } = factsFromFeed(feed, () => chunks, salesProgram);
  for (const { states, rows } of report.sources) {
    expect(rowStates.reduce((sum, state) => sum + states[state].rows, 0)).toBe(rows);
    expect(states.taken.rows + states.waiting.rows).toBe(store.tables.get('Deal')?.length);
  }
  for (const diagnostic of report.diagnostics) expect(feedMessageOf(diagnostic).sentence).not.toBe('');
  return { entries: entriesOfStore(store), report };
}

const anyFeed = fc.constantFrom(...feeds);
const piece = fc.constantFrom(
  ',',
  '"',
  '""',
  '\n',
  '\r\n',
  '\r',
  '{',
  '}',
  '[',
  ']',
  ':',
  '\\',
  '\\u00e9',
  '\\ud83d',
  '\ufeff',
  ' ',
  '\t',
  'D-1',
  'D-2',
  'Won',
  'Lost',
  '1.5',
  '1,000',
  '-',
  '.',
  '1e9',
  '1e99',
  '99999999999999999999',
  '3/1/2017',
  '2/30/2017',
  '2017-03-01T23:00:00+02:00',
  'EUR 5',
  'n/a',
  'null',
  'true',
  '"id"',
  '"amount"',
  '"closed"',
  '"stage"',
  'é',
  '😀',
);

test('random bytes', () => {
  fc.assert(
    fc.property(anyFeed, fc.uint8Array({ maxLength: 300 }), (feed, bytes) => {
      load(feed, [bytes]);
    }),
    { numRuns: 600 },
  );
});

test('pieces of CSV and JSON in any order, cut anywhere', () => {
  const header = encodeUtf8(`${columns.join(',')}\n`);
  fc.assert(
    fc.property(
      anyFeed,
      fc.boolean(),
      fc.array(piece, { maxLength: 60 }),
      fc.nat(200),
      (feed, hasHeader, pieces, cut) => {
        const body = encodeUtf8(pieces.join(''));
        const bytes = new Uint8Array([...(hasHeader ? header : []), ...body]);
        const whole = load(feed, [bytes]);
        const parts = load(feed, [bytes.subarray(0, cut), bytes.subarray(cut)]);
        expect(parts).toEqual(whole);
      },
    ),
    { numRuns: 600 },
  );
});

test('sound rows around a broken one are still read', () => {
  const row = (id: number) => `D-${id},Ann,Acme,Won,${id}.50,2017-03-01`;
  fc.assert(
    fc.property(
      fc.string({ maxLength: 40 }).filter((text) => !/["\r\n]/.test(text)),
      (broken) => {
        const text = `${columns.join(',')}\n${row(1)}\n${broken}\n${row(2)}\n`;
        const { entries } = load(feeds[0]!, [encodeUtf8(text)]);
        const ids = entries.flatMap((entry) => (entry.kind === 'fact' ? [entry.fact.id] : []));
        expect(ids).toEqual(expect.arrayContaining(['D-1', 'D-2']));
      },
    ),
    { numRuns: 300 },
  );
});

test('any plain object is read as a feed or refused with findings', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.anything(),
        fc.record({ sources: fc.array(fc.object()) }),
        fc.record({
          sources: fc.tuple(
            fc.record({ file: fc.string(), fact: fc.string(), id: fc.anything(), fields: fc.object() }),
          ),
        }),
      ),
      (value) => {
        const { feed, diagnostics } = readFeed(value);
        expect(feed === null).toBe(diagnostics.length > 0);
        for (const diagnostic of diagnostics) expect(feedMessageOf(diagnostic).remedy).not.toBe('');
      },
    ),
  );
});

test('text survives UTF-8 and back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const bytes = encodeUtf8(text);
      expect(decodeUtf8(bytes, 0, bytes.length)).toBe(text);
    }),
  );
});
