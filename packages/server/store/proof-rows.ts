// SPDX-License-Identifier: Apache-2.0
// Signed heads of the Merkle tree over a log, and the keys that signed them. Both are only ever added; two processes
// that add the same leave it once.

import type { Scope } from './open.ts';
import type { Row } from './tables.ts';

export type CheckpointRow = Row<'checkpoint'>;
export type SigningKeyRow = Row<'signing_key'>;

export async function addCheckpoint({ workspace, query }: Scope, row: CheckpointRow): Promise<void> {
  await query
    .insertInto('checkpoint')
    .values({ workspace, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The newest first; the page goes on below the size of the last one seen. */
export async function listCheckpoints(
  { workspace, query }: Scope,
  { below, limit }: { readonly below?: number | undefined; readonly limit: number },
): Promise<readonly CheckpointRow[]> {
  let rows = query
    .selectFrom('checkpoint')
    .select(['size', 'root', 'signature', 'key_id', 'signed_at'])
    .where('workspace', '=', workspace);
  if (below !== undefined) rows = rows.where('size', '<', below);
  return await rows.orderBy('size', 'desc').limit(limit).execute();
}

/** The checkpoint of exactly that size; null when none was signed. */
export async function findCheckpoint(
  { workspace, query }: Scope,
  size: number,
): Promise<CheckpointRow | null> {
  const row = await query
    .selectFrom('checkpoint')
    .select(['size', 'root', 'signature', 'key_id', 'signed_at'])
    .where('workspace', '=', workspace)
    .where('size', '=', size)
    .executeTakeFirst();
  return row ?? null;
}

/** The oldest first. */
export async function listSigningKeys({ workspace, query }: Scope): Promise<readonly SigningKeyRow[]> {
  return await query
    .selectFrom('signing_key')
    .select(['key_id', 'public_key', 'sealed_private_key', 'created_at'])
    .where('workspace', '=', workspace)
    .orderBy('created_at')
    .orderBy('key_id')
    .execute();
}

export async function addSigningKey(
  { workspace, query }: Scope,
  row: Omit<SigningKeyRow, 'created_at'>,
): Promise<void> {
  await query
    .insertInto('signing_key')
    .values({ workspace, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
