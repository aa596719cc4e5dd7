// SPDX-License-Identifier: Apache-2.0
// Long-running work and how far it is.
import type { Caller } from '../access/caller.ts';
import { findJob, type JobRow, listJobs as jobRows } from '../store/job-rows.ts';
import type { Job } from '../wire/oversight.ts';
import type { Context } from './context.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { type Page, pageOfRows, placeOf } from './page.ts';
import { denied } from './permit.ts';

export async function listJobs(
  { store }: Context,
  caller: Caller,
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<Outcome<Page<Job>>> {
  const no = denied(caller, 'jobs.read');
  if (no !== null) return no;
  const before = placeOf(page.after);
  if (before === null) return refused('cursor_unknown');
  const rows = await store.within(caller.workspace, (scope) =>
    jobRows(scope, { limit: page.limit + 1, ...(before === undefined ? {} : { before }) }),
  );
  const { rows: shown, next } = pageOfRows(rows, page.limit, ({ id }) => `${id}`);
  return done({ items: shown.map(jobOf), next });
}

export async function readJob(
  { store }: Context,
  caller: Caller,
  { job }: { readonly job: number },
): Promise<Outcome<Job>> {
  const no = denied(caller, 'jobs.read');
  if (no !== null) return no;
  const row = await store.within(caller.workspace, (scope) => findJob(scope, job));
  return row === null ? refused('job_unknown', { job: `${job}` }) : done(jobOf(row));
}

export function jobOf({ id, what, state, done: finished, total, details, at }: JobRow): Job {
  return {
    job: id,
    what,
    state: state as Job['state'],
    done: finished,
    total,
    details: details as Job['details'],
    at: at.toISOString(),
  };
}
