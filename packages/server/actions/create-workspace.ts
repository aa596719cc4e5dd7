// SPDX-License-Identifier: Apache-2.0
// Another workspace on the same installation, for an owner of one. Whoever makes it owns it.

import type { Identity } from '../access/identity.ts';
import { may } from '../access/may.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { addMember } from '../store/member-rows.ts';
import { createWorkspace as createRow } from '../store/workspace-rows.ts';
import type { Context } from './context.ts';
import { done, type Outcome, refused } from './outcome.ts';

export async function createWorkspace(
  { store, access }: Context,
  identity: Identity,
  { name, title }: { readonly name: string; readonly title: string },
): Promise<Outcome<{ readonly workspace: string }>> {
  const isAllowed = identity.places.some(({ caller }) => may(caller, 'workspace.create'));
  if (identity.kind !== 'person' || !isAllowed) {
    const role = identity.places[0]?.caller.role ?? 'nobody';
    return refused('not_allowed', { role, permission: 'workspace.create' });
  }
  const workspace = await store.accessing((query) => createRow(query, { name, title }));
  if (workspace === null) return refused('workspace_exists', { workspace: name });
  await store.within(workspace, async (scope) => {
    await addMember(scope, identity.person.id, { role: 'owner', party: null, goodwillLimits: {} });
    await recordAudit(scope, {
      actor: identity.actor,
      action: 'workspace.create',
      subject: `workspace:${name}`,
      details: {},
    });
  });
  access.forget();
  return done({ workspace: name });
}
