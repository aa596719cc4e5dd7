// SPDX-License-Identifier: Apache-2.0
// Personal values, sealed: the only place of them. A record is what they belong to, such as `party/ID` or `log/SEQUENCE`.
// They go by the erasure of a person alone, which takes all of that person at once.

import { sql } from 'kysely';
import type { Scope } from './open.ts';
import type { Row } from './tables.ts';

export type PrivateRow = Row<'private'>;
export type PersonalFieldRow = Row<'personal_field'>;
export type ErasureRow = Row<'erasure'>;

/** The values of records, in the order of record and field. */
export async function readPrivate(
  { workspace, query }: Scope,
  records: readonly string[],
): Promise<readonly PrivateRow[]> {
  return await query
    .selectFrom('private')
    .select(['record', 'field', 'party', 'salt', 'ciphertext'])
    .where('workspace', '=', workspace)
    .where('record', '=', sql<string>`any(${records}::text[])`)
    .orderBy('record')
    .orderBy('field')
    .execute();
}

/** Everything that is held about a person. */
export async function privateOfParty(
  { workspace, query }: Scope,
  party: string,
): Promise<readonly PrivateRow[]> {
  return await query
    .selectFrom('private')
    .select(['record', 'field', 'party', 'salt', 'ciphertext'])
    .where('workspace', '=', workspace)
    .where('party', '=', party)
    .orderBy('record')
    .orderBy('field')
    .execute();
}

/** Puts or replaces a value that no seal in the log stands for, such as the name of a party. */
export async function putPrivate({ workspace, query }: Scope, value: PrivateRow): Promise<void> {
  const { party, salt, ciphertext } = value;
  await query
    .insertInto('private')
    .values({ workspace, ...value })
    .onConflict((conflict) =>
      conflict.columns(['workspace', 'record', 'field']).doUpdateSet({ party, salt, ciphertext }),
    )
    .execute();
}

/** The wrapped keys of those who have one. */
export async function readSubjectKeys(
  { workspace, query }: Scope,
  parties: readonly string[],
): Promise<readonly Row<'subject_key'>[]> {
  if (parties.length === 0) return [];
  return await query
    .selectFrom('subject_key')
    .select(['party', 'wrapped_key'])
    .where('workspace', '=', workspace)
    .where('party', '=', sql<string>`any(${parties}::text[])`)
    .execute();
}

/** Where one is there already, it stays: read them afterwards. */
export async function addSubjectKeys(
  { workspace, query }: Scope,
  keys: readonly { readonly party: string; readonly wrappedKey: Buffer }[],
): Promise<void> {
  if (keys.length === 0) return;
  await query
    .insertInto('subject_key')
    .values(keys.map(({ party, wrappedKey }) => ({ workspace, party, wrapped_key: wrappedKey })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Takes every personal value, the key and the references of a person, and keeps who did it and why. */
export async function erasePerson(
  { query }: Scope,
  { party, actor, reason }: { readonly party: string; readonly actor: string; readonly reason: string },
): Promise<void> {
  await sql`select rapport.erase_person(${party}, ${actor}, ${reason})`.execute(query);
}

export async function listErasures({ workspace, query }: Scope): Promise<readonly ErasureRow[]> {
  return await query
    .selectFrom('erasure')
    .selectAll()
    .where('workspace', '=', workspace)
    .orderBy('party')
    .execute();
}

/** Fields that are personal, by kind of fact or party. */
export async function listPersonalFields({ workspace, query }: Scope): Promise<readonly PersonalFieldRow[]> {
  return await query
    .selectFrom('personal_field')
    .select(['kind', 'field', 'subject'])
    .where('workspace', '=', workspace)
    .orderBy('kind')
    .orderBy('field')
    .execute();
}

/** Declared again, it is of the person named last. */
export async function addPersonalField(
  { workspace, query }: Scope,
  { kind, field, subject }: PersonalFieldRow,
): Promise<void> {
  await query
    .insertInto('personal_field')
    .values({ workspace, kind, field, subject })
    .onConflict((conflict) => conflict.columns(['workspace', 'kind', 'field']).doUpdateSet({ subject }))
    .execute();
}
