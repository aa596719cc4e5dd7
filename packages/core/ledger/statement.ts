// SPDX-License-Identifier: Apache-2.0
// A statement: what was posted to one payee in one accounting period, as a fold over the postings recorded so far.
// Versions count from 1; each says what changed since the one before and because of which facts. The same postings
// give the same statement, and a version that was issued is never changed.

import type { Entitlement, Key, Line } from '../program/entitlement.ts';
import type { Account } from './accounts.ts';
import type { Cause } from './book-entry.ts';
import { compareKeys, compareText, keyText } from './differences.ts';
import type { Posting } from './posting.ts';

export interface StatementItem extends Key {
  /** Posted for this key in this accounting period, smallest units. */
  readonly due: bigint;
  readonly held: bigint;
  /** Posted for it in accounting periods before; with `due` it makes the whole entitlement. */
  readonly dueBefore: bigint;
  /** Earned in another period than the one of the statement. */
  readonly isAdjustment: boolean;
  /** What bears the whole entitlement, and adds up to it; empty where a later version of the key has replaced it. */
  readonly lines: readonly Line[];
}

export interface StatementChange extends Key {
  readonly before: bigint;
  readonly after: bigint;
  readonly causes: readonly Cause[];
}

export interface Statement {
  readonly payee: string;
  /** Accounting period. */
  readonly period: string;
  readonly version: number;
  /** Postings through this place in the log are in it. */
  readonly recorded: number;
  readonly items: readonly StatementItem[];
  /** What the items change in what is due and held; points used or expired lower it, what flows into a settlement does not count twice. */
  readonly totals: readonly { readonly asset: string; readonly due: bigint; readonly held: bigint }[];
  readonly changes: readonly StatementChange[];
}

export interface StatementRequest {
  readonly payee: string;
  readonly period: string;
  readonly recorded: number;
  /** The version issued last, if any. */
  readonly previous: Statement | null;
}

/** The statement as it stands; the lines are those of the entitlements as now known. */
export function statementOf(
  postings: Iterable<Posting>,
  request: StatementRequest,
  entitledAt: (key: string) => Entitlement | undefined,
): Statement {
  const own = [...postings].filter(
    ({ payee, recorded }) => payee === request.payee && recorded <= request.recorded,
  );
  const byKey = new Map<string, Posting[]>();
  for (const posting of own) {
    const key = keyText(posting);
    const list = byKey.get(key);
    if (list === undefined) byKey.set(key, [posting]);
    else list.push(posting);
  }
  const items = [...byKey.values()]
    .flatMap((list) => itemOf(list, request, entitledAt(keyText(list[0]!))))
    .sort(compareKeys);
  return {
    payee: request.payee,
    period: request.period,
    version: (request.previous?.version ?? 0) + 1,
    recorded: request.recorded,
    items,
    totals: totalsOf(own.filter(({ accounting }) => accounting === request.period)),
    changes:
      request.previous === null ? [] : changesSince(request.previous, { items, own, period: request.period }),
  };
}

function itemOf(
  postings: readonly Posting[],
  { period }: StatementRequest,
  entitled: Entitlement | undefined,
): StatementItem[] {
  const first = postings.findIndex(({ accounting }) => accounting === period);
  if (first < 0) return [];
  const here = postings.filter(({ accounting }) => accounting === period);
  const { clause, component, payee, period: earned, asset } = here.at(-1)!;
  const due = sum(here.map((posting) => posting.due));
  const dueBefore = sum(postings.slice(0, first).map((posting) => posting.due));
  const isCurrent = entitled !== undefined && entitled.amount === due + dueBefore;
  return [
    {
      clause,
      component,
      payee,
      period: earned,
      asset,
      due,
      held: sum(here.map((posting) => posting.held)),
      dueBefore,
      isAdjustment: earned !== '' && earned !== period,
      lines: isCurrent ? entitled.lines : [],
    },
  ];
}

function totalsOf(postings: readonly Posting[]): Statement['totals'] {
  const assets = [...new Set(postings.map(({ asset }) => asset))].sort(compareText);
  return assets.map((asset) => {
    const same = postings.filter((posting) => posting.asset === asset);
    return { asset, due: risenBy(same, 'due'), held: risenBy(same, 'held') };
  });
}

/** By how much the postings raise an account of the payee. */
function risenBy(postings: readonly Posting[], purpose: Account['purpose']): bigint {
  const signed = postings.flatMap(({ payee, transfers }) =>
    transfers.flatMap(({ debit, credit, amount }) => [
      ...(credit.party === payee && credit.purpose === purpose ? [amount] : []),
      ...(debit.party === payee && debit.purpose === purpose ? [-amount] : []),
    ]),
  );
  return sum(signed);
}

function changesSince(
  previous: Statement,
  now: {
    readonly items: readonly StatementItem[];
    readonly own: readonly Posting[];
    readonly period: string;
  },
): StatementChange[] {
  const before = new Map(previous.items.map((item) => [keyText(item), item.due]));
  return now.items.flatMap((item) => {
    const key = keyText(item);
    const was = before.get(key) ?? 0n;
    const since = now.own.filter(
      (posting) =>
        posting.recorded > previous.recorded && posting.accounting === now.period && keyText(posting) === key,
    );
    if (since.length === 0) return [];
    const { clause, component, payee, period, asset } = item;
    return [
      {
        clause,
        component,
        payee,
        period,
        asset,
        before: was,
        after: item.due,
        causes: since.flatMap(({ causes }) => causes),
      },
    ];
  });
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
