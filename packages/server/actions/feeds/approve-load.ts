// SPDX-License-Identifier: Apache-2.0
// A person decides on a load that was previewed: it is recorded as it was shown, or dropped.
import type { Caller } from '../../access/caller.ts';
import { may } from '../../access/may.ts';
import { recordAudit } from '../../store/audit-rows.ts';
import { dropFiles } from '../../store/feed-file-rows.ts';
import { findFeed } from '../../store/feed-rows.ts';
import { findLoad, moveLoad } from '../../store/load-rows.ts';
import type { Load } from '../../wire/feeds.ts';
import type { Context } from '../context.ts';
import { declaredBy } from '../declared.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { limitsOf } from './feed-limits.ts';
import { loadAnswer } from './load-answer.ts';
import { recordLoad } from './record-load.ts';

const permission = 'loads.approve';
const open = ['preview', 'waiting for approval'];
/** A recording that was cut off goes on when it is approved again: what is recorded already is not recorded twice. */
const canBeApproved = [...open, 'recording'];

export async function approveLoad(
  context: Context,
  caller: Caller,
  { load, reason = '' }: { readonly load: number; readonly reason?: string | undefined },
): Promise<Outcome<Load>> {
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const { workspace, actor } = caller;
  const found = await waiting(context, workspace, load, canBeApproved);
  if (found.kind === 'refused') return found;
  const { row, needsSecondPerson } = found.value;
  if (needsSecondPerson && row.actor === actor) return refused('load_approved_by_uploader', { actor });
  const recorded = await recordLoad(context, { workspace, actor, load, from: row.state, approvedBy: actor });
  if (recorded.kind === 'refused') return recorded;
  return await answered(context, caller, load, 'loads.approve', reason);
}

export async function rejectLoad(
  context: Context,
  caller: Caller,
  { load, reason }: { readonly load: number; readonly reason: string },
): Promise<Outcome<Load>> {
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const { workspace } = caller;
  const found = await waiting(context, workspace, load, open);
  if (found.kind === 'refused') return found;
  const { state } = found.value.row;
  const isDropped = await context.store.within(workspace, async (scope) => {
    const moved = await moveLoad(scope, { load, from: state, to: 'rejected' });
    if (moved) await dropFiles(scope, load);
    return moved;
  });
  if (!isDropped) return refused('load_not_waiting', { load: `${load}`, state: 'decided already' });
  return await answered(context, caller, load, 'loads.reject', reason);
}

async function waiting({ store }: Context, workspace: number, load: number, states: readonly string[]) {
  return await store.within(workspace, async (scope) => {
    const row = await findLoad(scope, load);
    if (row === null) return refused('load_unknown', { load: `${load}` });
    if (!states.includes(row.state))
      return refused('load_not_waiting', { load: `${load}`, state: row.state });
    const feed = await findFeed(scope, row.feed);
    return done({ row, needsSecondPerson: feed !== null && limitsOf(feed).needsSecondPerson });
  });
}

async function answered(
  context: Context,
  { workspace, actor }: Caller,
  load: number,
  action: string,
  reason: string,
): Promise<Outcome<Load>> {
  const declared = declaredBy((await context.writers.of(workspace)).declared());
  return await context.store.within(workspace, async (scope) => {
    await recordAudit(scope, { actor, action, subject: `load:${load}`, details: { reason } });
    return done(await loadAnswer(context, scope, (await findLoad(scope, load))!, declared));
  });
}
