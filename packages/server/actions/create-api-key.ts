// SPDX-License-Identifier: Apache-2.0
// A key for another system: shown once, kept as its hash, narrowed to scopes that its role has and its maker has too.

import { randomUUID } from 'node:crypto';
import type { Caller } from '../access/caller.ts';
import { matrix } from '../access/matrix.ts';
import { may } from '../access/may.ts';
import { isPermission, permissions } from '../access/permissions.ts';
import { scopesBeyond } from '../access/rank.ts';
import { isRole, roles } from '../access/roles.ts';
import { newApiKey } from '../access/tokens.ts';
import { addApiKey } from '../store/api-key-rows.ts';
import { recordAudit } from '../store/audit-rows.ts';
import type { ApiKey } from '../wire/access.ts';
import { apiKeyView } from './api-key-view.ts';
import type { Context } from './context.ts';
import { done, type Outcome, refused } from './outcome.ts';

export interface CreateApiKey {
  readonly title: string;
  readonly role: string;
  readonly scopes: readonly string[];
  /** ISO moment; null: until it is revoked. */
  readonly expiresAt: string | null;
}

export async function createApiKey(
  { store, clock }: Context,
  caller: Caller,
  { title, role, scopes, expiresAt }: CreateApiKey,
): Promise<Outcome<{ readonly key: ApiKey; readonly secret: string }>> {
  const permission = 'keys.change';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  if (!isRole(role)) return refused('role_unknown', { role, known: roles.join(', ') });
  const unknown = scopes.filter((scope) => !isPermission(scope) || matrix[role][scope] === null);
  if (unknown.length > 0) {
    const known = permissions.filter((name) => matrix[role][name] !== null).join(', ');
    return refused('scope_unknown', { scopes: unknown.join(', '), role, known });
  }
  const wanted = [...new Set(scopes.filter(isPermission))];
  const beyond = scopesBeyond(caller, role, wanted);
  if (beyond.length > 0) return refused('scope_beyond', { scopes: beyond.join(', '), role: caller.role });
  const until = expiresAt === null ? null : new Date(expiresAt);
  if (until !== null && until <= clock()) return refused('expiry_past', { expiresAt: until.toISOString() });
  const token = newApiKey();
  return await store.within(caller.workspace, async (scope) => {
    const row = await addApiKey(scope, {
      id: randomUUID(),
      name: title,
      prefix: token.prefix,
      hash: token.hash,
      role,
      party: null,
      scopes: wanted,
      createdBy: caller.actor,
      expiresAt: until,
    });
    await recordAudit(scope, {
      actor: caller.actor,
      action: 'keys.create',
      subject: `key:${row.id}`,
      details: { role, scopes: wanted, expiresAt: until?.toISOString() ?? null },
    });
    return done({ key: apiKeyView(row), secret: token.text });
  });
}
