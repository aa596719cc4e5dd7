// SPDX-License-Identifier: Apache-2.0
// The periods of an agreement with what is posted in each, what closed them, and which feeds still owe facts.
import { declaredIn } from '@rapport/core/explain/clause-reads.ts';
import type { Caller } from '../access/caller.ts';
import { latestCompleteness, listFeeds } from '../store/feed-rows.ts';
import { entriesOfKind } from '../store/log-rows.ts';
import { accountingTotals, statementPlaces } from '../store/period-rows.ts';
import type { PeriodRow } from '../wire/periods.ts';
import type { Context } from './context.ts';
import { declaredBy } from './declared.ts';
import { awaitedKinds } from './feeds/brought-kinds.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { type PeriodFacts, periodRows } from './period-states.ts';
import { denied } from './permit.ts';

export async function listPeriods(
  context: Context,
  caller: Caller,
  { agreement }: { readonly agreement: string },
): Promise<Outcome<{ readonly items: readonly PeriodRow[] }>> {
  const no = denied(caller, 'periods.read');
  if (no !== null) return no;
  const facts = await periodFacts(context, caller.workspace, agreement);
  return facts === null ? refused('agreement_unknown', { agreement }) : done({ items: periodRows(facts) });
}

/** Everything that says how the periods stand; null where the agreement is not in force. */
export async function periodFacts(
  context: Context,
  workspace: number,
  agreement: string,
): Promise<PeriodFacts | null> {
  const writer = await context.writers.of(workspace);
  const program = writer.declared().get(agreement)?.at(-1)?.program;
  if (program === undefined) return null;
  const { today, approved } = await writer.read((view) => ({
    today: view.today(program.policies.zone),
    approved: view.approvedIn(agreement),
  }));
  const kinds = declaredIn(program);
  return context.store.within(workspace, async (scope) => {
    const said = new Map((await latestCompleteness(scope)).map((row) => [row.feed, row]));
    const feeds = (await listFeeds(scope)).filter((feed) =>
      awaitedKinds(feed).some((kind) => kinds.has(kind)),
    );
    return {
      program,
      today,
      approved,
      declared: declaredBy(writer.declared()),
      closes: await entriesOfKind(scope, { kind: 'close', name: agreement }),
      totals: await accountingTotals(scope, agreement),
      statements: await statementPlaces(scope, agreement),
      feeds: feeds.map(({ feed, title }) => ({
        ...{ feed, title },
        completeThrough: said.get(feed)?.through ?? null,
        declaredAt: said.get(feed)?.declared_at ?? null,
      })),
    };
  });
}
