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
import { type FeedDefinition, feedDefinition } from '../../wire/feeds.ts';
import type { Context } from '../context.ts';
import { done, refused } from '../outcome.ts';
import { feedOfMapping } from './read-files.ts';

/** What is kept in the column of limits. */
export type FeedLimits = Pick<FeedDefinition, 'changeLimit' | 'needsSecondPerson'>;

const limits = feedDefinition.pick({ changeLimit: true, needsSecondPerson: true });

export function limitsOf({ change_limit }: FeedRow): FeedLimits {
  return limits.parse(change_limit ?? {});
}

export async function defineFeed(context: Context, caller: Caller, given: FeedDefinition) {
  const permission = 'feeds.change';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const { feed, title, mode, mapping, changeLimit, needsSecondPerson } = given;
  const read = feedOfMapping(withMode(mapping, mode));
  if ('errors' in read) return refused('feed_wrong', {}, { errors: read.errors });
  return await context.store.within(caller.workspace, async (scope) => {
    await putFeed(scope, {
      feed,
      title,
      mode,
      mapping: mapping as Json,
      changeLimit: { changeLimit, needsSecondPerson },
    });
    await recordAudit(scope, {
      actor: caller.actor,
      action: 'feeds.change',
      subject: `feed:${feed}`,
      details: { mode },
    });
    return done(await summaryOf(scope, (await findFeed(scope, feed))!));
  });
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

/** The mode of the feed holds for each of its sources that names none. */
export function withMode(mapping: unknown, mode: FeedRow['mode']): unknown {
  if (typeof mapping !== 'object' || mapping === null || !('sources' in mapping)) return mapping;
  const { sources } = mapping;
  if (!Array.isArray(sources)) return mapping;
  return {
    ...mapping,
    sources: sources.map((source: unknown) =>
      typeof source === 'object' && source !== null && 'fact' in source ? { mode, ...source } : source,
    ),
  };
}

async function summaryOf(scope: Scope, row: FeedRow) {
  const complete = (await latestCompleteness(scope)).find(({ feed }) => feed === row.feed);
  const [last] = await listLoads(scope, { feed: row.feed, limit: 1 });
  const read = feedOfMapping(withMode(row.mapping, row.mode));
  const sources = 'feed' in read ? read.feed.sources : [];
  const { changeLimit, needsSecondPerson } = limitsOf(row);
  return {
    feed: row.feed,
    title: row.title,
    mode: row.mode,
    changeLimit,
    needsSecondPerson,
    kinds: [
      ...new Set(
        sources.map(({ becomes }) =>
          becomes.kind === 'fact' ? becomes.factKind : `${becomes.attribute} of ${becomes.party}`,
        ),
      ),
    ],
    completeThrough: complete === undefined ? null : isoDay(complete.through),
    lastLoadAt: last?.at.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}
