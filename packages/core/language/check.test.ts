// SPDX-License-Identifier: Apache-2.0
// Every mistake that the checker knows, in the smallest agreement that has it, and what sound formulas become.
import { expect, test } from 'vitest';
import { compile } from './compile.ts';

const policies = `calendar: calendar quarters and years, in UTC
rounding: each amount to the cent, half away from zero
late facts: change the period they belong to; the difference is paid in the open period
returns: none`;

const declarations = `party Company
parties Representatives, Managers
things Customers
asset Points, whole
each Representative has at any time one Manager, Quota (USD)
each Deal has Representative, Customer, Stage (text), Amount (USD), Engaged (date), Closed (date); counts on Closed
a Won Deal is a Deal whose Stage is "Won"
Revenue of a Representative in a period is the sum of Amount of Won Deals of the Representative in the period`;

const blanks =
  'Of it [5% : Base Rate] from [USD 50,000 : First Step] on, [USD 1,000 : Bonus], [40 : Volume], [90 days : Span].';

function agreement(statements: string, prose = blanks, rules = policies): string {
  return `# Plan\n\n${prose}\n\n\`\`\`rapport\n${declarations}\n${statements}\n${rules}\n\`\`\`\n`;
}

const commission = 'Company pays each Representative each quarter "Commission": Base Rate of Revenue';

function codes(text: string): string[] {
  const { diagnostics } = compile(text, 'plan.md');
  return [...new Set(diagnostics.map((diagnostic) => diagnostic.code))];
}

test('a sound agreement has nothing to say against it', () => {
  expect(codes(agreement(commission, 'Of it [5% : Base Rate] is paid.'))).toEqual([]);
});

