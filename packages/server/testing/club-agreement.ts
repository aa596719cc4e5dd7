// SPDX-License-Identifier: Apache-2.0
// The smallest club: points for purchases, and a voucher for four hundred of them.

import { rational } from '@rapport/core/values/rational.ts';
import type { Submitted } from '../writer/writing.ts';
import { by, dayOf } from './sales-agreement.ts';

export const clubAgreement = `# Club

[Groove Records Ltd : Company] gives [1 : Base Points] point a dollar, and a voucher of [USD 5 : Voucher] for [400 : Reward Points] points.

\`\`\`rapport
party Company
parties Members
asset Points, whole
each Purchase has Member, Amount (USD), Bought (date); counts on Bought
Company issues Points to the Member of each Purchase "Points issued": Base Points per whole USD of Amount
Points are used in order of issue
Company pays each Member "Voucher": Voucher
    for every Reward Points of usable Points, taken at once
calendar: calendar days, in UTC
rounding: each voucher to the cent, half away from zero
late facts: change the day they belong to; the difference is booked today
returns: none
\`\`\`
`;

/** A purchase of Kim's on 1 April 2026, of so many whole dollars. */
export function purchase(id: string, dollars: number, revision = 1): Submitted {
  return by({
    kind: 'fact',
    fact: {
      kind: 'Purchase',
      id,
      revision,
      fields: {
        Member: { kind: 'party', value: 'kim' },
        Amount: { kind: 'quantity', value: rational(dollars) },
        Bought: { kind: 'date', value: dayOf('2026-04-01') },
      },
    },
  });
}
