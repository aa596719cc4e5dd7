// SPDX-License-Identifier: Apache-2.0
// What a clause rests on: the kinds and attributes that a feed may still owe it.
import { expect, test } from 'vitest';
import { compile } from '../language/compile.ts';
import { declaredIn, readsOf } from './clause-reads.ts';
import { sampleProgram } from './statement-sample.ts';

const text = `# Plan

[Northwind Ltd : Company] pays [5% : Rate], [USD 50 : Visit Bonus] a visit, and at most [USD 900 : Most].

\`\`\`rapport
party Company
parties Representatives
each Representative has at any time Quota (USD)
each Deal has Representative, Amount (USD), Closed (date); counts on Closed
each Return has Deal, Amount (USD), Issued (date); counts on Issued; lowers Amount of its Deal
each Visit has Representative, Held (date); counts on Held
a Large Deal is a Deal whose Amount is at least USD 100
Revenue of a Representative in a period is the sum of Amount of Large Deals of the Representative in the period
Company pays each Representative each quarter "Commission": Rate of Revenue
Company pays each Representative each quarter "Visits": Visit Bonus × count of Visits of the Representative in the quarter
Company pays each Representative each quarter "Attained": Visit Bonus when Revenue is at least Quota at the end of the quarter
Company settles with each Representative each quarter "Pay", from "Visits", "Attained":
    at most Most, the excess is lost
calendar: calendar quarters and years, in UTC
rounding: each amount to the cent, half away from zero
late facts: change the period they belong to; the difference is paid in the open period
returns: as if the sale had been smaller
\`\`\`
`;

const { program, diagnostics } = compile(text, 'plan');
const idOf = (name: string) =>
  [...program!.clauses, ...program!.settlements].find((one) => one.name === name)!.id;

test.each([
  ['Commission', ['Deal', 'Return']],
  ['Visits', ['Visit']],
  ['Attained', ['Deal', 'Quota of Representative', 'Return']],
  ['Pay', ['Deal', 'Quota of Representative', 'Return', 'Visit']],
])(
  '%s rests on what its formula leads to, through values, derived kinds and what lowers them',
  (name, kinds) => {
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect([...readsOf([program!])(idOf(name))].sort()).toEqual(kinds);
  },
);

test('a clause that no version has any more rests on everything that is declared', () => {
  const sample = sampleProgram();
  expect(readsOf([sample])('gone')).toEqual(declaredIn(sample));
});
