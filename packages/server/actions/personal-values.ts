// SPDX-License-Identifier: Apache-2.0
// Values per person that an agreement leaves to be set: quotas, targets, territories. Each is a value of a party from a
// day on, and of no other agreement than the one that declares its kind.
import type { Caller } from '../access/caller.ts';
import { partiesWithin } from '../access/may.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { entriesOfKind } from '../store/log-rows.ts';
import { findParties } from '../store/party-rows.ts';
import type { ActiveVersion } from '../writer/writing.ts';
import { dayText } from './agreement-view.ts';
import type { Context } from './context.ts';
import { type GivenValue, latestValues, recordValues } from './dated-values.ts';
import { fieldValueOf } from './field-value.ts';
import { done, refusal, refused } from './outcome.ts';
import { denied } from './permit.ts';
import { namesFor } from './personal-names.ts';

export interface PersonalValues {
  readonly agreement: string;
  readonly values: readonly {
    readonly party: string;
    readonly attribute: string;
    readonly value: string;
    readonly from: string | null;
    readonly through: string | null;
  }[];
  readonly reason?: string | undefined;
}

export async function setPersonalValues(context: Context, caller: Caller, given: PersonalValues) {
  const no = denied(caller, 'values.change');
  if (no !== null) return no;
  const { workspace, actor } = caller;
  const { agreement, reason = null } = given;
  const program = (await context.writers.of(workspace)).declared().get(agreement)?.at(-1)?.program;
  if (program === undefined) return refused('agreement_unknown', { agreement });
  const kinds = new Set(program.parties.map(({ id }) => id));
  const rows = await context.store.within(workspace, (scope) =>
    findParties(scope, [...new Set(given.values.map(({ party }) => party))]),
  );
  const kindOf = new Map(rows.map(({ party, kind }) => [party, kind]));
  const values: GivenValue[] = [];
  for (const [at, { party, ...value }] of given.values.entries()) {
    const kind = kindOf.get(party);
    if (kind === undefined || !kinds.has(kind))
      return {
        kind: 'refused' as const,
        refusal: refusal('party_unknown', { party }, { place: `/body/values/${at}/party` }),
      };
    values.push({ of: { kind, party }, ...value });
  }
  const recorded = await recordValues(context, caller, values);
  if (recorded.kind === 'refused') return recorded;
  await context.store.within(workspace, (scope) =>
    recordAudit(scope, {
      actor,
      action: 'values.change',
      subject: agreement,
      details: { reason, values: values.length, sequences: [...recorded.value.sequences] },
    }),
  );
  return recorded;
}

export async function listPersonalValues(
  context: Context,
  caller: Caller,
  { agreement }: { readonly agreement: string },
) {
  const { workspace } = caller;
  const versions = (await context.writers.of(workspace)).declared().get(agreement);
  const within = partiesWithin(caller, 'agreements.read');
  if (versions === undefined) return refused('agreement_unknown', { agreement });
  return context.store.within(workspace, async (scope) => {
    const found = latestValues(await entriesOfKind(scope, { kind: 'attribute' })).filter(
      ({ fact }) => typeIn(versions, fact) !== null && (within === 'all' || within.includes(fact.of)),
    );
    const names = await namesFor(
      context,
      scope,
      caller,
      found.map(({ fact }) => fact.of),
    );
    return done({
      items: found.map(({ fact }) => ({
        party: fact.of,
        name: names.get(fact.of) ?? null,
        attribute: fact.attribute,
        value: textOf(fieldValueOf(fact.value, typeIn(versions, fact) ?? undefined)),
        from: dayText(fact.from),
        through: dayText(fact.through),
      })),
    });
  });
}

/** The type of a value that the agreement declares, or null. Relations are no personal values. */
function typeIn(
  versions: readonly ActiveVersion[],
  fact: { readonly party: string; readonly attribute: string },
) {
  for (const { program } of versions) {
    const party = program.parties.find(({ id }) => id === fact.party);
    const field = [...(party?.attributes ?? []), ...(party?.fields ?? [])].find(
      ({ name }) => name === fact.attribute,
    );
    if (field !== undefined && field.type.kind !== 'party') return field.type;
  }
  return null;
}

function textOf(value: ReturnType<typeof fieldValueOf>): string {
  if (value === null) return 'open';
  if (typeof value === 'object') return `${value.asset} ${value.amount}`;
  return `${value}`;
}
