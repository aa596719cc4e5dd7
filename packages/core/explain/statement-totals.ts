// SPDX-License-Identifier: Apache-2.0
// The account at the foot of a statement, for each asset: carried in, arising here, paid, payable. A payment says which
// period it pays, or its day does. What was paid for a later period counts here as far as it is more than arose there and
// something is left to pay, so that a late version of an old period does not show what was paid for others.

import type { Posting } from '../ledger/posting.ts';
import { placeIn, risenBy, type Standing } from '../ledger/statement.ts';
import type { StatementBody, StatementPayment } from '../ledger/statement-body.ts';
import type { Calendar } from '../values/calendar.ts';
import { isoDay } from '../values/date.ts';
import type { Period } from '../values/period.ts';
import type { PaymentMade } from './statement-body.ts';

export interface AccountSource {
  /** Of the payee. */
  readonly postings: readonly Posting[];
  /** To the payee, in the order of the log. */
  readonly payments: readonly PaymentMade[];
  readonly period: Period;
  readonly calendar: Calendar;
}

export function totalsAndPayments({
  decimal,
  ...source
}: AccountSource & { readonly decimal: (minor: bigint, asset: string) => string }): Pick<
  StatementBody,
  'totals' | 'payments'
> {
  const accounts = accountsOf(source);
  return {
    totals: accounts.map(({ asset, carried, arising, paid, payable, held }) => ({
      asset,
      carried: decimal(carried, asset),
      arising: decimal(arising, asset),
      paid: decimal(paid, asset),
      payable: decimal(payable, asset),
      held: decimal(held, asset),
    })),
    payments: accounts
      .flatMap(({ payments }) => payments)
      .sort((a, b) => a.made.sequence - b.made.sequence)
      .map(({ made, amount }): StatementPayment => {
        const { id, asset, reference } = made.commitment;
        const on = made.on === null ? null : isoDay(made.on);
        return { id, on, asset, amount: decimal(amount, asset), reference, sequence: made.sequence };
      }),
  };
}

/** carried + arising − paid = payable, in smallest units. */
export interface PeriodAccount {
  readonly asset: string;
  readonly carried: bigint;
  readonly arising: bigint;
  readonly paid: bigint;
  /** Below zero when more was paid than is due. */
  readonly payable: bigint;
  readonly held: bigint;
  /** What makes up `paid`: each with the part of it that counts here. */
  readonly payments: readonly { readonly made: PaymentMade; readonly amount: bigint }[];
}

/** By asset; one without any movement is left out. */
export function accountsOf(source: AccountSource): readonly PeriodAccount[] {
  const { postings, payments, period, calendar } = source;
  const place = placeIn(calendar, period.label);
  const paid = payments.filter(({ commitment }) => commitment.what === 'payment' && commitment.amount > 0n);
  const assets = new Set([
    ...postings.filter(({ accounting }) => place(accounting) !== 'after').map(({ asset }) => asset),
    ...paid.map(({ commitment }) => commitment.asset),
  ]);
  return [...assets].sort().flatMap((asset) => {
    const own = postings.filter((posting) => posting.asset === asset);
    const made = paid.filter(({ commitment }) => commitment.asset === asset);
    const account = accountOf({ ...source, postings: own, payments: made }, asset, place);
    const { carried, arising, held, paid: here } = account;
    const isMoved = own.some(({ accounting }) => place(accounting) === 'here');
    return isMoved || [carried, arising, held, here].some((amount) => amount !== 0n) ? [account] : [];
  });
}

function accountOf(
  { postings, payments, period, calendar }: AccountSource,
  asset: string,
  place: (label: string) => Standing,
): PeriodAccount {
  const of = (where: Standing) => postings.filter(({ accounting }) => place(accounting) === where);
  const paidWhere = (where: Standing) =>
    payments.filter((made) => placeOfPayment(made, period, place) === where);
  const here = of('here');
  const carried = risenBy(of('before'), 'due') - sumOf(paidWhere('before'));
  const arising = risenBy(here, 'due');
  const counted = paidWhere('here').map((made) => ({ made, amount: made.commitment.amount }));
  let left = carried + arising - sumOf(paidWhere('here'));
  const beyond = excessByPeriod(postings, payments, calendar);
  for (const made of paidWhere('after')) {
    const { amount, period: label } = made.commitment;
    const free = label === undefined ? amount : least(amount, beyond.get(label) ?? 0n);
    const part = least(left, free);
    if (part <= 0n) continue;
    if (label !== undefined) beyond.set(label, (beyond.get(label) ?? 0n) - part);
    left -= part;
    counted.push({ made, amount: part });
  }
  const paid = counted.reduce((sum, { amount }) => sum + amount, 0n);
  const held = risenBy(here, 'held');
  return { asset, carried, arising, paid, payable: left, held, payments: counted };
}

function placeOfPayment(
  { commitment, on }: PaymentMade,
  { start, end }: Period,
  place: (label: string) => Standing,
): Standing {
  if (commitment.period !== undefined) return place(commitment.period);
  if (on === null) return 'here';
  return on < start ? 'before' : on > end ? 'after' : 'here';
}

/** Of each period that payments name, how much more was paid for it than arose in it. */
function excessByPeriod(
  postings: readonly Posting[],
  payments: readonly PaymentMade[],
  calendar: Calendar,
): Map<string, bigint> {
  const labels = new Set(payments.flatMap(({ commitment }) => commitment.period ?? []));
  return new Map(
    [...labels].map((label) => {
      const place = placeIn(calendar, label);
      const arising = risenBy(
        postings.filter(({ accounting }) => place(accounting) === 'here'),
        'due',
      );
      const paid = sumOf(payments.filter(({ commitment }) => commitment.period === label));
      return [label, paid > arising ? paid - arising : 0n];
    }),
  );
}

function sumOf(payments: readonly PaymentMade[]): bigint {
  return payments.reduce((sum, { commitment }) => sum + commitment.amount, 0n);
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
