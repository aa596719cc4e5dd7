// SPDX-License-Identifier: Apache-2.0
// The tree that the database grows is the tree of RFC 6962 over the bodies of the log, in whatever steps, also when two
// grow it at once.

import { utf8 } from '@rapport/core/proof/bytes.ts';
import { leafHash, merkleRoot } from '@rapport/core/proof/merkle.ts';
import { placesAskedBy, rootOf } from '@rapport/core/proof/merkle-nodes.ts';
import { expect, test } from 'vitest';
import { testDatabase } from '../testing/test-database.ts';
import { emptyBatch } from './batch.ts';
import { growTree, readNodes, treeSize } from './merkle-rows.ts';
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
  const rows = await store.within(workspace, (scope) => readNodes(scope, places));
  const kept = new Map(rows.map(({ level, position, hash }) => [`${level}/${position}`, hash]));
  return rootOf(size, ({ level, position }) => Uint8Array.from(kept.get(`${level}/${position}`)!));
}

const expectedRoot = (size: number) => merkleRoot(bodies.slice(0, size).map((body) => leafHash(utf8(body))));

test.each([[1], [2], [7], [32], [1000]])(
  'a tree grown %i at a time has the roots of its log',
  async (step) => {
    const workspace = await workspaceWithLog();
    let size = 0;
    while (size < bodies.length) {
      const before = size;
      size = await store.within(workspace, (scope) => growTree(scope, before, step));
      expect(size).toBe(Math.min(before + step, bodies.length));
      expect(await rootIn(workspace, size)).toEqual(expectedRoot(size));
    }
    expect(await store.within(workspace, treeSize)).toBe(bodies.length);
    expect(await store.within(workspace, (scope) => growTree(scope, size, step))).toBe(size);
  },
);

test('two that grow the tree at once leave no hole', async () => {
  const workspace = await workspaceWithLog();
  const grow = (limit: number) => store.within(workspace, (scope) => growTree(scope, 0, limit));
  const sizes = await Promise.all([grow(40), grow(77), grow(13)]);
  expect(sizes).toEqual([40, 77, 13]);
  for (const size of [13, 40, 64, 77]) expect(await rootIn(workspace, size)).toEqual(expectedRoot(size));
});
