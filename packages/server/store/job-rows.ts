// SPDX-License-Identifier: Apache-2.0
// Long-running work with its progress, so that a page can show it and a new process can see what was left undone.

import type { Scope } from './open.ts';
import type { Json, Row } from './tables.ts';

export type JobRow = Row<'job'>;
export type JobState = 'waiting' | 'running' | 'done' | 'failed';

/** The number of the new job, which waits. */
export async function createJob(
  { workspace, query }: Scope,
  { what, total, details }: { readonly what: string; readonly total: number | null; readonly details: Json },
): Promise<number> {
  const row = await query
    .insertInto('job')
    .values({ workspace, what, state: 'waiting', total, details: JSON.stringify(details) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export interface JobProgress {
  readonly id: number;
  readonly state?: JobState | undefined;
  readonly done?: number | undefined;
  readonly total?: number | null | undefined;
  readonly details?: Json | undefined;
}

/** What is not given stays. */
export async function advanceJob(
  { workspace, query }: Scope,
  { id, details, ...progress }: JobProgress,
): Promise<void> {
  await query
    .updateTable('job')
    .set({ ...progress, ...(details === undefined ? {} : { details: JSON.stringify(details) }) })
    .where('workspace', '=', workspace)
    .where('id', '=', id)
    .execute();
}

/** The next waiting job, running from now on; null when none waits. Of several that ask, one gets it. */
export async function takeJob({ workspace, query }: Scope): Promise<JobRow | null> {
  const next = await query
    .selectFrom('job')
    .select('id')
    .where('workspace', '=', workspace)
    .where('state', '=', 'waiting')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (next === undefined) return null;
  return await query
    .updateTable('job')
    .set({ state: 'running' })
    .where('workspace', '=', workspace)
    .where('id', '=', next.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function findJob({ workspace, query }: Scope, id: number): Promise<JobRow | null> {
  const row = await query
    .selectFrom('job')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Newest first; the page continues below `before`. */
export async function listJobs(
  { workspace, query }: Scope,
  { state, before, limit }: { readonly state?: JobState; readonly before?: number; readonly limit: number },
): Promise<readonly JobRow[]> {
  let rows = query.selectFrom('job').selectAll().where('workspace', '=', workspace);
  if (state !== undefined) rows = rows.where('state', '=', state);
  if (before !== undefined) rows = rows.where('id', '<', before);
  return await rows.orderBy('id', 'desc').limit(limit).execute();
}
