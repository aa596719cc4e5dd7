// SPDX-License-Identifier: Apache-2.0
// Refusals about facts, feeds, parties and webhooks: what comes in.
import { message } from './message.ts';

export const factMessages = {
  // Facts
  same_revision_other_content: message(
    409,
    'Already known with other content',
    'Revision {revision} of {kind} {id} was recorded with other content.',
    'Send a correction as the next revision.',
  ),
  kind_not_declared: message(
    422,
    'No such kind of fact',
    'No agreement in force declares {kind}.',
    'Activate an agreement that declares it first.',
  ),
  same_opening_other_content: message(
    409,
    'Opening balance is recorded',
    'The opening balance {component} of {of} is recorded with another amount.',
    'Bring a correction in as an opening balance on another day.',
  ),
  same_commitment_other_content: message(
    409,
    'Already known with other content',
    'The commitment {id} is recorded with other content.',
    'Give what is new an id of its own.',
  ),
  field_unknown: message(422, 'No such field', '{kind} has no field {field}.', 'Use one of: {known}.'),
  field_wrong_type: message(
    422,
    'Wrong type',
    '{field} of {kind} takes {expected}, not {found}.',
    'Send {expected}.',
  ),
  number_not_exact: message(
    422,
    'Number is not exact',
    '{found} for {field} has more digits than a JSON number keeps.',
    'Send the number as text.',
  ),
  choice_unknown: message(
    422,
    'Not one of the choices',
    '{field} of {kind} cannot be {found}.',
    'Use one of: {known}.',
  ),
  asset_other: message(
    422,
    'Another currency',
    '{field} of {kind} is in {expected}, not in {found}.',
    'Send the amount in {expected}.',
  ),
  field_not_open: message(
    422,
    'Cannot stay open',
    '{field} of {kind} cannot be open.',
    'Give a value, or leave the field out while it is not known.',
  ),
  revision_missing: message(
    422,
    'Revision before it is missing',
    'Revision {revision} of {kind} {id} came before revision {expected}.',
    'Send revision {expected} first.',
  ),
  fact_unknown: message(404, 'No such fact', 'There is no {kind} {id}.', 'Check the kind and the id.'),
  fact_number_range: message(
    422,
    'Number out of range',
    '{field} of {kind} has more than {limit} digits.',
    'Send a smaller number.',
  ),
  batch_not_recorded: message(
    422,
    'Nothing was recorded',
    'At least one fact of the batch was refused, and the batch was to be recorded together.',
    'Correct the places listed under `errors` and send all of it again.',
  ),

  // Feeds
  feed_unknown: message(404, 'No such feed', 'There is no feed {feed}.', 'Define it first.'),
  feed_exists: message(
    409,
    'Feed exists',
    'There is a feed {feed} already.',
    'Choose another name, or change that feed.',
  ),
  feed_wrong: message(
    422,
    'Feed not understood',
    'The mapping of the feed has mistakes.',
    'Correct the places listed under `errors`.',
  ),
  load_unknown: message(404, 'No such load', 'There is no load {load}.', 'Check the number.'),
  load_not_waiting: message(
    409,
    'Load is not waiting',
    'Load {load} is {state}.',
    'Only a load that waits for approval can be approved or rejected.',
  ),
  load_repeated: message(
    409,
    'The same file again',
    'This file was loaded before, as load {load}.',
    'Nothing needs to be done; send another file for other rows.',
  ),
  load_approved_by_uploader: message(
    403,
    'A second person approves',
    'A load is approved by somebody other than {actor}, who brought it.',
    'Ask a colleague with the permission to approve loads.',
  ),
  load_stale: message(
    409,
    'Books have moved on',
    'Facts of this load were changed since its preview.',
    'Make a new preview and approve that.',
  ),
  file_unreadable: message(
    422,
    'File not understood',
    'No row of {file} could be read.',
    'Correct the places listed under `errors`.',
  ),
  completeness_backwards: message(
    409,
    'Complete further already',
    '{feed} was declared complete through {through}.',
    'Declare a later day.',
  ),
  completeness_differs: message(
    422,
    'Totals differ',
    '{feed} says {theirs} {what}, and we hold {ours}.',
    'Load the missing rows, or correct the totals.',
  ),
  // Parties
  party_unknown: message(
    404,
    'No such party',
    'There is no party {party}.',
    'Check the id or the reference.',
  ),
  party_kind_unknown: message(
    422,
    'No such kind of party',
    'No agreement declares the kind {kind}.',
    'Use one of: {known}.',
  ),
  thing_without_id: message(
    422,
    'A thing needs its id',
    'A {kind} is called by its own id, and none was given.',
    'Give the id as the first of `references`.',
  ),
  reference_taken: message(
    409,
    'Reference taken',
    '{reference} of {system} names another {kind}.',
    'Merge the two outside, or use another reference.',
  ),
  party_of_other_kind: message(
    422,
    'Party of another kind',
    '{party} is a {found}, and a {kind} is asked for.',
    'Name a {kind}.',
  ),
  attribute_unknown: message(
    422,
    'No such attribute',
    '{kind} has no attribute {attribute}.',
    'Use one of: {known}.',
  ),
  attribute_overlaps: message(
    409,
    'Two values at once',
    '{attribute} of {party} has a value from {from} already.',
    'End that value first, or choose another day.',
  ),
  // Webhooks and long-running work
  webhook_unknown: message(
    404,
    'No such webhook',
    'There is no webhook {webhook}.',
    'Check the list of webhooks.',
  ),
  webhook_paused: message(
    503,
    'Webhook is paused',
    'The webhook {webhook} takes no messages just now.',
    'Send the message again later.',
  ),
  signature_wrong: message(
    401,
    'Signature does not hold',
    'The message is not signed with the secret of this webhook.',
    'Sign it as Standard Webhooks says.',
  ),
  message_too_old: message(
    401,
    'Message is too old or too new',
    'The time of the message is more than {minutes} minutes away from ours.',
    'Set the clock of the sender, and sign again.',
  ),
  webhook_address_refused: message(
    422,
    'Address refused',
    '{address} is not an address that we send to: {why}.',
    'Use an https address on the public network, or ask the operator to allow it.',
  ),
  job_unknown: message(404, 'No such job', 'There is no job {job}.', 'Check the number.'),
} as const;
