// SPDX-License-Identifier: Apache-2.0
// The index of sealed names: its key as it is sealed, how far it is made, and the tokens of each party. Tokens go with
// the key of their person by themselves, so nothing here erases.

import { sql } from 'kysely';
import type { Scope } from './open.ts';
import type { PrivateRow } from './private-rows.ts';
import type { Row } from './tables.ts';

export type NameIndexRow = Row<'name_index'>;

export async function readNameIndex({ workspace, query }: Scope): Promise<NameIndexRow | null> {
  const row = await query
    .selectFrom('name_index')
    .select(['sealed_key', 'indexed_through'])
    .where('workspace', '=', workspace)
    .executeTakeFirst();
  return row ?? null;
}

/** Where one is there already, it stays: read it afterwards. It is complete from the start where no name is there yet. */
export async function addNameIndex({ workspace, query }: Scope, sealedKey: Buffer): Promise<void> {
  const first = await query
    .selectFrom('private')
    .select('record')
    .where('workspace', '=', workspace)
    .where('record', 'like', 'party/%')
    .limit(1)
    .executeTakeFirst();
  await query
    .insertInto('name_index')
    .values({ workspace, sealed_key: sealedKey, indexed_through: first === undefined ? null : '' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Null: every name has its tokens. */
export async function setIndexedThrough({ workspace, query }: Scope, record: string | null): Promise<void> {
  await query
    .updateTable('name_index')
    .set({ indexed_through: record })
    .where('workspace', '=', workspace)
    .execute();
}

/** Sealed names after a record, in their order. */
export async function namesAfter(
  { workspace, query }: Scope,
  record: string,
  limit: number,
): Promise<readonly PrivateRow[]> {
  return await query
    .selectFrom('private')
    .select(['record', 'field', 'party', 'salt', 'ciphertext'])
    .where('workspace', '=', workspace)
    .where('record', 'like', 'party/%')
    .where('record', '>', record)
    .orderBy('record')
    .orderBy('field')
    .limit(limit)
    .execute();
}

/** The tokens of a party's name, in place of those of its name before. Nothing for somebody without a key. */
export async function putNameTokens(
  { workspace, query }: Scope,
  party: string,
  tokens: readonly number[],
): Promise<void> {
  await query
    .deleteFrom('name_token')
    .where('workspace', '=', workspace)
    .where('party', '=', party)
    .execute();
  if (tokens.length === 0) return;
  await query
    .insertInto('name_token')
    .values(tokens.map((token) => ({ workspace, token, party })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export interface PartyClues {
  /** All of them must be there; none: no party is found by name. */
  readonly tokens: readonly number[];
  /** Part of a reference. */
  readonly text: string;
  readonly kind?: string | undefined;
  readonly state?: Row<'party'>['state'] | undefined;
  /** The page continues after this id. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Ids of parties that have all the tokens, or a reference or id with the text in it; in their order. */
export async function partiesByClues(
  { workspace, query }: Scope,
  { tokens, text, kind, state, after = '', limit }: PartyClues,
): Promise<readonly string[]> {
  const ofKind = sql<boolean>`exists (select from rapport.party
    where party.workspace = ${workspace} and party.party = found.party
      and party.kind = coalesce(${kind ?? null}::text, party.kind)
      and party.state = coalesce(${state ?? null}::text, party.state))`;
  let byReference = query
    .selectFrom('party_reference as found')
    .select('found.party')
    .distinct()
    .where('found.workspace', '=', workspace)
    .where('found.party', '>', after)
    .where(
      sql<boolean>`(found.reference = ${text} or found.reference <> found.party and
        (position(lower(${text}) in lower(found.reference)) > 0 or position(${text} in found.reference) > 0))`,
    );
  if (kind !== undefined || state !== undefined) byReference = byReference.where(ofKind);
  const references = byReference.orderBy('found.party').limit(limit);
  const [first, ...others] = tokens;
  if (first === undefined) return (await references.execute()).map(({ party }) => party);
  let byName = query
    .selectFrom('name_token as found')
    .select('found.party')
    .where('found.workspace', '=', workspace)
    .where('found.token', '=', first)
    .where('found.party', '>', after);
  for (const token of others) {
    byName = byName.where(
      sql<boolean>`exists (select from rapport.name_token other where other.workspace = ${workspace}
        and other.token = ${token} and other.party = found.party)`,
    );
  }
  if (kind !== undefined || state !== undefined) byName = byName.where(ofKind);
  const names = byName.orderBy('found.party').limit(limit);
  const [named, referred] = [await names.execute(), await references.execute()];
  const ids = new Set([...named, ...referred].map(({ party }) => party));
  return [...ids].sort(byBytes).slice(0, limit);
}

/** The order of the database, whose ids are compared byte by byte. */
function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
