// SPDX-License-Identifier: Apache-2.0
// Every secret that is kept sealed, wherever it stands, so that all can be sealed anew when the key changes. A new place
// of secrets is added here, or a rotation would leave it behind.

import type { Scope } from './open.ts';

export interface SealedRow {
  /** What it is bound to; the same text opens it. */
  readonly purpose: string;
  readonly sealed: Buffer;
  /** Puts the same secret back, sealed anew. */
  replace(sealed: Buffer): Promise<void>;
}

/** What a secret is bound to, by where it stands. */
export const sealedPurposes = {
  subject: (workspace: number, party: string) => `subject:${workspace}:${party}`,
  nameIndex: (workspace: number) => `name-index:${workspace}`,
  webhook: (workspace: number, webhook: string) => `webhook:${workspace}:${webhook}`,
  signingKey: (workspace: number, keyId: string) => `signing-key:${workspace}:${keyId}`,
} as const;

/** All of a workspace. */
export async function sealedRows({ workspace, query }: Scope): Promise<readonly SealedRow[]> {
  const subjects = await query
    .selectFrom('subject_key')
    .selectAll()
    .where('workspace', '=', workspace)
    .execute();
  const indexes = await query
    .selectFrom('name_index')
    .selectAll()
    .where('workspace', '=', workspace)
    .execute();
  const webhooks = await query.selectFrom('webhook').selectAll().where('workspace', '=', workspace).execute();
  const keys = await query.selectFrom('signing_key').selectAll().where('workspace', '=', workspace).execute();
  return [
    ...subjects.map(
      ({ party, wrapped_key }): SealedRow => ({
        purpose: sealedPurposes.subject(workspace, party),
        sealed: wrapped_key,
        replace: async (sealed) => {
          await query
            .updateTable('subject_key')
            .set({ wrapped_key: sealed })
            .where('workspace', '=', workspace)
            .where('party', '=', party)
            .execute();
        },
      }),
    ),
    ...indexes.map(
      ({ sealed_key }): SealedRow => ({
        purpose: sealedPurposes.nameIndex(workspace),
        sealed: sealed_key,
        replace: async (sealed) => {
          await query
            .updateTable('name_index')
            .set({ sealed_key: sealed })
            .where('workspace', '=', workspace)
            .execute();
        },
      }),
    ),
    ...webhooks.map(
      ({ webhook, sealed_secret }): SealedRow => ({
        purpose: sealedPurposes.webhook(workspace, webhook),
        sealed: sealed_secret,
        replace: async (sealed) => {
          await query
            .updateTable('webhook')
            .set({ sealed_secret: sealed })
            .where('workspace', '=', workspace)
            .where('webhook', '=', webhook)
            .execute();
        },
      }),
    ),
    ...keys.map(
      ({ key_id, sealed_private_key }): SealedRow => ({
        purpose: sealedPurposes.signingKey(workspace, key_id),
        sealed: sealed_private_key,
        replace: async (sealed) => {
          await query
            .updateTable('signing_key')
            .set({ sealed_private_key: sealed })
            .where('workspace', '=', workspace)
            .where('key_id', '=', key_id)
            .execute();
        },
      }),
    ),
  ];
}
