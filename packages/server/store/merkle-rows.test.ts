// SPDX-License-Identifier: Apache-2.0
// The tree that the database grows is the tree of RFC 6962 over the bodies of the log, in whatever steps, also when two
// grow it at once.

import { utf8 } from '@rapport/core/proof/bytes.ts';
import { inclusionProof, leafHash, merkleRoot } from '@rapport/core/proof/merkle.ts';
import { inclusionOf, placesAskedBy, rootOf } from '@rapport/core/proof/merkle-nodes.ts';
import { expect, test } from 'vitest';
import { testDatabase } from '../testing/test-database.ts';
import { emptyBatch } from './batch.ts';
import { growTree, leavesCovered, readNodes } from './merkle-rows.ts';
import { openWriterSession } from './writer-session.ts';

const database = await testDatabase();
const store = await database.store();
const bodies = Array.from(
  { length: 77 },
  (_, index) => `{"id":"D-${index}","note":"für 5 € \\x00 '${index}' 🙂"}`,
);

async function workspaceWithLog(): Promise<number> {
  const workspace = await database.newWorkspace();
  const session = await openWriterSession(database.url, workspace, 'test');
  if (session.kind !== 'owner') throw new Error('owned');
  const log = bodies.map((body, index) => {
    const identity = { kind: 'fact', name: 'Deal', subject: `D-${index}`, revision: 1 } as const;
    return { ...identity, sequence: index + 1, body, actor: 'test', source: '', load: null };
  });
  await session.commit({ ...emptyBatch(bodies.length), log });
  await session.close();
  return workspace;
}

async function rootIn(workspace: number, size: number): Promise<Uint8Array> {
  const places = placesAskedBy((ask) => rootOf(size, ask));
  return rootOf(size, await store.within(workspace, (scope) => readNodes(scope, places)));
}

const expectedRoot = (size: number) => merkleRoot(bodies.slice(0, size).map((body) => leafHash(utf8(body))));

test.each([[1], [16], [40], [1000]])('a tree grown %i at a time has the roots of its log', async (limit) => {
  const workspace = await workspaceWithLog();
  const { length } = bodies;
  let covered = 0;
  for (let size = 0; size <= length; size = size === length ? size + 1 : Math.min(size + limit, length)) {
    for (let before = -1; before < covered; ) {
      before = covered;
      covered = await store.within(workspace, (scope) => growTree(scope, { covered: before, size, limit }));
    }
    expect(covered).toBe(16 * Math.floor(size / 16));
    expect(await rootIn(workspace, size)).toEqual(expectedRoot(size));
  }
  expect(await store.within(workspace, leavesCovered)).toBe(64);
});

test('proofs reach every leaf, of kept subtrees and of those that are made for them', async () => {
  const workspace = await workspaceWithLog();
  await store.within(workspace, (scope) => growTree(scope, { covered: 0, size: 77, limit: 77 }));
  const hashes = bodies.map((body) => leafHash(utf8(body)));
  for (const index of [0, 1, 15, 16, 63, 64, 75, 76]) {
    const places = placesAskedBy((ask) => inclusionOf(index, 77, ask));
    const nodeAt = await store.within(workspace, (scope) => readNodes(scope, places));
    expect(inclusionOf(index, 77, nodeAt)).toEqual(inclusionProof(index, hashes));
  }
});

test('two that grow the tree at once leave no hole', async () => {
  const workspace = await workspaceWithLog();
  const grow = (size: number) =>
    store.within(workspace, (scope) => growTree(scope, { covered: 0, size, limit: 1000 }));
  expect(await Promise.all([grow(40), grow(77), grow(16)])).toEqual([32, 64, 16]);
  for (const size of [13, 40, 64, 77]) expect(await rootIn(workspace, size)).toEqual(expectedRoot(size));
});
