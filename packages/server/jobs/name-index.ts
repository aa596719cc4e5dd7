// SPDX-License-Identifier: Apache-2.0
// Names that were given before there was an index of names get their tokens, a batch at a time.
import { indexOlderNames } from '../actions/index-older-names.ts';
import type { RecurringJob } from './job.ts';

export const nameIndex: RecurringJob = {
  name: 'name index',
  every: 60 * 60_000,
  run: async (context, workspace) => {
    let isMore = true;
    while (isMore) isMore = await context.store.within(workspace, (scope) => indexOlderNames(context, scope));
  },
};
