// SPDX-License-Identifier: Apache-2.0
// Parties and what other systems call them. A party has a random id of ours; that id is a reference to it as well. The
// system '' stands for the names that all systems share.
import { sql } from 'kysely';
import type { Scope } from './open.ts';
import type { Row } from './tables.ts';

export type PartyRow = Row<'party'>;
export type ReferenceRow = Row<'party_reference'>;

export interface Reference {
  readonly kind: string;
  readonly system: string;
  readonly reference: string;
}

/** All references of these kinds and texts, under any system. */
export async function findReferences(
  { workspace, query }: Scope,
  asked: readonly Pick<Reference, 'kind' | 'reference'>[],
): Promise<readonly ReferenceRow[]> {
  if (asked.length === 0) return [];
  return await query
    .selectFrom('party_reference')
    .select(['kind', 'system', 'reference', 'party'])
    .where('workspace', '=', workspace)
    .where('kind', 'in', [...new Set(asked.map(({ kind }) => kind))])
    .where('reference', 'in', [...new Set(asked.map(({ reference }) => reference))])
    .execute();
}

/** Adds references that are not there yet; gives those that were added. */
export async function addReferences(
  { workspace, query }: Scope,
  rows: readonly ReferenceRow[],
): Promise<readonly ReferenceRow[]> {
  if (rows.length === 0) return [];
  return await query
    .insertInto('party_reference')
    .values(rows.map((row) => ({ workspace, ...row })))
    .onConflict((conflict) => conflict.doNothing())
    .returning(['kind', 'system', 'reference', 'party'])
    .execute();
}

export async function partyExists({ workspace, query }: Scope, party: string): Promise<boolean> {
  const found = await query
    .selectFrom('party')
    .select('party')
    .where('workspace', '=', workspace)
    .where('party', '=', party)
    .executeTakeFirst();
  return found !== undefined;
}

export async function addParties(
  { workspace, query }: Scope,
  rows: readonly Pick<PartyRow, 'party' | 'kind' | 'state'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await query
    .insertInto('party')
    .values(rows.map((row) => ({ workspace, ...row })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** An unknown party is known from now on. */
export async function makeKnown({ workspace, query }: Scope, party: string): Promise<void> {
  await query
    .updateTable('party')
    .set({ state: 'known' })
    .where('workspace', '=', workspace)
    .where('party', '=', party)
    .execute();
}

/** Those that are there, by id. */
export async function findParties(
  { workspace, query }: Scope,
  parties: readonly string[],
): Promise<readonly PartyRow[]> {
  return await query
    .selectFrom('party')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('party', '=', sql<string>`any(${parties}::text[])`)
    .orderBy('party')
    .execute();
}

export interface PartyFilter {
  readonly kind?: string | undefined;
  readonly state?: PartyRow['state'] | undefined;
  /** The page continues after this id. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** By id. */
export async function listParties(
  { workspace, query }: Scope,
  { kind, state, after, limit }: PartyFilter,
): Promise<readonly PartyRow[]> {
  let rows = query.selectFrom('party').selectAll().where('workspace', '=', workspace);
  if (kind !== undefined) rows = rows.where('kind', '=', kind);
  if (state !== undefined) rows = rows.where('state', '=', state);
  if (after !== undefined) rows = rows.where('party', '>', after);
  return await rows.orderBy('party').limit(limit).execute();
}

/** What systems call these parties, by party. */
export async function referencesOf(
  { workspace, query }: Scope,
  parties: readonly string[],
): Promise<readonly ReferenceRow[]> {
  return await query
    .selectFrom('party_reference')
    .select(['kind', 'system', 'reference', 'party'])
    .where('workspace', '=', workspace)
    .where('party', '=', sql<string>`any(${parties}::text[])`)
    .orderBy('party')
    .orderBy('kind')
    .orderBy('system')
    .orderBy('reference')
    .execute();
}
