// SPDX-License-Identifier: Apache-2.0
// Who belongs to which workspace, in which role, as which party. Read across workspaces when somebody signs in; kept by
// the administrators of one.

import { accessTables } from './access-scope.ts';
import type { AccessQuery, Scope } from './open.ts';

export interface Membership {
  readonly workspace: number;
  readonly workspaceName: string;
  readonly workspaceTitle: string;
  readonly role: string;
  readonly party: string | null;
  readonly goodwillLimits: Readonly<Record<string, string>>;
}

export interface MemberRow {
  readonly user: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly party: string | null;
  readonly goodwillLimits: Readonly<Record<string, string>>;
  readonly createdAt: Date;
}

export interface MemberPlace {
  readonly role: string;
  readonly party: string | null;
  readonly goodwillLimits: Readonly<Record<string, string>>;
}

/** By name of the workspace. */
export async function membershipsOf(query: AccessQuery, user: string): Promise<readonly Membership[]> {
  return await query
    .selectFrom('member')
    .innerJoin('workspace', 'workspace.workspace', 'member.workspace')
    .select([
      'member.workspace',
      'workspace.name as workspaceName',
      'workspace.title as workspaceTitle',
      'member.role',
      'member.party',
      'member.goodwill_limits as goodwillLimits',
    ])
    .where('member.user', '=', user)
    .orderBy('workspace.name')
    .execute();
}

/** By address. */
export async function listMembers(scope: Scope): Promise<readonly MemberRow[]> {
  return await members(scope).orderBy('user.email').execute();
}

export async function findMember(scope: Scope, user: string): Promise<MemberRow | null> {
  return (await members(scope).where('member.user', '=', user).executeTakeFirst()) ?? null;
}

export async function isMember(scope: Scope, email: string): Promise<boolean> {
  const found = await members(scope).where('user.email', '=', email.toLowerCase()).executeTakeFirst();
  return found !== undefined;
}

export async function findMembersOfParty(scope: Scope, party: string): Promise<readonly MemberRow[]> {
  return await members(scope).where('member.party', '=', party).execute();
}

/** False when the user is a member already. */
export async function addMember(scope: Scope, user: string, place: MemberPlace): Promise<boolean> {
  const added = await accessTables(scope)
    .insertInto('member')
    .values({
      workspace: scope.workspace,
      user,
      role: place.role,
      party: place.party,
      goodwill_limits: JSON.stringify(place.goodwillLimits),
    })
    .onConflict((conflict) => conflict.columns(['workspace', 'user']).doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function changeMember(scope: Scope, user: string, place: MemberPlace): Promise<void> {
  await accessTables(scope)
    .updateTable('member')
    .set({ role: place.role, party: place.party, goodwill_limits: JSON.stringify(place.goodwillLimits) })
    .where('workspace', '=', scope.workspace)
    .where('user', '=', user)
    .execute();
}

/** Ends the membership and the user's sessions. */
export async function removeMember(scope: Scope, user: string): Promise<void> {
  const query = accessTables(scope);
  await query.deleteFrom('session').where('userId', '=', user).execute();
  await query
    .deleteFrom('member')
    .where('workspace', '=', scope.workspace)
    .where('user', '=', user)
    .execute();
}

/** Locks the owners against being removed at the same time by each other, and counts them. */
export async function lockedOwners(scope: Scope): Promise<number> {
  const owners = await accessTables(scope)
    .selectFrom('member')
    .select('user')
    .where('workspace', '=', scope.workspace)
    .where('role', '=', 'owner')
    .forUpdate()
    .execute();
  return owners.length;
}

/** The database shows sessions of members of this workspace alone. */
export async function endSessionsOf(scope: Scope, user: string): Promise<number> {
  const ended = await accessTables(scope).deleteFrom('session').where('userId', '=', user).executeTakeFirst();
  return Number(ended.numDeletedRows);
}

function members(scope: Scope) {
  return accessTables(scope)
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.user')
    .select([
      'member.user',
      'user.name',
      'user.email',
      'member.role',
      'member.party',
      'member.goodwill_limits as goodwillLimits',
      'member.created_at as createdAt',
    ])
    .where('member.workspace', '=', scope.workspace);
}
