// SPDX-License-Identifier: Apache-2.0
// The sentences for what can be wrong with a feed, a file or a row: what is wrong with the real values, and what to
// do about it. Codes are stable. `row_*` concerns one row, `file_*` a whole file, `feed_*` the feed itself.

import type { Diagnostic } from '../program/diagnostic.ts';

interface Message {
  readonly sentence: string;
  readonly remedy: string;
}
type Facts = (name: string) => string;

const messages: Readonly<Record<string, (fact: Facts) => Message>> = {
  row_unknown_column: (fact) => ({
    sentence: `There is no column "${fact('column')}"; there are ${fact('known')}.`,
    remedy:
      fact('closest') === ''
        ? 'Name the column in the feed as the file does.'
        : `Did you mean "${fact('closest')}"?`,
  }),
  row_field_count: (fact) => ({
    sentence: `The row has ${fact('found')} fields, the header ${fact('expected')}.`,
    remedy: 'Put a value that holds the delimiter in double quotes, or check the delimiter in the feed.',
  }),
  row_unclosed_quote: () => ({
    sentence: 'A double quote opens a field here and is never closed.',
    remedy: 'Close it, or double it ("") when it belongs to the value. Reading went on with the next line.',
  }),
  row_text_after_quote: () => ({
    sentence: 'There is text between the closing quote of a field and the next delimiter.',
    remedy: 'Double a quote that belongs to the value ("").',
  }),
  row_too_long: () => ({
    sentence: 'The row has more than 1,048,576 bytes.',
    remedy: 'Check the line ends of the file, and whether a quote is left open before it.',
  }),
  row_not_utf8: () => ({
    sentence: 'The row holds bytes that are not UTF-8.',
    remedy: 'Export the file again with the encoding UTF-8.',
  }),
  row_json_malformed: (fact) => ({
    sentence: `This is not JSON: ${fact('expected')} is expected.`,
    remedy: 'Correct the object, or export the file again.',
  }),
  row_json_too_deep: (fact) => ({
    sentence: `The object is nested deeper than ${fact('limit')} levels.`,
    remedy: 'Export flat rows.',
  }),
  row_date_not_existing: (fact) => ({
    sentence: `The date ${fact('value')} does not exist: ${fact('why')}.`,
    remedy: 'Correct the date in the source system.',
  }),
  row_date_malformed: (fact) => ({
    sentence: `"${fact('value')}" is no date of the form ${fact('formats')}.`,
    remedy: 'Correct the value, or add its form in the feed: `date: [M/D/YYYY, ISO]`.',
  }),
  row_number_malformed: (fact) => ({
    sentence: `"${fact('value')}" is no number of the form ${fact('format')}.`,
    remedy: 'Correct the value in the source system.',
  }),
  row_number_other_format: (fact) => ({
    sentence: `"${fact('value')}" is no number of the form ${fact('format')}.`,
    remedy: `If the file writes numbers like ${fact('fitting')}, say so in the feed: \`number: "${fact('fitting')}"\`.`,
  }),
  row_number_too_large: (fact) => ({
    sentence: `"${fact('value')}" has more than 24 digits before the point or 18 after it.`,
    remedy: 'Correct the value in the source system.',
  }),
  row_count_not_whole: (fact) => ({
    sentence: `"${fact('value')}" is a count and must be whole.`,
    remedy: 'Correct the value, or declare the field as a number in the agreement.',
  }),
  row_other_currency: (fact) => ({
    sentence: `"${fact('value')}" is in ${fact('currency')}; the agreement counts in ${fact('expected')}.`,
    remedy: 'Convert the amount before it is loaded, or leave such rows out with a filter.',
  }),
  row_yes_no_malformed: (fact) => ({
    sentence: `"${fact('value')}" is neither yes nor no.`,
    remedy: 'Say with `map` in the feed what the value means.',
  }),
  row_choice_unknown: (fact) => ({
    sentence: `"${fact('value')}" is none of ${fact('options')}.`,
    remedy:
      fact('closest') === ''
        ? 'Say with `map` in the feed which of them it means.'
        : `If it means "${fact('closest')}", say so in the feed: \`map: {"${fact('value')}": "${fact('closest')}"}\`.`,
  }),
  row_duration_malformed: (fact) => ({
    sentence: `"${fact('value')}" is no duration such as 90 days or 12 months.`,
    remedy: 'Correct the value, or map it in the feed.',
  }),
  row_field_empty: () => ({
    sentence: 'The value is empty.',
    remedy: 'Fill it in the source system, or leave such rows out with a filter.',
  }),
  row_id_empty: () => ({
    sentence: 'The row has no id.',
    remedy: 'Fill it in the source system; without it a correction could not be told from a second row.',
  }),
  row_revision_malformed: (fact) => ({
    sentence: `"${fact('value')}" is no revision: a whole number from 1.`,
    remedy: 'Name another column as the revision.',
  }),
  row_same_id_other_content: (fact) => ({
    sentence: `${fact('id')}, revision ${fact('revision')}, is there already with another value of ${fact('field')}.`,
    remedy: 'Give corrections a higher revision, or read the file as `mode: snapshot`.',
  }),
  row_duplicate_id: (fact) => ({
    sentence: `${fact('id')} stands twice in the file, with different values of ${fact('field')}.`,
    remedy: 'Keep one of the two rows; which one is right cannot be known here.',
  }),
  row_duplicate_key: (fact) => ({
    sentence: `"${fact('value')}" stands twice in the column ${fact('column')}, with different values beside it.`,
    remedy: 'Keep one of the two rows.',
  }),
  row_lookup_unknown: (fact) => ({
    sentence: `"${fact('value')}" is not found in ${fact('table')}.`,
    remedy:
      'Add the row there, or correct the value; `map` in the feed can translate names that are written differently.',
  }),
  file_not_found: () => ({
    sentence: 'The file is not in the data folder.',
    remedy: 'Put it there, or correct its name in the feed.',
  }),
  file_empty: () => ({
    sentence: 'The file is empty.',
    remedy: 'Export it again; a file without rows still has its header.',
  }),
  file_not_utf8: () => ({
    sentence: 'The file is not UTF-8.',
    remedy: 'Save it with the encoding UTF-8 ("CSV UTF-8" in spreadsheets).',
  }),
  file_other_delimiter: (fact) => ({
    sentence: `The header is one column; it seems to be divided by ${fact('name')}.`,
    remedy: `Say so in the feed, beside the file: \`delimiter: "${fact('written')}"\`.`,
  }),
  file_column_twice: (fact) => ({
    sentence: `Two columns are named "${fact('column')}".`,
    remedy: 'Give each column a name of its own.',
  }),
  file_control_total: (fact) => ({
    sentence: `The sender says ${fact('theirs')} (${fact('what')}); the file holds ${fact('ours')}.`,
    remedy: 'Ask for the complete file, or correct the control total in the feed.',
  }),
  feed_malformed: (fact) => ({
    sentence: `${fact('at')}: "${fact('found')}" stands where ${fact('expected')} is expected.`,
    remedy: 'Correct it in the feed.',
  }),
  feed_key_missing: (fact) => ({
    sentence: `${fact('at')}: the key "${fact('key')}" is missing.`,
    remedy: 'Add it to the feed.',
  }),
  feed_key_unknown: (fact) => ({
    sentence: `${fact('at')}: there is no key "${fact('key')}".`,
    remedy: fact('closest') === '' ? `The keys are ${fact('known')}.` : `Did you mean "${fact('closest')}"?`,
  }),
  feed_table_unknown: (fact) => ({
    sentence: `${fact('at')}: there is no table "${fact('table')}".`,
    remedy: `Tables of this feed: ${fact('known')}.`,
  }),
  feed_dates_ambiguous: (fact) => ({
    sentence: `${fact('at')}: with ${fact('formats')} together, 3/4/2017 could be two dates.`,
    remedy: 'Keep one of them.',
  }),
  feed_kind_unknown: (fact) => ({
    sentence: `The agreement has no kind of fact "${fact('name')}"; it has ${fact('known')}.`,
    remedy: fact('closest') === '' ? 'Name one of them in the feed.' : `Did you mean ${fact('closest')}?`,
  }),
  feed_party_unknown: (fact) => ({
    sentence: `The agreement has no party or thing "${fact('name')}"; it has ${fact('known')}.`,
    remedy: fact('closest') === '' ? 'Name one of them in the feed.' : `Did you mean ${fact('closest')}?`,
  }),
  feed_field_unknown: (fact) => ({
    sentence: `${fact('kind')} has no field "${fact('name')}"; it has ${fact('known')}.`,
    remedy: fact('closest') === '' ? 'Name one of them in the feed.' : `Did you mean ${fact('closest')}?`,
  }),
  feed_currency_other: (fact) => ({
    sentence: `${fact('field')} is in ${fact('expected')} by the agreement, and in ${fact('currency')} by the feed.`,
    remedy: 'Make both the same; amounts are never converted silently.',
  }),
};

