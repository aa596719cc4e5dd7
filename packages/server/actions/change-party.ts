// SPDX-License-Identifier: Apache-2.0
// Another name, further references, and values from a day on. The id stays, and so does everything recorded about it.
import type { Caller } from '../access/caller.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { addReferences, findParties, findReferences, makeKnown, type PartyRow } from '../store/party-rows.ts';
import type { FieldValue } from '../wire/facts.ts';
import type { Party } from '../wire/parties.ts';
import type { Context } from './context.ts';
import { recordValues } from './dated-values.ts';
import { declaredBy } from './declared.ts';
import { done, type Outcome, refusal, refused } from './outcome.ts';
import { isThing, partyViews } from './party-view.ts';
import { denied } from './permit.ts';
import { putName } from './personal-names.ts';

export interface PartyChange {
  readonly party: string;
  readonly name?: string | undefined;
  readonly references?: readonly { readonly system: string; readonly reference: string }[] | undefined;
}

export async function changeParty(
  context: Context,
  caller: Caller,
  change: PartyChange,
): Promise<Outcome<Party>> {
  const no = denied(caller, 'parties.change');
  if (no !== null) return no;
  const { workspace, actor } = caller;
  const { party, name, references = [] } = change;
  return context.store.within(workspace, async (scope): Promise<Outcome<Party>> => {
    const [row] = await findParties(scope, [party]);
    if (row === undefined) return refused('party_unknown', { party });
    const wanted = references.map((one) => ({ kind: row.kind, ...one, party }));
    const taken = (await findReferences(scope, wanted)).find(
      (one) =>
        one.party !== party &&
        wanted.some(({ system, reference }) => one.system === system && one.reference === reference),
    );
    if (taken !== undefined)
      return {
        kind: 'refused',
        refusal: refusal('reference_taken', { ...taken, system: taken.system || 'all systems' }),
      };
    await addReferences(scope, wanted);
    if (name !== undefined) await putName(context, scope, { party, name });
    await makeKnown(scope, party);
    const details = { named: name !== undefined, references: references.length };
    await recordAudit(scope, { actor, action: 'parties.change', subject: party, details });
    const [view] = await partyViews(context, scope, caller, await findParties(scope, [party]));
    return done(view!);
  });
}

export interface PartyValues {
  readonly party: string;
  readonly values: readonly {
    readonly attribute: string;
    readonly value: FieldValue;
    readonly from: string | null;
    readonly through: string | null;
  }[];
}

export async function setAttributes(context: Context, caller: Caller, { party, values }: PartyValues) {
  const no = denied(caller, 'relations.change');
  if (no !== null) return no;
  const { workspace } = caller;
  const [row] = await context.store.within(workspace, (scope) => findParties(scope, [party]));
  if (row === undefined) return refused('party_unknown', { party });
  const declared = declaredBy((await context.writers.of(workspace)).declared());
  const of = { kind: row.kind, party: idInLog(row, isThing(declared, row.kind)) };
  return recordValues(
    context,
    caller,
    values.map((value) => ({ of, ...value })),
  );
}

/** A thing stands in the log under its own id, without its kind. */
export function idInLog({ party, kind }: Pick<PartyRow, 'party' | 'kind'>, thing: boolean): string {
  return thing ? party.slice(kind.length + 1) : party;
}
