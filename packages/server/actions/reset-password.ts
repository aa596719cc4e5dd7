// SPDX-License-Identifier: Apache-2.0
// A one-time link with which a member sets a new password, for whoever forgot theirs or has a lost device. Somebody who
// belongs to other workspaces too is not reset from here: it would open those as well.

import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { mayGiveRole } from '../access/rank.ts';
import { newLinkToken } from '../access/tokens.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { addInvitation, withdrawInvitations } from '../store/invitation-rows.ts';
import { findMember, membershipsOf } from '../store/member-rows.ts';
import type { Context } from './context.ts';
import { invitationLink, linkExpiry } from './invitation-link.ts';
import { roleOf } from './member-view.ts';
import { done, type Outcome, refused } from './outcome.ts';

export async function resetPassword(
  { store, clock, access }: Context,
  caller: Caller,
  { member }: { readonly member: string },
): Promise<Outcome<{ readonly link: string; readonly expiresAt: string }>> {
  const permission = 'members.change';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const places = await store.accessing((query) => membershipsOf(query, member));
  const token = newLinkToken();
  const expiresAt = linkExpiry(clock());
  return await store.within(caller.workspace, async (scope) => {
    const found = await findMember(scope, member);
    if (found === null) return refused('member_unknown', { member });
    if (!mayGiveRole(caller, roleOf(found))) {
      return refused('role_beyond', { role: caller.role, given: found.role });
    }
    if (places.length > 1) return refused('member_elsewhere', { member });
    await withdrawInvitations(scope, found.email);
    await addInvitation(scope, {
      hash: token.hash,
      purpose: 'new password',
      email: found.email,
      role: found.role,
      party: found.party,
      createdBy: caller.actor,
      expiresAt,
    });
    await recordAudit(scope, {
      actor: caller.actor,
      action: 'members.reset password',
      subject: `user:${member}`,
      details: {},
    });
    return done({ link: invitationLink(access.publicUrl, token.text), expiresAt: expiresAt.toISOString() });
  });
}
