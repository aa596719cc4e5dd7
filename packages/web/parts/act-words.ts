// SPDX-License-Identifier: Apache-2.0
// Administrative acts as people say them. An act that has no words here is shown by its name, as a new one would be.

const words: Readonly<Record<string, string>> = {
  'agreements.activate': 'Put an agreement into force',
  'agreements.draft': 'Stored a draft of an agreement',
  'completeness.declare': 'Declared a feed complete',
  'decisions.record': 'Recorded a decision',
  'facts.record': 'Recorded facts',
  'feeds.change': 'Defined a feed',
  'keys.create': 'Made a key',
  'keys.revoke': 'Revoked a key',
  'loads.approve': 'Recorded a load',
  'loads.reject': 'Dropped a load',
  'loads.upload': 'Uploaded a file',
  'members.add': 'Added a member',
  'members.change': 'Changed a member',
  'members.invite': 'Invited somebody',
  'members.join': 'Joined',
  'members.remove': 'Removed a member',
  'members.reset password': 'Made a link for a new password',
  'openings.record': 'Brought in balances',
  'parties.add': 'Added a party',
  'parties.change': 'Changed a party',
  'payments.record': 'Recorded payments',
  'periods.close': 'Closed a period',
  'periods.lock': 'Locked a period',
  'personal fields.declare': 'Declared a field personal',
  'persons.erase': 'Erased a person',
  'persons.erase later': 'Asked to erase a person, later',
  'persons.erase withdrawn': 'Took an erasure back',
  'persons.export': 'Exported a person',
  'relations.change': 'Changed relations',
  'retention.change': 'Changed how long names are kept',
  'secrets.rotate': 'Changed the key that seals secrets',
  'sessions.end': 'Signed somebody out everywhere',
  'statements.approve': 'Approved statements',
  'statements.issue': 'Issued statements',
  'values.change': 'Set values per person',
  'webhooks.add': 'Added a webhook',
  'webhooks.change': 'Changed a webhook',
  'webhooks.remove': 'Removed a webhook',
  'workspace.change': 'Changed the workspace',
  'workspace.create': 'Made the workspace',
};

export function actWords(action: string): string {
  return words[action] ?? action;
}
