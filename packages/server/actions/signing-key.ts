// SPDX-License-Identifier: Apache-2.0
// The key with which a workspace signs the heads of its log and its bundles: Ed25519, made at its first use, sealed at
// rest. Older keys stay, so that what they signed can be verified.

import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { addSigningKey, listSigningKeys, type SigningKeyRow } from '../store/proof-rows.ts';
import { sealedPurposes } from '../store/sealed-rows.ts';
import type { Context } from './context.ts';

export interface SigningKey {
  readonly keyId: string;
  /** SPKI. */
  readonly publicKey: Buffer;
  sign(message: Uint8Array): Buffer;
}

/** PKCS #8 of an Ed25519 key (RFC 8410) up to its 32 secret bytes. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');
const secretBytes = 32;

export async function signingKey(context: Context, workspace: number): Promise<SigningKey> {
  const found = await newestKey(context, workspace);
  if (found !== null) return opened(context, workspace, found);
  const made = madeKey(context, workspace);
  await context.store.within(workspace, (scope) => addSigningKey(scope, made));
  // Of two that were made at once both are there, and everybody takes the same.
  return opened(context, workspace, (await newestKey(context, workspace)) ?? made);
}

async function newestKey({ store }: Context, workspace: number): Promise<SigningKeyRow | null> {
  return (await store.within(workspace, listSigningKeys)).at(-1) ?? null;
}

function madeKey({ random, secrets }: Context, workspace: number): Omit<SigningKeyRow, 'created_at'> {
  const pkcs8 = Buffer.concat([pkcs8Head, random(secretBytes)]);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const public_key = publicOf(key);
  const key_id = createHash('sha256').update(public_key).digest('hex').slice(0, 16);
  const sealed_private_key = Buffer.from(secrets.seal(pkcs8, sealedPurposes.signingKey(workspace, key_id)));
  return { key_id, public_key, sealed_private_key };
}

function opened(
  { secrets }: Context,
  workspace: number,
  row: Pick<SigningKeyRow, 'key_id' | 'sealed_private_key'>,
): SigningKey {
  const pkcs8 = secrets.open(
    row.sealed_private_key.toString(),
    sealedPurposes.signingKey(workspace, row.key_id),
  );
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return { keyId: row.key_id, publicKey: publicOf(key), sign: (message) => sign(null, message, key) };
}

function publicOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' });
}
