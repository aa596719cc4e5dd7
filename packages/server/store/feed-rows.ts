// SPDX-License-Identifier: Apache-2.0
// Feeds, and how far each says that it is complete.

import { type Day, isoDay } from '@rapport/core/values/date.ts';
import type { Scope } from './open.ts';
import type { Json, Row } from './tables.ts';

export type FeedRow = Row<'feed'>;
export type CompletenessRow = Row<'completeness'>;

export interface FeedValues {
  readonly feed: string;
  readonly title: string;
  readonly mode: FeedRow['mode'];
  /** The feed file as data. */
  readonly mapping: Json;
  readonly changeLimit: Json;
}

/** Adds a feed, or changes the one of that name. */
export async function putFeed(
  { workspace, query }: Scope,
  { feed, title, mode, mapping, changeLimit }: FeedValues,
): Promise<void> {
  const values = { title, mode, mapping: JSON.stringify(mapping), change_limit: JSON.stringify(changeLimit) };
  await query
    .insertInto('feed')
    .values({ workspace, feed, ...values })
    .onConflict((conflict) => conflict.columns(['workspace', 'feed']).doUpdateSet(values))
    .execute();
}

export async function findFeed({ workspace, query }: Scope, feed: string): Promise<FeedRow | null> {
  const row = await query
    .selectFrom('feed')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('feed', '=', feed)
    .executeTakeFirst();
  return row ?? null;
}

/** By name. */
export async function listFeeds({ workspace, query }: Scope): Promise<readonly FeedRow[]> {
  return await query
    .selectFrom('feed')
    .selectAll()
    .where('workspace', '=', workspace)
    .orderBy('feed')
    .execute();
}

export interface CompletenessValues {
  readonly feed: string;
  readonly through: Day;
  /** Control total: rows sent by then, as the feed says. */
  readonly rows: number | null;
  /** Control totals: sums by field. */
  readonly totals: Json;
  /** Of the entry in the log. */
  readonly sequence: number;
  readonly declaredBy: string;
}

/** Said again for the same day, the last word holds. */
export async function putCompleteness(
  { workspace, query }: Scope,
  { feed, through, rows, totals, sequence, declaredBy }: CompletenessValues,
): Promise<void> {
  const values = { rows, totals: JSON.stringify(totals), sequence, declared_by: declaredBy };
  await query
    .insertInto('completeness')
    .values({ workspace, feed, through: isoDay(through), ...values })
    .onConflict((conflict) => conflict.columns(['workspace', 'feed', 'through']).doUpdateSet(values))
    .execute();
}

/** The latest day of each feed that said so. */
export async function latestCompleteness({ workspace, query }: Scope): Promise<readonly CompletenessRow[]> {
  return await query
    .selectFrom('completeness')
    .selectAll()
    .distinctOn('feed')
    .where('workspace', '=', workspace)
    .orderBy('feed')
    .orderBy('through', 'desc')
    .execute();
}
