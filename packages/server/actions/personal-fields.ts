// SPDX-License-Identifier: Apache-2.0
// Which text fields of facts are personal, and whose. From then on their values stand in the log as seals; what was
// recorded before stays as it is, so it is said before the first fact comes.

import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { addPersonalField, listPersonalFields } from '../store/private-rows.ts';
import type { PersonalFields } from '../wire/oversight.ts';
import type { Context } from './context.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { forgetPersonalFields } from './seal-personal.ts';

export async function readPersonalFields(
  { store }: Context,
  caller: Caller,
): Promise<Outcome<PersonalFields>> {
  const permission = 'retention.read';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const items = await store.within(caller.workspace, listPersonalFields);
  return done({ items: [...items] });
}

export async function declarePersonalField(
  { store }: Context,
  caller: Caller,
  given: { readonly kind: string; readonly field: string; readonly subject: string | null },
): Promise<Outcome<PersonalFields>> {
  const permission = 'retention.change';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const { kind, field, subject } = given;
  const items = await store.within(caller.workspace, async (scope) => {
    await addPersonalField(scope, { kind, field, subject });
    await recordAudit(scope, {
      actor: caller.actor,
      action: 'personal fields.declare',
      subject: `field:${kind}.${field}`,
      details: { subject },
    });
    return await listPersonalFields(scope);
  });
  forgetPersonalFields(store);
  return done({ items: [...items] });
}
