// SPDX-License-Identifier: Apache-2.0
// One line for every form of the grammar: each parses without a diagnostic, the formatter leaves it alone, and its
// expressions print as they were written.
import { describe, expect, test } from 'vitest';
import { formatDocument } from './format.ts';
import { messageOf } from './messages.ts';
import { parseDocument } from './parse.ts';
import { printExpr } from './print-expression.ts';

function inBlock(statement: string): string {
  return `\`\`\`rapport\n${statement}\n\`\`\`\n`;
}

const statements = [
  'parties Salespeople (Salesperson), Members',
  'asset Miles, with 2 decimals',
  'each Deal has Representative, Stage (one of "Open", "Won"), Ended (date, may stay open); counts on Closed of its Invoice; lasts from Started through Ended; in order of Bought, then Line of its Order; lowers Total of its Invoice by Amount',
  'each Representative has at any time one Manager, Quota (USD)',
  'a First Deal is the first Won Deal of each Customer in each contract year',
  'Line Commission of a Line is the first that applies:\n    5% of Price when Product is within "Desk"\n    otherwise USD 5',
  'table Curve, in straight lines:\n    below 80%: 0%\n    from 80%: 15%, rising 2.5% per whole 1%\n    above 90%: 0%\n    otherwise: 1%',
  'status Tier of a Member, by Spend in the year so far:\n    Bronze at first\n    Silver from Silver Spend\n    rises at once, with the Purchase that reaches it\n    rises at the end of a year\n    falls at once\n    falls at the end of a year, one step at a time, after Grace\n    keeps at least Validity, counted anew at each rise',
  'Company settles with each Representative each month "Pay", from "Commission", "Bonus":\n    at least Draw, from Draw Start through Draw End\n    at most Cap, the excess is carried\n    the shortfall is forgiven\n    the shortfall is owed, and recovered from Recovery of the pay above it, from Later Day\n    paid ahead on the first day',
  'Company moves from "Contract liability" to "Revenue" each year "Points revenue": the rise of Revenue Earned in the year',
  'the Supervisor decides Objectives Met of each Participant each quarter (percent) within Review Time of its end, otherwise 100%',
  'Points are used in order of expiry, then issue',
  'Points of Members of one Household are pooled',
  'Company grants Units to each Member each contract quarter "Units": 500',
  'Company pays the Manager of its Representative of each Deal in its month of Engaged "Override": Rate of Amount',
  'Principal pays Company for each Invoice in its month "Principal commission": Principal Rate of Total',
  'example "all steps":\n    with Target USD 5,000\n    opening "Points" of "Kim" 500 on 2026-01-01 through 2026-12-31\n    Deal "D-1" has Amount USD −50, Ended open, Signed yes from 2026-01-01 through 2026-02-01\n    later Deal "D-1" is void\n    later decided Objectives Met of "P" for 2026-Q1 80% by "S"\n    2026-Q1 is closed\n    as of 2026-02-01\n    gives "Ann" for 2026: "Commission" USD 1,620.00, now USD 20.00, "Bonus" 500 Points\n    gives nothing else',
];
const rows = [
  'at most Cap when Revenue is less than 100%',
  'at least USD 10',
  'times Modifier when Score is not 5',
  'from Start Day through End Day',
  'through End Day',
  'released when Paid is at least Total',
  'released in the share that Paid bears to Total',
  'held back 10% through 90 days after Closed',
  'held back Share, released when there is a Payment of it',
  'vests in 4 equal parts, one each 3 months after Granted, the first after 12 months',
  'usable from 30 days after Bought',
  'usable through Expiry after Bought',
  'usable while there is a Purchase every 12 months',
  'for every Reward Points of usable Points, taken at once',
  'taking Reward Points from usable Points, refused if short',
  'taking Reward Points from usable Points, as far as they go',
  'while it lasts, for at most Residual Term',
  'on a return: taking back 50% of what it earned, and what was used is given back',
  'on a return: as a negative sale today',
  'on a shortage: the balance goes below zero',
  'as it grows',
  'when the quarter ends',
  'posted on the end of the quarter',
  'once, and kept',
  'prorated by whole months',
  'rounded down to the cent',
  'late facts: are ignored after 30 days',
  'formerly "Old commission"',
];
const expressions = [
  'the sum of Amount of Won Deals of the Representative in the quarter before',
  '(Base + Bonus) × Count ÷ Days − 5%',
  '−Amount',
  'Gold Points when Recent Spend is at least Gold Spend, otherwise Base Points',
  'High when X is 1 and Y is more than 2, Low when X is from 1 through 5, otherwise None Due',
  'Bonus when Stage is one of "Won", "Lost" or "Open"',
  'Bonus when X is 1 or there is no Deal of the Customer in the 90 days before it',
  'Customers of Deals who are not Customers of Returns so far',
  'the mean of Score of Surveys in the month, of at least 5, or 0 if there is none, rounded to the whole percent',
  'Rate of it per whole USD of Total of its Order',
  'Rate per USD 100 of Total',
  'Payout Matrix on Attainment and Margin',
  'Bonus when Rates on Revenue is at least 5 and Y is 2',
  'the lesser of Cap and Rate of Amount',
  'days from Engaged to Closed',
  'months from the start of the year to Closed',
  'the end of the month of Closed',
  'the number of the quarter',
  'the amount of "Commission" in the year so far',
  'the place of the Representative by lowest Revenue in the quarter',
  'usable Points of the Member',
  'Target prorated by days',
  'Quota of the Representative at the start of the quarter',
  'Quota of the Representative on average over the quarter',
  'Rate of its Representative on Closed',
  'the count of Contracts lasting at the end of the month',
  'the sum of Amount of Deals from 2026-01-01 through 2026-03-31',
  'the sum of Amount of Deals in the same quarter of the year before',
  'the sum of Amount of Deals in the 12 months to the end of the quarter',
  'Representatives at any level of the Manager',
];

function wrongIn(text: string): readonly string[] {
  return parseDocument(text, 'x.md').diagnostics.map((one) => `${one.code}: ${messageOf(one).sentence}`);
}

describe('statements', () => {
  test.each(statements)('%s', (statement) => {
    expect(wrongIn(inBlock(statement))).toEqual([]);
    expect(formatDocument(inBlock(statement), 'x.md')).toBe(inBlock(statement));
  });
});

describe('rows of a clause', () => {
  test.each(rows)('%s', (row) => {
    const text = inBlock(`Company pays each Member each month "Bonus": Bonus\n    ${row}`);
    expect(wrongIn(text)).toEqual([]);
    expect(formatDocument(text, 'x.md')).toBe(text);
  });
});

describe('expressions print as they are written', () => {
  test.each(expressions)('%s', (expression) => {
    const text = inBlock(`Measure is ${expression}`);
    expect(wrongIn(text)).toEqual([]);
    const statement = parseDocument(text, '').tree.statements[0]?.statement;
    expect(statement?.kind === 'value' ? printExpr(statement.body) : '').toBe(expression);
  });
});
