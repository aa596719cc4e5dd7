// SPDX-License-Identifier: Apache-2.0
// Facts that waited for their kind are picked up by the activation that declares it; this catches what a crash between
// the two has left.
import { pickUpWaiting } from '../actions/waiting-facts.ts';
import type { RecurringJob } from './job.ts';

export const waitingFacts: RecurringJob = {
  name: 'waiting facts',
  every: 10 * 60_000,
  run: async (context, workspace) => {
    await pickUpWaiting(context, workspace, 'job:waiting-facts');
  },
};
