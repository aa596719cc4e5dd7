// SPDX-License-Identifier: Apache-2.0
// Agreements and versions as drafts. A text that does not compile is not stored; one whose examples fail, or whose
// blanks are open, is stored and cannot be activated.
import type { Caller } from '../access/caller.ts';
import { addVersion, createAgreement, findAgreement } from '../store/agreement-rows.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { agreementViews } from './agreement-view.ts';
import { localDay } from './begin-days.ts';
import { type CompiledText, compiledAnswer, compileText, currentSemantics } from './compiled-text.ts';
import type { Context } from './context.ts';
import { done, refused } from './outcome.ts';
import { denied } from './permit.ts';

export async function checkAgreement(caller: Caller, { text }: { readonly text: string }) {
  const no = denied(caller, 'agreements.draft');
  if (no !== null) return no;
  const compiled = compileText(text);
  return done({
    ...compiledAnswer(compiled),
    compiles: compiled.program !== null,
    errors: compiled.errors,
  });
}

export async function draftAgreement(
  context: Context,
  caller: Caller,
  { agreement, text }: { readonly agreement: string; readonly text: string },
) {
  const no = denied(caller, 'agreements.draft');
  if (no !== null) return no;
  const compiled = compileText(text);
  if (compiled.program === null) return refused('agreement_wrong', {}, { errors: compiled.errors });
  const { title } = compiled.program;
  const isNew = await context.store.within(caller.workspace, async (scope) => {
    if (!(await createAgreement(scope, { agreement, title }))) return false;
    await store(scope, caller, { agreement, text, compiled });
    return true;
  });
  return isNew ? answer(context, caller, agreement, compiled) : refused('agreement_exists', { agreement });
}

export async function draftVersion(
  context: Context,
  caller: Caller,
  { agreement, text }: { readonly agreement: string; readonly text: string },
) {
  const no = denied(caller, 'agreements.draft');
  if (no !== null) return no;
  const compiled = compileText(text);
  if (compiled.program === null) return refused('agreement_wrong', {}, { errors: compiled.errors });
  const isStored = await context.store.within(caller.workspace, async (scope) => {
    if ((await findAgreement(scope, agreement)) === null) return false;
    await store(scope, caller, { agreement, text, compiled });
    return true;
  });
  return isStored
    ? answer(context, caller, agreement, compiled)
    : refused('agreement_unknown', { agreement });
}

async function store(
  scope: Parameters<typeof addVersion>[0],
  caller: Caller,
  given: { readonly agreement: string; readonly text: string; readonly compiled: CompiledText },
): Promise<void> {
  const { agreement, text, compiled } = given;
  const { hash, program } = compiled;
  const version = await addVersion(scope, {
    agreement,
    text,
    semantics: program?.semantics ?? currentSemantics,
    hash,
    createdBy: caller.actor,
  });
  await recordAudit(scope, {
    actor: caller.actor,
    action: 'agreements.draft',
    subject: agreement,
    details: { version, hash },
  });
}

async function answer(context: Context, { workspace }: Caller, agreement: string, compiled: CompiledText) {
  const active = (await context.writers.of(workspace)).declared();
  const today = localDay(context.clock(), 'UTC');
  const [view] = await context.store.within(workspace, (scope) =>
    agreementViews(scope, active, today, agreement),
  );
  if (view === undefined) throw new Error('An agreement that was just stored is not there.');
  return done({ ...view, compiled: compiledAnswer(compiled) });
}
