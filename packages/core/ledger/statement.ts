// SPDX-License-Identifier: Apache-2.0
// A statement: what was posted to one payee in the accounting periods that end in one period (the months of a quarter, a
// year in its last quarter), as a fold over the postings recorded so far. So the statements of quarters one after the
// other hold every posting once. Versions count from 1; each says what changed since the one before and because of
// which facts. The same postings give the same statement, and a version that was issued is never changed.

import type { Entitlement, Key, Line } from '../program/entitlement.ts';
import type { Calendar } from '../values/calendar.ts';
import { parsePeriod } from '../values/period.ts';
import type { Account } from './accounts.ts';
import type { Cause } from './book-entry.ts';
import { compareKeys, compareText, keyText } from './differences.ts';
import type { Posting } from './posting.ts';

export interface StatementItem extends Key {
  /** Posted for this key in the period of the statement, smallest units. */
  readonly due: bigint;
  readonly held: bigint;
  /** Posted for it in periods before; with `due` it makes the whole entitlement. */
  readonly dueBefore: bigint;
  /** Earned in a period that was accounted before. */
  readonly isAdjustment: boolean;
  /** What bears the whole entitlement, and adds up to it; empty where a later version of the key has replaced it. */
  readonly lines: readonly Line[];
}

export interface StatementChange extends Key {
  readonly before: bigint;
  readonly after: bigint;
  /** In the order of the log, each with its place in it. */
  readonly causes: readonly (Cause & { readonly recorded: number })[];
}

export interface Statement {
  readonly payee: string;
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
  readonly previous: Pick<Statement, 'version' | 'recorded'> | null;
  readonly calendar: Calendar;
}

/** Where an accounting period stands to the period of a statement. */
export type Standing = 'before' | 'here' | 'after';

/** Tells accounting periods before the one of a statement from those in it. What has no period stands with its like. */
export function placeIn(calendar: Calendar, period: string): (accounting: string) => Standing {
  const own = parsePeriod(calendar, period);
  const known = new Map<string, Standing>();
  const placeOf = (accounting: string): Standing => {
    if (accounting === period) return 'here';
    const other = parsePeriod(calendar, accounting);
    if (own === null || other === null) return other === null ? 'before' : 'after';
    return other.end < own.start ? 'before' : other.end > own.end ? 'after' : 'here';
  };
  return (accounting) => {
    const place = known.get(accounting) ?? placeOf(accounting);
    known.set(accounting, place);
    return place;
  };
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
  const place = placeIn(request.calendar, request.period);
  const byKey = new Map<string, Posting[]>();
  for (const posting of own) {
    const key = keyText(posting);
    const list = byKey.get(key);
    if (list === undefined) byKey.set(key, [posting]);
    else list.push(posting);
  }
  const items = [...byKey.values()]
    .flatMap((list) => itemOf(list, place, entitledAt(keyText(list[0]!))))
    .sort(compareKeys);
  return {
    payee: request.payee,
    period: request.period,
    version: (request.previous?.version ?? 0) + 1,
    recorded: request.recorded,
    items,
    totals: totalsOf(own.filter(({ accounting }) => place(accounting) === 'here')),
    changes:
      request.previous === null
        ? []
        : items.flatMap((item) => changeOf(item, own, place, request.previous!.recorded)),
  };
}

function itemOf(
  postings: readonly Posting[],
  place: (accounting: string) => Standing,
  entitled: Entitlement | undefined,
): StatementItem[] {
  const here = postings.filter(({ accounting }) => place(accounting) === 'here');
  const last = here.at(-1);
  if (last === undefined) return [];
  const { clause, component, payee, period: earned, asset } = last;
  const due = sum(here.map((posting) => posting.due));
  const before = postings.filter(({ accounting }) => place(accounting) === 'before');
  const dueBefore = sum(before.map((posting) => posting.due));
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
      isAdjustment: earned !== '' && place(earned) === 'before',
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
export function risenBy(postings: readonly Posting[], purpose: Account['purpose']): bigint {
  const signed = postings.flatMap(({ payee, transfers }) =>
    transfers.flatMap(({ debit, credit, amount }) => [
      ...(credit.party === payee && credit.purpose === purpose ? [amount] : []),
      ...(debit.party === payee && debit.purpose === purpose ? [-amount] : []),
    ]),
  );
  return sum(signed);
}

/** What was posted for an item since the version before; nothing when nothing was. */
function changeOf(
  item: StatementItem,
  own: readonly Posting[],
  place: (accounting: string) => Standing,
  recordedBefore: number,
): StatementChange[] {
  const key = keyText(item);
  const since = own.filter(
    (posting) =>
      posting.recorded > recordedBefore && place(posting.accounting) === 'here' && keyText(posting) === key,
  );
  if (since.length === 0) return [];
  const { clause, component, payee, period, asset, due } = item;
  return [
    {
      clause,
      component,
      payee,
      period,
      asset,
      before: due - sum(since.map((posting) => posting.due)),
      after: due,
      causes: since.flatMap(({ causes, recorded }) => causes.map((cause) => ({ ...cause, recorded }))),
    },
  ];
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
