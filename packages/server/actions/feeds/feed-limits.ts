// SPDX-License-Identifier: Apache-2.0
// What is kept of a feed beside its mapping: how much a load may change by itself, and whether it says when it is complete.

import type { FeedRow } from '../../store/feed-rows.ts';
import { type FeedDefinition, feedDefinition } from '../../wire/feeds.ts';

export type FeedLimits = Pick<FeedDefinition, 'changeLimit' | 'needsSecondPerson' | 'statesCompleteness'>;

const limits = feedDefinition.pick({ changeLimit: true, needsSecondPerson: true, statesCompleteness: true });

/** As they were given; what an older row does not say is as usual. */
export function limitsOf({ change_limit }: Pick<FeedRow, 'change_limit'>): FeedLimits {
  return limits.parse(change_limit ?? {});
}
