// SPDX-License-Identifier: Apache-2.0
// Every few minutes: some payees' books against their facts.
import { auditBooks } from '../actions/audit-books.ts';
import type { RecurringJob } from './job.ts';

export const auditor: RecurringJob = {
  name: 'auditor',
  every: 5 * 60_000,
  run: async (context, workspace) => {
    await auditBooks(context, workspace);
  },
};
