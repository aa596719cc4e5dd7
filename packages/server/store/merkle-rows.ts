// SPDX-License-Identifier: Apache-2.0
// The Merkle tree over a log (RFC 6962, section 2.1), grown where the log stands: the database hashes the bodies, so that
// none of them travels. Kept are the complete subtrees of sixteen leaves and more, which never change, so that the tree
// costs a fact next to nothing; smaller ones are made from the log when a proof asks for them. Two processes that grow the
// same tree leave it once. Leaf n is the hash of the entry with the sequence n + 1.

import { type Hash, nodeHash } from '@rapport/core/proof/merkle.ts';
import type { NodeAt, NodePlace } from '@rapport/core/proof/merkle-nodes.ts';
import { sql } from 'kysely';
import type { Scope } from './open.ts';

/** The level of the smallest subtrees that are kept, and how many leaves each of them has. */
const keptLevel = 4;
const blockLeaves = 2 ** keptLevel;

/** How many leaves the kept subtrees cover. */
export async function leavesCovered({ workspace, query }: Scope): Promise<number> {
  const row = await query
    .selectFrom('merkle_node')
    .select('position')
    .where('workspace', '=', workspace)
    .where('level', '=', keptLevel)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? 0 : (row.position + 1) * blockLeaves;
}

/**
 * Adds the subtrees that the leaves after the first `covered` complete, through leaf `size` at most and for some `limit` of
 * them; gives how many leaves are covered then. `covered` is what `leavesCovered` gave, or this.
 */
export async function growTree(
  scope: Scope,
  { covered, size, limit }: { readonly covered: number; readonly size: number; readonly limit: number },
): Promise<number> {
  const blocks = Math.floor(Math.min(size, covered + Math.max(limit, blockLeaves)) / blockLeaves);
  const grown = blocks * blockLeaves;
  if (grown <= covered) return covered;
  await addBlocks(scope, covered, grown);
  for (let level = keptLevel + 1, width = 2 * blockLeaves; width <= grown; level += 1, width *= 2) {
    const first = Math.floor(covered / width);
    const end = Math.floor(grown / width);
    if (first < end) await addParents(scope, level, { first, end });
  }
  return grown;
}

/** Leaves are SHA-256(0x00 ‖ body); what stands above two nodes is SHA-256(0x01 ‖ left ‖ right). */
async function addBlocks({ workspace, query }: Scope, from: number, to: number): Promise<void> {
  const above = (level: number) => sql`
    level_${sql.raw(`${level}`)} as (
      select place / 2 as place, sha256('\\x01'::bytea || string_agg(hash, ''::bytea order by place)) as hash
      from level_${sql.raw(`${level - 1}`)} group by place / 2)`;
  await sql`
    with level_0 as (
      select sequence - 1 as place, sha256('\\x00'::bytea || convert_to(body, 'UTF8')) as hash from rapport.log
      where workspace = ${workspace}::integer and sequence > ${from}::bigint and sequence <= ${to}::bigint),
    ${sql.join([1, 2, 3, 4].map(above))}
    insert into rapport.merkle_node (workspace, level, position, hash)
    select ${workspace}::integer, ${keptLevel}::integer, place, hash from level_${sql.raw(`${keptLevel}`)}
    on conflict do nothing`.execute(query);
}

/** The nodes of a level in [first, end). */
async function addParents(
  { workspace, query }: Scope,
  level: number,
  { first, end }: { readonly first: number; readonly end: number },
): Promise<void> {
  await sql`
    insert into rapport.merkle_node (workspace, level, position, hash)
    select workspace, ${level}::integer, position / 2,
      sha256('\\x01'::bytea || string_agg(hash, ''::bytea order by position))
    from rapport.merkle_node
    where workspace = ${workspace}::integer and level = ${level - 1}::integer
      and position >= ${2 * first}::bigint and position < ${2 * end}::bigint
    group by workspace, position / 2
    on conflict do nothing`.execute(query);
}

/** Gives the nodes at these places, all of them complete subtrees of what was covered or of the log itself. */
export async function readNodes(scope: Scope, places: readonly NodePlace[]): Promise<NodeAt> {
  const kept = await readKept(
    scope,
    places.filter(({ level }) => level >= keptLevel),
  );
  const leaves = await readLeaves(
    scope,
    places.filter(({ level }) => level < keptLevel),
  );
  const nodeAt: NodeAt = ({ level, position }) => {
    if (level >= keptLevel) return known(kept, { level, position });
    if (level === 0) return known(leaves, { level, position });
    const left = nodeAt({ level: level - 1, position: 2 * position });
    return nodeHash(left, nodeAt({ level: level - 1, position: 2 * position + 1 }));
  };
  return nodeAt;
}

type Nodes = ReadonlyMap<string, Hash>;

const nameOf = ({ level, position }: NodePlace): string => `${level}/${position}`;

function known(nodes: Nodes, place: NodePlace): Hash {
  const hash = nodes.get(nameOf(place));
  if (hash === undefined) throw new Error(`The tree has no node ${nameOf(place)}.`);
  return hash;
}

async function readKept({ workspace, query }: Scope, places: readonly NodePlace[]): Promise<Nodes> {
  if (places.length === 0) return new Map();
  const levels = places.map(({ level }) => level);
  const positions = places.map(({ position }) => position);
  const rows = await query
    .selectFrom('merkle_node')
    .select(['level', 'position', 'hash'])
    .where('workspace', '=', workspace)
    .where(
      sql<boolean>`(level, position) in (select * from unnest(${levels}::integer[], ${positions}::bigint[]))`,
    )
    .execute();
  return new Map(rows.map((row) => [nameOf(row), Uint8Array.from(row.hash)]));
}

/** The leaves below these places. */
async function readLeaves({ workspace, query }: Scope, places: readonly NodePlace[]): Promise<Nodes> {
  if (places.length === 0) return new Map();
  const sequences = places.flatMap(({ level, position }) =>
    Array.from({ length: 2 ** level }, (_, index) => position * 2 ** level + index + 1),
  );
  const { rows } = await sql<{ readonly sequence: number; readonly hash: Buffer }>`
    select sequence, sha256('\\x00'::bytea || convert_to(body, 'UTF8')) as hash from rapport.log
    where workspace = ${workspace}::integer and sequence = any(${sequences}::bigint[])`.execute(query);
  return new Map(
    rows.map(({ sequence, hash }) => [nameOf({ level: 0, position: sequence - 1 }), Uint8Array.from(hash)]),
  );
}
