// SPDX-License-Identifier: Apache-2.0
// A one-time link, seen and used by whoever holds it. Somebody new sets name and password; somebody who has an account
// shows that it is theirs by being signed in, so that a link handed to the wrong person opens no account of another.

import { randomUUID } from 'node:crypto';
import type { Identity } from '../access/identity.ts';
import { hashPassword, passwordLengthMax, passwordLengthMin } from '../access/password.ts';
import { hashOf } from '../access/tokens.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { findInvitation, type InvitationRow, acceptInvitation as useRow } from '../store/invitation-rows.ts';
import { addMember } from '../store/member-rows.ts';
import { createUser, findUserByEmail, setPassword } from '../store/user-rows.ts';
import type { InvitationView } from '../wire/access.ts';
import type { Context } from './context.ts';
import { done, type Outcome, refused } from './outcome.ts';

/** What the page behind the link shows before it is used. */
export async function readInvitation(
  { store, clock }: Context,
  { token }: { readonly token: string },
): Promise<Outcome<InvitationView>> {
  return await store.accessing(async (query) => {
    const found = await findInvitation(query, hashOf(token), clock());
    if (found === null) return refused('invitation_unknown');
    const hasAccount = (await findUserByEmail(query, found.email)) !== null;
    const { purpose, email, role, workspaceTitle } = found;
    return done({ purpose, email, role, workspaceTitle, needsSignIn: hasAccount && purpose === 'join' });
  });
}

export interface AcceptInvitation {
  readonly token: string;
  readonly name: string | null;
  readonly password: string | null;
}

export async function acceptInvitation(
  { store, clock, access }: Context,
  identity: Identity | null,
  { token, name, password }: AcceptInvitation,
): Promise<Outcome<{ readonly done: true }>> {
  const hash = hashOf(token);
  const found = await store.accessing((query) => findInvitation(query, hash, clock()));
  if (found === null) return refused('invitation_unknown');
  const known = await store.accessing((query) => findUserByEmail(query, found.email));
  const isTheirs = identity?.kind === 'person' && identity.person.id === known?.id;
  if (known !== null && found.purpose === 'join') {
    if (!isTheirs) return refused('sign_in_first', { email: found.email });
    if (!(await store.accessing((query) => useRow(query, hash, clock()))))
      return refused('invitation_unknown');
    await join(store, found, known.id);
  } else {
    if (password === null || password.length < passwordLengthMin || password.length > passwordLengthMax) {
      return refused('password_length', { least: `${passwordLengthMin}`, most: `${passwordLengthMax}` });
    }
    const passwordHash = await hashPassword(password);
    const user = await store.accessing(async (query) => {
      if (!(await useRow(query, hash, clock()))) return null;
      const { email } = found;
      const made =
        known ??
        (await createUser(query, {
          id: randomUUID(),
          name: name ?? email,
          email,
          mustChangePassword: false,
        }));
      if (made !== null) await setPassword(query, made.id, { hash: passwordHash, mustChange: false });
      return made;
    });
    if (user === null) return refused('invitation_unknown');
    if (found.purpose === 'join') await join(store, found, user.id);
  }
  access.forget();
  return done({ done: true });
}

async function join(store: Context['store'], invitation: InvitationRow, user: string): Promise<void> {
  const { workspace, role, party } = invitation;
  await store.within(workspace, async (scope) => {
    await addMember(scope, user, { role, party, goodwillLimits: {} });
    await recordAudit(scope, {
      actor: `user:${user}`,
      action: 'members.join',
      subject: `user:${user}`,
      details: { role, invitedBy: invitation.created_by },
    });
  });
}
