// SPDX-License-Identifier: Apache-2.0
// Everything that can be permitted. A route names one of these; scopes of API keys are these too. A permission is
// about a party where "my own" or "my team's" means something, else about the workspace. One that only reads says so:
// the auditor has exactly those.

export interface PermissionMeaning {
  readonly about: 'party' | 'workspace';
  readonly reads: boolean;
  /** Continues "allows …". */
  readonly lets: string;
}

function reads(about: PermissionMeaning['about'], lets: string): PermissionMeaning {
  return { about, reads: true, lets };
}

function changes(about: PermissionMeaning['about'], lets: string): PermissionMeaning {
  return { about, reads: false, lets };
}

const meanings = {
  'workspace.read': reads('workspace', 'to see the name, settings and state of the workspace'),
  'workspace.change': changes('workspace', 'to change its settings'),
  'workspace.create': changes('workspace', 'to make another workspace on the same installation'),

  'facts.read': reads('party', 'to search facts and see their revisions'),
  'facts.record': changes('workspace', 'to record facts, revisions and voids, single and in batches'),
  'feeds.read': reads('workspace', 'to see feeds, their loads row by row, waiting facts and completeness'),
  'feeds.change': changes('workspace', 'to make and change feeds and the webhooks that bring their rows'),
  'loads.upload': changes('workspace', 'to upload a file to a feed, with its preview'),
  'loads.approve': changes('workspace', 'to approve or reject a load that changes too much'),
  'completeness.declare': changes('workspace', 'to declare a feed complete through a day'),

  'parties.read': reads('party', 'to see parties, their references and dated relations'),
  'parties.change': changes('workspace', 'to make parties, name them and give them references'),
  'relations.change': changes('workspace', 'to record dated relations and attributes of parties'),
  'personal.read': reads('party', 'to see personal fields, such as names, in the clear'),

  'agreements.read': reads('party', 'to read agreements, their versions and readings'),
  'agreements.draft': changes('workspace', 'to store an agreement or a new version of one'),
  'agreements.activate': changes('workspace', 'to put a version into force'),
  'values.change': changes(
    'party',
    'to set values of one person that an agreement leaves to be set, such as a quota',
  ),
  'decisions.record': changes('party', 'to record a decision that an agreement asks for'),
  'openings.record': changes('workspace', 'to bring in opening balances'),

  'periods.read': reads('workspace', 'to see which periods are open, closed and paid'),
  'periods.close': changes('workspace', 'to close and lock a period'),
  'books.read': reads('workspace', 'to see all transfers and balances'),
  'books.check': reads(
    'workspace',
    'to replay the log, compare it with the books and run a new version beside the old',
  ),
  'books.recompute': changes('workspace', 'to start a recomputation'),
  'jobs.read': reads('workspace', 'to see jobs and their progress'),

  'earnings.read': reads('party', 'to see attainment, totals and postings as they come, and why'),
  'earnings.forecast': reads('party', 'to ask what is to be expected and what a deal would pay'),
  'statements.read': reads('party', 'to read statements in every form, the extract of all deals, and why'),
  'statements.issue': changes('party', 'to issue a statement'),
  'statements.approve': changes('party', 'to approve a statement for payment'),
  'payments.record': changes('party', 'to record that a statement was paid'),

  'wallets.read': reads('party', 'to see points, their lots and movements'),
  'redemptions.place': changes('party', 'to hold and redeem points'),
  'goodwill.grant': changes('party', 'to give points or money as goodwill'),

  'proofs.read': reads('workspace', 'to read checkpoints, inclusion and consistency proofs'),
  'bundles.read': reads('party', 'to take the verification bundle of a statement'),

  'members.read': reads('workspace', 'to see who is a member, with which role'),
  'members.change': changes('workspace', 'to invite members, change their roles and remove them'),
  'keys.read': reads('workspace', 'to see API keys, never the keys themselves'),
  'keys.change': changes('workspace', 'to make and revoke API keys'),
  'sessions.end': changes('workspace', 'to end the sessions of another member'),
  'webhooks.read': reads('workspace', 'to see webhooks and what was delivered'),
  'webhooks.change': changes('workspace', 'to make, change and stop outgoing webhooks'),
  'secrets.rotate': changes('workspace', 'to rotate the key that seals secrets, and signing keys'),
  'audit.read': reads('workspace', 'to read the audit trail of administrative acts'),
  'persons.export': reads('party', 'to export everything held about a person'),
  'persons.erase': changes('party', 'to erase a person'),
  'retention.read': reads('workspace', 'to see retention floors and what they block'),
  'retention.change': changes('workspace', 'to set how long records are kept, above the floors'),
} as const satisfies Readonly<Record<string, PermissionMeaning>>;

export type Permission = keyof typeof meanings;

export const permissionMeanings: Readonly<Record<Permission, PermissionMeaning>> = meanings;

/** In the order in which tables and pages show them. */
export const permissions = Object.keys(meanings) as readonly Permission[];

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(meanings, text);
}
