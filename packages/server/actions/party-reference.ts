// SPDX-License-Identifier: Apache-2.0
// From what other systems call a party to our random id. A reference is looked up under its own system first, then
// under the names that all share. One that nobody knows makes a party in the state `unknown`, so that its facts are
// taken in; who it is can be said later. A reference never changes its party, so what was found once is remembered.
import type { Store } from '../store/open.ts';
import {
  addParties,
  addReferences,
  findReferences,
  type Reference,
  type ReferenceRow,
} from '../store/party-rows.ts';
import type { Context } from './context.ts';

/** Remembered references of one store, over all workspaces: some 30 MB at most. */
const rememberedMax = 200_000;
const remembered = new WeakMap<Store, Map<string, string>>();

export function referenceKey({ kind, system, reference }: Reference): string {
  return `${kind}\u0000${system}\u0000${reference}`;
}

/** The party of each reference asked for, by `referenceKey`. */
export async function resolveReferences(
  context: Context,
  workspace: number,
  asked: ReadonlyMap<string, Reference>,
): Promise<ReadonlyMap<string, string>> {
  const memory = memoryOf(context.store);
  const found = new Map<string, string>();
  const missing: Reference[] = [];
  for (const [key, reference] of asked) {
    const party = memory.get(`${workspace} ${key}`);
    if (party === undefined) missing.push(reference);
    else found.set(key, party);
  }
  if (missing.length === 0) return found;
  const parties = await context.store.within(workspace, async (scope) => {
    const known = partiesOf(missing, await findReferences(scope, missing));
    const unknown = missing.filter((reference) => !known.has(referenceKey(reference)));
    if (unknown.length === 0) return known;
    const made = unknown.map(({ kind, reference }): ReferenceRow => {
      return { kind, system: '', reference, party: newPartyId(context) };
    });
    const added = await addReferences(scope, made);
    const own = added.map(({ kind, party }): ReferenceRow => ({ kind, system: '', reference: party, party }));
    await addReferences(scope, own);
    await addParties(
      scope,
      added.map(({ party, kind }) => ({ party, kind, state: 'unknown' as const })),
    );
    return partiesOf(missing, await findReferences(scope, missing));
  });
  for (const [key, party] of parties) {
    found.set(key, party);
    if (memory.size >= rememberedMax) memory.clear();
    memory.set(`${workspace} ${key}`, party);
  }
  return found;
}

/** After a person was erased, or a reference was taken back with its party. */
export function forgetReferences(store: Store): void {
  remembered.delete(store);
}

export function newPartyId({ random }: Pick<Context, 'random'>): string {
  return `p-${random(12).toString('hex')}`;
}

function memoryOf(store: Store): Map<string, string> {
  let memory = remembered.get(store);
  if (memory === undefined) {
    memory = new Map();
    remembered.set(store, memory);
  }
  return memory;
}

function partiesOf(asked: readonly Reference[], rows: readonly ReferenceRow[]): Map<string, string> {
  const byKey = new Map(rows.map((row) => [referenceKey(row), row.party]));
  const parties = new Map<string, string>();
  for (const reference of asked) {
    const party = byKey.get(referenceKey(reference)) ?? byKey.get(referenceKey({ ...reference, system: '' }));
    if (party !== undefined) parties.set(referenceKey(reference), party);
  }
  return parties;
}
