// SPDX-License-Identifier: Apache-2.0
// The first line of an action: the refusal for a caller who may not, null for one who may.
import type { Caller, Subject } from '../access/caller.ts';
import { may } from '../access/may.ts';
import type { Permission } from '../access/permissions.ts';
import { refused } from './outcome.ts';

export function denied(
  caller: Caller,
  permission: Permission,
  subject: Subject = {},
): ReturnType<typeof refused> | null {
  if (may(caller, permission, subject)) return null;
  const hasScope = caller.scopes === 'all' || caller.scopes.has(permission);
  return hasScope
    ? refused('not_allowed', { role: caller.role, permission })
    : refused('scope_missing', { permission });
}
