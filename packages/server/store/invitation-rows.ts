// SPDX-License-Identifier: Apache-2.0
// One-time links: to become a member, or to set a new password. A link is used once, by whoever is first.

import type { Selectable } from 'kysely';
import { accessTables } from './access-scope.ts';
import type { InvitationTable } from './access-tables.ts';
import type { AccessQuery, Scope } from './open.ts';

export type InvitationRow = Readonly<Omit<Selectable<InvitationTable>, 'hash'>>;

export interface NewInvitation {
  readonly hash: string;
  readonly purpose: InvitationRow['purpose'];
  readonly email: string;
  readonly role: string;
  readonly party: string | null;
  readonly createdBy: string;
  readonly expiresAt: Date;
}

export async function addInvitation(scope: Scope, invitation: NewInvitation): Promise<void> {
  const { createdBy, expiresAt, email, ...columns } = invitation;
  await accessTables(scope)
    .insertInto('invitation')
    .values({
      ...columns,
      workspace: scope.workspace,
      email: email.toLowerCase(),
      created_by: createdBy,
      expires_at: expiresAt,
      used_at: null,
    })
    .execute();
}

/** With the title of the workspace; null when it is unknown, used or over. */
export async function findInvitation(
  query: AccessQuery,
  hash: string,
  now: Date,
): Promise<(InvitationRow & { readonly workspaceTitle: string }) | null> {
  const found = await query
    .selectFrom('invitation')
    .innerJoin('workspace', 'workspace.workspace', 'invitation.workspace')
    .selectAll('invitation')
    .select('workspace.title as workspaceTitle')
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return found ?? null;
}

/** Links to join that are still good, by address. */
export async function listInvitations(scope: Scope, now: Date): Promise<readonly InvitationRow[]> {
  return await accessTables(scope)
    .selectFrom('invitation')
    .select([
      'workspace',
      'purpose',
      'email',
      'role',
      'party',
      'created_by',
      'created_at',
      'expires_at',
      'used_at',
    ])
    .where('workspace', '=', scope.workspace)
    .where('purpose', '=', 'join')
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('email')
    .execute();
}

/** True for the first who uses it. */
export async function acceptInvitation(query: AccessQuery, hash: string, now: Date): Promise<boolean> {
  const used = await query
    .updateTable('invitation')
    .set({ used_at: now })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return used.numUpdatedRows > 0n;
}

/** Takes away links that name a party, used or not, with their addresses. */
export async function withdrawInvitationsOfParty(scope: Scope, party: string): Promise<void> {
  await accessTables(scope)
    .deleteFrom('invitation')
    .where('workspace', '=', scope.workspace)
    .where('party', '=', party)
    .execute();
}

/** Makes links for this address useless, for example when its member is removed. */
export async function withdrawInvitations(scope: Scope, email: string): Promise<void> {
  await accessTables(scope)
    .deleteFrom('invitation')
    .where('workspace', '=', scope.workspace)
    .where('email', '=', email.toLowerCase())
    .where('used_at', 'is', null)
    .execute();
}
