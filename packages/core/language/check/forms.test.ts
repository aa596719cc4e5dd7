// SPDX-License-Identifier: Apache-2.0
// Forms that agreements take in the field, each compiling without an error, with the moment each clause posts at and
// whose facts it reads.
import { expect, test } from 'vitest';
import { compile } from '../compile.ts';

const policies = `calendar: calendar days, weeks, months, quarters, halves and years, in UTC
rounding: each amount to the cent, half away from zero
late facts: change the period they belong to; the difference is paid in the open period
returns: as if the sale had been smaller`;

const forms: Readonly<Record<string, readonly [prose: string, statements: string]>> = {
  'windows, moments, sets and gates': [
    '[5% : Rate] [USD 5 : Fee]',
    `party Company
parties Representatives, Managers
things Customers, Regions
each Representative has Joined (date), Left (date, may stay open); lasts from Joined through Left
each Representative has at any time one Manager, Quota (USD), Region
each Deal has Representative, Customer, Grade (one of "A", "B"), Amount (USD), Closed (date); counts on Closed
each Contract has Representative, Customer, Monthly (USD), Started (date), Ended (date, may stay open); counts on Started; lasts from Started through Ended
a Big Deal is a Deal whose Amount is at least USD 5,000 and Grade is one of "A", "B"
Old Customers of a Representative in a quarter are Customers of Deals of the Representative in the year before
New Customers of a Representative in a quarter are Customers of Deals of the Representative in the quarter who are not Old Customers
Live Fee of a Representative in a month is the sum of Monthly of Contracts of the Representative lasting at the end of the month
Team of a Manager in a quarter is count of Representatives of the Manager at the end of the quarter
Average of a Representative in a quarter is the mean of Amount of Deals of the Representative in the quarter, of at least 5, or USD 0 if there is none
Attained of a Representative in a quarter is Revenue ÷ Quota of the Representative on average over the quarter, or 0% if there is none
Revenue of a Representative in a period is the sum of Amount of Deals of the Representative in the period
Rolling of a Representative in a month is the sum of Amount of Deals of the Representative in the 3 months to the end of the month
Best of a Representative in a quarter is the place of the Representative by Revenue in the quarter
Company pays each Representative each quarter "New": Fee × count of New Customers
Company pays each Representative each quarter "Avg": Rate of Average
Company pays each Representative each month "Live": Rate of Live Fee
Company pays each Manager each quarter "Team": Fee × Team
Company pays each Representative each quarter "Top": Fee when Best is 1 or Best is 2
Growth of a Representative in a quarter is Revenue − Revenue in the same quarter of the year before
Company pays each Representative each quarter "Same": Rate of Growth when there is no Contract of the Representative lasting at the end of the quarter
Company pays each Representative each quarter "Year": Rate of Revenue in the year so far
Company pays each Representative each quarter "Att": Fee when Attained is at least 100%
Company pays each Representative each quarter "Big": Fee when there is a Big Deal of the Representative in the quarter
Company pays each Representative each month "Roll": Rate of Rolling
Company pays the Representative of each Deal in its quarter "Before": Rate of the sum of Amount of Deals of its Customer in the 90 days before it
Company pays each Manager each quarter "Best one": Rate of the greatest of Revenue of Representatives of the Manager at the end of the quarter, or USD 0 if there is none`,
  ],
  'a recoverable draw': [
    '[USD 2,000 : Draw] [2026-01-01 : Draw Start] [2026-06-30 : Draw End] [50% : Recovery] [10% : Rate]',
    `party Company
parties Representatives
each Sale has Representative, Credit (USD), Sold (date); counts on Sold
Company pays each Representative each month "Commission": Rate of the sum of Credit of Sales of the Representative in the month
Company settles with each Representative each month "Pay", from "Commission":
    at least Draw, from Draw Start through Draw End
    the shortfall is owed, and recovered from Recovery of the pay above it`,
  ],
  'release by payment, and a return that lowers': [
    '[10% : Agent Rate]',
    `party Company
parties Agents
each Invoice has Agent, Total (EUR), Issued (date); counts on Issued
each Payment has Invoice, Amount (EUR), Paid On (date); counts on Paid On
each Credit Note has Invoice, Amount (EUR), Issued (date); counts on Issued; lowers Total of its Invoice by Amount
Paid of an Invoice is sum of Amount of Payments of it so far
Company pays the Agent of each Invoice in its month "Commission": Agent Rate of Total
    released when Paid is at least Total
Company pays the Agent of each Invoice in its month "Other": Agent Rate of Total
    released in the share that Paid bears to Total`,
  ],
  'a status with hysteresis': [
    '[USD 2,000 : Silver Spend] [USD 5,000 : Gold Spend] [3 months : Grace] [12 months : Validity] [1 : Base] [2 : Better]',
    `party Company
parties Members
asset Points, whole
each Purchase has Member, Amount (USD), Bought (date); counts on Bought
Spend of a Member in a period is the sum of Amount of Purchases of the Member in the period
status Tier of a Member, by Spend in the year so far:
    Bronze at first
    Silver from Silver Spend
    Gold from Gold Spend
    rises at once, with the Purchase that reaches it
    falls at the end of a year, one step at a time, after Grace
    keeps at least Validity
Point Rate of a Purchase is the first that applies:
    Better when Tier of its Member is at least Silver
    otherwise Base
Company issues Points to the Member of each Purchase "Points": Point Rate per whole USD of Amount`,
  ],
  'the first rule that applies': [
    '[20% : White Rate] [10% : Desk Rate] [USD 50 : Furniture Fee] [USD 5 : Standard Fee]',
    `party Company
parties Agents
things Products, Categories
each Product has one Category, Parent (Product)
each Category has Upper (Category)
each Line has Agent, Product, Price (USD), Sold (date); counts on Sold
Line Commission of a Line is the first that applies:
    White Rate of Price when Product is "Customizable Desk (Steel, White)"
    Desk Rate of Price when Product is within "Customizable Desk"
    Furniture Fee when Category of Product is within "Office Furniture"
    otherwise Standard Fee
Company pays the Agent of each Line in its month "Line commission": Line Commission`,
  ],
  'points that expire, and a reward for them': [
    '[5 : Earn Rate] [90 days : Points Age] [20% : Reward Rate] [500 : Reward Points]',
    `party Company
parties Members
asset Points, whole
each Order has Member, Total (USD), Placed (date), Reward Claimed (yes or no); counts on Placed
Company issues Points to the Member of each Order "Points issued": Earn Rate per USD 1 of Total
    usable through Points Age after Placed
Points are used in order of issue
Company pays the Member of each Order "Reward": Reward Rate of Total when Reward Claimed is "yes"
    taking Reward Points from usable Points, refused if short`,
  ],
  'splits of credit and of dollars, and an override': [
    '[5% : Own Rate] [4% : Deal Rate] [1% : Override]',
    `party Company
parties Representatives, Managers
each Representative has at any time one Manager
each Deal has Representative, Amount (USD), Closed (date); counts on Closed
each Split has Deal, Representative, Share (percent); counts on Closed of its Deal
Credit of a Split is Share of Amount of its Deal
Company pays each Representative each quarter "Commission on credit": Own Rate of the sum of Credit of Splits of the Representative in the quarter
Company pays the Representative of each Split in its quarter "Share of commission": Share of Deal Rate of Amount of its Deal
Company pays each Manager each quarter "Override":
    Override of the sum of Amount of Deals of Representatives of the Manager in the quarter
Company pays the Manager of its Representative of each Deal in its quarter "Direct": Override of Amount`,
  ],
  'a judged objective and a pay curve': [
    '[USD 2,500 : Quarterly Target] [30 days : Review Time]',
    `party Company
parties Participants, Supervisors
each Participant has at any time Quota (USD)
each Sale has Participant, Amount (USD), Sold (date); counts on Sold
the Supervisor decides Objectives Met of each Participant each quarter (percent) within Review Time of its end, otherwise 100%
table Revenue Curve, in straight lines:
    below 80%: 0%
    from 80%: 15%, rising 2.5% per 1%
    from 90%: 60%, rising 2.5% per 1%
    from 100%: 100%, rising 2.5% per 1%
Revenue of a Participant in a period is the sum of Amount of Sales of the Participant in the period
Revenue Achievement of a Participant in a quarter is Revenue ÷ Quota of the Participant at the end of the quarter, or 0 if there is none
Operating Achievement of a Participant in a quarter is Revenue Curve on Revenue Achievement
Company pays each Participant each quarter "Operating income": Operating Achievement of Quarterly Target
    at most Quarterly Target when Revenue Achievement is less than 100%
Company pays each Participant each quarter "Objectives": Objectives Met of Quarterly Target
Company pays each Participant each quarter "Quota pay": 5% of Quota prorated by days
Company pays each Participant each quarter "YTD": 1% of Revenue in the year so far`,
  ],
  'a move between two accounts': [
    '',
    `party Company
things Programmes
each Programme has Product Price (USD), Point Price (USD), Sales (USD)
each Programme has at any time Expected Points (count)
each Redemption has Programme, Points (count), Made (date); counts on Made
Product Share of a Programme is Product Price ÷ (Product Price + Point Price), rounded to the whole percent
Points Revenue of a Programme is Sales × (100% − Product Share)
Redeemed Points of a Programme in a year is sum of Points of Redemptions of the Programme through the year
Revenue Earned of a Programme in a year is Points Revenue × Redeemed Points ÷ Expected Points at the end of the year, rounded to the whole USD
Company moves from "Contract liability" to "Revenue" each year "Points revenue": rise of Revenue Earned in the year`,
  ],
  'a residual while the contract lasts': [
    '[10% : Residual Rate] [36 months : Residual Term]',
    `party Company
parties Representatives
things Customers
each Contract has Representative, Customer, Monthly Fee (USD), Started (date), Ended (date, may stay open); counts on Started; lasts from Started through Ended
Company pays the Representative of each Contract each month "Residual": Residual Rate of Monthly Fee
    while it lasts, for at most Residual Term`,
  ],
  'an override over all levels below': [
    '[1% : Override]',
    `party Company
parties Managers
each Manager has at any time one Superior (Manager)
each Deal has Manager, Amount (USD), Closed (date), Paid On (date); counts on Closed
Company pays each Manager each quarter "Override": Override of the sum of Amount of Deals of Managers at any level of the Manager in the quarter
Company pays the Manager of each Deal in its month of Paid On "Late": 1% of Amount`,
  ],
};

test.each(Object.entries(forms))('%s', (_, [prose, statements]) => {
  const text = `# Plan\n\n${prose}\n\n\`\`\`rapport\n${statements}\n${policies}\n\`\`\`\n`;
  const { program, diagnostics } = compile(text, 'plan.md');
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  expect(errors.map(({ code, at }) => `${code}: ${text.slice(at.start.offset, at.end.offset)}`)).toEqual([]);
  const clauses = program?.clauses ?? [];
  expect(
    clauses.map(({ name, asset, occasion, posts, foreignReads }) =>
      [name, asset, occasion.kind, posts.kind, ...foreignReads].join(' | '),
    ),
  ).toMatchSnapshot();
});
