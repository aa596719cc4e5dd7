// SPDX-License-Identifier: Apache-2.0
// How far feeds are complete. Every row that came is accounted for by count and sum; a feed that declares itself
// complete is held to its own totals.

import { isoDay, parseIsoDay } from '@rapport/core/values/date.ts';
import {
  add,
  formatDecimal,
  isTerminating,
  parseDecimal,
  type Rational,
  rationalText,
  zero,
} from '@rapport/core/values/rational.ts';
import type { Caller } from '../../access/caller.ts';
import { may } from '../../access/may.ts';
import { recordAudit } from '../../store/audit-rows.ts';
import {
  findFeed,
  latestCompleteness,
  listFeeds as listFeedRows,
  putCompleteness,
} from '../../store/feed-rows.ts';
import { type LoadRow, listLoads } from '../../store/load-rows.ts';
import type { Scope } from '../../store/open.ts';
import { bearingFacts } from '../../store/source-rows.ts';
import { rowOutcomes } from '../../wire/feeds.ts';
import type { BooksView } from '../../writer/writing.ts';
import type { Context } from '../context.ts';
import { done, refused } from '../outcome.ts';
import { awaitedKinds } from './brought-kinds.ts';
import { keptOf } from './load-answer.ts';
import { sourceOf } from './read-load.ts';

/** The most loads of one feed that are counted; older ones are summed up in a snapshot anyway. */
const loadsMax = 1000;

interface Counted {
  readonly outcome: (typeof rowOutcomes)[number];
  readonly rows: number;
  readonly sums: readonly { readonly field: string; readonly sum: string }[];
}

export async function readCompleteness(context: Context, caller: Caller) {
  const permission = 'feeds.read';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const writer = await context.writers.of(caller.workspace);
  const credit = await writer.read(creditOf);
  return await context.store.within(caller.workspace, async (scope) => {
    const declared = new Map((await latestCompleteness(scope)).map((row) => [row.feed, row]));
    const items = [];
    for (const { feed, title, mode } of await listFeedRows(scope)) {
      const outcomes = countedOf(mode, await recordedLoads(scope, feed));
      const facts = await bearingFacts(scope, sourceOf(feed));
      const counts = new Map<string, number>();
      let uncredited = 0;
      for (const { name, subject } of facts) {
        const clauses = credit.get(`${name}\u0000${subject}`);
        if (clauses === undefined) uncredited += 1;
        for (const clause of clauses ?? []) counts.set(clause, (counts.get(clause) ?? 0) + 1);
      }
      const said = declared.get(feed);
      const rows = outcomes.reduce((sum, each) => sum + each.rows, 0);
      items.push({
        feed,
        title,
        completeThrough: said === undefined ? null : isoDay(said.through),
        declaredBy: said?.declared_by ?? null,
        declaredAt: said?.declared_at.toISOString() ?? null,
        outcomes: outcomes.map((each) => ({ ...each, sums: [...each.sums] })),
        credited: [...counts].map(([key, count]) => {
          const [agreement = '', clause = ''] = JSON.parse(key) as readonly string[];
          return { agreement, clause, facts: count };
        }),
        uncredited,
        controlRows: said?.rows ?? null,
        differs: said?.rows !== null && said?.rows !== undefined && said.rows !== rows,
      });
    }
    return done({ items });
  });
}

