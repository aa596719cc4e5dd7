// SPDX-License-Identifier: Apache-2.0
// The Merkle tree follows the log, off the path of facts: what was recorded since is added to the kept nodes, and the new
// head is signed. Nothing here changes what is recorded; a run that is cut off is made up for by the next.

import { hex } from '@rapport/core/proof/bytes.ts';
import { type NodeAt, placesAskedBy, rootOf } from '@rapport/core/proof/merkle-nodes.ts';
import { checkpointMessage } from '@rapport/core/verify/messages-signed.ts';
import { headOf } from '../store/log-rows.ts';
import { growTree, leavesCovered, readNodes } from '../store/merkle-rows.ts';
import type { Scope } from '../store/open.ts';
import { addCheckpoint, type CheckpointRow, findCheckpoint } from '../store/proof-rows.ts';
import { workspaceName } from '../store/workspace-rows.ts';
import type { Context } from './context.ts';
import { signingKey } from './signing-key.ts';

/** Entries that are added in one transaction. */
const entriesMax = 10_000;

/** Adds what the log has and the tree has not, and signs the new head. Gives its size. */
export async function followLog(context: Context, workspace: number): Promise<number> {
  const { store } = context;
  const [size, before] = await store.within(
    workspace,
    async (scope) => [await headOf(scope), await leavesCovered(scope)] as const,
  );
  let covered = before;
  for (let from = -1; from < covered; ) {
    from = covered;
    covered = await store.within(workspace, (scope) =>
      growTree(scope, { covered: from, size, limit: entriesMax }),
    );
  }
  if (size > 0) await signHead(context, workspace, size);
  return size;
}

async function signHead(context: Context, workspace: number, size: number): Promise<void> {
  const { store, clock } = context;
  const isSigned = await store.within(workspace, (scope) => findCheckpoint(scope, size));
  if (isSigned !== null) return;
  const key = await signingKey(context, workspace);
  const signed_at = clock();
  const { name, root } = await store.within(workspace, async (scope) => ({
    name: await workspaceName(scope),
    root: await computedOver(scope, (nodeAt) => rootOf(size, nodeAt)),
  }));
  const head = { size, root: hex(root), keyId: key.keyId, signedAt: signed_at.toISOString() };
  const row: CheckpointRow = {
    size,
    root: Buffer.from(root),
    signature: key.sign(checkpointMessage(name, head)),
    key_id: key.keyId,
    signed_at,
  };
  await store.within(workspace, (scope) => addCheckpoint(scope, row));
}

/** What a computation over the tree gives: its nodes are fetched together. */
export async function computedOver<T>(scope: Scope, compute: (nodeAt: NodeAt) => T): Promise<T> {
  return compute(await readNodes(scope, placesAskedBy(compute)));
}
