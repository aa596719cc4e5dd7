// SPDX-License-Identifier: Apache-2.0
// Approves statements for payment, one or those of a period, and takes an approval back as long as nothing was paid. What
// is approved is the version that was issued last, as it was issued: where more was posted since, the next one comes first.

import { amountFigure } from '@rapport/core/explain/figures.ts';
import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import type { Caller } from '../access/caller.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { readStatement, type StatementKey, type StatementRow } from '../store/statement-rows.ts';
import type { Json } from '../store/tables.ts';
import type { GivenAnswerOf } from '../wire/endpoint.ts';
import { sentencesOf } from '../wire/messages.ts';
import type * as wire from '../wire/standing.ts';
import type { BooksView, Submitted } from '../writer/writing.ts';
import type { Context } from './context.ts';
import { asJob } from './long-work.ts';
import { done, type Outcome, type Refusal, refusal, refusalOf, refused } from './outcome.ts';
import { findPeriod, type PeriodOf, payeesIn, statementsOf } from './period-statements.ts';
import { denied } from './permit.ts';
import { lastPosted, type StandingNow, standingIn, statusOf } from './statement-standing.ts';

/** How an approval is given. */
export interface Approving {
  /** Although something is awaited that it rests on. */
  readonly despite: boolean;
  readonly reason?: string | undefined;
}

export async function approveStatement(
  context: Context,
  caller: Caller,
  { version, ...given }: StatementKey & Approving & { readonly version: number },
): Promise<Outcome<wire.PeriodStatement>> {
  const { agreement, payee, period, despite, reason } = given;
  const no = denied(caller, 'statements.approve', { party: payee });
  if (no !== null) return no;
  if (despite && reason === undefined) return refused('reason_missing');
  const found = await findPeriod(context, caller.workspace, given);
  if (found.kind === 'refused') return found;
  const writer = await context.writers.of(caller.workspace);
  const decided = await writer.decide<boolean>(async (view) => {
    const judged = await judge(context, caller, view, { of: found.value, payee, despite, version });
    if ('code' in judged) return { kind: 'refused', refusal: judged };
    return { kind: 'decided', entries: judged.entries, value: judged.entries.length > 0 };
  });
  if (decided.kind === 'refused') return { kind: 'refused', refusal: refusalOf(decided.refusal) };
  if (decided.value)
    await noteAct(context, caller, { agreement, period, payees: [payee], version, reason: reason ?? null });
  return done((await statementsOf(context, caller, found.value, [payee]))[0]!);
}

/** Statements that are judged in one step: facts wait meanwhile. */
const judgedAtOnce = 25;

type PeriodApproved = GivenAnswerOf<typeof wire.approvePeriod>;

export async function approvePeriod(
  context: Context,
  caller: Caller,
  given: Approving & {
    readonly agreement: string;
    readonly period: string;
    readonly payees?: readonly string[] | undefined;
  },
): Promise<Outcome<PeriodApproved>> {
  const no = denied(caller, 'statements.approve');
  if (no !== null) return no;
  const { agreement, period, despite, reason } = given;
  if (despite && reason === undefined) return refused('reason_missing');
  const found = await findPeriod(context, caller.workspace, given);
  if (found.kind === 'refused') return found;
  const payees = given.payees ?? (await payeesIn(context, caller.workspace, found.value));
  const what = { what: 'approve statements', details: { agreement, period } };
  const approved = await asJob(context, caller.workspace, what, async (progress) => {
    const all: Omit<PeriodApproved, 'job'>[] = [];
    for (let first = 0; first < payees.length; first += judgedAtOnce) {
      const some = payees.slice(first, first + judgedAtOnce);
      all.push(await approveSome(context, caller, { of: found.value, despite, payees: some }));
      await progress(Math.min(payees.length, first + judgedAtOnce), payees.length);
    }
    const count = all.reduce((sum, one) => sum + one.approved, 0);
    if (count > 0) await noteAct(context, caller, { agreement, period, count, reason: reason ?? null });
    return { approved: count, passedOver: all.flatMap(({ passedOver }) => passedOver) };
  });
  return done(
    approved.kind === 'running'
      ? { approved: 0, passedOver: [], job: approved.job }
      : { ...approved.value, job: null },
  );
}

