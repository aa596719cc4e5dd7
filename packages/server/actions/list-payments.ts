// SPDX-License-Identifier: Apache-2.0
// Payments that were recorded, the newest first, with who recorded each.

import { isoDay } from '@rapport/core/values/date.ts';
import type { Caller } from '../access/caller.ts';
import { partiesWithin } from '../access/may.ts';
import { paymentRows } from '../store/payment-rows.ts';
import type { GivenAnswerOf, ReceivedOf } from '../wire/endpoint.ts';
import type * as wire from '../wire/payments.ts';
import { wireAmount } from './caused.ts';
import type { Context } from './context.ts';
import { declaredBy } from './declared.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { pageOfRows, placeOf } from './page.ts';
import { namesFor } from './personal-names.ts';

export async function listPayments(
  context: Context,
  caller: Caller,
  {
    agreement,
    payee,
    period,
    after,
    limit,
  }: { readonly agreement: string } & ReceivedOf<typeof wire.listPayments>['query'],
): Promise<Outcome<GivenAnswerOf<typeof wire.listPayments>>> {
  const within = partiesWithin(caller, 'statements.read');
  const before = placeOf(after);
  if (before === null) return refused('cursor_unknown');
  const writer = await context.writers.of(caller.workspace);
  if (!writer.declared().has(agreement)) return refused('agreement_unknown', { agreement });
  const declared = declaredBy(writer.declared());
  return context.store.within(caller.workspace, async (scope) => {
    const found = await paymentRows(scope, {
      ...{ agreement, payee, period, before },
      ...(within === 'all' ? {} : { payees: within }),
      limit: limit + 1,
    });
    const { rows, next } = pageOfRows(found, limit, ({ sequence }) => `${sequence}`);
    const payees = rows.map(({ commitment }) => commitment.party);
    const names = await namesFor(context, scope, caller, payees);
    return done({
      items: rows.map(({ commitment, sequence, actor }) => ({
        id: commitment.id,
        payee: commitment.party,
        payeeName: names.get(commitment.party) ?? null,
        period: commitment.period ?? null,
        on: commitment.paidOn === undefined ? null : isoDay(commitment.paidOn),
        amount: wireAmount(declared, commitment.amount, commitment.asset),
        reference: commitment.reference,
        sequence,
        by: actor,
      })),
      next,
    });
  });
}
