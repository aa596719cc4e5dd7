// SPDX-License-Identifier: Apache-2.0
// An API key as the API shows it: never the key, never its hash.

import type { ApiKeyRow } from '../store/api-key-rows.ts';
import type { ApiKey } from '../wire/access.ts';

export function apiKeyView(row: ApiKeyRow): ApiKey {
  return {
    key: row.id,
    prefix: row.prefix,
    title: row.name,
    role: row.role,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
