// SPDX-License-Identifier: Apache-2.0
// The Merkle tree over a log (RFC 6962, section 2.1), grown where the log stands: the database hashes the bodies, so that
// none of them travels. Only complete subtrees are kept, and they never change: two processes that grow the same tree
// leave it once. A node of level 0 is the hash of the entry whose sequence is one more than its position.

import { sql } from 'kysely';
import type { Scope } from './open.ts';
import type { Row } from './tables.ts';

type MerkleNodeRow = Row<'merkle_node'>;
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

/** Adds the entries after the first `size`, at most `limit`, with every subtree that they complete. Gives the new size. */
export async function growTree(scope: Scope, size: number, limit: number): Promise<number> {
  const grown = size + (await addLeaves(scope, size, limit));
  for (let level = 1, width = 2; width <= grown; level += 1, width *= 2) {
    const first = Math.floor(size / width);
    const end = Math.floor(grown / width);
    if (first < end) await addParents(scope, level, { first, end });
  }
  return grown;
}

/** SHA-256(0x00 ‖ body) for each entry. */
async function addLeaves({ workspace, query }: Scope, size: number, limit: number): Promise<number> {
  const { rows } = await sql<{ readonly leaves: number }>`
    with chosen as materialized (
      select workspace, sequence, body from rapport.log
      where workspace = ${workspace}::integer and sequence > ${size}::bigint
      order by sequence limit ${limit}::integer),
    added as (
      insert into rapport.merkle_node (workspace, level, position, hash)
      select workspace, 0, sequence - 1, sha256('\\x00'::bytea || convert_to(body, 'UTF8')) from chosen
      on conflict do nothing)
    select count(*)::integer as leaves from chosen`.execute(query);
  return rows[0]?.leaves ?? 0;
}

/** SHA-256(0x01 ‖ left ‖ right) for the nodes of a level in [first, end). */
async function addParents(
  { workspace, query }: Scope,
  level: number,
  { first, end }: { readonly first: number; readonly end: number },
): Promise<void> {
  await sql`
    insert into rapport.merkle_node (workspace, level, position, hash)
    select workspace, ${level}::integer, position / 2, sha256('\\x01'::bytea || string_agg(hash, ''::bytea order by position))
    from rapport.merkle_node
    where workspace = ${workspace}::integer and level = ${level - 1}::integer
      and position >= ${2 * first}::bigint and position < ${2 * end}::bigint
    group by workspace, position / 2
    on conflict do nothing`.execute(query);
}
