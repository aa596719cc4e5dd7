// SPDX-License-Identifier: Apache-2.0
// The sentences for mistakes that the checker finds: names, types, missing policies, conflicts. Every code stands here
// once, with the facts its sentence names.
import type { Facts, Messages, Notes } from './message.ts';

function didYouMean(facts: Facts, otherwise: string): string {
  const nearest = facts['nearest'] ?? '';
  return nearest === '' ? otherwise : `Did you mean "${nearest}"?`;
}

function known(facts: Facts): string {
  const names = facts['known'] ?? '';
  return names === '' ? 'Declare it, or use a name that is declared.' : `It has ${names}.`;
}

export const checkMessages: Messages = {
  name_declared_twice: (facts) => ({
    sentence: `The name "${facts['name']}" is already declared.`,
    remedy: 'Give one of the two another name: a name means one thing in the whole document.',
  }),
  name_equals_plural: (facts) => ({
    sentence: `"${facts['name']}" is also the plural of "${facts['other']}".`,
    remedy: 'Give one of the two another name, or declare the plural with its singular in brackets.',
  }),
  plural_unknown: (facts) => ({
    sentence: `"${facts['name']}" is no regular plural, so its singular is not known.`,
    remedy: 'Put the singular in brackets, as in Salespeople (Salesperson).',
  }),
  name_unknown: (facts) => ({
    sentence: `There is no ${facts['wanted']} named "${facts['name']}".`.replace(
      'no name named',
      'nothing named',
    ),
    remedy: didYouMean(facts, known(facts)),
  }),
  name_unbound: (facts) => ({
    sentence: `"${facts['name']}" is declared, but nothing here says whose it is, or which one is meant.`,
    remedy: `Say of what, as in "${facts['name']} of the …", or take all of them with the plural.`,
  }),
  it_unbound: () => ({
    sentence: '"it" and "its" refer to what the statement introduces, and this one introduces nothing.',
    remedy: 'Name what is meant.',
  }),
  field_without_type: (facts) => ({
    sentence: `The field "${facts['name']}" has no type, and there is no party, thing or kind of fact of that name.`,
    remedy: `Write its type in brackets, as in ${facts['name']} (USD), ${facts['name']} (date) or ${facts['name']} (text).`,
  }),
  counting_date_missing: (facts) => ({
    sentence: `A ${facts['kind']} has no date on which it counts.`,
    remedy: 'End the declaration with "; counts on" and one of its date fields.',
  }),
  trait_of_party: (facts) => ({
    sentence: `${facts['party']} is a party or thing; only facts count on a date, have an order or lower one another.`,
    remedy: 'Take this part out; a party can only have "lasts from … through …".',
  }),
  type_mismatch: (facts) => ({
    sentence: `This is ${facts['found']}, but ${facts['expected']} is needed here.`,
    remedy: `Use ${facts['expected']} here.`,
  }),
  units_differ: (facts) => ({
    sentence: `This is in ${facts['found']}, but what it meets is in ${facts['expected']}; the two never mix.`,
    remedy: 'Bring both to one unit first: convert with a dated rate, or compare like with like.',
  }),
  currency_missing: (facts) => ({
    sentence: `This is ${facts['found']}, but ${facts['expected']} is needed, and a bare number is never money.`,
    remedy: 'Write the currency with the number, as in USD 500.',
  }),
  duration_invalid: (facts) => ({
    sentence: `"${facts['text']}" is no length of time.`,
    remedy: 'Write numbers with years, months, weeks or days, the longest first: "1 year 6 months".',
  }),
  of_needs_rate: (facts) => ({
    sentence: `Left of "of" stands ${facts['left']}, which is neither a rate nor something that ${facts['right']} has.`,
    remedy: 'Put a percentage, a number or a rate on the left, or use × between two quantities.',
  }),
  fold_missing: (facts) => ({
    sentence: `There are many of these (${facts['of']}), and nothing says what to make of them.`,
    remedy: 'Say "sum of", "count of", "mean of", "least of" or "greatest of" before it.',
  }),
  fold_needs_set: (facts) => ({
    sentence: `"${facts['fold']} of" takes many things together, but this is ${facts['of']}.`,
    remedy: 'Name a set on its right: the plural of a kind, as in "count of Deals of the Representative".',
  }),
  fold_needs_field: (facts) => ({
    sentence: `"${facts['fold']} of" needs something of each ${facts['of']} to work on.`,
    remedy: `Name a field between the two, as in "${facts['fold']} of Amount of …".`,
  }),
  link_missing: (facts) => ({
    sentence: `Nothing leads from ${facts['from']} to ${facts['to']}.`,
    remedy: `Give ${facts['from']} a field that names its ${facts['to']}, or go another way.`,
  }),
  link_ambiguous: (facts) => ({
    sentence: `Several fields lead from ${facts['from']} to ${facts['to']}: ${facts['links']}.`,
    remedy: `Name the field that is meant: ${facts['links']}.`,
  }),
  otherwise_missing: (facts) => ({
    sentence: `When no case holds there is no result, since this is ${facts['type']} and cannot be nought.`,
    remedy: 'Add ", otherwise …".',
  }),
  table_dimensions: (facts) => ({
    sentence: `The table ${facts['table']} is asked for with the wrong number of measures.`,
    remedy: 'A table with columns takes two measures, "on X and Y"; every other table takes one.',
  }),
  rising_outside_lines: (facts) => ({
    sentence: `Only a table in straight lines can rise within a row; ${facts['table']} is of another mode.`,
    remedy: 'Write "in straight lines" as its mode, or take "rising …" out.',
  }),
  table_bound_ambiguous: (facts) => ({
    sentence: `"up to" in row ${facts['row']} does not say whether the bound itself belongs to the row, and here it matters.`,
    remedy: 'Write "up to and including" or "below".',
  }),
  table_bounds_overlap: (facts) => ({
    sentence: `Row ${facts['row']} of ${facts['table']} starts at ${facts['starts']}, but the row before it ends at ${facts['ends']}.`,
    remedy: 'Let each row start where the one before it ends, and each bound be greater than the last.',
  }),
  table_gap: (facts) => ({
    sentence: `Row ${facts['row']} of ${facts['table']} starts at ${facts['starts']}, but row ${facts['before']} ends at ${facts['ends']}, and nothing covers what lies between.`,
    remedy: 'Let each row start where the one before it ends.',
  }),
  circular_definition: (facts) => ({
    sentence: `"${facts['name']}" is defined by itself.`,
    remedy: 'Take out one of the references on the way, so that everything rests on facts.',
  }),
  period_missing: (facts) => ({
    sentence:
      (facts['has'] ?? '') === ''
        ? `"${facts['value'] ?? facts['unit']}" is per period, and nothing here says in which ${facts['unit']}.`
        : `"${facts['value'] ?? facts['unit']}" is wanted for a ${facts['unit']}, but the period at hand is a ${facts['has']}.`,
    remedy: 'Add a window such as "in the quarter", "in the year so far" or "in the month of Closed".',
  }),
  window_needs_facts: (facts) => ({
    sentence: `This window follows the order of single facts, and "${facts['value']}" is only known per period.`,
    remedy: 'Write the sum or count itself here, or use a window of whole days.',
  }),
  fact_missing: () => ({
    sentence: 'This refers to a fact at hand, but the statement is not about single facts.',
    remedy: 'Begin with "the … of each" kind of fact, or use a window of a period.',
  }),
  fact_does_not_last: (facts) => ({
    sentence: `A ${facts['fact']} is a point in time, so it cannot pay in each period that it lasts.`,
    remedy: 'Declare "lasts from … through …", or pay "in its" period.',
  }),
  dated_attribute_needs_moment: (facts) => ({
    sentence: `"${facts['attribute']}" can change within the period, and nothing says on which day it is read.`,
    remedy:
      'Add "at the start of the quarter", "at the end of the quarter" or "on average over the quarter", or prorate it.',
  }),
  none_not_handled: (facts) => ({
    sentence: `This can be none (${facts['reason']}), and nothing says what holds then.`,
    remedy: 'Add ", or … if there is none".',
  }),
  payee_not_linked: (facts) => ({
    sentence: `${facts['payee']} is no party that ${facts['fact']} leads to.`,
    remedy: 'Name a party that is a field of the fact, or go there with "of its".',
  }),
  clause_name_twice: (facts) => ({
    sentence: `Two clauses are named "${facts['name']}", and what is booked goes by that name.`,
    remedy: 'Give one of them another name.',
  }),
  clause_unknown: (facts) => ({
    sentence: `No clause is named "${facts['name']}".`,
    remedy: didYouMean(facts, 'Use the name of a clause as it stands between its quotes.'),
  }),
  settle_unknown_clause: (facts) => ({
    sentence: `The settlement takes from "${facts['name']}", but no clause has that name.`,
    remedy: didYouMean(facts, 'List clauses by their names, as they stand between quotes.'),
  }),
  taking_in_period: () => ({
    sentence: 'Points are taken at once, but this clause is computed per period.',
    remedy: 'Take the period out, so that the clause acts whenever there are enough.',
  }),
  status_never_rises: (facts) => ({
    sentence: `Nothing says when ${facts['status']} rises.`,
    remedy: 'Add "rises at once, with the … that reaches it" or "rises at the end of a year".',
  }),
  blank_unknown_type: (facts) => ({
    sentence: `The blank "${facts['name']}" is empty, and nothing says what belongs into it.`,
    remedy: `Write a hint before its name, as in [USD … : ${facts['name']}] or [date … : ${facts['name']}].`,
  }),
  blank_unit_ambiguous: (facts) => ({
    sentence: `The bare number in "${facts['name']}" is used as ${facts['first']} and as ${facts['second']}.`,
    remedy: 'Write its unit in the blank, or use two blanks.',
  }),
  blank_unused: (facts) => ({
    sentence: `No formula uses the blank "${facts['name']}", so changing it changes nothing.`,
    remedy: 'Use it in the formulas of its section, or write the words without a blank.',
  }),
  blank_not_in_section: (facts) => ({
    sentence: `The blank "${facts['name']}" stands in "${facts['section']}", but only "${facts['used']}" computes with it.`,
    remedy: 'Put the formula under the prose that says the same.',
  }),
  number_outside_blank: (facts) => ({
    sentence: `${facts['number']} stands in a formula and in no blank, so the prose above need not say it.`,
    remedy: `Put it into a blank of the prose, [${facts['number']} : Name], and use the name here.`,
  }),
  calendar_missing: () => ({
    sentence: 'Periods are used, but the agreement does not say what they are.',
    remedy: 'Add a policy such as "calendar: calendar quarters and years, in UTC".',
  }),
  rounding_missing: (facts) => ({
    sentence: `"${facts['clause']}" computes amounts, but nothing says how they are rounded.`,
    remedy: 'Add a policy such as "rounding: each amount to the cent, half away from zero".',
  }),
  returns_not_stated: (facts) => ({
    sentence: `A ${facts['kind']} lowers ${facts['field']} of its ${facts['link']}, but nothing says what that does to pay.`,
    remedy: 'Add a policy such as "returns: as if the sale had been smaller".',
  }),
  policy_twice: (facts) => ({
    sentence: `The policy "${facts['key']}" is stated twice.`,
    remedy: 'Keep one of the two; a clause can differ from it by a row.',
  }),
  policy_sentence_unknown: (facts) => ({
    sentence: `"${facts['sentence']}" is none of the sentences for "${facts['key']}".`,
    remedy: 'Use one of the sentences that the reference lists, word for word.',
  }),
  zone_unknown: (facts) => ({
    sentence: `"${facts['zone']}" is no time zone.`,
    remedy: 'Use a name of the time zone database, such as Europe/Zurich, or UTC.',
  }),
  example_unknown_component: (facts) => ({
    sentence: `The example expects "${facts['name']}", but no clause or settlement has that name.`,
    remedy: didYouMean(facts, 'Use the name of a clause or settlement as it stands between its quotes.'),
  }),
  example_period_unknown: (facts) => ({
    sentence: `The calendar of this agreement has no period "${facts['period']}".`,
    remedy: 'Write a day, a month, a quarter or a year of the calendar, as in 2026-02 or 2026-Q1.',
  }),
  row_unreachable: (facts) => ({
    sentence:
      `Row ${facts['row']} can never apply: everything it takes is taken by row ${facts['earlier']}.`.replace(
        'row the level',
        'the level',
      ),
    remedy: 'Put the narrower row first, or take this one out.',
  }),
  cliff: (facts) => ({
    sentence: `At ${facts['bound']} pay by ${facts['table']} jumps by ${facts['jump']}, from ${facts['below']} to ${facts['above']}.`,
    remedy: 'If that is not meant, let each slice be paid at its own rate.',
  }),
};

/** Notes for the related places of these diagnostics. */
export const checkNotes: Notes = {
  declared_first: 'it is declared here',
  other_side: 'this is what it meets',
  row_before: 'the row before it',
  demanded_first: 'it is first used here',
};
