// SPDX-License-Identifier: Apache-2.0
// Proofs over the log: signed checkpoints of its Merkle tree (RFC 6962), inclusion, consistency, and the bundle with
// which a party verifies a statement without us.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { inStatement } from './statements.ts';
import { hash, pageOf, pageQuery, sequence } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

const size = z.coerce.number().int().min(1);

export const checkpoint = z.object({
  workspace: z.string(),
  size: z.int(),
  root: hash,
  signature: z.string().describe('Ed25519, base64'),
  keyId: z.string(),
  signedAt: z.iso.datetime(),
});

export const listCheckpoints = endpoint({
  name: 'listCheckpoints',
  method: 'GET',
  path: `${workspacePath}/checkpoints`,
  demand: 'proofs.read',
  summary: 'Signed checkpoints, the newest first, and the keys that signed them',
  tag: 'Proofs',
  params: inWorkspace,
  query: pageQuery,
  response: pageOf(checkpoint).extend({
    keys: z.array(z.object({ keyId: z.string(), publicKey: z.string().describe('Ed25519, SPKI, base64') })),
  }),
});
export const readInclusion = endpoint({
  name: 'readInclusion',
  method: 'GET',
  path: `${workspacePath}/checkpoints/:size/inclusion/:sequence`,
  demand: 'proofs.read',
  summary: 'Proof that an entry stands in the log',
  tag: 'Proofs',
  params: inWorkspace.extend({ size, sequence: z.coerce.number().int().min(1) }),
  response: z.object({ checkpoint, sequence, leaf: hash, proof: z.array(hash) }),
});
export const readConsistency = endpoint({
  name: 'readConsistency',
  method: 'GET',
  path: `${workspacePath}/checkpoints/:size/consistency/:before`,
  demand: 'proofs.read',
  summary: 'Proof that the log only grew between two checkpoints',
  tag: 'Proofs',
  params: inWorkspace.extend({ size, before: size }),
  response: z.object({ before: checkpoint, after: checkpoint, proof: z.array(hash) }),
});
export const downloadBundle = endpoint({
  name: 'downloadBundle',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement/statements/:payee/:period/versions/:version/bundle`,
  demand: 'bundles.read',
  summary: 'Verification bundle of a statement: `rapport verify` recomputes it without the service',
  tag: 'Proofs',
  params: inStatement.extend({ version: size }),
  response: null,
  produces: ['application/json'],
});
