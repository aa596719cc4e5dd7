// SPDX-License-Identifier: Apache-2.0
// Refusals about agreements, periods, statements and proofs.
import { message } from './message.ts';

export const agreementMessages = {
  // Agreements and periods
  agreement_unknown: message(
    404,
    'No such agreement',
    'There is no agreement {agreement} that you may see.',
    'Check the name.',
  ),
  agreement_exists: message(
    409,
    'Agreement exists',
    'There is an agreement {agreement} already.',
    'Add a version to it, or choose another name.',
  ),
  agreement_wrong: message(
    422,
    'Agreement does not compile',
    'The text has mistakes.',
    'Correct the places listed under `errors`.',
  ),
  examples_fail: message(
    422,
    'Worked examples do not compute',
    'At least one worked example gives another result than it says.',
    'Correct the example or the terms; see `errors`.',
  ),
  blanks_open: message(
    422,
    'Blanks are open',
    'These blanks have no value: {blanks}.',
    'Fill them in before activating.',
  ),
  version_unknown: message(
    404,
    'No such version',
    '{agreement} has no version {version}.',
    'Check the number.',
  ),
  version_active: message(
    409,
    'Version is active',
    'Version {version} of {agreement} is active already.',
    'Nothing needs to be done.',
  ),
  version_order: message(
    409,
    'Versions out of order',
    'Version {version} would begin on {from}, not after the version in force from {since}.',
    'Choose a later day.',
  ),
  version_in_closed_period: message(
    409,
    'Begins in a closed period',
    'The day {from} lies in {period}, which is closed.',
    'Choose a day in an open period.',
  ),
  field_declared_otherwise: message(
    409,
    'Field declared otherwise',
    '{kind} has a field {field}: {here} in this version, {there} in {agreements}.',
    'Give the field another name, or declare it in the same way.',
  ),
  hash_differs: message(
    409,
    'Another text',
    'The hash given is not the one of version {version}.',
    'Read the version again and confirm what you read.',
  ),
  blank_unknown: message(422, 'No such blank', '{agreement} has no blank {blank}.', 'Use one of: {known}.'),
  decision_unknown: message(
    422,
    'No such decision',
    '{agreement} leaves no decision {decision} to anybody.',
    'Use one of: {known}.',
  ),
  blank_wrong: message(
    422,
    'Blank cannot have this value',
    '{words} Nothing was computed.',
    'Write the value as the agreement does.',
  ),
  component_unknown: message(
    422,
    'No such component',
    '{agreement} has no component {component}.',
    'Use one of: {known}.',
  ),
  period_unknown: message(
    404,
    'No such period',
    '{agreement} has no period {period}.',
    'Use a label such as 2017-Q1 or 2017-03.',
  ),
  period_not_over: message(
    409,
    'Period is not over',
    '{period} ends on {end}, and that day is not over by the log.',
    'Close it after its last day.',
  ),
  period_closed: message(
    409,
    'Period is closed',
    '{period} was closed before.',
    'Nothing needs to be done; later facts post in the open period.',
  ),
  period_order: message(409, 'An earlier period is open', '{earlier} is still open.', 'Close it first.'),
  period_not_complete: message(
    409,
    'Feeds are not complete',
    'These feeds are not complete through {end}: {feeds}.',
    'Declare them complete, or close with `despite` and a reason.',
  ),
  reason_missing: message(
    422,
    'Reason missing',
    'To close a period before its feeds are complete needs a reason.',
    'Say why in `reason`.',
  ),
  day_not_ahead: message(409, 'Day lies ahead', '{day} has not begun.', 'Use a day that has begun.'),
  day_before: message(
    409,
    'Day has begun before',
    '{day} is before {latest}, which has begun.',
    'Nothing needs to be done.',
  ),
  // Statements and proofs
  statement_unknown: message(
    404,
    'No such statement',
    'There is no statement of {payee} for {period}.',
    'Check the party and the period.',
  ),
  line_unknown: message(
    404,
    'No such line',
    'Nothing was posted for {clause}, {payee}, {period}.',
    'Take the address from the statement.',
  ),
  format_unknown: message(
    406,
    'No such format',
    'A statement is not offered as {format}.',
    'Use json, csv, xlsx or pdf.',
  ),
  checkpoint_unknown: message(
    404,
    'No such checkpoint',
    'There is no checkpoint of size {size}.',
    'Use a size from the list of checkpoints.',
  ),
  entry_unknown: message(
    404,
    'No such entry',
    'The log has no entry {sequence}.',
    'Use a number from 1 to {head}.',
  ),
  same_opening_other_content: message(
    409,
    'Opening balance known with another amount',
    'That balance was brought in before with another amount.',
    'Correct it with a fact or a decision; a balance from before is brought in once.',
  ),
  same_commitment_other_content: message(
    409,
    'Commitment known with other content',
    'The commitment {id} was recorded with other content.',
    'Use another id.',
  ),
  same_hold_other_content: message(
    409,
    'Hold known with other content',
    'The hold {id} was placed with other content.',
    'Use another id.',
  ),
  hold_unknown: message(404, 'No such hold', 'There is no hold {id}.', 'Check the id.'),
  hold_already_resolved: message(
    409,
    'Hold has ended',
    'The hold {id} is {state}.',
    'Nothing needs to be done.',
  ),
  points_short: message(
    409,
    'Too few points',
    '{id} takes {amount}, but only {usable} can be used.',
    'Take fewer.',
  ),
  amount_not_positive: message(
    422,
    'Amount must be positive',
    'The amount {amount} is not above zero.',
    'Give an amount above zero.',
  ),
} as const;