export async function declareComplete(
  context: Context,
  caller: Caller,
  given: {
    readonly feed: string;
    readonly through: string;
    readonly rows?: number | undefined;
    readonly sums?: Readonly<Record<string, string>> | undefined;
  },
) {
  const permission = 'completeness.declare';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const { feed, through, rows, sums = {} } = given;
  const { workspace, actor } = caller;
  const day = parseIsoDay(through);
  if (day === null) throw new Error(`${through} is no day.`);
  const found = await context.store.within(workspace, async (scope) => {
    const row = await findFeed(scope, feed);
    if (row === null) return refused('feed_unknown', { feed });
    const before = (await latestCompleteness(scope)).find((each) => each.feed === feed);
    if (before !== undefined && before.through > day)
      return refused('completeness_backwards', { feed, through: isoDay(before.through) });
    const outcomes = countedOf(row.mode, await recordedLoads(scope, feed));
    const differing = difference(feed, outcomes, rows, sums);
    return differing === null ? done(awaitedKinds(row)) : refused('completeness_differs', differing);
  });
  if (found.kind === 'refused') return found;
  const writer = await context.writers.of(workspace);
  const [receipt] = await writer.submit(
    [
      {
        entry: { kind: 'complete', feed, through: day, kinds: found.value },
        actor,
        source: sourceOf(feed),
      },
    ],
    { together: true },
  );
  if (receipt === undefined || !('sequence' in receipt)) throw new Error('Completeness was not recorded.');
  const { sequence } = receipt;
  await context.store.within(workspace, async (scope) => {
    const values = { feed, through: day, rows: rows ?? null, totals: { ...sums }, sequence };
    await putCompleteness(scope, { ...values, declaredBy: actor });
    await recordAudit(scope, {
      actor,
      action: permission,
      subject: `feed:${feed}`,
      details: { through: isoDay(day) },
    });
  });
  return done({ feed, through, sequence });
}

async function recordedLoads(scope: Scope, feed: string): Promise<readonly LoadRow[]> {
  return await listLoads(scope, { feed, state: 'recorded', limit: loadsMax });
}

/** A snapshot says all there is each time, so its last load counts; events add up. */
function countedOf(mode: 'events' | 'snapshot', loads: readonly LoadRow[]): readonly Counted[] {
  const counted = mode === 'snapshot' ? loads.slice(0, 1) : loads;
  const accounts = counted.flatMap((load) => keptOf(load).accounts);
  return rowOutcomes.map((outcome) => {
    const parts = accounts.flatMap((account) => account.outcomes.filter((each) => each.outcome === outcome));
    const sums = new Map<string, Rational>();
    for (const { field, sum } of parts.flatMap((part) => part.sums))
      sums.set(field, add(sums.get(field) ?? zero, parseDecimal(sum) ?? zero));
    return {
      outcome,
      rows: parts.reduce((sum, part) => sum + part.rows, 0),
      sums: [...sums].map(([field, sum]) => ({ field, sum: decimalOf(sum) })),
    };
  });
}

function decimalOf(value: Rational): string {
  return isTerminating(value) ? formatDecimal(value) : rationalText(value);
}

/** The first total that differs: what, theirs, ours. */
function difference(
  feed: string,
  outcomes: readonly Counted[],
  rows: number | undefined,
  sums: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | null {
  const held = outcomes.reduce((sum, each) => sum + each.rows, 0);
  if (rows !== undefined && rows !== held) return { feed, what: 'rows', theirs: `${rows}`, ours: `${held}` };
  for (const [field, theirs] of Object.entries(sums)) {
    const ours = outcomes
      .flatMap((each) => each.sums.filter((sum) => sum.field === field))
      .reduce((sum, each) => add(sum, parseDecimal(each.sum) ?? zero), zero);
    const said = parseDecimal(theirs);
    if (said === null || decimalOf(said) !== decimalOf(ours))
      return { feed, what: `as sum of ${field}`, theirs, ours: decimalOf(ours) };
  }
  return null;
}

/** The clauses by which each fact bears a part of an amount, as texts of agreement and component. */
function creditOf(view: BooksView): ReadonlyMap<string, ReadonlySet<string>> {
  const credit = new Map<string, Set<string>>();
  for (const agreement of view.agreements()) {
    const names = new Map(
      view
        .versions(agreement)
        .flatMap(({ program }) => program.clauses.map(({ id, name }) => [id, name] as const)),
    );
    for (const key of view.entitlementsOf(agreement, null)) {
      const clause = JSON.stringify([agreement, names.get(key.clause) ?? key.clause]);
      for (const { fact } of view.entitlement(agreement, key)?.lines ?? []) {
        if (fact === null) continue;
        const name = `${fact.kind}\u0000${fact.id}`;
        const clauses = credit.get(name);
        if (clauses === undefined) credit.set(name, new Set([clause]));
        else clauses.add(clause);
      }
    }
  }
  return credit;
}
