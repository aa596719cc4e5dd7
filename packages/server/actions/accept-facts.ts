// SPDX-License-Identifier: Apache-2.0
// Facts as CloudEvents: one, or a batch that is recorded together or item by item. A repeat is answered as the first
// time. One event that is refused is a refusal; in a batch it is a receipt among the others.
import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import type { CloudEvent, FactReceipt, FactReceipts } from '../wire/facts.ts';
import { type Finding, problemOf } from '../wire/problem.ts';
import type { Context } from './context.ts';
import type { GivenFact } from './given-fact.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { type FactOutcome, recordFacts } from './record-facts.ts';

export interface AcceptFacts {
  readonly events: CloudEvent | readonly CloudEvent[];
  readonly together: boolean;
}

export async function acceptFacts(
  context: Context,
  caller: Caller,
  { events, together }: AcceptFacts,
): Promise<Outcome<FactReceipts>> {
  if (!may(caller, 'facts.record'))
    return refused('not_allowed', { role: caller.role, permission: 'facts.record' });
  const isBatch = Array.isArray(events);
  const given = (isBatch ? (events as readonly CloudEvent[]) : [events as CloudEvent]).map(factOfEvent);
  const { workspace, actor } = caller;
  const outcomes = await recordFacts(context, given, { workspace, actor, together });
  const [only] = outcomes;
  if (!isBatch && only?.kind === 'refused') return { kind: 'refused', refusal: only.refusal };
  if (together && outcomes.some(({ kind }) => kind === 'refused')) {
    const errors = outcomes.flatMap((outcome, at) => findingOf(outcome, at)).slice(0, findingsMax);
    return refused('batch_not_recorded', {}, { errors });
  }
  return done({ receipts: given.map((fact, at) => receiptOf(fact, outcomes[at]!)) });
}

/** The most refusals that the answer to a batch lists. */
const findingsMax = 100;

export function factOfEvent(event: CloudEvent): GivenFact {
  const { type, subject, id, revision, voided, data, source } = event;
  return { kind: type, id: subject ?? id, revision, isVoid: voided, fields: data ?? {}, source };
}

function findingOf(outcome: FactOutcome, at: number): readonly Finding[] {
  if (outcome.kind !== 'refused') return [];
  const { code, detail, remedy, place } = problemOf(outcome.refusal);
  return [{ code, place: `/body/${at}${place ?? ''}`, detail, remedy }];
}

export function receiptOf({ kind, id, revision }: GivenFact, outcome: FactOutcome): FactReceipt {
  return {
    kind,
    id,
    revision,
    outcome: outcome.kind,
    sequence: 'sequence' in outcome ? outcome.sequence : null,
    reason: outcome.kind === 'waiting' ? outcome.reason : null,
    problem: outcome.kind === 'refused' ? problemOf(outcome.refusal) : null,
  };
}
