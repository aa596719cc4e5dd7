// SPDX-License-Identifier: Apache-2.0
// Replays the whole log of a workspace into an empty ledger and compares it with the books, byte for byte. It is a job:
// its progress counts entries, and its end says what differs, which must be nothing.
import type { Caller } from '../access/caller.ts';
import { findJob } from '../store/job-rows.ts';
import type { Json } from '../store/tables.ts';
import type { Job } from '../wire/oversight.ts';
import { checkReplay, type ReplayReport } from '../writer/replay-check.ts';
import type { Context } from './context.ts';
import { asJob } from './long-work.ts';
import { done, type Outcome } from './outcome.ts';
import { denied } from './permit.ts';
import { jobOf } from './read-jobs.ts';

/** Milliseconds between two notes of the progress. */
const noteEvery = 1_000;

export async function replayBooks(context: Context, caller: Caller): Promise<Outcome<Job>> {
  const no = denied(caller, 'books.check');
  if (no !== null) return no;
  const { workspace, actor } = caller;
  const { store } = context;
  const { job } = await asJob(
    context,
    workspace,
    { what: 'replay', details: { actor } },
    async (progress) => {
      let noted = 0;
      const report = await checkReplay(store, workspace, {
        onProgress: (entries, total) => {
          const now = performance.now();
          if (now - noted < noteEvery) return;
          noted = now;
          progress(entries, total).catch(() => undefined);
        },
      });
      await progress(report.entries, report.entries);
      return report;
    },
    (report) => told(report, actor),
  );
  const row = await store.within(workspace, (scope) => findJob(scope, job));
  return done(jobOf(row!));
}

/** Differences are named by table; their rows stay in the database, since they are somebody's. */
function told({ entries, rows, differenceCount, differences, stopped }: ReplayReport, actor: string): Json {
  const tables = [...new Set(differences.map(({ table }) => table))];
  return { actor, entries, rows, differences: differenceCount, tables, stopped };
}
