// SPDX-License-Identifier: Apache-2.0
// What a problem of a bundle says to a person: what is wrong with the real figures, and what to do.

import type { Problem, ProblemCode } from './judge.ts';

const sentences: Readonly<Record<ProblemCode, string>> = {
  bundle_unreadable: 'This is no verification bundle: {reason}.',
  bundle_not_canonical: 'The file is not as the service wrote it: its data stand in another form.',
  bundle_signature_wrong:
    'The signature does not fit the bundle: something in it was changed, or another key signed it.',
  checkpoint_signature_wrong: 'The signature does not fit the checkpoint of the log.',
  entry_not_in_log: 'Entry {sequence} does not stand in the log of the checkpoint.',
  entries_out_of_order: 'Entry {sequence} does not come in the order of the log.',
  text_does_not_compile: 'The text of version {version} of the agreement does not compile.',
  text_not_signed: 'The log has no entry that puts this text in force as version {version} of the agreement.',
  statement_changed: 'The statement is not the one whose hash the bundle names.',
  statement_not_issued: 'Entry {sequence} of the log does not issue this statement.',
  value_not_sealed: 'No entry holds the seal of {field} of {record} with this value.',
  amount_differs:
    '{component} for {period} comes to {found} smallest units, and the statement says {stated}.',
  held_differs:
    'Of {component} for {period} {found} smallest units are held back, and the statement says {stated}.',
  lines_differ: 'The lines of {component} for {period} are not those that the facts give.',
  why_differs: 'The explanation of {component} for {period} is not the one that the facts give.',
  before_differs:
    '{component} for {period} was {found} smallest units before, and the statement says {stated}.',
  balance_differs: 'The balance of {component} is not the one that the facts give.',
  payment_not_in_log: 'Entry {sequence} of the log is not the payment {payment} that the statement shows.',
  cause_differs: 'Entry {sequence} of the log is not {cause}, which the statement names as a cause.',
  totals_differ: 'The items in {asset} do not add up to the total of the statement.',
};

export function problemSentence({ code, facts }: Problem): string {
  return sentences[code].replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '');
}
