// SPDX-License-Identifier: Apache-2.0
// People who can sign in, whatever the workspace, and their passwords. An address is kept in lower case and belongs to
// one person. Rows have the form that better-auth expects.

import type { Selectable } from 'kysely';
import type { UserTable } from './access-tables.ts';
import type { AccessQuery } from './open.ts';

export type UserRow = Readonly<Selectable<UserTable>>;

export interface NewUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly mustChangePassword: boolean;
}

export async function findUserByEmail(query: AccessQuery, email: string): Promise<UserRow | null> {
  const found = await query
    .selectFrom('user')
    .selectAll()
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
  return found ?? null;
}

/** Null when the address belongs to somebody already. */
export async function createUser(query: AccessQuery, user: NewUser): Promise<UserRow | null> {
  const made = await query
    .insertInto('user')
    .values({ ...user, email: user.email.toLowerCase(), image: null })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returningAll()
    .executeTakeFirst();
  return made ?? null;
}

/** Gives a new password and ends every session, since whoever knew the old one may be in one. */
export async function setPassword(
  query: AccessQuery,
  user: string,
  password: { readonly hash: string; readonly mustChange: boolean },
): Promise<void> {
  const changed = await query
    .updateTable('account')
    .set({ password: password.hash, updatedAt: new Date() })
    .where('userId', '=', user)
    .where('providerId', '=', 'credential')
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) await addPasswordAccount(query, user, password.hash);
  await setMustChangePassword(query, user, password.mustChange);
  await query.deleteFrom('session').where('userId', '=', user).execute();
}

/** Takes password and passkeys away, with every session: from now on the person signs in elsewhere. */
export async function removePassword(query: AccessQuery, user: string): Promise<void> {
  await query
    .deleteFrom('account')
    .where('userId', '=', user)
    .where('providerId', '=', 'credential')
    .execute();
  await query.deleteFrom('passkey').where('userId', '=', user).execute();
  await setMustChangePassword(query, user, false);
  await query.deleteFrom('session').where('userId', '=', user).execute();
}

export async function setMustChangePassword(query: AccessQuery, user: string, must: boolean): Promise<void> {
  await query
    .updateTable('user')
    .set({ mustChangePassword: must, updatedAt: new Date() })
    .where('id', '=', user)
    .execute();
}

/** Takes away somebody who is a member of nothing any more, with sessions, passwords and passkeys. */
export async function removeUserWithoutMembership(query: AccessQuery, user: string): Promise<boolean> {
  const removed = await query
    .deleteFrom('user')
    .where('id', '=', user)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('member').select('workspace').whereRef('member.user', '=', 'user.id'))),
    )
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

async function addPasswordAccount(query: AccessQuery, user: string, hash: string): Promise<void> {
  await query
    .insertInto('account')
    .values({
      id: `credential-${user}`,
      accountId: user,
      providerId: 'credential',
      userId: user,
      password: hash,
    })
    .execute();
}
