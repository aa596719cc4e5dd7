// SPDX-License-Identifier: Apache-2.0
// Feeds: how files of another system become facts. Defining one again changes it; loads keep what they became.
import { isoDay } from '@rapport/core/values/date.ts';
import type { Caller } from '../../access/caller.ts';
import { may } from '../../access/may.ts';
import { recordAudit } from '../../store/audit-rows.ts';
import {
  type FeedRow,
  findFeed,
  latestCompleteness,
  listFeeds as listFeedRows,
  putFeed,
} from '../../store/feed-rows.ts';
import { listLoads } from '../../store/load-rows.ts';
import type { Scope } from '../../store/open.ts';
import type { Json } from '../../store/tables.ts';
import type { FeedDefinition } from '../../wire/feeds.ts';
import type { Context } from '../context.ts';
import { done, refused } from '../outcome.ts';
import { awaitedKinds, kindsBroughtBy } from './brought-kinds.ts';
import { limitsOf } from './feed-limits.ts';
import { feedOfMapping, withMode } from './read-files.ts';
import { sourceOf } from './read-load.ts';

export async function defineFeed(context: Context, caller: Caller, given: FeedDefinition) {
  const permission = 'feeds.change';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const { feed, title, mode, mapping, changeLimit, needsSecondPerson, statesCompleteness } = given;
  const read = feedOfMapping(withMode(mapping, mode));
  if ('errors' in read) return refused('feed_wrong', {}, { errors: read.errors });
  const { workspace, actor } = caller;
  const writer = await context.writers.of(workspace);
  const row = await context.store.within(workspace, async (scope) => {
    await putFeed(scope, {
      feed,
      title,
      mode,
      mapping: mapping as Json,
      changeLimit: { changeLimit, needsSecondPerson, statesCompleteness },
    });
    await recordAudit(scope, {
      actor,
      action: 'feeds.change',
      subject: `feed:${feed}`,
      details: { mode, statesCompleteness },
    });
    return (await findFeed(scope, feed))!;
  });
  // From now on, what rests on its kinds waits for its word.
  const entry = { kind: 'complete' as const, feed, through: null, kinds: awaitedKinds(row) };
  await writer.submit([{ entry, actor, source: sourceOf(feed) }], { together: true });
  return done(await context.store.within(workspace, (scope) => summaryOf(scope, row)));
}

export async function listFeeds(context: Context, caller: Caller) {
  const permission = 'feeds.read';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  return await context.store.within(caller.workspace, async (scope) => {
    const items = [];
    for (const row of await listFeedRows(scope)) items.push(await summaryOf(scope, row));
    return done({ items });
  });
}

export async function readFeed(context: Context, caller: Caller, { feed }: { readonly feed: string }) {
  const permission = 'feeds.read';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  return await context.store.within(caller.workspace, async (scope) => {
    const row = await findFeed(scope, feed);
    if (row === null) return refused('feed_unknown', { feed });
    return done({ ...(await summaryOf(scope, row)), mapping: row.mapping as Record<string, unknown> });
  });
}

async function summaryOf(scope: Scope, row: FeedRow) {
  const complete = (await latestCompleteness(scope)).find(({ feed }) => feed === row.feed);
  const [last] = await listLoads(scope, { feed: row.feed, limit: 1 });
  const { changeLimit, needsSecondPerson, statesCompleteness } = limitsOf(row);
  return {
    feed: row.feed,
    title: row.title,
    mode: row.mode,
    changeLimit,
    needsSecondPerson,
    statesCompleteness,
    kinds: [...kindsBroughtBy(row)],
    completeThrough: complete === undefined ? null : isoDay(complete.through),
    lastLoadAt: last?.at.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}
