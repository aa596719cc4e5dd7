// SPDX-License-Identifier: Apache-2.0
// The statements of a period, one for each party with something posted in it or a statement issued: state, amounts, what
// changed since the last version, and what it waits for.

import { placeIn } from '@rapport/core/ledger/statement.ts';
import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { parseAmountText } from '@rapport/core/values/asset.ts';
import type { Calendar } from '@rapport/core/values/calendar.ts';
import { parsePeriod } from '@rapport/core/values/period.ts';
import type { Caller } from '../access/caller.ts';
import { partiesWithin } from '../access/may.ts';
import { accountingTotals, statementPlaces } from '../store/period-rows.ts';
import { readStatement, type StatementKey, type StatementRow } from '../store/statement-rows.ts';
import type { ReceivedOf } from '../wire/endpoint.ts';
import type * as wire from '../wire/standing.ts';
import { wireAmount } from './caused.ts';
import type { Context } from './context.ts';
import { type Declared, declaredBy } from './declared.ts';
import { done, type Outcome, refused } from './outcome.ts';
import type { Page } from './page.ts';
import { namesFor } from './personal-names.ts';
import { shownStandings } from './shown-standing.ts';
import { lastPosted, type StandingNow, standingIn, statusOf } from './statement-standing.ts';

/** The period of an agreement in force. */
export interface PeriodOf {
  readonly agreement: string;
  readonly period: string;
  readonly program: Program;
}

export async function findPeriod(
  context: Context,
  workspace: number,
  { agreement, period }: { readonly agreement: string; readonly period: string },
): Promise<Outcome<PeriodOf>> {
  const writer = await context.writers.of(workspace);
  const program = writer.declared().get(agreement)?.at(-1)?.program;
  if (program === undefined) return refused('agreement_unknown', { agreement });
  if (parsePeriod(program.policies.calendar, period) === null)
    return refused('period_unknown', { agreement, period });
  return done({ agreement, period, program });
}

export async function listPeriodStatements(
  context: Context,
  caller: Caller,
  {
    agreement,
    period,
    payee,
    after = '',
    limit,
  }: ReceivedOf<typeof wire.listPeriodStatements>['params'] &
    ReceivedOf<typeof wire.listPeriodStatements>['query'],
): Promise<Outcome<Page<wire.PeriodStatement>>> {
  const found = await findPeriod(context, caller.workspace, { agreement, period });
  if (found.kind === 'refused') return found;
  const within = partiesWithin(caller, 'statements.read');
  const payees = (await payeesIn(context, caller.workspace, found.value)).filter(
    (one) =>
      one > after && (payee === undefined || one === payee) && (within === 'all' || within.includes(one)),
  );
  const shown = payees.slice(0, limit);
  return done({
    items: await statementsOf(context, caller, found.value, shown),
    next: payees.length > limit ? shown.at(-1)! : null,
  });
}

/** Everybody with postings in the period or a statement for it, by id. */
export async function payeesIn(
  { store }: Context,
  workspace: number,
  { agreement, period, program }: PeriodOf,
): Promise<readonly string[]> {
  const place = placeIn(program.policies.calendar, period);
  const { totals, issued } = await store.within(workspace, async (scope) => ({
    totals: await accountingTotals(scope, agreement),
    issued: await statementPlaces(scope, agreement),
  }));
  const posted = totals.filter(({ accounting }) => place(accounting) === 'here');
  const named = issued.filter((one) => one.period === period).map(({ payee }) => payee);
  return [...new Set([...posted.flatMap(({ payees }) => payees), ...named])].sort();
}

/** One for each payee, in their order. */
export async function statementsOf(
  context: Context,
  caller: Caller,
  { agreement, period, program }: PeriodOf,
  payees: readonly string[],
): Promise<readonly wire.PeriodStatement[]> {
  const { workspace } = caller;
  const writer = await context.writers.of(workspace);
  const declared = declaredBy(writer.declared());
  const keys = payees.map((payee): StatementKey => ({ agreement, payee, period }));
  const standings = await standingsOf(context, workspace, keys, program.policies.calendar);
  return context.store.within(workspace, async (scope) => {
    const rows: (StatementRow | null)[] = [];
    for (const key of keys) rows.push(await readStatement(scope, key));
    const names = await namesFor(context, scope, caller, payees);
    const shown = await shownStandings(scope, declared, standings);
    return keys.map(({ payee }, at) => {
      const { payments: _, ...standing } = shown[at]!;
      const row = rows[at] ?? null;
      return {
        ...{ agreement, payee, period },
        payeeName: names.get(payee) ?? null,
        ...summaryOf(declared, row, standings[at]!),
        ...standing,
      };
    });
  });
}

async function standingsOf(
  context: Context,
  workspace: number,
  keys: readonly StatementKey[],
  calendar: Calendar,
): Promise<readonly StandingNow[]> {
  const writer = await context.writers.of(workspace);
  const standings: StandingNow[] = [];
  for (let first = 0; first < keys.length; first += readAtOnce) {
    const some = keys.slice(first, first + readAtOnce);
    await writer.read(async (view) => {
      for (const key of some) standings.push((await standingIn(view, key, calendar))!);
    });
  }
  return standings;
}

/** Statements that are looked at in one step: facts wait meanwhile. */
const readAtOnce = 25;

/** The version issued last against what stands now. */
function summaryOf(declared: Declared, row: StatementRow | null, standing: StandingNow) {
  const body = row === null ? null : (JSON.parse(row.body) as StatementBody);
  const recorded = body?.recorded ?? standing.head;
  const hasNewer = body !== null && lastPosted(standing) > recorded;
  return {
    version: row?.version ?? null,
    hash: row?.hash ?? null,
    issuedAt: row?.issued_at.toISOString() ?? null,
    // Where something came after the version, the state is that of what stands now.
    state: statusOf({ standing: 'earned', recorded: hasNewer ? standing.head : recorded }, standing),
    isNil: standing.here.length === 0,
    hasNewer,
    since: body === null || !hasNewer ? [] : changedSince(declared, body, standing),
  };
}

function changedSince(declared: Declared, { totals }: StatementBody, { accounts }: StandingNow) {
  const before = new Map(totals.map(({ asset, arising }) => [asset, parseAmountText(arising)]));
  const now = new Map(accounts.map(({ asset, arising }) => [asset, arising]));
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((asset) => {
    const change = (now.get(asset) ?? 0n) - (before.get(asset) ?? 0n);
    return change === 0n ? [] : [wireAmount(declared, change, asset)];
  });
}
