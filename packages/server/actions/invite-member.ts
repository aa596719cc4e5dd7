// SPDX-License-Identifier: Apache-2.0
// Inviting somebody: a link that is shown once and good for one use within three days. No mail is needed; whoever
// invites hands the link over. The membership begins when the link is used.

import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { mayGiveRole } from '../access/rank.ts';
import { isRole, roles } from '../access/roles.ts';
import { newLinkToken } from '../access/tokens.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { addInvitation, withdrawInvitations } from '../store/invitation-rows.ts';
import { isMember } from '../store/member-rows.ts';
import { partyExists } from '../store/party-rows.ts';
import type { Context } from './context.ts';
import { invitationLink, linkExpiry } from './invitation-link.ts';
import { done, type Outcome, refused } from './outcome.ts';

export interface InviteMember {
  readonly email: string;
  readonly role: string;
  readonly party: string | null;
}

export interface Invited {
  readonly email: string;
  readonly role: string;
  readonly party: string | null;
  readonly link: string;
  readonly expiresAt: string;
}

/** An earlier link for the same address is withdrawn. */
export async function inviteMember(
  { store, clock, access }: Context,
  caller: Caller,
  { email, role, party }: InviteMember,
): Promise<Outcome<Invited>> {
  if (!may(caller, 'members.change'))
    return refused('not_allowed', { role: caller.role, permission: 'members.change' });
  if (!isRole(role)) return refused('role_unknown', { role, known: roles.join(', ') });
  if (!mayGiveRole(caller, role)) return refused('role_beyond', { role: caller.role, given: role });
  const token = newLinkToken();
  const expiresAt = linkExpiry(clock());
  return await store.within(caller.workspace, async (scope) => {
    if (await isMember(scope, email)) return refused('member_exists', { email });
    if (party !== null && !(await partyExists(scope, party))) return refused('party_unknown', { party });
    await withdrawInvitations(scope, email);
    await addInvitation(scope, {
      hash: token.hash,
      purpose: 'join',
      email,
      role,
      party,
      createdBy: caller.actor,
      expiresAt,
    });
    await recordAudit(scope, {
      actor: caller.actor,
      action: 'members.invite',
      subject: party === null ? 'member' : `party:${party}`,
      details: { role },
    });
    return done({
      email,
      role,
      party,
      link: invitationLink(access.publicUrl, token.text),
      expiresAt: expiresAt.toISOString(),
    });
  });
}