const mistakes: readonly (readonly [code: string, statements: string, prose?: string, rules?: string])[] = [
  ['name_declared_twice', 'things Customers'],
  ['name_declared_twice', 'each Visit has Bonus (USD), Made (date); counts on Made'],
  ['name_equals_plural', 'party Deals'],
  ['plural_unknown', 'parties Salespeople'],
  ['name_unknown', 'Company pays each Representative each quarter "Commission": Base Rate of Revenu'],
  ['name_unknown', 'Total of a Deal is Price of it'],
  ['name_unbound', 'Company pays each Customer each quarter "Gift": Base Rate of Revenue'],
  ['it_unbound', 'Most is Bonus of it'],
  ['field_without_type', 'each Visit has Place, Made (date); counts on Made'],
  ['counting_date_missing', 'each Visit has Representative, Made (date)'],
  ['trait_of_party', 'each Representative has Joined (date); counts on Joined'],
  ['type_mismatch', 'Late of a Deal is Closed + Bonus'],
  ['type_mismatch', 'a Big Deal is a Deal whose Amount is "Won"'],
  ['units_differ', 'Sum of a Deal is Amount + EUR 5'],
  ['currency_missing', 'a Big Deal is a Deal whose Amount is at least 500'],
  ['currency_missing', 'Company pays each Representative each quarter "Commission": Volume'],
  ['of_needs_rate', 'Square of a Deal is Bonus of Amount'],
  [
    'fold_missing',
    'All of a Representative in a period is Amount of Won Deals of the Representative in the period',
  ],
  ['fold_needs_set', 'All of a Deal is sum of Amount of it'],
  [
    'fold_needs_field',
    'All of a Representative in a period is sum of Won Deals of the Representative in the period',
  ],
  ['link_missing', 'All of a Manager in a period is count of Deals of the Manager in the period'],
  [
    'link_ambiguous',
    'each Call has Opener (Representative), Closer (Representative), Made (date); counts on Made\nCalls Made of a Representative in a period is count of Calls of the Representative in the period',
  ],
  ['otherwise_missing', 'Day of a Deal is Closed when Stage is "Won"'],
  [
    'table_dimensions',
    'table Rates, one rate on the whole:\n    from USD 0: Base Rate\nTwo of a Deal is Rates on Amount and Amount',
  ],
  [
    'rising_outside_lines',
    'table Rates, one rate on the whole:\n    from USD 0: Base Rate, rising 1% per USD 5',
  ],
  [
    'table_bound_ambiguous',
    'table Rates, the amount of the band reached:\n    up to First Step: Bonus\n    above: USD 0',
  ],
  [
    'table_bounds_overlap',
    'table Rates, each slice at its own rate:\n    up to First Step: Base Rate\n    up to USD 100: Base Rate\n    above: Base Rate',
  ],
  [
    'table_gap',
    'table Rates, each slice at its own rate:\n    up to First Step: Base Rate\n    from USD 60,000: Base Rate',
  ],
  ['circular_definition', 'Egg of a Deal is Hen of it\nHen of a Deal is Egg of it'],
  [
    'circular_definition',
    'status Tier of a Representative, by usable Points:\n    Basic at first\n    Gold from 100\n    rises at once, with the Deal that reaches it\nCompany issues Points to the Representative of each Deal "Points issued": 10\n    times 2 when Tier of its Representative is Gold',
  ],
  [
    'circular_definition',
    'Company pays each Representative each quarter "A": Bonus + the amount of "B"\nCompany pays each Representative each quarter "B": Bonus + the amount of "A"',
  ],
  ['period_missing', 'Company pays each Representative "Commission": Base Rate of Revenue'],
  ['window_needs_facts', 'Before of a Deal is Revenue of its Representative before it'],
  [
    'fact_missing',
    'Company pays each Representative each quarter "Late": Base Rate of the sum of Amount of Won Deals of the Representative before it',
  ],
  [
    'fact_does_not_last',
    'Company pays the Representative of each Deal each month "Residual": Base Rate of Amount\n    while it lasts',
  ],
  [
    'dated_attribute_needs_moment',
    'Company pays each Representative each quarter "Gate": Bonus when Revenue is at least Quota',
  ],
  [
    'none_not_handled',
    'Company pays each Representative each quarter "Gate": Bonus when Revenue ÷ Quota at the end of the quarter is at least 100%',
  ],
  [
    'none_not_handled',
    'Company pays each Representative each quarter "Gate": Base Rate of the mean of Amount of Won Deals of the Representative in the quarter',
  ],
  ['payee_not_linked', 'Company pays the Company of each Deal in its quarter "Fee": Base Rate of Amount'],
  ['clause_name_twice', `${commission}\n${commission}`],
  ['clause_unknown', 'Company pays each Representative each quarter "A": the amount of "B"'],
  [
    'settle_unknown_clause',
    `${commission}\nCompany settles with each Representative each month "Pay", from "Comission":\n    at least Bonus`,
  ],
  [
    'status_never_rises',
    'status Tier of a Representative, by Revenue in the year so far:\n    Bronze at first\n    Silver from First Step',
  ],
  ['blank_unknown_type', 'Company pays each Representative each quarter "A": Prize', '[… : Prize]'],
  [
    'calendar_missing',
    commission,
    blanks,
    'rounding: each amount to the cent, half away from zero\nreturns: none',
  ],
  ['rounding_missing', commission, blanks, 'calendar: calendar quarters and years, in UTC\nreturns: none'],
  [
    'returns_not_stated',
    'each Credit has Deal, Amount (USD), Issued (date); counts on Issued; lowers Amount of its Deal',
    blanks,
    'calendar: calendar quarters and years, in UTC',
  ],
  ['policy_sentence_unknown', commission, blanks, policies.replace('half away from zero', 'somehow')],
  ['policy_twice', `returns: none`],
  ['zone_unknown', commission, blanks, policies.replace('UTC', 'Europe/Zurch')],
  ['duration_invalid', 'Later of a Deal is 5 days 1 month after Closed'],
  [
    'blank_unit_ambiguous',
    'asset Miles, whole\nCompany issues Points to each Representative each quarter "A": Prize\nCompany issues Miles to each Representative each quarter "B": Prize',
    '[5 : Prize]',
  ],
  ['blank_unused', commission],
  ['blank_not_in_section', commission, '## 1. Words\n\n[5% : Base Rate]\n\n## 2. Formulas\n'],
  ['number_outside_blank', 'Company pays each Representative each quarter "Commission": 5% of Revenue'],
  [
    'taking_in_period',
    'Company pays each Representative each month "Voucher": Bonus\n    for every 500 of usable Points, taken at once',
  ],
  [
    'example_unknown_component',
    `${commission}\nexample "one":\n    gives "Ann" for 2026-Q1: "Comission" USD 1`,
  ],
  [
    'example_period_unknown',
    `${commission}\nexample "one":\n    gives "Ann" for 2026-W60: "Commission" USD 1`,
  ],
  [
    'row_unreachable',
    'Grade of a Deal is the first that applies:\n    1 when Amount is at least First Step\n    2 when Amount is at least USD 60,000\n    otherwise 3',
  ],
  [
    'cliff',
    'table Rates, one rate on the whole:\n    below First Step: Base Rate\n    from First Step: 6%\nPay of a Deal is Rates on Amount',
  ],
];

for (const [index, [code, statements, prose, rules]] of mistakes.entries()) {
  test(`mistake ${index + 1} is ${code}`, () => {
    expect(codes(agreement(statements, prose, rules))).toContain(code);
  });
}