async function approveSome(
  context: Context,
  caller: Caller,
  given: { readonly of: PeriodOf; readonly despite: boolean; readonly payees: readonly string[] },
): Promise<Omit<PeriodApproved, 'job'>> {
  const writer = await context.writers.of(caller.workspace);
  const decided = await writer.decide<PeriodApproved['passedOver']>(async (view) => {
    const entries: Submitted[] = [];
    const passedOver: PeriodApproved['passedOver'][number][] = [];
    for (const payee of given.payees) {
      const judged = await judge(context, caller, view, { ...given, payee, version: null });
      if ('code' in judged)
        passedOver.push({ payee, code: judged.code, words: sentencesOf(judged.code, judged.facts).detail });
      else entries.push(...judged.entries);
    }
    return { kind: 'decided', entries, value: passedOver };
  });
  if (decided.kind === 'refused') throw new Error(`An approval was refused: ${decided.refusal.code}.`);
  return { approved: decided.sequences.length, passedOver: decided.value };
}

interface Judging {
  readonly of: PeriodOf;
  readonly payee: string;
  readonly despite: boolean;
  /** The version that was looked at; null: whichever was issued last. */
  readonly version: number | null;
}

/** What approves the latest version: nothing where it is approved already, or why it cannot be. */
async function judge(
  context: Context,
  { workspace, actor }: Caller,
  view: BooksView,
  { of: { agreement, period, program }, payee, despite, version }: Judging,
): Promise<Refusal | { readonly entries: readonly Submitted[] }> {
  const key = { agreement, payee, period };
  const row = await context.store.within(workspace, (scope) => readStatement(scope, key));
  if (row === null) return refusal('statement_not_issued', { payee, period });
  if (version !== null && version !== row.version)
    return refusal('statement_version_other', {
      ...{ payee, period },
      version: `${version}`,
      latest: `${row.version}`,
    });
  const standing = (await standingIn(view, key, program.policies.calendar))!;
  const { recorded } = JSON.parse(row.body) as StatementBody;
  if (lastPosted(standing) > recorded)
    return refusal('statement_behind', { payee, period, version: `${row.version}` });
  if (standing.approval?.version === row.version) return { entries: [] };
  if (!despite && statusOf({ standing: 'earned', recorded }, standing) === 'provisional')
    return refusal('statement_provisional', { payee, period, awaited: awaitedWords(standing) });
  return { entries: [{ entry: entryOf(row, recorded), actor, source: '' }] };
}

function entryOf(
  { agreement, payee, period, version, hash }: StatementRow,
  recorded: number,
): Submitted['entry'] {
  return { kind: 'statement approved', agreement, payee, period, version, hash, recorded };
}

function awaitedWords({ awaited }: StandingNow): string {
  return awaited.length === 0 ? 'facts' : awaited.map(({ feed }) => feed).join(', ');
}

export async function takeApprovalBack(
  context: Context,
  caller: Caller,
  { agreement, payee, period, reason }: StatementKey & { readonly reason: string },
): Promise<Outcome<wire.PeriodStatement>> {
  const no = denied(caller, 'statements.approve', { party: payee });
  if (no !== null) return no;
  const { workspace, actor } = caller;
  const found = await findPeriod(context, workspace, { agreement, period });
  if (found.kind === 'refused') return found;
  const { program } = found.value;
  const key = { agreement, payee, period };
  const writer = await context.writers.of(workspace);
  const decided = await writer.decide<number>(async (view) => {
    const { approval, accounts } = (await standingIn(view, key, program.policies.calendar))!;
    if (approval === null) {
      const latest = await context.store.within(workspace, (scope) => readStatement(scope, key));
      const version = `${latest?.version ?? 1}`;
      return { kind: 'refused', refusal: refusal('approval_unknown', { payee, period, version }) };
    }
    const paid = accounts.filter((account) => account.isPaidOut && account.paid > 0n);
    if (paid.length > 0) {
      const figures = paid.map(({ asset, paid: minor }) => amountFigure(program, minor, asset)).join(', ');
      return { kind: 'refused', refusal: refusal('approval_paid', { payee, period, paid: figures }) };
    }
    const { version } = approval;
    const entry = { kind: 'approval taken back' as const, ...key, version, reason };
    return { kind: 'decided', entries: [{ entry, actor, source: '' }], value: version };
  });
  if (decided.kind === 'refused') return { kind: 'refused', refusal: refusalOf(decided.refusal) };
  await noteAct(context, caller, {
    ...{ agreement, period, payees: [payee], version: decided.value, reason },
    takenBack: true,
  });
  return done((await statementsOf(context, caller, found.value, [payee]))[0]!);
}

/** In the trail of what people did. */
async function noteAct(
  { store }: Context,
  { workspace, actor }: Caller,
  { period, ...details }: { readonly period: string } & { readonly [name: string]: Json },
): Promise<void> {
  const row = { actor, action: 'statements.approve', subject: period, details };
  await store.within(workspace, (scope) => recordAudit(scope, row));
}
