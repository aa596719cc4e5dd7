// SPDX-License-Identifier: Apache-2.0
// Personal values, sealed: the only place of them. A record is what they belong to, such as `party/ID` or `log/SEQUENCE`.
// They go by the erasure of a person alone, which takes all of that person at once.

import { sql } from 'kysely';
import type { Scope } from './open.ts';
import type { Row } from './tables.ts';

export type PrivateRow = Row<'private'>;
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

/** The wrapped key of a person; null when there is none (any more). */
export async function readSubjectKey({ workspace, query }: Scope, party: string): Promise<Buffer | null> {
  const row = await query
    .selectFrom('subject_key')
    .select('wrapped_key')
    .where('workspace', '=', workspace)
    .where('party', '=', party)
    .executeTakeFirst();
  return row?.wrapped_key ?? null;
}

/** Of several at once the first one stays: read it afterwards. */
export async function addSubjectKey(
  { workspace, query }: Scope,
  { party, wrappedKey }: { readonly party: string; readonly wrappedKey: Buffer },
): Promise<void> {
  await query
    .insertInto('subject_key')
    .values({ workspace, party, wrapped_key: wrappedKey })
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
export async function listPersonalFields({
  workspace,
  query,
}: Scope): Promise<readonly Row<'personal_field'>[]> {
  return await query
    .selectFrom('personal_field')
    .select(['kind', 'field'])
    .where('workspace', '=', workspace)
    .orderBy('kind')
    .orderBy('field')
    .execute();
}

export async function addPersonalField(
  { workspace, query }: Scope,
  { kind, field }: { readonly kind: string; readonly field: string },
): Promise<void> {
  await query
    .insertInto('personal_field')
    .values({ workspace, kind, field })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
