// SPDX-License-Identifier: Apache-2.0
// Rows that are taken many at once give what the same rows give one by one: quotes around every cell, which change
// nothing of what it says, send each row the careful way.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entriesOfStore, factsFromFeed } from './facts-from-feed.ts';
import { salesProgram } from './program-of-tests.ts';
import { readFeed } from './read-feed.ts';
import { encodeUtf8 } from './utf8.ts';

const feedOf = (more: object, fieldsMore: object = {}) =>
  readFeed({
    sources: [
      {
        file: 'deals.csv',
        fact: 'Deal',
        id: 'id',
        fields: {
          Representative: 'owner',
          Customer: 'account',
          Stage: 'stage',
          Amount: { column: 'amount', currency: 'USD' },
          Closed: { column: 'closed', date: ['M/D/YYYY', 'ISO'] },
          ...fieldsMore,
        },
        ...more,
      },
    ],
  }).feed!;
const feeds = [
  feedOf({}),
  feedOf({ mode: 'snapshot' }),
  feedOf({ without: { stage: 'Lost' } }),
  feedOf({}, { Customer: { column: 'account', empty: 'reject' } }),
];

const anyRow = fc
  .record({
    id: fc.oneof(
      { weight: 8, arbitrary: fc.nat(400).map((number) => `D-${number}`) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('', ' D-7', 'D-é', 'D-00000000000000001', 'D-00000000000000002'),
      },
    ),
    owner: fc.constantFrom('Ann', 'Ben', 'Annabella-Maria', 'Annabella-Marie', 'Zoë', ' Ann ', '', 'Bo'),
    account: fc.oneof(
      fc.constantFrom('Acme', 'A', 'AB', 'ABC', 'ABCDEFGHIJKL', 'ABCDEFGHIJKLM', '\u0000A', 'A\u0000', ''),
      fc.nat(5000).map((number) => `C-${number}`),
    ),
    stage: fc.constantFrom('Won', 'Won', 'Won', 'Lost', 'Won ', ''),
    amount: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: -99_999, max: 999_999 }).map((cents) => `${cents / 100}`) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('', '-', '1e3', '0.125', '9007199254740993', '12%', '007', '-0'),
      },
    ),
    closed: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 28 }).map((day) => `3/${day}/2017`) },
      { weight: 1, arbitrary: fc.constantFrom('2017-03-01', '2/30/2017', '', 'soon') },
    ),
  })
  .map(({ id, owner, account, stage, amount, closed }) => [id, owner, account, stage, amount, closed]);

/** Ids that grow, as exports often have them, and then any rows. */
const anyRows = fc
  .tuple(fc.nat(600), fc.array(anyRow, { maxLength: 40 }))
  .map(([sound, rows]) => [
    ...Array.from({ length: sound }, (_, number) => [
      `D-${number}`,
      `Owner ${number % 7}`,
      `C-${(number * 37) % 91}`,
      number % 3 === 0 ? 'Lost' : 'Won',
      `${number}.5`,
      '3/9/2017',
    ]),
    ...rows,
  ]);

test('rows taken together and one by one give the same facts and the same account', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...feeds),
      anyRows,
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 5000 }),
      (feed, rows, lineEnd, chunk) => {
        const load = (written: (cell: string) => string) => {
          const lines = rows.map((row) => row.map(written).join(','));
          const bytes = encodeUtf8(`id,owner,account,stage,amount,closed${lineEnd}${lines.join(lineEnd)}`);
          const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, place) =>
            bytes.subarray(place * chunk, (place + 1) * chunk),
          );
          const { store, report } = factsFromFeed(feed, () => chunks, salesProgram);
          return { entries: entriesOfStore(store), report };
        };
        expect(load((cell) => cell)).toEqual(load((cell) => `"${cell}"`));
      },
    ),
    { numRuns: 200 },
  );
});
