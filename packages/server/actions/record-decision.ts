// SPDX-License-Identifier: Apache-2.0
// A decision that an agreement leaves to a person: recorded with who decided and why.
import { readValue } from '@rapport/core/language/blanks.ts';
import { parsePeriod } from '@rapport/core/values/period.ts';
import type { Caller } from '../access/caller.ts';
import { findParties } from '../store/party-rows.ts';
import type { Context } from './context.ts';
import { typeWords } from './field-value.ts';
import { done, refusalOf, refused } from './outcome.ts';
import { denied } from './permit.ts';

export interface GivenDecision {
  readonly agreement: string;
  readonly decision: string;
  readonly party: string;
  readonly period: string;
  readonly value: string;
  readonly reason: string;
}

export async function recordDecision(context: Context, caller: Caller, given: GivenDecision) {
  const { agreement, decision: name, party, period, value: text, reason } = given;
  const no = denied(caller, 'decisions.record', { party });
  if (no !== null) return no;
  const { workspace, actor } = caller;
  const writer = await context.writers.of(workspace);
  const program = writer.declared().get(agreement)?.at(-1)?.program;
  if (program === undefined) return refused('agreement_unknown', { agreement });
  const decision = program.decisions.find(({ id }) => id === name);
  if (decision === undefined) {
    const known = program.decisions.map(({ id }) => id).join(', ');
    return refused('decision_unknown', { agreement, decision: name, known: known === '' ? 'none' : known });
  }
  const value = readValue(decision.type, text);
  if (value === null)
    return refused('field_wrong_type', {
      kind: agreement,
      field: name,
      expected: typeWords(decision.type),
      found: text.slice(0, 60),
    });
  if (parsePeriod(program.policies.calendar, period) === null)
    return refused('period_unknown', { agreement, period });
  const [row] = await context.store.within(workspace, (scope) => findParties(scope, [party]));
  if (row === undefined) return refused('party_unknown', { party });
  const fact = { decision: name, of: party, period, value, author: actor, reason };
  const [receipt] = await writer.submit(
    [{ entry: { kind: 'decision', agreement, fact }, actor, source: '' }],
    {
      together: true,
    },
  );
  if (receipt?.kind === 'refused') return { kind: 'refused' as const, refusal: refusalOf(receipt.refusal) };
  return done({ sequence: receipt !== undefined && 'sequence' in receipt ? receipt.sequence : 0 });
}
