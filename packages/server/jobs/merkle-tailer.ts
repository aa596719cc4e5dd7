// SPDX-License-Identifier: Apache-2.0
// Follows the log with its Merkle tree. An entry stands under a signed head within `headDelayMax` of its commit, while the
// service runs; a bundle that needs one earlier has it made.
import { followLog } from '../actions/merkle-log.ts';
import type { RecurringJob } from './job.ts';

/** Milliseconds between the end of a run and the next. */
const every = 5_000;

/** The stated maximum delay, in milliseconds: one pause, and time for a run. */
export const headDelayMax = 15_000;

export const merkleTailer: RecurringJob = {
  name: 'merkle-tailer',
  every,
  run: async (context, workspace) => {
    await followLog(context, workspace);
  },
};
