// SPDX-License-Identifier: Apache-2.0
// Who belongs to the workspace, and who was invited and has not come yet.

import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { rolesOfPeople } from '../access/roles.ts';
import { listInvitations } from '../store/invitation-rows.ts';
import { listMembers as memberRows } from '../store/member-rows.ts';
import type { Members } from '../wire/access.ts';
import type { Context } from './context.ts';
import { memberView } from './member-view.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { namesOf } from './personal-names.ts';

export async function listMembers(context: Context, caller: Caller): Promise<Outcome<Members>> {
  const permission = 'members.read';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  return await context.store.within(caller.workspace, async (scope) => {
    const invited = await listInvitations(scope, context.clock());
    const rows = await memberRows(scope);
    const names = await namesOf(
      context,
      scope,
      rows.flatMap(({ party }) => party ?? []),
    );
    return done({
      items: rows.map((row) => memberView(row, names)),
      invited: invited.map(({ email, role, party, expires_at }) => {
        return { email, role, party, expiresAt: expires_at.toISOString() };
      }),
      roles: [...rolesOfPeople],
    });
  });
}
