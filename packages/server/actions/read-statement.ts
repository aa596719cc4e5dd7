// SPDX-License-Identifier: Apache-2.0
// Statements, read: one as it stands or as a version of it was issued, its versions, and the latest of each.

import { extractOf } from '@rapport/core/explain/extract.ts';
import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import { parseIsoDay } from '@rapport/core/values/date.ts';
import type { Caller } from '../access/caller.ts';
import { partiesWithin } from '../access/may.ts';
import {
  listStatements as listRows,
  listStatementVersions as listVersionRows,
  readStatement as readRow,
  type StatementHead,
  type StatementKey,
} from '../store/statement-rows.ts';
import type { GivenAnswerOf, ReceivedOf } from '../wire/endpoint.ts';
import type * as wire from '../wire/statements.ts';
import type { Context } from './context.ts';
import { type FoundStatement, findStatement, namesIn } from './found-statement.ts';
import { booksOfPayee } from './of-payee.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { denied } from './permit.ts';
import { customerOf, shownStatement } from './shown-statement.ts';
import { lastPosted, type StandingNow, standingIn, statusOf } from './statement-standing.ts';

export async function readStatement(
  context: Context,
  caller: Caller,
  asked: StatementKey & { readonly version?: number | undefined },
): Promise<Outcome<GivenAnswerOf<typeof wire.readStatement>>> {
  const found = await findStatement(context, caller, asked);
  if (found.kind === 'refused') return found;
  const without = await withoutEarning(context, caller, asked, found.value);
  return without.kind === 'refused' ? without : done(shownStatement(found.value, without.value));
}

type Without = GivenAnswerOf<typeof wire.readStatement>['without'];

/** The facts of the payee that count in the period and earned nothing by now, with the reason. */
async function withoutEarning(
  context: Context,
  caller: Caller,
  of: StatementKey,
  { body, names }: FoundStatement,
): Promise<Outcome<Without>> {
  const books = await booksOfPayee(context, caller, 'statements.read', of);
  if (books.kind === 'refused') return books;
  const { versions, known, entitlements } = books.value;
  const [from, through] = [parseIsoDay(body.period.from), parseIsoDay(body.period.through)];
  const rows = extractOf(versions, known, { payee: of.payee, from, through }, entitlements);
  return done(
    rows
      .filter(({ why }) => why !== null)
      .slice(0, withoutMax)
      .map(({ fact, on, fields, why }) => ({
        fact,
        title: `${fact.kind} ${fact.id}`,
        customer: customerOf(fields, of.payee, names),
        date: on,
        why: why ?? '',
      })),
  );
}

/** The extract has all of them. */
const withoutMax = 200;

type Summary = GivenAnswerOf<typeof wire.listStatementVersions>['items'][number];

export async function listStatementVersions(
  context: Context,
  caller: Caller,
  key: StatementKey,
): Promise<Outcome<{ items: Summary[] }>> {
  const no = denied(caller, 'statements.read', { party: key.payee });
  if (no !== null) return no;
  const heads = await context.store.within(caller.workspace, (scope) => listVersionRows(scope, key));
  return done({ items: await summaries(context, caller, heads) });
}

export async function listStatements(
  context: Context,
  caller: Caller,
  { agreement, payee, period, after, limit }: ReceivedOf<typeof wire.listStatements>['query'],
): Promise<Outcome<GivenAnswerOf<typeof wire.listStatements>>> {
  const within = partiesWithin(caller, 'statements.read');
  const place = placeOf(after);
  if (place === null) return refused('cursor_unknown');
  const heads = await context.store.within(caller.workspace, (scope) =>
    listRows(scope, {
      ...(agreement === undefined ? {} : { agreement }),
      ...(payee === undefined ? {} : { payee }),
      ...(period === undefined ? {} : { period }),
      ...(within === 'all' ? {} : { payees: within }),
      ...(place === undefined ? {} : { after: place }),
      limit: limit + 1,
    }),
  );
  const shown = heads.slice(0, limit);
  const last = shown.at(-1);
  const next =
    heads.length > limit && last !== undefined
      ? JSON.stringify([last.agreement, last.payee, last.period])
      : null;
  return done({ items: await summaries(context, caller, shown), next });
}

/** The statement after which a page goes on; null for a text that is no such place. */
function placeOf(after: string | undefined): StatementKey | undefined | null {
  if (after === undefined) return undefined;
  try {
    const [agreement, payee, period] = JSON.parse(after) as unknown[];
    const parts = [agreement, payee, period];
    if (!parts.every((part) => typeof part === 'string')) return null;
    return { agreement, payee, period } as StatementKey;
  } catch {
    return null;
  }
}

async function summaries(
  context: Context,
  caller: Caller,
  heads: readonly StatementHead[],
): Promise<Summary[]> {
  const { workspace } = caller;
  const rows = await context.store.within(workspace, async (scope) => {
    const found = [];
    for (const head of heads) found.push(await readRow(scope, head));
    return found.flatMap((row) => row ?? []);
  });
  const names = await namesIn(
    context,
    caller,
    heads.map(({ payee }) => payee),
  );
  const standings = await standingsNow(context, caller, rows);
  return rows.map(({ agreement, payee, period, version, issued_at, hash, body }, place) => {
    const issued = JSON.parse(body) as StatementBody;
    const { agreement: named, items, totals, recorded } = issued;
    const now = standings[place] ?? null;
    return {
      ...{ agreement, payee, period, version, hash },
      title: named.title,
      payeeName: names[payee] ?? null,
      state: now === null ? issued.standing : statusOf(issued, now),
      issuedAt: issued_at.toISOString(),
      totals: totals.map(({ asset, arising }) => ({ amount: arising, asset })),
      isNil: items.length === 0,
      hasNewer: now !== null && lastPosted(now) > recorded,
    };
  });
}

/** Where each stands by now; null where its agreement is not in force any more. */
async function standingsNow(
  context: Context,
  { workspace }: Caller,
  keys: readonly StatementKey[],
): Promise<readonly (StandingNow | null)[]> {
  const writer = await context.writers.of(workspace);
  const declared = writer.declared();
  return writer.read(async (view) => {
    const standings: (StandingNow | null)[] = [];
    for (const key of keys) {
      const calendar = declared.get(key.agreement)?.at(-1)?.program.policies.calendar;
      standings.push(calendar === undefined ? null : await standingIn(view, key, calendar));
    }
    return standings;
  });
}
