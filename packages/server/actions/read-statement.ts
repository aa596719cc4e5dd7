// SPDX-License-Identifier: Apache-2.0
// Statements, read: one as it stands or as a version of it was issued, its versions, and the latest of each.

import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
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
import { findStatement, namesIn } from './found-statement.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { denied } from './permit.ts';
import { shownStatement } from './shown-statement.ts';

export async function readStatement(
  context: Context,
  caller: Caller,
  asked: StatementKey & { readonly version?: number | undefined },
): Promise<Outcome<GivenAnswerOf<typeof wire.readStatement>>> {
  const found = await findStatement(context, caller, asked);
  return found.kind === 'refused' ? found : done(shownStatement(found.value));
}

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
  return rows.map(({ agreement, payee, period, version, issued_at, hash, body }) => {
    const { agreement: named, items, totals, standing } = JSON.parse(body) as StatementBody;
    return {
      ...{ agreement, payee, period, version, hash },
      title: named.title,
      payeeName: names[payee] ?? null,
      state: standing,
      issuedAt: issued_at.toISOString(),
      totals: totals.map(({ asset, arising }) => ({ amount: arising, asset })),
      isNil: items.length === 0,
      hasNewer: false,
    };
  });
}
