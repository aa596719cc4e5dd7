// SPDX-License-Identifier: Apache-2.0
// Issues a statement as it stands: its next version is an entry of the log, and never changes from then on. Where nothing
// was posted since the last version there is nothing to issue, and that version is the answer again.

import { parsePeriod } from '@rapport/core/values/period.ts';
import type { Caller } from '../access/caller.ts';
import { findParties } from '../store/party-rows.ts';
import type { StatementKey } from '../store/statement-rows.ts';
import type { GivenAnswerOf } from '../wire/endpoint.ts';
import type * as wire from '../wire/statements.ts';
import type { Context } from './context.ts';
import { type Outcome, refusalOf, refused } from './outcome.ts';
import { denied } from './permit.ts';
import { readStatement } from './read-statement.ts';

export async function issueStatement(
  context: Context,
  caller: Caller,
  { agreement, payee, period }: StatementKey,
): Promise<Outcome<GivenAnswerOf<typeof wire.issueStatement>>> {
  const no = denied(caller, 'statements.issue', { party: payee });
  if (no !== null) return no;
  const { workspace, actor } = caller;
  const writer = await context.writers.of(workspace);
  const calendar = writer.declared().get(agreement)?.at(-1)?.program.policies.calendar;
  if (calendar === undefined) return refused('agreement_unknown', { agreement });
  if (parsePeriod(calendar, period) === null) return refused('period_unknown', { agreement, period });
  const parties = await context.store.within(workspace, (scope) => findParties(scope, [payee]));
  if (parties.length === 0) return refused('party_unknown', { party: payee });
  const [receipt] = await writer.submit(
    [{ entry: { kind: 'statement issued', agreement, payee, period }, actor, source: '' }],
    { together: true },
  );
  if (receipt?.kind === 'refused') return { kind: 'refused', refusal: refusalOf(receipt.refusal) };
  return readStatement(context, caller, { agreement, payee, period });
}
