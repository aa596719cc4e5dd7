// SPDX-License-Identifier: Apache-2.0
// Ending a membership: the sessions end with it, open links for the address too. An account that belongs to no workspace
// any more is taken away with its name and address.

import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { mayGiveRole } from '../access/rank.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { withdrawInvitations } from '../store/invitation-rows.ts';
import { findMember, lockedOwners, removeMember as removeRow } from '../store/member-rows.ts';
import { removeUserWithoutMembership } from '../store/user-rows.ts';
import type { Context } from './context.ts';
import { roleOf } from './member-view.ts';
import { done, type Outcome, refused } from './outcome.ts';

export async function removeMember(
  { store, access }: Context,
  caller: Caller,
  { member }: { readonly member: string },
): Promise<Outcome<{ readonly done: true }>> {
  const permission = 'members.change';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const outcome = await store.within(
    caller.workspace,
    async (scope): Promise<Outcome<{ readonly done: true }>> => {
      const found = await findMember(scope, member);
      if (found === null) return refused('member_unknown', { member });
      const role = roleOf(found);
      if (!mayGiveRole(caller, role)) return refused('role_beyond', { role: caller.role, given: role });
      if (role === 'owner' && (await lockedOwners(scope)) < 2) return refused('last_owner');
      await removeRow(scope, member);
      await withdrawInvitations(scope, found.email);
      await recordAudit(scope, {
        actor: caller.actor,
        action: 'members.remove',
        subject: `user:${member}`,
        details: { role },
      });
      return done({ done: true });
    },
  );
  if (outcome.kind === 'done') await store.accessing((query) => removeUserWithoutMembership(query, member));
  access.forget();
  return outcome;
}
