// SPDX-License-Identifier: Apache-2.0
// How long a workspace keeps names beside its records: the floors of the law with their sources, and its own setting
// above them. Naming jurisdictions says which floors concern it.

import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { type RetentionSetting, retentionFloors, usualRetention } from '../access/retention-floors.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { readSetting, writeSetting } from '../store/setting-rows.ts';
import type { Retention } from '../wire/oversight.ts';
import type { Context } from './context.ts';
import { retentionSetting } from './erase-person.ts';
import { done, type Outcome, refused } from './outcome.ts';

export async function readRetention({ store }: Context, caller: Caller): Promise<Outcome<Retention>> {
  const permission = 'retention.read';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const setting = await store.within(caller.workspace, (scope) =>
    readSetting<{ jurisdictions: string[] | null; years: number }>(scope, retentionSetting),
  );
  return done(view(setting ?? usualRetention));
}

export async function changeRetention(
  { store }: Context,
  caller: Caller,
  { jurisdictions, years }: RetentionSetting,
): Promise<Outcome<Retention>> {
  const permission = 'retention.change';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const setting = { jurisdictions: jurisdictions === null ? null : [...jurisdictions], years };
  await store.within(caller.workspace, async (scope) => {
    await writeSetting(scope, retentionSetting, setting);
    await recordAudit(scope, {
      actor: caller.actor,
      action: 'retention.change',
      subject: 'workspace',
      details: setting,
    });
  });
  return done(view(setting));
}

function view({ jurisdictions, years }: RetentionSetting): Retention {
  return {
    jurisdictions: jurisdictions === null ? null : [...jurisdictions],
    years,
    floors: retentionFloors.map((floor) => ({
      ...floor,
      applies: jurisdictions?.includes(floor.jurisdiction) ?? true,
    })),
  };
}
