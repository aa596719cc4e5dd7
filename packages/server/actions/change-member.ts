// SPDX-License-Identifier: Apache-2.0
// The role and the party of a member, changed by somebody who has the rights of both roles. A workspace keeps an owner.

import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { mayGiveRole } from '../access/rank.ts';
import { isRole, roles } from '../access/roles.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { changeMember as changeRow, findMember, lockedOwners } from '../store/member-rows.ts';
import { partyExists } from '../store/party-rows.ts';
import type { Member } from '../wire/access.ts';
import type { Context } from './context.ts';
import { memberView, roleOf } from './member-view.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { namesOf } from './personal-names.ts';

export interface ChangeMember {
  readonly member: string;
  readonly role?: string | undefined;
  readonly party?: string | null | undefined;
  /** The most that one act of goodwill may give, smallest units by asset. */
  readonly goodwillLimits?: Readonly<Record<string, string>> | undefined;
}

export async function changeMember(
  context: Context,
  caller: Caller,
  { member, ...changed }: ChangeMember,
): Promise<Outcome<Member>> {
  const { store, access } = context;
  const permission = 'members.change';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const outcome = await store.within(caller.workspace, async (scope): Promise<Outcome<Member>> => {
    const found = await findMember(scope, member);
    if (found === null) return refused('member_unknown', { member });
    const { role = found.role, party = found.party, goodwillLimits = found.goodwillLimits } = changed;
    if (!isRole(role)) return refused('role_unknown', { role, known: roles.join(', ') });
    const beyond = [roleOf(found), role].find((given) => !mayGiveRole(caller, given));
    if (beyond !== undefined) return refused('role_beyond', { role: caller.role, given: beyond });
    if (found.role === 'owner' && role !== 'owner' && (await lockedOwners(scope)) < 2)
      return refused('last_owner');
    if (party !== null && party !== found.party && !(await partyExists(scope, party))) {
      return refused('party_unknown', { party });
    }
    await changeRow(scope, member, { role, party, goodwillLimits });
    const from = { role: found.role, party: found.party, goodwillLimits: found.goodwillLimits };
    await recordAudit(scope, {
      actor: caller.actor,
      action: 'members.change',
      subject: `user:${member}`,
      details: { from, to: { role, party, goodwillLimits } },
    });
    const names = await namesOf(context, scope, party === null ? [] : [party]);
    return done(memberView({ ...found, role, party, goodwillLimits }, names));
  });
  access.forget();
  return outcome;
}
