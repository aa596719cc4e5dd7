// SPDX-License-Identifier: Apache-2.0
// What a program can cost to run and to pay is known before it runs.
import { expect, test } from 'vitest';
import { withBlank, withBlanks } from '../blanks.ts';
import { compile } from '../compile.ts';
import { costOf } from './cost.ts';
import { maximumLiability } from './liability.ts';

const text = `# Plan

[5% : Base Rate] [USD 1,000 : Bonus] [40 : Volume] [USD 100 : First Step] [USD 200 : Second Step] [500 : Reward]

\`\`\`rapport
party Company
parties Representatives
asset Points, whole
each Deal has Representative, Amount (USD), Closed (date); counts on Closed
table Rates, each slice at its own rate:
    up to First Step: 1%
    up to Second Step: 2%
    above: 3%
Revenue of a Representative in a period is the sum of Amount of Deals of the Representative in the period
Company pays each Representative each quarter "Commission": Rates on Revenue
Company pays each Representative each quarter "Capped": Base Rate of Revenue
    at most Bonus
Company pays each Representative each quarter "Volume": Bonus when count of Deals of the Representative in the quarter is at least Volume
Company issues Points to the Representative of each Deal "Gift": Reward
calendar: calendar quarters, in UTC
rounding: each amount to the cent, half away from zero
\`\`\`
`;
const { program, diagnostics } = compile(text, 'plan.md');
if (program === null) throw new Error(diagnostics.map((one) => one.code).join(', '));
const sound = program;

test('a cap or a fixed bonus bounds what a clause can pay, a rate does not', () => {
  expect(sound.clauses.map((clause) => [clause.name, maximumLiability(sound, clause)])).toEqual([
    ['Commission', null],
    ['Capped', { n: 1000n, d: 1n }],
    ['Volume', { n: 1000n, d: 1n }],
    ['Gift', { n: 500n, d: 1n }],
  ]);
});

test('a payee visits their own facts once for each period', () => {
  const cost = costOf(sound, { facts: { Deal: 1000 }, parties: { Representative: 10 }, periods: 4 });
  expect(cost.map(({ clause, evaluations, visits }) => [clause, evaluations, visits])).toEqual([
    ['commission', 40, 4000],
    ['capped', 40, 4000],
    ['volume', 40, 4000],
    ['gift', 1000, 1000],
  ]);
});

test('a bare number takes the unit that its use demands', () => {
  expect(sound.blanks.find((blank) => blank.id === 'Reward')?.type).toEqual({
    kind: 'quantity',
    unit: [{ base: 'Points', exponent: 1 }],
    flavour: 'amount',
  });
});

test('a blank takes another value of its type', () => {
  const changed = withBlank(sound, 'Base Rate', '4.75%');
  expect(
    'program' in changed && changed.program.blanks.find((blank) => blank.id === 'Base Rate')?.value,
  ).toEqual({
    kind: 'quantity',
    value: { n: 19n, d: 400n },
  });
});

test.each([
  ['Base Rate', 'USD 5', 'type_mismatch'],
  ['Base Rates', '5%', 'name_unknown'],
  ['First Step', 'USD 300', 'table_bounds_overlap'],
])('%s does not take %s', (name, value, code) => {
  const changed = withBlank(sound, name, value);
  expect('diagnostics' in changed && changed.diagnostics.map((one) => one.code)).toEqual([code]);
});

test('two bounds of a table move together', () => {
  expect(withBlanks(sound, { 'First Step': 'USD 300', 'Second Step': 'USD 400' })).toHaveProperty('program');
});
