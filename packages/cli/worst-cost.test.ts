// SPDX-License-Identifier: Apache-2.0
// The cost of a run is known from the amounts of data before the run begins.

import { factsFromFeed } from '@rapport/core/feeds/facts-from-feed.ts';
import { readFeed } from '@rapport/core/feeds/read-feed.ts';
import { encodeUtf8 } from '@rapport/core/feeds/utf8.ts';
import { compile } from '@rapport/core/language/compile.ts';
import { parseIsoDay } from '@rapport/core/values/date.ts';
import { expect, test } from 'vitest';
import { worstCost } from './worst-cost.ts';

const agreement = (sum: string) => `# Plan

\`\`\`rapport
party Company
parties Representatives
each Deal has Representative, Amount (USD), Closed (date); counts on Closed
Company pays each Representative each month "Commission": 5% of ${sum}
calendar: calendar months, in UTC
rounding: each amount to the cent, half away from zero
\`\`\`
`;

function costWith(sum: string, deals: number) {
  const { program, diagnostics } = compile(agreement(sum), 'plan.md');
  if (program === null) throw new Error(diagnostics.map(({ code }) => code).join(', '));
  const mapping = { Representative: 'who', Amount: { column: 'usd', currency: 'USD' }, Closed: 'day' };
  const { feed } = readFeed({ sources: [{ file: 'd.csv', fact: 'Deal', id: 'id', fields: mapping }] });
  if (feed === null) throw new Error('The feed of this test is sound.');
  const rows = Array.from({ length: deals }, (_, row) => `${row},R${row % 10},1,2026-01-0${1 + (row % 9)}\n`);
  const text = `id,who,usd,day\n${rows.join('')}`;
  const { store } = factsFromFeed(feed, () => [encodeUtf8(text)], program);
  return worstCost(program, store, parseIsoDay('2026-12-31') ?? 0);
}

const own = 'the sum of Amount of Deals of the Representative in the month';
const all = 'the sum of Amount of Deals in the month';

test('facts, payees and periods are counted from the store', () => {
  expect(costWith(own, 200).amounts).toEqual({
    facts: { Deal: 200 },
    parties: { Company: 0, Representative: 10 },
    periods: 14,
  });
});

test('a clause in which every payee reads the facts of all costs as many times more as there are payees', () => {
  expect(costWith(own, 200).visits).toBe(14 * 200);
  expect(costWith(all, 200).visits).toBe(14 * 200 * 10);
  expect(costWith(all, 200).dearest?.clause).toBe('commission');
});
