// SPDX-License-Identifier: Apache-2.0
// Refusals about who is calling and about the form of a request, and our own failures.
import { message } from './message.ts';

export const requestMessages = {
  // Who is calling
  not_signed_in: message(
    401,
    'Not signed in',
    'This address needs a session or an API key.',
    'Sign in, or send `Authorization: Bearer` with a key.',
  ),
  credentials_wrong: message(
    401,
    'Wrong name or password',
    'The name and password do not belong together.',
    'Try again, or ask an administrator to reset the password.',
  ),
  password_unchanged: message(
    400,
    'Password unchanged',
    'The new password is the old one.',
    'Choose another.',
  ),
  password_to_be_changed: message(
    403,
    'Password to be changed',
    'You signed in with a password that was given to you.',
    'Choose your own password first.',
  ),
  locked_out: message(
    429,
    'Too many attempts',
    'Signing in with this name is locked until {until}.',
    'Wait, or ask an administrator.',
  ),
  not_allowed: message(
    403,
    'Not allowed',
    'The role {role} does not include {permission}.',
    'Ask an owner of the workspace for a role that does.',
  ),
  not_yours: message(
    403,
    'Not yours',
    'The role {role} sees its own records only.',
    'Ask for your own party, or for another role.',
  ),
  scope_missing: message(
    403,
    'Scope missing',
    'This API key has no scope for {permission}.',
    'Make a key with that scope.',
  ),
  workspace_unknown: message(
    404,
    'No such workspace',
    'There is no workspace {workspace} that you may see.',
    'Check the name in the address.',
  ),
  cross_site_request: message(
    403,
    'Request from another site',
    'A change must come from our own pages or with an API key.',
    'Send the request from {origin}, or use an API key.',
  ),
  // The form of a request
  request_malformed: message(
    400,
    'Request not understood',
    'The request does not have the form that this address takes.',
    'Correct the places listed under `errors`.',
  ),
  body_not_json: message(
    400,
    'Body is not JSON',
    'The body could not be read as JSON.',
    'Send well-formed JSON in UTF-8.',
  ),
  body_too_large: message(
    413,
    'Body too large',
    'The body is larger than {limit} bytes.',
    'Send less at once: split the batch or the file.',
  ),
  media_type_unknown: message(
    415,
    'Media type not taken',
    'This address does not take {mediaType}.',
    'Send one of: {taken}.',
  ),
  rate_exceeded: message(
    429,
    'Too many requests',
    'More than {limit} requests came within {window}.',
    'Wait {after} seconds, then go on more slowly.',
  ),
  request_timed_out: message(
    408,
    'Request too slow',
    'The request did not arrive within {seconds} seconds.',
    'Send it again over a faster connection, or in smaller parts.',
  ),
  address_unknown: message(
    404,
    'No such address',
    'There is nothing at {path}.',
    'Look at /api/v1/openapi.json for what there is.',
  ),
  method_not_taken: message(
    405,
    'Method not taken',
    '{path} does not take {method}.',
    'Use one of: {taken}.',
  ),
  file_name_refused: message(
    400,
    'File name refused',
    'The file name {name} cannot be kept.',
    'Use letters, digits, points, hyphens and underscores.',
  ),
  file_missing: message(
    400,
    'No file',
    'The request brings no file.',
    'Send the file as the part `file` of multipart/form-data, or as the body.',
  ),
  idempotency_key_reused: message(
    422,
    'Key used for another request',
    'The Idempotency-Key {key} was used for a request with other content.',
    'Use a new key for a new request.',
  ),
  idempotency_key_running: message(
    409,
    'The same request is running',
    'A request with the Idempotency-Key {key} has not ended yet.',
    'Wait a moment and send it again.',
  ),
  cursor_unknown: message(
    400,
    'No such page',
    'The value of `after` was not given by this list.',
    'Begin without `after`.',
  ),
  // Members, keys, people
  member_unknown: message(
    404,
    'No such member',
    'There is no member {member}.',
    'Check the list of members.',
  ),
  member_exists: message(
    409,
    'Member exists',
    '{email} is a member already.',
    'Change the role of that member.',
  ),
  last_owner: message(
    409,
    'Last owner',
    'A workspace keeps at least one owner.',
    'Make somebody else an owner first.',
  ),
  member_elsewhere: message(
    409,
    'Member of other workspaces',
    'The member {member} belongs to other workspaces too, which the password opens as well.',
    'Ask the operator of the installation to reset it.',
  ),
  role_unknown: message(400, 'No such role', 'There is no role {role}.', 'Use one of: {known}.'),
  role_beyond: message(
    403,
    'Role beyond your own',
    'The role {given} may do what the role {role} may not.',
    'Ask an owner of the workspace.',
  ),
  scope_unknown: message(
    400,
    'No such scope',
    'The role {role} has no permission {scopes}.',
    'Use one of: {known}.',
  ),
  scope_beyond: message(
    403,
    'Scope beyond your own',
    'The role {role} may not do {scopes} itself.',
    'Leave these scopes out, or ask an owner.',
  ),
  expiry_past: message(
    400,
    'Expiry lies behind us',
    'The key would have expired on {expiresAt}.',
    'Name a later moment, or null.',
  ),
  invitation_unknown: message(
    404,
    'Link not good any more',
    'This link was used, withdrawn, or is older than three days.',
    'Ask for a new one.',
  ),
  sign_in_first: message(
    401,
    'Sign in first',
    '{email} has an account already.',
    'Sign in with it, then open the link again.',
  ),
  password_length: message(
    400,
    'Password too short or too long',
    'A password has {least} to {most} characters.',
    'Choose another.',
  ),
  workspace_exists: message(
    409,
    'Name is taken',
    'There is a workspace {workspace} already.',
    'Choose another name.',
  ),
  key_unknown: message(404, 'No such key', 'There is no API key {key}.', 'Check the list of keys.'),
  retention_floor: message(
    409,
    'Must be kept',
    'Records of {party} must be kept until {until} ({why}).',
    'Erase after that day; personal fields that need not be kept are erased now if you ask for those alone.',
  ),
  person_erased: message(
    410,
    'Person was erased',
    'The personal data of {party} was erased on {on}.',
    'Nothing can bring it back.',
  ),
  // Ours
  busy: message(503, 'Busy', 'More work waits than can be kept.', 'Send it again in a few seconds.'),
  database_away: message(
    503,
    'Database not reachable',
    'The database does not answer.',
    'Send it again in a few seconds; nothing was lost.',
  ),
  disk_full: message(
    507,
    'Disk is full',
    'Nothing can be written any more.',
    'Make room on the disk; nothing that was acknowledged is lost.',
  ),
  owned_by_another: message(
    503,
    'Another process owns the workspace',
    'The workspace is written by another process.',
    'Send it again in a few seconds.',
  ),
  failed: message(
    500,
    'Our mistake',
    'Something failed on our side.',
    'Tell the operator the number under `instance`.',
  ),
} as const;
