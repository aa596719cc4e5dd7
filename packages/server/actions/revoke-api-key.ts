// SPDX-License-Identifier: Apache-2.0
// A revoked key is nobody from the next request on, and stays in the list.

import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { revokeApiKey as revokeRow } from '../store/api-key-rows.ts';
import { recordAudit } from '../store/audit-rows.ts';
import type { Context } from './context.ts';
import { done, type Outcome, refused } from './outcome.ts';

export async function revokeApiKey(
  { store, clock, access }: Context,
  caller: Caller,
  { key }: { readonly key: string },
): Promise<Outcome<{ readonly done: true }>> {
  const permission = 'keys.change';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const outcome = await store.within(
    caller.workspace,
    async (scope): Promise<Outcome<{ readonly done: true }>> => {
      if (!(await revokeRow(scope, key, clock()))) return refused('key_unknown', { key });
      await recordAudit(scope, {
        actor: caller.actor,
        action: 'keys.revoke',
        subject: `key:${key}`,
        details: {},
      });
      return done({ done: true });
    },
  );
  access.forget();
  return outcome;
}
