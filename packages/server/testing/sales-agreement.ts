// SPDX-License-Identifier: Apache-2.0
// The smallest agreement that pays for deals, with its facts, and an agreement that gives points: what tests of the
// service submit. Activating one is what a signature will be.

import { agreementHash } from '@rapport/core/proof/document.ts';
import { parseIsoDay } from '@rapport/core/values/date.ts';
import { rational } from '@rapport/core/values/rational.ts';
import type { LogEntry } from '../store/log-entry.ts';
import type { Store } from '../store/open.ts';
import type { Submitted, Writer } from '../writer/writing.ts';

/** 5% of the quarter's revenue to USD 50,000 and 8% above it. */
export const salesAgreement = `# Sales agreement

[Northwind Ltd : Company] pays a Representative [5% : Base Rate] of the quarter up to [USD 50,000 : Step], [8% : Top Rate] of the part above.

\`\`\`rapport
party Company
parties Representatives
each Deal has Representative, Amount (USD), Closed (date); counts on Closed
Revenue of a Representative in a period is the sum of Amount of Deals of the Representative in the period
table Rates, each slice at its own rate:
    up to Step: Base Rate
    above: Top Rate
Company pays each Representative each quarter "Commission": Rates on Revenue
calendar: calendar quarters and years, in UTC
rounding: each amount to the cent, half away from zero
late facts: change the period they belong to; the difference is paid in the open period
returns: none
\`\`\`
`;

const semantics = 1;

/** Stores version 1 (or another) of an agreement and activates it from the beginning, or on the days [from, to). */
export async function activate(
  store: Store,
  writer: Writer,
  { agreement = 'sales', text = salesAgreement, version = 1, from = null as string | null } = {},
): Promise<void> {
  const hash = agreementHash({ text, semantics });
  await store.within(writer.workspace, async ({ workspace, query }) => {
    await query
      .insertInto('agreement')
      .values({ workspace, agreement, title: agreement })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await query
      .insertInto('agreement_version')
      .values({ workspace, agreement, version, text, semantics, hash, created_by: 'test' })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  const begins = from === null ? null : dayOf(from);
  await writer.submit([by({ kind: 'version', agreement, version, hash, from: begins, to: null })], {
    together: true,
  });
}

export function dayOf(text: string): number {
  const day = parseIsoDay(text);
  if (day === null) throw new RangeError(`${text} is no day.`);
  return day;
}

/** The day has begun in UTC. */
export function day(text: string): Submitted {
  return by({ kind: 'day', zone: 'UTC', day: dayOf(text) });
}

/** A deal of `amount` whole dollars. */
export function deal(
  id: string,
  { of = 'ann', amount = 1000, closed = '2026-02-10', revision = 1, isVoid = false } = {},
): Submitted {
  return by({
    kind: 'fact',
    fact: {
      kind: 'Deal',
      id,
      revision,
      fields: {
        Representative: { kind: 'party', value: of },
        Amount: { kind: 'quantity', value: rational(amount) },
        Closed: { kind: 'date', value: dayOf(closed) },
      },
      ...(isVoid ? { isVoid } : {}),
    },
  });
}

export function by(entry: LogEntry): Submitted {
  return { entry, actor: 'user:test', source: 'test' };
}
