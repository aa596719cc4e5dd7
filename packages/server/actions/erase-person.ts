// SPDX-License-Identifier: Apache-2.0
// Erasing a person: their key, salts and sealed values, names and references, account and links go; the random id stays,
// so that every sum, statement and proof stays valid and says nothing about anybody. What the law wants kept delays it:
// then the erasure is noted and happens by itself on its day.

import { type Day, isoDay, parseIsoDay } from '@rapport/core/values/date.ts';
import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { type Kept, keptOf, type RetentionSetting, usualRetention } from '../access/retention-floors.ts';
import { recordAudit } from '../store/audit-rows.ts';
import {
  dropCopies,
  dropErasureRequest,
  dropWaitingNaming,
  erasedAt,
  lastStatementOn,
  requestErasure,
} from '../store/erasure-rows.ts';
import { withdrawInvitations, withdrawInvitationsOfParty } from '../store/invitation-rows.ts';
import { findMembersOfParty, removeMember } from '../store/member-rows.ts';
import type { Scope } from '../store/open.ts';
import { partyExists, referencesOf } from '../store/party-rows.ts';
import { erasePerson as eraseRows, privateOfParty } from '../store/private-rows.ts';
import { readSetting } from '../store/setting-rows.ts';
import { removeUserWithoutMembership } from '../store/user-rows.ts';
import type { Erased } from '../wire/oversight.ts';
import type { Context } from './context.ts';
import { openRows } from './open-personal.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { forgetReferences } from './party-reference.ts';
import { namesOf } from './personal-names.ts';

export const retentionSetting = 'retention';

export interface ErasePerson {
  readonly party: string;
  readonly reason: string;
  /** The party again. */
  readonly confirm: string;
}

export async function erasePerson(
  context: Context,
  caller: Caller,
  { party, reason, confirm }: ErasePerson,
): Promise<Outcome<Erased>> {
  const permission = 'persons.erase';
  if (!may(caller, permission, { party })) return refused('not_allowed', { role: caller.role, permission });
  if (confirm !== party) return refused('not_confirmed', { party });
  const { store, clock } = context;
  const today = dayOf(clock());
  const found = await store.within(caller.workspace, async (scope) => {
    if (!(await partyExists(scope, party))) return refused('party_unknown', { party });
    const at = await erasedAt(scope, party);
    if (at !== null) return refused('person_erased', { party, on: at.toISOString().slice(0, 10) });
    const kept = await keptOfParty(scope, party, today);
    if (kept.length === 0) return kept;
    const dueOn = Math.max(today, ...kept.map(({ until }) => until));
    await requestErasure(scope, { party, dueOn, actor: caller.actor, reason });
    await recordAudit(scope, {
      actor: caller.actor,
      action: 'persons.erase later',
      subject: `party:${party}`,
      details: { dueOn: isoDay(dueOn), floors: kept.map(({ why }) => why) },
    });
    return kept;
  });
  if ('kind' in found) return found;
  if (found.length > 0) return done({ party, erasedAt: null, kept: found.map(keptView) });
  const erasedNow = await eraseNow(context, caller.workspace, { party, actor: caller.actor, reason });
  return done({ party, erasedAt: erasedNow.toISOString(), kept: [] });
}

/** Without asking for a floor: for the action above, and for the job that does what was delayed. */
export async function eraseNow(
  context: Context,
  workspace: number,
  { party, actor, reason }: { readonly party: string; readonly actor: string; readonly reason: string },
): Promise<Date> {
  const { store, access, clock } = context;
  const at = clock();
  context.journalErasure({ workspace, party, at: at.toISOString(), actor, reason });
  const users = await store.within(workspace, async (scope) => {
    const references = (await referencesOf(scope, [party])).map(({ reference }) => reference);
    const name = (await namesOf(context, scope, [party])).get(party);
    const members = await findMembersOfParty(scope, party);
    for (const { user, email } of members) {
      await removeMember(scope, user);
      await withdrawInvitations(scope, email);
    }
    await withdrawInvitationsOfParty(scope, party);
    const opened = await openRows(context, scope, await privateOfParty(scope, party));
    const values = [...opened.values()].flatMap((fields) => [...fields.values()]);
    const texts = [...references.filter((reference) => reference !== party), ...values];
    await dropWaitingNaming(scope, references);
    await dropCopies(scope, name === undefined ? texts : [...texts, name]);
    await eraseRows(scope, { party, actor, reason });
    await dropErasureRequest(scope, party);
    await recordAudit(scope, { actor, action: 'persons.erase', subject: `party:${party}`, details: {} });
    return members.map(({ user }) => user);
  });
  for (const user of users) await store.accessing((query) => removeUserWithoutMembership(query, user));
  forgetReferences(store);
  access.forget();
  return at;
}

/** What must still be kept of a party on a day, and until when. */
export async function keptOfParty(scope: Scope, party: string, today: Day): Promise<readonly Kept[]> {
  const setting = (await readSetting(scope, retentionSetting)) as RetentionSetting | null;
  const last = await lastStatementOn(scope, party);
  return keptOf(last === null ? null : dayOf(last), today, setting ?? usualRetention);
}

export function keptView({ what, until, why }: Kept) {
  return { what, until: isoDay(until), why };
}

export function dayOf(moment: Date): Day {
  return parseIsoDay(moment.toISOString().slice(0, 10)) as Day;
}
