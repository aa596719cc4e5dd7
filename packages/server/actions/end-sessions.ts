// SPDX-License-Identifier: Apache-2.0
// Ends every session of a member, for a lost device or a suspicion. The next request of each is signed out.

import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { endSessionsOf, findMember } from '../store/member-rows.ts';
import type { Context } from './context.ts';
import { done, type Outcome, refused } from './outcome.ts';

export async function endSessions(
  { store, access }: Context,
  caller: Caller,
  { member }: { readonly member: string },
): Promise<Outcome<{ readonly ended: number }>> {
  const permission = 'sessions.end';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const outcome = await store.within(caller.workspace, async (scope) => {
    if ((await findMember(scope, member)) === null) return refused('member_unknown', { member });
    const ended = await endSessionsOf(scope, member);
    await recordAudit(scope, {
      actor: caller.actor,
      action: 'sessions.end',
      subject: `user:${member}`,
      details: { ended },
    });
    return done({ ended });
  });
  access.forget();
  return outcome;
}
