// SPDX-License-Identifier: Apache-2.0
// Settings of a workspace: by which relations people report to each other.

import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { readSetting, writeSetting } from '../store/setting-rows.ts';
import { teamRelationsSetting, usualTeamRelations } from '../store/team-rows.ts';
import type { WorkspaceSettings } from '../wire/workspaces.ts';
import type { Context } from './context.ts';
import { done, type Outcome, refused } from './outcome.ts';

export async function readSettings({ store }: Context, caller: Caller): Promise<Outcome<WorkspaceSettings>> {
  const permission = 'workspace.read';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const relations = await store.within(caller.workspace, (scope) =>
    readSetting<readonly string[]>(scope, teamRelationsSetting),
  );
  return done({ teamRelations: [...(relations ?? usualTeamRelations)] });
}

export async function changeSettings(
  { store, access }: Context,
  caller: Caller,
  { teamRelations }: WorkspaceSettings,
): Promise<Outcome<WorkspaceSettings>> {
  const permission = 'workspace.change';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  await store.within(caller.workspace, async (scope) => {
    await writeSetting(scope, teamRelationsSetting, teamRelations);
    await recordAudit(scope, {
      actor: caller.actor,
      action: 'workspace.change',
      subject: 'workspace',
      details: { teamRelations },
    });
  });
  access.forget();
  return done({ teamRelations });
}
