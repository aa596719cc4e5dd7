// SPDX-License-Identifier: Apache-2.0
// Proofs over the log: its signed heads, that an entry stands in it, and that it only grew. Who has a head and a proof needs
// nothing else of us.

import { hex, utf8 } from '@rapport/core/proof/bytes.ts';
import { leafHash } from '@rapport/core/proof/merkle.ts';
import { consistencyOf, inclusionOf } from '@rapport/core/proof/merkle-nodes.ts';
import type { Caller } from '../access/caller.ts';
import { readEntries } from '../store/log-rows.ts';
import {
  type CheckpointRow,
  findCheckpoint,
  listCheckpoints as listRows,
  listSigningKeys,
} from '../store/proof-rows.ts';
import { workspaceName } from '../store/workspace-rows.ts';
import type { GivenAnswerOf, ReceivedOf } from '../wire/endpoint.ts';
import type * as wire from '../wire/proofs.ts';
import type { Context } from './context.ts';
import { computedOver } from './merkle-log.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { pageOfRows, placeOf } from './page.ts';
import { denied } from './permit.ts';

export async function listCheckpoints(
  context: Context,
  caller: Caller,
  { after, limit }: ReceivedOf<typeof wire.listCheckpoints>['query'],
): Promise<Outcome<GivenAnswerOf<typeof wire.listCheckpoints>>> {
  const no = denied(caller, 'proofs.read');
  if (no !== null) return no;
  const below = placeOf(after);
  if (below === null) return refused('cursor_unknown');
  return context.store.within(caller.workspace, async (scope) => {
    const name = await workspaceName(scope);
    const rows = await listRows(scope, { below, limit: limit + 1 });
    const page = pageOfRows(rows, limit, ({ size }) => `${size}`);
    const keys = await listSigningKeys(scope);
    return done({
      items: page.rows.map((row) => shownCheckpoint(name, row)),
      next: page.next,
      keys: keys.map(({ key_id, public_key }) => ({
        keyId: key_id,
        publicKey: public_key.toString('base64'),
      })),
    });
  });
}

export async function readInclusion(
  context: Context,
  caller: Caller,
  { size, sequence }: { readonly size: number; readonly sequence: number },
): Promise<Outcome<GivenAnswerOf<typeof wire.readInclusion>>> {
  const no = denied(caller, 'proofs.read');
  if (no !== null) return no;
  return context.store.within(caller.workspace, async (scope) => {
    const row = await findCheckpoint(scope, size);
    if (row === null) return refused('checkpoint_unknown', { size: `${size}` });
    const [entry] = sequence > size ? [] : await readEntries(scope, [sequence]);
    if (entry === undefined) return refused('entry_unknown', { sequence: `${sequence}`, size: `${size}` });
    const proof = await computedOver(scope, (nodeAt) => inclusionOf(sequence - 1, size, nodeAt));
    return done({
      checkpoint: shownCheckpoint(await workspaceName(scope), row),
      sequence,
      leaf: hex(leafHash(utf8(entry.body))),
      proof: proof.map(hex),
    });
  });
}

export async function readConsistency(
  context: Context,
  caller: Caller,
  { size, before }: { readonly size: number; readonly before: number },
): Promise<Outcome<GivenAnswerOf<typeof wire.readConsistency>>> {
  const no = denied(caller, 'proofs.read');
  if (no !== null) return no;
  return context.store.within(caller.workspace, async (scope) => {
    const [after, first] = [await findCheckpoint(scope, size), await findCheckpoint(scope, before)];
    if (after === null) return refused('checkpoint_unknown', { size: `${size}` });
    if (first === null || before > size) return refused('checkpoint_unknown', { size: `${before}` });
    const name = await workspaceName(scope);
    const proof = await computedOver(scope, (nodeAt) => consistencyOf(before, size, nodeAt));
    return done({
      before: shownCheckpoint(name, first),
      after: shownCheckpoint(name, after),
      proof: proof.map(hex),
    });
  });
}

function shownCheckpoint(workspace: string, { size, root, signature, key_id, signed_at }: CheckpointRow) {
  return {
    ...{ workspace, size },
    root: root.toString('hex'),
    signature: signature.toString('base64'),
    keyId: key_id,
    signedAt: signed_at.toISOString(),
  };
}
