// SPDX-License-Identifier: Apache-2.0
// Where a statement stands, as the wire shows it: who approved it and when, what is paid and left, and which feeds it
// waits for, since which day.

import { isoDay } from '@rapport/core/values/date.ts';
import { latestCompleteness, listFeeds } from '../store/feed-rows.ts';
import { readEntries } from '../store/log-rows.ts';
import type { Scope } from '../store/open.ts';
import type * as wire from '../wire/standing.ts';
import { wireAmount } from './caused.ts';
import type { Declared } from './declared.ts';
import type { StandingAccount, StandingNow } from './statement-standing.ts';

export async function shownStandings(
  scope: Scope,
  declared: Declared,
  standings: readonly StandingNow[],
): Promise<readonly wire.StandingNow[]> {
  const approvals = await readEntries(
    scope,
    standings.flatMap(({ approval }) => approval?.sequence ?? []),
  );
  const rowOf = new Map(approvals.map((row) => [row.sequence, row]));
  const feedOf = await shownFeeds(scope);
  return standings.map(({ accounts, approval, awaited }) => {
    const row = approval === null ? undefined : rowOf.get(approval.sequence);
    return {
      approval:
        approval === null || row === undefined
          ? null
          : { version: approval.version, at: row.recorded_at.toISOString(), by: row.actor },
      accounts: accounts
        .filter(({ isPaidOut }) => isPaidOut)
        .map((account) => accountShown(declared, account)),
      payments: accounts
        .flatMap(({ payments }) => payments)
        .sort((a, b) => a.made.sequence - b.made.sequence)
        .map(({ made: { commitment, on }, amount }) => ({
          id: commitment.id,
          on: on === null ? null : isoDay(on),
          amount: wireAmount(declared, amount, commitment.asset),
          reference: commitment.reference,
        })),
      awaited: awaited.map(feedOf),
    };
  });
}

function accountShown(declared: Declared, account: StandingAccount): wire.AccountNow {
  const { asset, carried, arising, paid, payable, approvedLeft } = account;
  const shown = (minor: bigint) => wireAmount(declared, minor, asset);
  return {
    carried: shown(carried),
    arising: shown(arising),
    paid: shown(paid),
    payable: shown(payable),
    stillToPay: shown(payable > 0n ? payable : 0n),
    paidTooMuch: shown(payable < 0n && paid > 0n ? -payable : 0n),
    approvedLeft: shown(approvedLeft),
  };
}

async function shownFeeds(scope: Scope): Promise<(feed: StandingNow['awaited'][number]) => wire.AwaitedFeed> {
  const titles = new Map((await listFeeds(scope)).map(({ feed, title }) => [feed, title]));
  const said = new Map((await latestCompleteness(scope)).map((row) => [row.feed, row.declared_at]));
  return ({ feed, through }) => ({
    feed,
    title: titles.get(feed) ?? feed,
    completeThrough: through === null ? null : isoDay(through),
    since: through === null ? null : isoDay(through + 1),
    declaredAt: said.get(feed)?.toISOString() ?? null,
  });
}
