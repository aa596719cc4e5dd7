// SPDX-License-Identifier: Apache-2.0
// Which kinds a feed brings, as the log and the agreements name them: "Deal", "Quota of Representative".

import type { FeedRow } from '../../store/feed-rows.ts';
import { limitsOf } from './feed-limits.ts';
import { feedOfMapping, withMode } from './read-files.ts';

/** Each once, by the mapping; none where it cannot be read. */
export function kindsBroughtBy({ mapping, mode }: Pick<FeedRow, 'mapping' | 'mode'>): readonly string[] {
  const read = feedOfMapping(withMode(mapping, mode));
  const sources = 'feed' in read ? read.feed.sources : [];
  return [
    ...new Set(
      sources.map(({ becomes }) =>
        becomes.kind === 'fact' ? becomes.factKind : `${becomes.attribute} of ${becomes.party}`,
      ),
    ),
  ];
}

/** What amounts wait for: nothing of a feed that does not say when it is complete. */
export function awaitedKinds(row: FeedRow): readonly string[] {
  return limitsOf(row).statesCompleteness ? kindsBroughtBy(row) : [];
}
