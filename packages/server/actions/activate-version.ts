// SPDX-License-Identifier: Apache-2.0
// Puts a version in force from a day on; who did it stands in the log. Its examples compute, its blanks are filled, it
// begins after the version before it and in no closed period, and it declares no field otherwise than another agreement
// does. What had waited for its kinds is recorded afterwards.
import type { Field } from '@rapport/core/program/declaration.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { type Day, isoDay, parseIsoDay } from '@rapport/core/values/date.ts';
import { parsePeriod } from '@rapport/core/values/period.ts';
import type { Caller } from '../access/caller.ts';
import { readVersion } from '../store/agreement-rows.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { putMessage } from '../store/outbox-rows.ts';
import type { BooksView } from '../writer/writing.ts';
import { agreementViews } from './agreement-view.ts';
import { localDay } from './begin-days.ts';
import { compileText } from './compiled-text.ts';
import type { Context } from './context.ts';
import { type DeclaredKind, declaredBy, type Versions } from './declared.ts';
import { typeWords } from './field-value.ts';
import { asJob } from './long-work.ts';
import { done, type Outcome, type Refusal, refusal, refusalOf, refused } from './outcome.ts';
import { denied } from './permit.ts';
import { pickUpWaiting } from './waiting-facts.ts';
import { writtenOut } from './written-out.ts';

export interface Activation {
  readonly agreement: string;
  readonly version: number;
  readonly hash: string;
  readonly from: string | null;
  readonly reason?: string | undefined;
}

export async function activateVersion(context: Context, caller: Caller, given: Activation) {
  const no = denied(caller, 'agreements.activate');
  if (no !== null) return no;
  const { workspace } = caller;
  const { agreement, version, hash } = given;
  const row = await context.store.within(workspace, (scope) => readVersion(scope, { agreement, version }));
  if (row === null) return refused('version_unknown', { agreement, version: `${version}` });
  if (row.hash !== hash) return refused('hash_differs', { version: `${version}` });
  const wrong = problemOfText(row.text);
  if ('code' in wrong) return { kind: 'refused' as const, refusal: wrong };
  const what = { what: 'recompute', details: { agreement, version } };
  const activated = await asJob(context, workspace, what, (progress) =>
    activate(context, caller, given, wrong.program, progress),
  );
  if (activated.kind === 'running')
    return done({
      ...(await viewed(context, caller, agreement)),
      sequence: null,
      job: activated.job,
      pickedUp: 0,
    });
  if (activated.value.kind === 'refused') return activated.value;
  return done({ ...(await viewed(context, caller, agreement)), ...activated.value.value, job: null });
}

function problemOfText(text: string): Refusal | { readonly program: Program } {
  const { program, errors, examples, openBlanks } = compileText(text);
  if (program === null) return refusal('agreement_wrong', {}, { errors });
  if (openBlanks.length > 0) return refusal('blanks_open', { blanks: openBlanks.join(', ') });
  const failing = examples.filter(({ holds }) => !holds);
  if (failing.length === 0) return { program };
  const findings = failing.map(({ name, detail }) => {
    return { code: 'example_fails', place: name, detail, remedy: null };
  });
  return refusal('examples_fail', {}, { errors: findings });
}

async function activate(
  context: Context,
  { workspace, actor }: Caller,
  { agreement, version, hash, from: given, reason }: Activation,
  program: Program,
  progress: (done: number, total: number) => Promise<void>,
): Promise<Outcome<{ readonly sequence: number; readonly pickedUp: number }>> {
  const writer = await context.writers.of(workspace);
  const from = given === null ? null : parseIsoDay(given);
  const decided = await writer.decide<null>((view) => {
    const against =
      problemOfOrder(view, { agreement, version, from }) ??
      problemOfDeclarations(writer.declared(), agreement, program);
    if (against !== null) return { kind: 'refused', refusal: against };
    const entry = { kind: 'version' as const, agreement, version, hash, from, to: null };
    return { kind: 'decided', entries: [{ entry, actor, source: '' }], value: null };
  });
  if (decided.kind === 'refused') return { kind: 'refused', refusal: refusalOf(decided.refusal) };
  await writtenOut(writer, progress);
  const sequence = decided.sequences[0]!;
  await context.store.within(workspace, async (scope) => {
    const details = { version, hash, from: given, reason: reason ?? null };
    await recordAudit(scope, { actor, action: 'agreements.activate', subject: agreement, details });
    await putMessage(scope, { sequence, topic: 'agreement activated', body: { agreement, version } });
  });
  return done({ sequence, pickedUp: await pickUpWaiting(context, workspace, actor) });
}

/** Against the versions in force and the closed periods. */
function problemOfOrder(
  view: BooksView,
  {
    agreement,
    version,
    from,
  }: { readonly agreement: string; readonly version: number; readonly from: Day | null },
): Refusal | null {
  if (!view.agreements().includes(agreement)) return null;
  const versions = view.versions(agreement);
  if (versions.some((other) => other.version === version))
    return refusal('version_active', { agreement, version: `${version}` });
  const last = versions.at(-1);
  if (last !== undefined && (from === null || (last.from !== null && from <= last.from)))
    return refusal('version_order', {
      version: `${version}`,
      from: from === null ? 'the beginning' : isoDay(from),
      since: last.from === null ? 'the beginning' : isoDay(last.from),
    });
  const { calendar } = last!.program.policies;
  const closed = view
    .closed(agreement)
    .map((label) => parsePeriod(calendar, label))
    .find((period) => period !== null && from !== null && from <= period.end);
  return closed === undefined || closed === null || from === null
    ? null
    : refusal('version_in_closed_period', { from: isoDay(from), period: closed.label });
}

/** A field means the same in every agreement, since a fact is sent once for all of them. */
function problemOfDeclarations(versions: Versions, agreement: string, program: Program): Refusal | null {
  const others = declaredBy(new Map([...versions].filter(([name]) => name !== agreement)));
  for (const kind of program.factKinds) {
    const other = others.facts.get(kind.id);
    const field = kind.fields.find((one) => other !== undefined && differs(one, other));
    if (field !== undefined && other !== undefined)
      return refusal('field_declared_otherwise', {
        kind: kind.id,
        field: field.name,
        here: typeWords(field.type),
        there: typeWords(other.fields.get(field.name)!.type),
        agreements: other.agreements.join(', '),
      });
  }
  return null;
}

function differs({ name, type }: Field, { fields }: DeclaredKind): boolean {
  const other = fields.get(name);
  return other !== undefined && typeWords(other.type) !== typeWords(type);
}

async function viewed(context: Context, { workspace }: Caller, name: string) {
  const active = (await context.writers.of(workspace)).declared();
  const today = localDay(context.clock(), 'UTC');
  const [agreement] = await context.store.within(workspace, (scope) =>
    agreementViews(scope, active, today, name),
  );
  if (agreement === undefined) throw new Error('An agreement that was just activated is not there.');
  return { agreement };
}
