// SPDX-License-Identifier: Apache-2.0
// The API keys of the workspace, revoked ones too.

import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { listApiKeys as keyRows } from '../store/api-key-rows.ts';
import type { ApiKey } from '../wire/access.ts';
import { apiKeyView } from './api-key-view.ts';
import type { Context } from './context.ts';
import { done, type Outcome, refused } from './outcome.ts';

export async function listApiKeys(
  { store }: Context,
  caller: Caller,
): Promise<Outcome<{ readonly items: ApiKey[] }>> {
  const permission = 'keys.read';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const rows = await store.within(caller.workspace, keyRows);
  return done({ items: rows.map(apiKeyView) });
}
