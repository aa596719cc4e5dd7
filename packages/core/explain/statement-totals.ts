// SPDX-License-Identifier: Apache-2.0
// The account at the foot of a statement, for each asset: carried in, arising here, paid since the period began,
// payable. A payment after the period's end counts as far as something is left to pay, so that a late version of an old
// period does not show what was paid for later ones.

import type { Posting } from '../ledger/posting.ts';
import { type placeIn, risenBy } from '../ledger/statement.ts';
import type { StatementBody, StatementPayment } from '../ledger/statement-body.ts';
import { isoDay } from '../values/date.ts';
import type { Period } from '../values/period.ts';
import type { PaymentMade } from './statement-body.ts';

export function totalsAndPayments({
  postings,
  payments,
  place,
  period,
  decimal,
}: {
  readonly postings: readonly Posting[];
  readonly payments: readonly PaymentMade[];
  readonly place: ReturnType<typeof placeIn>;
  readonly period: Period;
  readonly decimal: (minor: bigint, asset: string) => string;
}): Pick<StatementBody, 'totals' | 'payments'> {
  const paid = payments.filter(({ commitment }) => commitment.what === 'payment' && commitment.amount > 0n);
  const assets = new Set([
    ...postings.filter(({ accounting }) => place(accounting) !== 'after').map(({ asset }) => asset),
    ...paid.map(({ commitment }) => commitment.asset),
  ]);
  const shown: StatementPayment[] = [];
  const totals = [...assets].sort().flatMap((asset) => {
    const of = (where: ReturnType<typeof place>) =>
      postings.filter((posting) => posting.asset === asset && place(posting.accounting) === where);
    const here = of('here');
    const arising = risenBy(here, 'due');
    const dueBefore = risenBy(of('before'), 'due');
    const own = paid.filter(({ commitment }) => commitment.asset === asset);
    const early = own.filter(({ on }) => on !== null && on < period.start);
    const carried = dueBefore - early.reduce((sum, { commitment }) => sum + commitment.amount, 0n);
    let left = carried + arising;
    let paidHere = 0n;
    for (const { commitment, sequence, on } of own) {
      if (on !== null && on < period.start) continue;
      const isAfter = on !== null && on > period.end;
      if (isAfter && left <= 0n) continue;
      const amount = isAfter && commitment.amount > left ? left : commitment.amount;
      left -= amount;
      paidHere += amount;
      shown.push({
        id: commitment.id,
        on: on === null ? null : isoDay(on),
        asset,
        amount: decimal(amount, asset),
        reference: commitment.reference,
        sequence,
      });
    }
    const held = risenBy(here, 'held');
    const hasNothing =
      carried === 0n && arising === 0n && paidHere === 0n && held === 0n && here.length === 0;
    if (hasNothing) return [];
    return [
      {
        asset,
        carried: decimal(carried, asset),
        arising: decimal(arising, asset),
        paid: decimal(paidHere, asset),
        payable: decimal(left, asset),
        held: decimal(held, asset),
      },
    ];
  });
  return { totals, payments: shown.sort((a, b) => a.sequence - b.sequence) };
}
