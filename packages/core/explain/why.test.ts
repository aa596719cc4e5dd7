// SPDX-License-Identifier: Apache-2.0
// Why an amount is what it is: the tree of one quarter, word for word.
import { describe, expect, test } from 'vitest';
import type { Known } from '../program/log.ts';
import { deal, manages, sampleProgram, theDay } from './sample-program.ts';
import { explain } from './why.ts';
import { explanationText } from './why-text.ts';

const program = sampleProgram();
const versions = [{ program, from: null, to: null }];
const known: Known = {
  facts: [deal('D-1', 'Ann', 45_000, '2026-02-10'), deal('D-2', 'Ann', 20_000, '2026-03-30')],
  attributes: [manages('Mo', 'Ann', '2026-01-01')],
  decisions: [],
  openings: [],
  asOf: theDay('2026-04-01'),
};

function whyText(clause: string, payee: string): string {
  const explanation = explain(versions, known, { clause, payee, period: '2026-Q1' });
  return explanation === null ? '' : explanationText(program, explanation);
}

describe('an explanation', () => {
  test('of a table shows the measure, the facts behind it, and each slice with its rate', () => {
    expect(whyText('Commission', 'Ann')).toBe(`Commission (§2) of Ann for 2026-Q1: USD 3,700.00

For each quarter, the Company pays each Representative what the Commission Rates table gives for
the Revenue of the Representative in the quarter. The amount is rounded to the cent, a half away
from zero, once for each Representative and quarter.

what the Commission Rates table gives for the Revenue   USD 3,700
├ Revenue                                              USD 65,000
│ ├ Deal D-1                                           USD 45,000
│ └ Deal D-2                                           USD 20,000
├ Base Rate (5%) of USD 50,000                          USD 2,500
└ Second Rate (8%) of USD 15,000                        USD 1,200

Borne by
  Deal D-1  USD 2,250.00  Customer Acme, Stage “Won”, Amount USD 45,000, Closed 2026-02-10
  Deal D-2  USD 1,450.00  Customer Acme, Stage “Won”, Amount USD 20,000, Closed 2026-03-30
`);
  });

  test('of a condition shows both sides and whether it held', () => {
    expect(whyText('Milestone bonus', 'Ann')).toContain(
      'Revenue is at least USD 10,000 (Target)         yes',
    );
  });

  test('of a clause for each fact takes each fact apart', () => {
    expect(whyText('New customer bonus', 'Ann')).toContain('Deal D-1: New Customer Bonus  USD 150');
  });

  test('names what concerns others, since the payee cannot recompute it', () => {
    expect(whyText('Team override', 'Mo')).toContain(
      'Attested, since it concerns others: Deals and the Manager of each Representative.',
    );
  });

  test('of nothing is null', () => {
    expect(explain(versions, known, { clause: 'Commission', payee: 'Nobody', period: '2026-Q1' })).toBeNull();
  });
});
