// SPDX-License-Identifier: Apache-2.0
// The day clock: the only place that looks at the time of day. Within a minute after midnight in a zone, the day is in
// the log, and what expires, vests or falls due by it is posted.
import { beginDays } from '../actions/begin-days.ts';
import type { RecurringJob } from './job.ts';

export const dayClock: RecurringJob = {
  name: 'day-clock',
  every: 60_000,
  run: async (context, workspace) => {
    const days = await beginDays(context, workspace);
    if (days > 0) context.log.info('days_begun', { workspace, days });
  },
};
