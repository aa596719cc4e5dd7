// SPDX-License-Identifier: Apache-2.0
// The first member of a workspace: its owner, made at the machine itself before anybody can sign in. Without a password
// given, a one-time password is made, to be shown once; the owner changes it before anything else is answered.

import { randomUUID } from 'node:crypto';
import { recordAudit } from '../store/audit-rows.ts';
import { addMember } from '../store/member-rows.ts';
import type { Store } from '../store/open.ts';
import { createUser, findUserByEmail, setPassword } from '../store/user-rows.ts';
import { operatorCaller } from './caller.ts';
import { generatedPassword, hashPassword } from './password.ts';
import type { Role } from './roles.ts';

export interface NewMember {
  readonly workspace: number;
  readonly name: string;
  readonly email: string;
  /** A lasting password, for a demonstration; else a one-time password is made. */
  readonly password?: string;
  /** Owner, when nothing is said. */
  readonly role?: Role;
  readonly party?: string | null;
}

/** Somebody who has an account already keeps their password: then there is none to show. */
export async function createOwner(
  store: Store,
  given: NewMember,
): Promise<{ readonly user: string; readonly oneTimePassword: string | null }> {
  const { workspace, name, email, role = 'owner', party = null } = given;
  const shown = given.password ?? generatedPassword();
  const hash = await hashPassword(shown);
  const { user, isNew } = await store.accessing(async (query) => {
    const made = await createUser(query, {
      id: randomUUID(),
      name,
      email,
      mustChangePassword: given.password === undefined,
    });
    if (made === null) return { user: (await findUserByEmail(query, email))!.id, isNew: false };
    await setPassword(query, made.id, { hash, mustChange: given.password === undefined });
    return { user: made.id, isNew: true };
  });
  await store.within(workspace, async (scope) => {
    const isAdded = await addMember(scope, user, { role, party, goodwillLimits: {} });
    if (!isAdded) return;
    const { actor } = operatorCaller(workspace);
    await recordAudit(scope, { actor, action: 'members.add', subject: `user:${user}`, details: { role } });
  });
  return { user, oneTimePassword: isNew && given.password === undefined ? shown : null };
}
