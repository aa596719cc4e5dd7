// SPDX-License-Identifier: Apache-2.0
// What an editor offers at "|": the words that may come next and the names that fit there.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarOf, lateModeOf, roundingOf } from './check/policies.ts';
import { completionsAt } from './complete.ts';
import { hoverAt } from './hover.ts';
import { policySentences } from './policy-sentences.ts';

const agreement = readFileSync(
  new URL('../../../examples/hardware-sales/agreement.md', import.meta.url),
  'utf8',
);

function at(statements: string): readonly string[] {
  const text = `[5% : Base Rate]\n\n\`\`\`rapport\nparty Company\nparties Representatives
things Customers
asset Points, whole
each Deal has Representative, Amount (USD), Closed (date); counts on Closed
Revenue of a Representative in a quarter is the sum of Amount of Deals of the Representative in the quarter
Company pays each Representative each quarter "Commission": Base Rate of Revenue
${statements}\n\`\`\`\n`;
  return completionsAt(text.replace('|', ''), text.indexOf('|')).map(({ label }) => label);
}

test.each([
  ['a line at the margin starts a statement or a policy', '|', ['Company', 'party', 'table', 'calendar:']],
  ['letters narrow it', 'ta|', ['table']],
  ['a table needs a mode', 'table Rates, |', ['each slice at its own rate', 'one rate on the whole']],
  ['a party pays, issues or moves', 'Company |', ['pays', 'issues', 'moves']],
  ['pays each: kinds of parties', 'Company pays each |', ['Representative']],
  [
    'a formula takes names that have a value',
    'Company pays each Representative each quarter "X": |',
    ['Revenue', 'Base Rate', 'the'],
  ],
  ['after a field and "of" come sets', 'Sales is the sum of Amount of |', ['Deals', 'the']],
  ['after "the" come singulars', 'Sales is count of Deals of the |', ['Representative']],
  ['after a sum come fields', 'Sales is the sum of |', ['Amount']],
  ['a name half written', 'Sales is Base R|', ['Base Rate']],
  [
    'rows of a clause',
    'Company pays each Representative each quarter "X": Revenue\n    |',
    ['at most', 'released when', 'on a return:'],
  ],
  ['rows of a table', 'table Rates, one rate on the whole:\n    |', ['up to', 'below', 'from', 'above']],
  ['windows', 'Sales is count of Deals in the |', ['quarter', 'month']],
  ['comparisons', 'a Won Deal is a Deal whose Amount is |', ['at least', 'one of']],
  ['an asset to issue', 'Company issues |', ['Points']],
  [
    'a settlement names clauses',
    'Company settles with each Representative each quarter "Pay", from |',
    ['"Commission"'],
  ],
  ['an example has facts', 'example "x":\n    |', ['Deal', 'gives', 'as of']],
  ['fields of the fact at hand', 'example "x":\n    Deal "1" has |', ['Amount', 'Closed']],
  ['sentences of a policy', 'returns: |', ['none', 'taking back what was paid']],
])('%s', (_, statements, labels) => {
  expect(at(statements)).toEqual(expect.arrayContaining([...labels]));
});

test('nothing is offered inside a text', () => {
  expect(at('example "Dea|')).toEqual([]);
});

test('a completion replaces the letters already there', () => {
  const text = '```rapport\nta';
  expect(completionsAt(text, text.length)).toMatchObject([
    { label: 'table', kind: 'statement', from: 11, to: 13 },
  ]);
});

test('a blank in the prose is offered the names that formulas lack', () => {
  const text = 'pays [5% : \n\n```rapport\nparty Company\nShare is Base Rate of Revenue\n```\n';
  expect(completionsAt(text, 11).map(({ label }) => label)).toEqual(['Base Rate', 'Revenue']);
});

test('every sentence that is offered for a calendar, rounding or late facts is understood', () => {
  expect(policySentences['calendar']?.filter((one) => calendarOf(one) === null)).toEqual([]);
  expect(policySentences['rounding']?.filter((one) => roundingOf(one) === null)).toEqual([]);
  expect(policySentences['late facts']?.filter((one) => lateModeOf(one) === null)).toEqual([]);
});

test('cut anywhere, completed and hovered anywhere: nothing is thrown and every place lies in the text', () => {
  fc.assert(
    fc.property(fc.nat(agreement.length), fc.nat(agreement.length), (length, place) => {
      const text = agreement.slice(0, length);
      for (const { from, to } of completionsAt(text, place)) {
        expect(from).toBeLessThanOrEqual(to);
        expect(to).toBeLessThanOrEqual(text.length);
      }
      hoverAt(text, place);
    }),
    { numRuns: 100 },
  );
});

test.each([
  ['a blank with its value', 'at most Ba|se Rate', 'Base Rate', '5%'],
  ['a plural is its kind', 'Sales is count of De|als', 'Deal', 'Amount (USD)'],
  ['a value with its formula', 'Sales is Reve|nue', 'Revenue', 'the sum of Amount'],
  ['a word of the language', 'Sales is Revenue be|fore it', 'before', 'earlier'],
])('hovering shows %s', (_, statements, title, words) => {
  const text = `[5% : Base Rate]\n\n\`\`\`rapport\neach Deal has Amount (USD)\nRevenue is the sum of Amount of Deals\n${statements}\n\`\`\`\n`;
  const hover = hoverAt(text.replace('|', ''), text.indexOf('|'));
  expect(hover?.title).toContain(title);
  expect(hover?.text).toContain(words);
});
