// SPDX-License-Identifier: Apache-2.0
// The sentences for mistakes that the parser finds: characters, literals, names, blanks, fences and the form of statements.
// Facts that may be empty: `suggestion` (what was probably meant).
import type { Facts, Messages, Notes } from './message.ts';

function didYouMean(facts: Facts, otherwise: string): string {
  const suggestion = facts['suggestion'] ?? '';
  return suggestion === '' ? otherwise : `Did you mean "${suggestion}"?`;
}

export const syntaxMessages: Messages = {
  not_utf8: (facts) => ({
    sentence: `The file is not UTF-8: the byte ${facts['byte']} at offset ${facts['offset']} has no meaning there.`,
    remedy: 'Save the file with the encoding UTF-8.',
  }),
  document_too_large: (facts) => ({
    sentence: `The document has ${facts['count']} ${facts['unit']}; the most is ${facts['limit']}.`,
    remedy: 'Split it into several agreements, or move annexes that are only prose to a file of their own.',
  }),
  fence_not_closed: (facts) => ({
    sentence: `The block that opens with ${facts['fence']} is never closed, so the rest of the document is inside it.`,
    remedy: `Put a line with only ${facts['close']} after the last statement of the block.`,
  }),
  formula_not_fenced: (facts) => ({
    sentence: `"${facts['line']}" looks like a statement, but ${facts['where']}, so it would be prose and compute nothing.`,
    remedy: 'Put it into a fenced block that opens with ```rapport and closes with ```, both at the margin.',
  }),
  blank_reads_as_link: (facts) => ({
    sentence: `Markdown reads the blank "${facts['blank']}" followed by "${facts['next']}" as a link, and other programs would hide it.`,
    remedy: `Put a space or a word between the blank and "${facts['next']}".`,
  }),
  blank_cut_by_table: (facts) => ({
    sentence: `The "|" in the blank "${facts['blank']}" ends the cell of the table that it stands in.`,
    remedy: 'Write the value without "|", or put the blank outside the table.',
  }),
  table_missing: (facts) => ({
    sentence: `No table follows the caption [table : ${facts['name']}].`,
    remedy: 'Put the Markdown table directly below its caption, with nothing between them but an empty line.',
  }),
  blank_without_name: (facts) => ({
    sentence: `The blank "${facts['blank']}" has no name after its last " : ".`,
    remedy: 'Give it a name in Capitalised Words, as in [5% : Base Rate].',
  }),
  name_with_lowercase: (facts) => ({
    sentence: `The name "${facts['name']}" has the lower-case word "${facts['word']}" in it; lower-case words are words of the language.`,
    remedy: `Capitalise every word and leave out connecting words: "${facts['suggestion']}".`,
  }),
  name_starts_with_article: (facts) => ({
    sentence: `The name "${facts['name']}" starts with "${facts['word']}", which starts sentences and never names.`,
    remedy: `Write "${facts['lower']}" in lower case if it is the word, or leave it out of the name.`,
  }),
  text_not_closed: (facts) => ({
    sentence: `The text ${facts['text']} has no closing quotation mark on its line.`,
    remedy: 'Close it with " on the same line.',
  }),
  bracket_not_closed: (facts) => ({
    sentence: `The bracket "(" is not closed before ${facts['found']}.`,
    remedy: 'Put ")" where the part in brackets ends.',
  }),
  literal_malformed: (facts) => ({
    sentence: `"${facts['literal']}" is not ${facts['kind']}.`,
    remedy: `Write it like ${facts['example']}.`,
  }),
  date_does_not_exist: (facts) => ({
    sentence: `There is no day ${facts['date']}.`,
    remedy: 'Write a day of the calendar as year-month-day, such as 2026-02-28.',
  }),
  policy_unknown: (facts) => ({
    sentence: `"${facts['key']}" is not the key of a policy.`,
    remedy: didYouMean(facts, `Policies are: ${facts['known']}.`),
  }),
  statement_not_understood: (facts) => ({
    sentence: `No statement starts with ${facts['found']}.`,
    remedy: didYouMean(facts, facts['hint'] ?? ''),
  }),
  row_not_understood: (facts) => ({
    sentence: `No row of ${facts['statement']} starts with ${facts['found']}.`,
    remedy: didYouMean(facts, `Rows here start with: ${facts['expected']}.`),
  }),
  word_missing: (facts) => ({
    sentence: `"${facts['name']}" is the one at hand here, so the word "${facts['word']}" is missing before it.`,
    remedy: `Write "${facts['word']} ${facts['name']}".`,
  }),
  and_or_mixed: () => ({
    sentence: 'This condition mixes "and" with "or", and people read such a mixture in two ways.',
    remedy: 'Give one part a name of its own (a kind or a value) and use that name here.',
  }),
  expected_word: (facts) => ({
    sentence: `After ${facts['after']} comes ${facts['found']}, where ${facts['expected']} should stand.`,
    remedy: didYouMean(facts, `Write ${facts['expected']} there.`),
  }),
  too_deep: (facts) => ({
    sentence: `This formula ${facts['what']} more than ${facts['limit']} times.`,
    remedy: 'Give a part of it a name with a statement of its own, and use the name.',
  }),
};

/** Notes for the related places of these diagnostics. */
export const syntaxNotes: Notes = {
  opened_here: 'it opens here',
  first_connective: 'the first connecting word is here',
  bound_here: 'it is introduced here',
};
