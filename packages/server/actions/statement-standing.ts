// SPDX-License-Identifier: Apache-2.0
// Where a statement stands by now: what of it is approved, what is paid, what is left. A version that was issued never
// changes; this does, as approvals, payments and late facts come. It follows from the log alone.

import { accountsOf, type PeriodAccount } from '@rapport/core/explain/statement-totals.ts';
import { keyText } from '@rapport/core/ledger/differences.ts';
import type { Posting } from '@rapport/core/ledger/posting.ts';
import { placeIn } from '@rapport/core/ledger/statement.ts';
import type { Key } from '@rapport/core/program/entitlement.ts';
import type { Calendar, Period } from '@rapport/core/values/calendar.ts';
import { parsePeriod } from '@rapport/core/values/period.ts';
import type { StatementStatus } from '../documents/issued-statement.ts';
import type { StatementKey } from '../store/statement-rows.ts';
import type { Approval, BooksView, Delivered } from '../writer/writing.ts';

export interface StandingNow {
  /** By asset, with everything that was posted and paid by now. */
  readonly accounts: readonly StandingAccount[];
  /** The version that may be paid; null where none is approved. */
  readonly approval: Approval | null;
  /** The last place in the log at which something was paid and nothing was left to pay; null where there is none. */
  readonly paidThrough: number | null;
  /** What was posted in the period, in the order of the log. */
  readonly here: readonly Posting[];
  /** Feeds that still owe something of the period. */
  readonly awaited: readonly Delivered[];
  /** Of the items as they are now, those that may still change by what is awaited; as `keyText`. */
  readonly provisional: ReadonlySet<string>;
  /** Place in the log that this is as of. */
  readonly head: number;
}

export interface StandingAccount extends PeriodAccount {
  /** What is approved and not paid; never below zero. */
  readonly approvedLeft: bigint;
  /** Points are used, not paid. */
  readonly isPaidOut: boolean;
}

export async function standingOf(
  view: BooksView,
  { agreement, payee, period: label }: StatementKey,
  period: Period,
  calendar: Calendar,
): Promise<StandingNow> {
  const postings = await view.postingsOf(agreement, payee);
  const payments = view.paymentsOf(agreement, payee);
  const approval = view.approvalOf(agreement, { payee, period: label });
  const place = placeIn(calendar, label);
  const isPaidOut = (asset: string) => !view.isInLots(agreement, asset);
  const at = (through: number, paidThrough: number) =>
    accountsOf({
      postings: postings.filter(({ recorded }) => recorded <= through),
      payments: payments.filter(({ sequence }) => sequence <= paidThrough),
      ...{ period, calendar },
    });
  const now = at(view.head, view.head);
  const approved = approval === null ? [] : at(approval.recorded, view.head);
  const moments = now
    .flatMap(({ payments: counted }) => counted.map(({ made }) => made.sequence))
    .sort((a, b) => b - a);
  const here = postings.filter(({ accounting }) => place(accounting) === 'here');
  const awaited = view.awaited(agreement, period.end);
  return {
    accounts: now.map((account) => ({
      ...account,
      approvedLeft: atLeastZero(approved.find(({ asset }) => asset === account.asset)?.payable ?? 0n),
      isPaidOut: isPaidOut(account.asset),
    })),
    approval,
    paidThrough: [view.head, ...moments].find((moment) => isPaidOff(at(moment, moment), isPaidOut)) ?? null,
    here,
    awaited,
    provisional: provisionalOf(view, { agreement, payee, calendar, awaited, here }),
    head: view.head,
  };
}

/** What waits for a fact by itself, and what rests on a feed that still owes something of the period it was earned in. */
function provisionalOf(
  view: BooksView,
  {
    agreement,
    payee,
    calendar,
    awaited,
    here,
  }: Pick<StatementKey, 'agreement' | 'payee'> &
    Pick<StandingNow, 'awaited' | 'here'> & { readonly calendar: Calendar },
): ReadonlySet<string> {
  const waiting = view.entitlementsOf(agreement, payee).filter(({ state }) => state === 'provisional');
  const resting = here.filter(({ clause, period: earned }) => {
    const end = parsePeriod(calendar, earned)?.end ?? null;
    return awaited.some(
      (feed) =>
        (feed.through === null || end === null || feed.through < end) &&
        view.isAwaitedBy(agreement, clause, feed),
    );
  });
  return new Set([...waiting, ...resting].map(keyText));
}

/** The same for a label; null where it is no period of the calendar. */
export async function standingIn(
  view: BooksView,
  key: StatementKey,
  calendar: Calendar,
): Promise<StandingNow | null> {
  const period = parsePeriod(calendar, key.period);
  return period === null ? null : standingOf(view, key, period, calendar);
}

/** Of the body of a version: the postings through `recorded` are in it. */
export interface BodyStanding {
  readonly standing: 'provisional' | 'earned';
  readonly recorded: number;
}

/**
 * What was approved or paid stays so for a body, or for one of its items, as long as nothing was posted for it between
 * that and the body. So a late fact opens again what it touches, and nothing else. What was provisional when it was issued
 * is earned once nothing is awaited any more.
 */
export function statusOf(body: BodyStanding, now: StandingNow, item?: Key): StatementStatus {
  const key = item === undefined ? null : keyText(item);
  const own = key === null ? now.here : now.here.filter((posting) => keyText(posting) === key);
  const isSameAt = (place: number) => {
    const [from, to] = [Math.min(place, body.recorded), Math.max(place, body.recorded)];
    return !own.some(({ recorded }) => recorded > from && recorded <= to);
  };
  if (now.paidThrough !== null && isSameAt(now.paidThrough)) return 'paid';
  if (now.approval !== null && isSameAt(now.approval.recorded)) return 'approved';
  if (!isSameAt(now.head)) return body.standing;
  const isProvisional =
    key === null ? now.awaited.length > 0 || own.some(isIn(now.provisional)) : now.provisional.has(key);
  return isProvisional ? 'provisional' : 'earned';
}

function isIn(keys: ReadonlySet<string>): (key: Key) => boolean {
  return (key) => keys.has(keyText(key));
}

/** Place in the log of the last posting that stands in the period; 0 for none. */
export function lastPosted({ here }: Pick<StandingNow, 'here'>): number {
  return here.at(-1)?.recorded ?? 0;
}

/** Something was paid, and nothing is left to pay. */
function isPaidOff(accounts: readonly PeriodAccount[], isPaidOut: (asset: string) => boolean): boolean {
  const money = accounts.filter(({ asset }) => isPaidOut(asset));
  return money.some(({ paid }) => paid > 0n) && money.every(({ payable }) => payable <= 0n);
}

function atLeastZero(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
