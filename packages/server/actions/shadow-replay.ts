// SPDX-License-Identifier: Apache-2.0
// A shadow replay, as a job: everybody is computed as if a stored version were in force in the place of the one that is,
// beside the books and without a trace in them. So a text for a new version of the semantics shows what it changes, for
// whom and by how much, before a person decides to put it into force.

import type { Version } from '@rapport/core/program/program.ts';
import type { Caller } from '../access/caller.ts';
import { readVersion } from '../store/agreement-rows.ts';
import { findJob } from '../store/job-rows.ts';
import type { Job } from '../wire/oversight.ts';
import { auditedJson, auditPayees } from './audited-payees.ts';
import { compileText } from './compiled-text.ts';
import type { Context } from './context.ts';
import { asJob } from './long-work.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { denied } from './permit.ts';
import { jobOf } from './read-jobs.ts';

export async function shadowReplay(
  context: Context,
  caller: Caller,
  { agreement, version }: { readonly agreement: string; readonly version: number },
): Promise<Outcome<Job>> {
  const no = denied(caller, 'books.check');
  if (no !== null) return no;
  const { workspace, actor } = caller;
  const inForce = (await context.writers.of(workspace)).declared().get(agreement);
  const last = inForce?.at(-1);
  if (inForce === undefined || last === undefined) return refused('agreement_unknown', { agreement });
  const row = await context.store.within(workspace, (scope) => readVersion(scope, { agreement, version }));
  if (row === null) return refused('version_unknown', { agreement, version: `${version}` });
  const { program, errors } = compileText(row.text);
  if (program === null) return refused('agreement_wrong', {}, { errors });
  const under: readonly Version[] = [...inForce.slice(0, -1), { ...last, program }];
  const details = { agreement, version, actor, semantics: program.semantics };
  const { job } = await asJob(
    context,
    workspace,
    { what: 'shadow replay', details },
    async (progress) =>
      auditedJson(program, await auditPayees(context, workspace, { agreement, under }, progress)),
    (told) => ({ ...details, ...told }),
  );
  const found = await context.store.within(workspace, (scope) => findJob(scope, job));
  return done(jobOf(found!));
}
