// SPDX-License-Identifier: Apache-2.0
// Closes a period for good: it is over by the log, the one before it is closed, and the feeds are complete, unless
// somebody says why not. Locking also issues a statement to everybody it concerns, nil statements too.

import type { Period } from '@rapport/core/values/calendar.ts';
import { isoDay } from '@rapport/core/values/date.ts';
import { parsePeriod, previousPeriod } from '@rapport/core/values/period.ts';
import type { Caller } from '../access/caller.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { listParties } from '../store/party-rows.ts';
import type { PeriodRow } from '../wire/periods.ts';
import type { Submitted } from '../writer/writing.ts';
import type { Context } from './context.ts';
import { asJob } from './long-work.ts';
import { done, type Outcome, type Refusal, refusal, refusalOf, refused } from './outcome.ts';
import { awaitedFeeds, closedStretches, isClosed, type PeriodFacts, periodRow } from './period-states.ts';
import { denied } from './permit.ts';
import { periodFacts } from './read-periods.ts';

export interface Closing {
  readonly agreement: string;
  readonly period: string;
  readonly reason?: string | undefined;
  /** Although feeds are not complete. */
  readonly despite: boolean;
}

interface Found {
  readonly facts: PeriodFacts;
  readonly period: Period;
}

export async function closePeriod(
  context: Context,
  caller: Caller,
  closing: Closing,
): Promise<Outcome<{ readonly period: PeriodRow; readonly sequence: number }>> {
  const found = await find(context, caller, closing);
  if ('kind' in found) return found;
  const closed = await close(context, caller, closing, found);
  if (closed.kind === 'refused') return closed;
  return done({ period: await rowNow(context, caller, closing), sequence: closed.value });
}

/** A closed period that is not locked is locked; statements that say nothing new are not issued again. */
export async function lockPeriod(context: Context, caller: Caller, closing: Closing) {
  const found = await find(context, caller, closing);
  if ('kind' in found) return found;
  let sequence: number | null = null;
  if (!isClosed(closedNow(found.facts), found.period)) {
    const closed = await close(context, caller, closing, found);
    if (closed.kind === 'refused') return closed;
    sequence = closed.value;
  }
  const { agreement, period } = closing;
  const what = { what: 'issue statements', details: { agreement, period } };
  const issued = await asJob(context, caller.workspace, what, (progress) =>
    issueAll(context, caller, closing, found.facts, progress),
  );
  const row = await rowNow(context, caller, closing);
  return done(
    issued.kind === 'running'
      ? { period: row, sequence, statements: 0, job: issued.job }
      : { period: row, sequence, statements: issued.value, job: null },
  );
}

async function find(
  context: Context,
  caller: Caller,
  { agreement, period: label }: Closing,
): Promise<Found | ReturnType<typeof refused>> {
  const no = denied(caller, 'periods.close');
  if (no !== null) return no;
  const facts = await periodFacts(context, caller.workspace, agreement);
  if (facts === null) return refused('agreement_unknown', { agreement });
  const period = parsePeriod(facts.program.policies.calendar, label);
  return period === null ? refused('period_unknown', { agreement, period: label }) : { facts, period };
}

function closedNow({ program, closes }: PeriodFacts) {
  return closedStretches(
    program.policies.calendar,
    closes.map(({ subject }) => subject),
  );
}

async function close(
  context: Context,
  { workspace, actor }: Caller,
  { agreement, reason, despite }: Closing,
  { facts, period }: Found,
): Promise<Outcome<number>> {
  const awaited = awaitedFeeds(facts, period).map(({ title }) => title);
  if (awaited.length > 0 && !despite)
    return refused('period_not_complete', { end: isoDay(period.end), feeds: awaited.join(', ') });
  if (awaited.length > 0 && reason === undefined) return refused('reason_missing');
  const writer = await context.writers.of(workspace);
  const decided = await writer.decide<null>((view) => {
    const today = view.today(facts.program.policies.zone);
    const against = problemOf(facts, period, view.closed(agreement), today);
    if (against !== null) return { kind: 'refused', refusal: against };
    const entry = { kind: 'close' as const, agreement, period: period.label };
    return { kind: 'decided', entries: [{ entry, actor, source: '' }], value: null };
  });
  if (decided.kind === 'refused') return { kind: 'refused', refusal: refusalOf(decided.refusal) };
  const details = { agreement, reason: reason ?? null, despite: awaited };
  await context.store.within(workspace, (scope) =>
    recordAudit(scope, { actor, action: 'periods.close', subject: period.label, details }),
  );
  return done(decided.sequences[0]!);
}

function problemOf(
  { program, totals }: PeriodFacts,
  period: Period,
  labels: readonly string[],
  today: number | null,
): Refusal | null {
  const { calendar } = program.policies;
  if (today === null || today <= period.end)
    return refusal('period_not_over', { period: period.label, end: isoDay(period.end) });
  const closed = closedStretches(calendar, labels);
  if (isClosed(closed, period)) return refusal('period_closed', { period: period.label });
  const before = previousPeriod(calendar, period);
  const isUsed = totals.some(({ accounting }) => {
    const other = parsePeriod(calendar, accounting);
    return (
      other !== null && other.unit === period.unit && other.end < period.start && !isClosed(closed, other)
    );
  });
  return isUsed && !isClosed(closed, before) ? refusal('period_order', { earlier: before.label }) : null;
}

async function rowNow(
  context: Context,
  { workspace }: Caller,
  { agreement, period }: Closing,
): Promise<PeriodRow> {
  const facts = await periodFacts(context, workspace, agreement);
  const found = facts === null ? null : parsePeriod(facts.program.policies.calendar, period);
  if (facts === null || found === null) throw new Error('A period that was just closed is not there.');
  return periodRow(facts, found);
}

/** Statements that are issued as one submission. */
const issuedAtOnce = 100;
const partiesAtOnce = 1000;

/** Gives how many were issued. */
async function issueAll(
  context: Context,
  { workspace, actor }: Caller,
  { agreement, period }: Closing,
  facts: PeriodFacts,
  progress: (done: number, total: number | null) => Promise<void>,
): Promise<number> {
  const payees = await payeesOf(context, workspace, period, facts);
  const writer = await context.writers.of(workspace);
  let issued = 0;
  for (let first = 0; first < payees.length; first += issuedAtOnce) {
    const entries = payees.slice(first, first + issuedAtOnce).map((payee): Submitted => {
      return { entry: { kind: 'statement issued', agreement, payee, period }, actor, source: '' };
    });
    const receipts = await writer.submit(entries, { together: false });
    issued += receipts.filter(({ kind }) => kind === 'recorded').length;
    await progress(Math.min(payees.length, first + issuedAtOnce), payees.length);
  }
  return issued;
}

/** Everybody with postings in the period, and every known party of a kind that the agreement pays. */
async function payeesOf(
  { store }: Context,
  workspace: number,
  period: string,
  { program, totals }: PeriodFacts,
): Promise<readonly string[]> {
  const found = new Set(
    totals.filter(({ accounting }) => accounting === period).flatMap(({ payees }) => payees),
  );
  const kinds = new Set([...program.clauses, ...program.settlements].map(({ payee }) => payee.party));
  for (const kind of kinds) {
    let after: string | undefined;
    for (;;) {
      const rows = await store.within(workspace, (scope) =>
        listParties(scope, { kind, state: 'known', after, limit: partiesAtOnce }),
      );
      for (const { party } of rows) found.add(party);
      after = rows.at(-1)?.party;
      if (rows.length < partiesAtOnce) break;
    }
  }
  return [...found].sort();
}