/** Every code that a feed can report. */
export const feedCodes: readonly string[] = Object.keys(messages);

/** The sentence and the remedy of a finding. */
export function feedMessageOf(diagnostic: Diagnostic): Message {
  const message = messages[diagnostic.code];
  if (message === undefined) throw new Error(`There is no sentence for ${diagnostic.code}.`);
  return message((name) => diagnostic.facts[name] ?? '');
}

/** The finding as lines for a person: file, row and column; what is wrong; the remedy. */
export function renderFeedDiagnostic(diagnostic: Diagnostic): string {
  const { sentence, remedy } = feedMessageOf(diagnostic);
  const { file, row, column } = diagnostic.facts;
  const place = [
    file,
    row === undefined ? null : `row ${row}`,
    column === undefined || diagnostic.code === 'row_unknown_column' ? null : `column ${column}`,
  ];
  return `${place.filter((part) => part !== null && part !== undefined).join(', ')}: ${sentence}\n    ${remedy}`;
}

const reasons: Readonly<Record<string, string>> = {
  row_field_count: 'with too many or too few fields',
  row_unclosed_quote: 'with a quote that is not closed',
  row_text_after_quote: 'with text after a closing quote',
  row_too_long: 'longer than a row may be',
  row_not_utf8: 'not in UTF-8',
  row_json_malformed: 'that are not JSON',
  row_json_too_deep: 'nested too deep',
  row_date_not_existing: 'with a date that does not exist',
  row_date_malformed: 'with a date of another form',
  row_number_malformed: 'with a number that is none',
  row_number_other_format: 'with a number of another form',
  row_number_too_large: 'with a number that is too long',
  row_count_not_whole: 'with a count that is not whole',
  row_other_currency: 'in another currency',
  row_field_empty: 'with an empty value',
  row_id_empty: 'without an id',
  row_same_id_other_content: 'with a known id and other content',
  row_duplicate_id: 'with an id that stands twice',
  row_lookup_unknown: 'that another file does not know',
};

/** Why rows were rejected, in a few words after their number: "3 in another currency". */
export function feedReasonText(code: string): string {
  return reasons[code] ?? code.replace(/^(row|file|feed)_/, '').replaceAll('_', ' ');
}
