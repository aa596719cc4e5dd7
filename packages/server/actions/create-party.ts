// SPDX-License-Identifier: Apache-2.0
// Adds a party, or says who an unknown one is: a reference that facts have brought already keeps its id, and with it
// everything that was recorded about it.
import type { Caller } from '../access/caller.ts';
import { recordAudit } from '../store/audit-rows.ts';
import type { Scope } from '../store/open.ts';
import {
  addParties,
  addReferences,
  findParties,
  findReferences,
  makeKnown,
  type PartyRow,
} from '../store/party-rows.ts';
import type { FieldValue } from '../wire/facts.ts';
import type { Party } from '../wire/parties.ts';
import type { Context } from './context.ts';
import { recordValues } from './dated-values.ts';
import { declaredBy } from './declared.ts';
import { done, type Outcome, type Refusal, refusal, refused } from './outcome.ts';
import { newPartyId } from './party-reference.ts';
import { isThing, partyViews, thingId } from './party-view.ts';
import { denied } from './permit.ts';
import { putName } from './personal-names.ts';

export interface NewParty {
  readonly kind: string;
  readonly name: string | null;
  readonly references: readonly { readonly system: string; readonly reference: string }[];
  readonly attributes: Readonly<Record<string, FieldValue>>;
}

export async function createParty(
  context: Context,
  caller: Caller,
  given: NewParty,
): Promise<Outcome<Party>> {
  const no = denied(caller, 'parties.change');
  if (no !== null) return no;
  const { workspace } = caller;
  const declared = declaredBy((await context.writers.of(workspace)).declared());
  if (!declared.parties.has(given.kind)) {
    const known = [...declared.parties.keys()].join(', ');
    return refused('party_kind_unknown', { kind: given.kind, known: known === '' ? 'none yet' : known });
  }
  const thing = isThing(declared, given.kind);
  if (thing && given.references.length === 0) return refused('thing_without_id', { kind: given.kind });
  const placed = await context.store.within(workspace, async (scope) => {
    const id = thing ? await placeThing(scope, given) : await placeParty(context, scope, given);
    if (typeof id !== 'string') return id;
    if (given.name !== null) await putName(context, scope, { party: id, name: given.name });
    const { actor } = caller;
    await recordAudit(scope, { actor, action: 'parties.add', subject: id, details: { kind: given.kind } });
    return (await findParties(scope, [id]))[0]!;
  });
  if ('code' in placed) return { kind: 'refused', refusal: placed };
  const of = { kind: given.kind, party: thing ? given.references[0]!.reference : placed.party };
  const values = Object.entries(given.attributes).map(([attribute, value]) => {
    return { of, attribute, value, from: null, through: null };
  });
  if (values.length > 0) {
    const recorded = await recordValues(context, caller, values);
    if (recorded.kind === 'refused') return recorded;
  }
  const [view] = await context.store.within(workspace, (scope) =>
    partyViews(context, scope, caller, [placed]),
  );
  return done(view!);
}

/** The party that one of the references names already, when nobody said so far who it is; else a new one. */
async function placeParty(context: Context, scope: Scope, given: NewParty): Promise<string | Refusal> {
  const { kind } = given;
  const wanted = given.references.map((one) => ({ kind, ...one }));
  const found = (await findReferences(scope, wanted)).filter(
    (row) =>
      row.kind === kind &&
      wanted.some(
        ({ system, reference }) =>
          reference === row.reference && (system === row.system || row.system === ''),
      ),
  );
  const owners = await findParties(scope, [...new Set(found.map(({ party }) => party))]);
  const taken = owners.find(({ state }) => state === 'known') ?? (owners.length > 1 ? owners[1] : undefined);
  if (taken !== undefined) return referenceTaken(found, taken);
  const id = owners[0]?.party ?? newPartyId(context);
  if (owners.length === 0) await addParties(scope, [{ party: id, kind, state: 'known' }]);
  else await makeKnown(scope, id);
  await addReferences(
    scope,
    [...wanted, { kind, system: '', reference: id }].map((one) => ({ ...one, party: id })),
  );
  return id;
}

async function placeThing(scope: Scope, { kind, references }: NewParty): Promise<string | Refusal> {
  const id = thingId(kind, references[0]!.reference);
  const [known] = await findParties(scope, [id]);
  if (known !== undefined) return referenceTaken([{ ...references[0]!, party: id }], known);
  await addParties(scope, [{ party: id, kind, state: 'known' }]);
  await addReferences(
    scope,
    references.map((one) => ({ kind, ...one, party: id })),
  );
  return id;
}

function referenceTaken(
  rows: readonly { readonly system: string; readonly reference: string; readonly party: string }[],
  { party, kind }: Pick<PartyRow, 'party' | 'kind'>,
): Refusal {
  const row = rows.find((one) => one.party === party);
  const system = row === undefined || row.system === '' ? 'all systems' : row.system;
  return refusal('reference_taken', { reference: row?.reference ?? '', system, kind });
}
