// SPDX-License-Identifier: Apache-2.0
// A party or thing as the wire shows it. A party has a random id of ours; a thing, such as a product or a customer that
// nobody pays, is called by its own id, which is told apart by its kind.

import type { Caller } from '../access/caller.ts';
import type { Scope } from '../store/open.ts';
import type { PartyRow } from '../store/party-rows.ts';
import { referencesOf } from '../store/party-rows.ts';
import type { Party } from '../wire/parties.ts';
import type { Context } from './context.ts';
import type { Declared } from './declared.ts';
import { namesFor } from './personal-names.ts';

/** Under which id the table of parties holds a thing. */
export function thingId(kind: string, id: string): string {
  return `${kind}/${id}`;
}

export function isThing(declared: Declared, kind: string): boolean {
  return declared.parties.get(kind)?.role !== 'parties';
}

export async function partyViews(
  context: Pick<Context, 'secrets'>,
  scope: Scope,
  caller: Caller,
  rows: readonly PartyRow[],
): Promise<readonly Party[]> {
  const ids = rows.map(({ party }) => party);
  const names = await namesFor(context, scope, caller, ids);
  const references = await referencesOf(scope, ids);
  return rows.map(({ party, kind, state, created_at }) => ({
    party,
    kind,
    state,
    name: names.get(party) ?? null,
    references: references
      .filter((row) => row.party === party && row.reference !== party)
      .map(({ system, reference }) => ({ system, reference })),
    createdAt: created_at.toISOString(),
  }));
}
