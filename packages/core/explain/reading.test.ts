// SPDX-License-Identifier: Apache-2.0
// What a reading says, on a small program made by hand.
import { describe, expect, test } from 'vitest';
import { readRules, readStatements, readValue } from './reading.ts';
import { sampleProgram } from './sample-program.ts';

const program = sampleProgram();

function readingOf(name: string): readonly string[] {
  return readStatements(program).find((reading) => reading.name === name)?.sentences ?? [];
}

describe('a reading', () => {
  test('says when a kind of fact counts, and in which order', () => {
    expect(readingOf('Deal')).toEqual([
      'A Deal is recorded with a Representative, a Customer, a Stage (text), an Amount (USD) and a Closed date.',
      'It counts on its Closed date; among those of the same day, in the order of its number.',
    ]);
  });

  test('says what a kind made from another is, and that late facts can change who is first', () => {
    expect(readingOf('Won Deal')).toEqual(['A Won Deal is a Deal whose Stage is “Won”.']);
    expect(readingOf('First Deal')).toEqual([
      'A First Deal is the first Won Deal of each Customer, no matter whose it is.',
      'If an earlier Won Deal becomes known later, that one takes its place.',
    ]);
  });

  test('says a named value in one sentence', () => {
    expect(readValue(program, 'Revenue')).toEqual([
      'The Revenue of a Representative in a period means the total Amount of the Won Deals of the Representative in the period.',
    ]);
    expect(readValue(program, 'Profit')).toBeNull();
  });

  test('lists the slices of a table, each with its bound and its rate', () => {
    expect(readingOf('Commission Rates')).toEqual([
      'The Commission Rates table pays each slice at its own rate:',
      '- of the first USD 50,000 (First Step): 5% (Base Rate)',
      '- of the part above USD 50,000 (First Step): 8% (Second Rate)',
    ]);
  });

  test('says who pays what to whom, how it is rounded and when it is booked', () => {
    expect(readingOf('Milestone bonus')).toEqual([
      'For each quarter, the Company pays each Representative the Bonus (USD 1,000), if the Revenue of the Representative in the quarter is at least USD 10,000 (Target).',
      'Otherwise nothing is due.',
      'The amount is rounded to the cent, a half away from zero, once for each Representative and quarter.',
      'It is booked as it grows: each new fact adds its part at once.',
    ]);
  });

  test('says to which period an amount for one fact belongs', () => {
    expect(readingOf('New customer bonus').slice(0, 2)).toEqual([
      'For each First Deal, the Company pays its Representative the New Customer Bonus (USD 150).',
      'It belongs to the quarter of its Closed date.',
    ]);
  });

  test('says on which day a relation is read, and which facts of others an amount rests on', () => {
    const [first, , , last] = readingOf('Team override');
    expect(first).toBe(
      'For each quarter, the Company pays each Manager the Override (1.5%) of the total Amount of the Won Deals in the quarter of Representatives who report to the Manager on the day the Won Deal counts.',
    );
    expect(last).toBe(
      'It also rests on facts of others: Deals and the Manager of each Representative. The Company attests these to the Manager.',
    );
  });

  test('says what late facts and returns do', () => {
    expect(readRules(program)).toContain(
      'A fact that comes late or is corrected changes the period it belongs to; the difference is booked in the period that is then open.',
    );
  });
});
