// SPDX-License-Identifier: Apache-2.0
// Once an hour: what is over goes.
import { keepHouse } from '../actions/housekeeping.ts';
import type { RecurringJob } from './job.ts';

export const housekeeping: RecurringJob = {
  name: 'housekeeping',
  every: 60 * 60_000,
  run: async (context, workspace) => {
    await keepHouse(context, workspace);
  },
};
