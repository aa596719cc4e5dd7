// SPDX-License-Identifier: Apache-2.0
// Requests under a key of their caller, with the answer once there is one. Status 0: it has not ended yet.
import type { Scope } from './open.ts';

export interface NamedRequest {
  readonly workspace: number;
  readonly key: string;
}

export type BegunRequest =
  | { readonly kind: 'new' | 'other' | 'running' }
  | { readonly kind: 'answered'; readonly status: number; readonly body: string };

interface Begin {
  readonly key: string;
  readonly digest: string;
  readonly now: Date;
  /** One that began earlier and has not ended may begin again. */
  readonly abandonedBefore: Date;
}

export async function beginIdempotentRequest(
  { workspace, query }: Scope,
  begin: Begin,
): Promise<BegunRequest> {
  const { key, digest, now, abandonedBefore } = begin;
  const inserted = await query
    .insertInto('idempotent_request')
    .values({ workspace, key, digest, status: 0, body: '', at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace', 'key'])
        .doUpdateSet({ at: now })
        .where('idempotent_request.status', '=', 0)
        .where('idempotent_request.digest', '=', digest)
        .where('idempotent_request.at', '<', abandonedBefore),
    )
    .returning('key')
    .executeTakeFirst();
  if (inserted !== undefined) return { kind: 'new' };
  const row = await query
    .selectFrom('idempotent_request')
    .select(['digest', 'status', 'body'])
    .where('workspace', '=', workspace)
    .where('key', '=', key)
    .executeTakeFirst();
  if (row === undefined) return { kind: 'running' };
  if (row.digest !== digest) return { kind: 'other' };
  return row.status === 0 ? { kind: 'running' } : { kind: 'answered', status: row.status, body: row.body };
}

export async function endIdempotentRequest(
  { workspace, query }: Scope,
  key: string,
  answer: { readonly status: number; readonly body: string },
): Promise<void> {
  await query
    .updateTable('idempotent_request')
    .set(answer)
    .where('workspace', '=', workspace)
    .where('key', '=', key)
    .execute();
}

export async function forgetIdempotentRequest({ workspace, query }: Scope, key: string): Promise<void> {
  await query
    .deleteFrom('idempotent_request')
    .where('workspace', '=', workspace)
    .where('key', '=', key)
    .where('status', '=', 0)
    .execute();
}
