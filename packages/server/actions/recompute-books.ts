// SPDX-License-Identifier: Apache-2.0
// A recomputation of an agreement, as a job: everybody is computed anew from the facts. Where the books say otherwise, an
// entry of the log makes all that is derived from it anew, and posts what still differs as it posts everything: as a
// difference, in the open period, with its cause. Sound books are left as they are.

import type { Caller } from '../access/caller.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { findJob } from '../store/job-rows.ts';
import { transfersOf } from '../store/transfer-rows.ts';
import type { Job } from '../wire/oversight.ts';
import { auditedJson, auditPayees } from './audited-payees.ts';
import type { Context } from './context.ts';
import { asJob } from './long-work.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { denied } from './permit.ts';
import { jobOf } from './read-jobs.ts';

export async function recomputeBooks(
  context: Context,
  caller: Caller,
  { agreement, reason }: { readonly agreement: string; readonly reason: string },
): Promise<Outcome<Job>> {
  const no = denied(caller, 'books.recompute');
  if (no !== null) return no;
  const { workspace, actor } = caller;
  const { store } = context;
  const program = (await context.writers.of(workspace)).declared().get(agreement)?.at(-1)?.program;
  if (program === undefined) return refused('agreement_unknown', { agreement });
  await store.within(workspace, (scope) =>
    recordAudit(scope, { actor, action: 'books.recompute', subject: agreement, details: { reason } }),
  );
  const details = { agreement, actor, reason };
  const { job } = await asJob(
    context,
    workspace,
    { what: 'recompute', details },
    async (progress) => {
      const audited = await auditPayees(context, workspace, { agreement }, progress);
      const isSound = audited.differing === 0 && audited.leftOut === 0;
      const made = isSound ? null : await makeAnew(context, caller, { agreement, reason });
      return {
        ...auditedJson(program, audited),
        sequence: made?.sequence ?? null,
        posted: made?.posted ?? 0,
      };
    },
    (told) => ({ ...details, ...told }),
  );
  const row = await store.within(workspace, (scope) => findJob(scope, job));
  return done(jobOf(row!));
}

/** Gives the place of the entry in the log, and how many transfers it posted. */
async function makeAnew(
  { store, writers }: Context,
  { workspace, actor }: Caller,
  given: { readonly agreement: string; readonly reason: string },
): Promise<{ readonly sequence: number; readonly posted: number }> {
  const writer = await writers.of(workspace);
  const entry = { kind: 'recomputed' as const, ...given };
  const [receipt] = await writer.submit([{ entry, actor, source: '' }], { together: true });
  if (receipt?.kind !== 'recorded') throw new Error('A recomputation was not recorded.');
  const { sequence } = receipt;
  const transfers = await store.within(workspace, (scope) => transfersOf(scope, [sequence]));
  return { sequence, posted: transfers.length };
}
