// SPDX-License-Identifier: Apache-2.0
// Values that parties have from a day on, or always: attributes, relations (their value is another party) and the days
// of participation. Each is an entry of the log; the last word about the same day holds.

import type { Field } from '@rapport/core/program/declaration.ts';
import type { AttributeFact } from '@rapport/core/program/log.ts';
import { parseIsoDay } from '@rapport/core/values/date.ts';
import type { Caller } from '../access/caller.ts';
import { entryOfText } from '../store/log-entry.ts';
import type { Scope } from '../store/open.ts';
import { findParties, type Reference } from '../store/party-rows.ts';
import type { LogRow } from '../store/tables.ts';
import type { FieldValue } from '../wire/facts.ts';
import type { Submitted } from '../writer/writing.ts';
import type { Context } from './context.ts';
import { type Declared, declaredBy } from './declared.ts';
import { scalarOf } from './field-value.ts';
import { namesParty } from './given-fact.ts';
import { done, type Outcome, type Refusal, refusal, refusalOf } from './outcome.ts';
import { referenceKey, resolveReferences } from './party-reference.ts';

export interface GivenValue {
  readonly of: { readonly kind: string; readonly party: string };
  readonly attribute: string;
  readonly value: FieldValue;
  readonly from: string | null;
  readonly through: string | null;
}

/** Records all of them or none; their places in the log. */
export async function recordValues(
  context: Context,
  { workspace, actor }: Pick<Caller, 'workspace' | 'actor'>,
  given: readonly GivenValue[],
): Promise<Outcome<{ readonly sequences: readonly number[] }>> {
  const writer = await context.writers.of(workspace);
  const declared = declaredBy(writer.declared());
  const asked = new Map<string, Reference>();
  const read = given.map((one, at) => readValue(one, at, declared, asked));
  const wrong = read.find((one) => 'code' in one);
  if (wrong !== undefined) return { kind: 'refused', refusal: wrong as Refusal };
  const other = await context.store.within(workspace, (scope) => ofOtherKind(scope, [...asked.values()]));
  if (other !== null) return { kind: 'refused', refusal: other };
  const parties = await resolveReferences(context, workspace, asked);
  const entries = (read as readonly Read[]).map(({ fact, reference }): Submitted => {
    const value =
      reference === null
        ? fact.value
        : { kind: 'party' as const, value: parties.get(referenceKey(reference))! };
    return { entry: { kind: 'attribute', fact: { ...fact, value } }, actor, source: '' };
  });
  const receipts = await writer.submit(entries, { together: true });
  const refused = receipts.find((receipt) => receipt.kind === 'refused');
  if (refused !== undefined) return { kind: 'refused', refusal: refusalOf(refused.refusal) };
  return done({ sequences: receipts.map((receipt) => ('sequence' in receipt ? receipt.sequence : 0)) });
}

/** One of our own ids that stands for a party of another kind: it would make a new party of the same id. */
async function ofOtherKind(scope: Scope, asked: readonly Reference[]): Promise<Refusal | null> {
  const known = await findParties(
    scope,
    asked.map(({ reference }) => reference),
  );
  for (const { kind, reference } of asked) {
    const row = known.find(({ party }) => party === reference);
    if (row !== undefined && row.kind !== kind)
      return refusal('party_of_other_kind', { party: reference, found: row.kind, kind });
  }
  return null;
}

interface Read {
  readonly fact: AttributeFact;
  readonly reference: Reference | null;
}

function readValue(
  given: GivenValue,
  at: number,
  declared: Declared,
  asked: Map<string, Reference>,
): Read | Refusal {
  const { kind } = given.of;
  const place = `/body/values/${at}`;
  const found = fieldOf(declared, kind, given.attribute);
  if (found === null) return unknownAttribute(declared, kind, given.attribute, place);
  const scalar = scalarOf(given.value, found.field, found.zone);
  if (scalar.kind === 'misfit') return refusal(scalar.code, { kind, ...scalar.facts }, { place });
  const fact: AttributeFact = {
    party: kind,
    of: given.of.party,
    attribute: given.attribute,
    value: scalar,
    from: given.from === null ? null : parseIsoDay(given.from),
    through: given.through === null ? null : parseIsoDay(given.through),
  };
  const { type } = found.field;
  if (scalar.kind !== 'party' || type.kind !== 'party' || !namesParty(found.field, declared))
    return { fact, reference: null };
  const reference = { kind: type.of, system: '', reference: scalar.value };
  asked.set(referenceKey(reference), reference);
  return { fact, reference };
}

function fieldOf(
  declared: Declared,
  kind: string,
  attribute: string,
): { readonly field: Field; readonly zone: string } | null {
  const party = declared.parties.get(kind);
  const field = party?.attributes.get(attribute) ?? party?.fields.get(attribute);
  return party === undefined || field === undefined ? null : { field, zone: party.zone };
}

function unknownAttribute(declared: Declared, kind: string, attribute: string, place: string): Refusal {
  const party = declared.parties.get(kind);
  const known = [...(party?.attributes.keys() ?? []), ...(party?.fields.keys() ?? [])].join(', ');
  return refusal('attribute_unknown', { kind, attribute, known: known === '' ? 'none' : known }, { place });
}

/** Attributes of entries, the last word about each attribute and first day, with their places. */
export function latestValues(
  rows: readonly LogRow[],
): readonly { readonly fact: AttributeFact; readonly sequence: number }[] {
  const latest = new Map<string, { readonly fact: AttributeFact; readonly sequence: number }>();
  for (const { body, sequence } of rows) {
    const entry = entryOfText(body);
    if (entry.kind !== 'attribute') continue;
    const { party, of, attribute, from } = entry.fact;
    latest.set(JSON.stringify([party, of, attribute, from]), { fact: entry.fact, sequence });
  }
  return [...latest.values()];
}
