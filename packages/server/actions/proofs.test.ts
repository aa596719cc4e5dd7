// SPDX-License-Identifier: Apache-2.0
// Proofs over HTTP: heads that are signed, entries that stand in the log, a log that only grew, and a bundle that verifies
// without the service.
import { createPublicKey, verify } from 'node:crypto';
import { fromHex } from '@rapport/core/proof/bytes.ts';
import { verifyConsistency, verifyInclusion } from '@rapport/core/proof/merkle.ts';
import type { VerifySignature } from '@rapport/core/verify/bundle.ts';
import { checkpointMessage } from '@rapport/core/verify/messages-signed.ts';
import { verifyBundle } from '@rapport/core/verify/verify-bundle.ts';
import { expect, test } from 'vitest';
import { addParties } from '../store/party-rows.ts';
import { activate, day, deal } from '../testing/sales-agreement.ts';
import { type TestWorkspace, testService } from '../testing/test-service.ts';
import { followLog } from './merkle-log.ts';

const service = await testService();
const ann = `p-${'a1'.repeat(12)}`;
const bob = `p-${'b2'.repeat(12)}`;

async function sold(): Promise<TestWorkspace> {
  const workspace = await service.newWorkspace();
  const { store, writers } = service.context;
  const writer = await writers.of(workspace.workspace);
  await store.within(workspace.workspace, (scope) =>
    addParties(
      scope,
      [ann, bob].map((party) => ({ party, kind: 'Representative', state: 'known' })),
    ),
  );
  await activate(store, writer);
  await writer.submit(
    [
      day('2026-04-01'),
      deal('D-1', { of: ann, amount: 45_000 }),
      deal('D-2', { of: bob, amount: 7_000 }),
      deal('D-3', { of: ann, amount: 20_000 }),
    ],
    { together: true },
  );
  return workspace;
}

const hash = (text: string) => fromHex(text)!;
const check: VerifySignature = ({ publicKey, message, signature }) =>
  verify(null, message, { key: Buffer.from(publicKey), format: 'der', type: 'spki' }, signature);

test('a head is signed by the key that is named, and entries are proven under it', async () => {
  const { send, workspace, name } = await sold();
  expect(await followLog(service.context, workspace)).toBe(5);
  const { body } = await send('GET', '/checkpoints');
  const [head] = body.items;
  const key = createPublicKey({
    key: Buffer.from(body.keys[0].publicKey, 'base64'),
    format: 'der',
    type: 'spki',
  });
  expect(head).toMatchObject({ workspace: name, size: 5, keyId: body.keys[0].keyId });
  expect(verify(null, checkpointMessage(name, head), key, Buffer.from(head.signature, 'base64'))).toBe(true);
  for (const sequence of [1, 3, 5]) {
    const { body: shown } = await send('GET', `/checkpoints/5/inclusion/${sequence}`);
    const proof = shown.proof.map(hash);
    const claim = { leaf: hash(shown.leaf), index: sequence - 1, size: 5, proof, root: hash(head.root) };
    expect(verifyInclusion(claim)).toBe(true);
    expect(verifyInclusion({ ...claim, index: sequence % 5 })).toBe(false);
  }
});

test('a later head is proven to begin with the earlier one', async () => {
  const { send, workspace } = await sold();
  await followLog(service.context, workspace);
  const writer = await service.context.writers.of(workspace);
  await writer.submit([deal('D-4', { of: ann }), deal('D-5', { of: bob })], { together: true });
  expect(await followLog(service.context, workspace)).toBe(7);
  expect(await followLog(service.context, workspace)).toBe(7);
  const { body } = await send('GET', '/checkpoints/7/consistency/5');
  const head = ({ size, root }: { size: number; root: string }) => ({ size, root: hash(root) });
  const claim = { before: head(body.before), after: head(body.after), proof: body.proof.map(hash) };
  expect(verifyConsistency(claim)).toBe(true);
  expect((await send('GET', '/checkpoints')).body.items.map(({ size }: { size: number }) => size)).toEqual([
    7, 5,
  ]);
});

test.each([
  ['/checkpoints/9/inclusion/1', 'checkpoint_unknown'],
  ['/checkpoints/5/inclusion/6', 'entry_unknown'],
  ['/checkpoints/5/consistency/4', 'checkpoint_unknown'],
])('%s is refused', async (path, code) => {
  const { send, workspace } = await sold();
  await followLog(service.context, workspace);
  const { status, body } = await send('GET', path);
  expect([status, body.code]).toEqual([404, code]);
});

test('the bundle of a statement verifies without the service, and holds nothing of colleagues', async () => {
  const { send, signIn } = await sold();
  const path = `/agreements/sales/statements/${ann}/2026-Q1/versions`;
  await send('POST', path, { body: {} });
  const as = await signIn('representative', ann);
  const { status, text } = await send('GET', `${path}/1/bundle`, { as });
  expect(status).toBe(200);
  expect(await verifyBundle(text, check)).toMatchObject({
    kind: 'verified',
    verdicts: [{ component: 'Commission', kind: 'recomputed', due: '3700.00' }],
  });
  expect(text).not.toContain(bob);
  expect(text).not.toContain('D-2');
  const other = await signIn('representative', bob);
  expect((await send('GET', `${path}/1/bundle`, { as: other })).status).toBe(403);
});
