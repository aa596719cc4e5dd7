// SPDX-License-Identifier: Apache-2.0
// API keys. Of a key only its SHA-256 is kept. A key is never deleted: a revoked one stays, so that the audit trail can
// say whose it was.

import type { Selectable } from 'kysely';
import { accessTables } from './access-scope.ts';
import type { ApiKeyTable } from './access-tables.ts';
import type { AccessQuery, Scope } from './open.ts';

export type ApiKeyRow = Readonly<Omit<Selectable<ApiKeyTable>, 'hash'>>;

export interface NewApiKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly hash: string;
  readonly role: string;
  readonly party: string | null;
  readonly scopes: readonly string[];
  readonly createdBy: string;
  readonly expiresAt: Date | null;
}

const shown = [
  'id',
  'workspace',
  'name',
  'prefix',
  'role',
  'party',
  'scopes',
  'created_by',
  'created_at',
  'last_used_at',
  'expires_at',
  'revoked_at',
  'goodwill_limits',
] as const;

/** With the workspace that it belongs to; revoked and expired ones too: the caller judges. */
export async function findApiKey(
  query: AccessQuery,
  hash: string,
): Promise<(ApiKeyRow & { readonly workspaceName: string; readonly workspaceTitle: string }) | null> {
  const found = await query
    .selectFrom('api_key')
    .innerJoin('workspace', 'workspace.workspace', 'api_key.workspace')
    .select(shown.map((column) => `api_key.${column}` as const))
    .select(['workspace.name as workspaceName', 'workspace.title as workspaceTitle'])
    .where('hash', '=', hash)
    .executeTakeFirst();
  return found ?? null;
}

export async function noteUseOfApiKey(query: AccessQuery, id: string, at: Date): Promise<void> {
  await query.updateTable('api_key').set({ last_used_at: at }).where('id', '=', id).execute();
}

/** The newest first. */
export async function listApiKeys(scope: Scope): Promise<readonly ApiKeyRow[]> {
  return await keys(scope).orderBy('created_at', 'desc').orderBy('id').execute();
}

export async function readApiKey(scope: Scope, id: string): Promise<ApiKeyRow | null> {
  return (await keys(scope).where('id', '=', id).executeTakeFirst()) ?? null;
}

export async function addApiKey(scope: Scope, key: NewApiKey): Promise<ApiKeyRow> {
  const { createdBy, expiresAt, scopes, ...columns } = key;
  return await accessTables(scope)
    .insertInto('api_key')
    .values({
      ...columns,
      workspace: scope.workspace,
      scopes: [...scopes],
      created_by: createdBy,
      expires_at: expiresAt,
    })
    .returning(shown)
    .executeTakeFirstOrThrow();
}

/** False when there is no such key, or it was revoked before. */
export async function revokeApiKey(scope: Scope, id: string, at: Date): Promise<boolean> {
  const revoked = await accessTables(scope)
    .updateTable('api_key')
    .set({ revoked_at: at })
    .where('workspace', '=', scope.workspace)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return revoked.numUpdatedRows > 0n;
}

function keys(scope: Scope) {
  return accessTables(scope).selectFrom('api_key').select(shown).where('workspace', '=', scope.workspace);
}
