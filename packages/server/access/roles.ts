// SPDX-License-Identifier: Apache-2.0
// The roles that a member of a workspace or an API key can have, and what each is for. A caller has exactly one.

/** In the order in which tables and pages show them. */
export const roles = [
  'owner',
  'admin',
  'finance',
  'legal',
  'manager',
  'representative',
  'member',
  'partner',
  'service agent',
  'auditor',
  'integration',
] as const;

export type Role = (typeof roles)[number];

/** What a person can be; an integration calls with a key. */
export const rolesOfPeople: readonly Role[] = roles.filter((role) => role !== 'integration');

export const roleMeanings: Readonly<Record<Role, string>> = {
  owner: 'answers for the workspace; may do everything in it',
  admin: 'runs it day by day: people, feeds, parties, agreements',
  finance: 'checks facts and books, closes periods, issues and approves statements, records payments',
  legal:
    'drafts agreements and puts them into force, records decisions, answers requests about personal data',
  manager: 'sees the earnings of the people who report to them',
  representative: 'earns under an agreement; sees what is theirs',
  member: 'takes part in a loyalty programme; sees and redeems what is theirs',
  partner: 'another firm that is settled with; sees its own settlements',
  'service agent': 'helps members of a loyalty programme; gives goodwill within limits',
  auditor: 'reads everything and changes nothing',
  integration: 'another system: brings facts and reads results',
};

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
