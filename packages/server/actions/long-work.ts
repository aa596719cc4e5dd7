// SPDX-License-Identifier: Apache-2.0
// Work that may take longer than a caller waits: it has a job whose progress can be read. What is done soon is answered
// at once; what takes longer goes on, and the caller gets the number of the job.
import { advanceJob, createJob, type JobProgress } from '../store/job-rows.ts';
import type { Json } from '../store/tables.ts';
import type { Context } from './context.ts';
import { traceOf } from './trace.ts';

/** Milliseconds that a caller waits for the end. */
const patienceMs = 5_000;

export type LongWork<T> =
  | { readonly kind: 'ended'; readonly value: T; readonly job: number }
  | { readonly kind: 'running'; readonly job: number };

export async function asJob<T>(
  { store, log }: Context,
  workspace: number,
  { what, details }: { readonly what: string; readonly details: Json },
  work: (progress: (done: number, total: number | null) => Promise<void>) => Promise<T>,
  /** What the job says once it has ended. */
  told: (value: T) => Json = () => details,
): Promise<LongWork<T>> {
  const job = await store.within(workspace, async (scope) => {
    const id = await createJob(scope, { what, details, total: null });
    await advanceJob(scope, { id, state: 'running' });
    return id;
  });
  const note = (progress: Omit<JobProgress, 'id'>) =>
    store.within(workspace, (scope) => advanceJob(scope, { id: job, ...progress }));
  const working = work((done, total) => note({ done, total })).then(
    async (value) => {
      await note({ state: 'done', details: told(value) });
      return value;
    },
    async (error: unknown) => {
      log.error('job_failed', { job, what, ...traceOf(error) });
      await note({ state: 'failed' });
      throw error;
    },
  );
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<LongWork<T>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'running', job }), patienceMs);
  });
  try {
    return await Promise.race([
      working.then((value): LongWork<T> => ({ kind: 'ended', value, job })),
      patience,
    ]);
  } finally {
    clearTimeout(timer);
    // Whoever is no longer waiting hears of a failure through the job.
    working.catch(() => undefined);
  }
}
