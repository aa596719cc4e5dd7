// SPDX-License-Identifier: Apache-2.0
// Where the erasure of a person stands: done, waiting for its day, or what it would have to wait for if it were asked
// for now. One that waits can be taken back; one that happened cannot.

import { isoDay } from '@rapport/core/values/date.ts';
import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { dropErasureRequest, erasedAt, erasureDueOn } from '../store/erasure-rows.ts';
import { findMembersOfParty } from '../store/member-rows.ts';
import type { Scope } from '../store/open.ts';
import { partyExists } from '../store/party-rows.ts';
import type { Erasure } from '../wire/oversight.ts';
import type { Context } from './context.ts';
import { dayOf, keptOfParty, keptView } from './erase-person.ts';
import { done, type Outcome, refused } from './outcome.ts';

const permission = 'persons.erase';

interface Which {
  readonly party: string;
}

export async function readErasure(
  context: Context,
  caller: Caller,
  { party }: Which,
): Promise<Outcome<Erasure>> {
  if (!may(caller, permission, { party })) return refused('not_allowed', { role: caller.role, permission });
  return await context.store.within(caller.workspace, async (scope) => {
    if (!(await partyExists(scope, party))) return refused('party_unknown', { party });
    return done(await erasureOf(context, scope, party));
  });
}

export async function withdrawErasure(
  context: Context,
  caller: Caller,
  { party }: Which,
): Promise<Outcome<Erasure>> {
  if (!may(caller, permission, { party })) return refused('not_allowed', { role: caller.role, permission });
  return await context.store.within(caller.workspace, async (scope) => {
    if (!(await partyExists(scope, party))) return refused('party_unknown', { party });
    const at = await erasedAt(scope, party);
    if (at !== null) return refused('person_erased', { party, on: at.toISOString().slice(0, 10) });
    if ((await erasureDueOn(scope, party)) !== null) {
      await dropErasureRequest(scope, party);
      await recordAudit(scope, {
        actor: caller.actor,
        action: 'persons.erase withdrawn',
        subject: `party:${party}`,
        details: {},
      });
    }
    return done(await erasureOf(context, scope, party));
  });
}

async function erasureOf({ clock }: Context, scope: Scope, party: string): Promise<Erasure> {
  const at = await erasedAt(scope, party);
  const dueOn = await erasureDueOn(scope, party);
  const kept = at === null ? await keptOfParty(scope, party, dayOf(clock())) : [];
  return {
    erasedAt: at?.toISOString() ?? null,
    dueOn: dueOn === null ? null : isoDay(dueOn),
    kept: kept.map(keptView),
    accounts: (await findMembersOfParty(scope, party)).length,
  };
}
