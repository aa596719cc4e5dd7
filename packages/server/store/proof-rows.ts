// SPDX-License-Identifier: Apache-2.0
// The Merkle tree over a log, its signed heads, and the keys that signed them. Nodes and heads are only ever added; two
// processes that add the same leave it once.

import { sql } from 'kysely';
import type { Scope } from './open.ts';
import type { Row } from './tables.ts';

export type CheckpointRow = Row<'checkpoint'>;
export type SigningKeyRow = Row<'signing_key'>;
export type MerkleNodeRow = Row<'merkle_node'>;
export type NodeKey = Pick<MerkleNodeRow, 'level' | 'position'>;

/** How many leaves the tree has. */
export async function treeSize({ workspace, query }: Scope): Promise<number> {
  const row = await query
    .selectFrom('merkle_node')
    .select('position')
    .where('workspace', '=', workspace)
    .where('level', '=', 0)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? 0 : row.position + 1;
}

/** The nodes at these places. */
export async function readNodes(
  { workspace, query }: Scope,
  places: readonly NodeKey[],
): Promise<readonly MerkleNodeRow[]> {
  if (places.length === 0) return [];
  const levels = places.map(({ level }) => level);
  const positions = places.map(({ position }) => position);
  return await query
    .selectFrom('merkle_node')
    .select(['level', 'position', 'hash'])
    .where('workspace', '=', workspace)
    .where(
      sql<boolean>`(level, position) in (select * from unnest(${levels}::integer[], ${positions}::bigint[]))`,
    )
    .execute();
}

export async function addNodes({ workspace, query }: Scope, nodes: readonly MerkleNodeRow[]): Promise<void> {
  if (nodes.length === 0) return;
  const levels = nodes.map(({ level }) => level);
  const positions = nodes.map(({ position }) => position);
  const hashes = nodes.map(({ hash }) => hash);
  await sql`
    insert into rapport.merkle_node (workspace, level, position, hash)
    select ${workspace}::integer, * from unnest(${levels}::integer[], ${positions}::bigint[], ${hashes}::bytea[])
    on conflict do nothing`.execute(query);
}

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
