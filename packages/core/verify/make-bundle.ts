// SPDX-License-Identifier: Apache-2.0
// Makes a bundle: the statement with what concerns its payee, what has to be attested beside it, and the signature.

import type { StatementBody } from '../ledger/statement-body.ts';
import { hex, utf8 } from '../proof/bytes.ts';
import { sha256 } from '../proof/sha256.ts';
import { type AttestSource, attestedOf } from './attest.ts';
import { type Bundle, type BundleEntry, bundleFormat } from './bundle.ts';
import type { LogEntry } from './log-entry.ts';
import { bundleMessage } from './messages-signed.ts';

export interface BundleSource
  extends Pick<Bundle, 'workspace' | 'agreement' | 'versions' | 'opened' | 'checkpoint' | 'publicKey'>,
    Pick<AttestSource, 'programs' | 'everything' | 'settled' | 'promised'> {
  readonly statement: { readonly sequence: number; readonly body: string };
  /** What concerns the payee, through the issue of the statement, each with its entry. */
  readonly entries: readonly (BundleEntry & { readonly entry: LogEntry })[];
  readonly sign: (message: Uint8Array) => Uint8Array;
}

export function makeBundle(source: BundleSource): Bundle {
  const { workspace, agreement, versions, opened, checkpoint, publicKey, statement, sign } = source;
  const body = JSON.parse(statement.body) as StatementBody;
  const unsigned: Omit<Bundle, 'signature'> = {
    format: bundleFormat,
    ...{ workspace, agreement, versions },
    statement: { ...statement, hash: hex(sha256(utf8(statement.body))) },
    entries: source.entries.map(({ sequence, text, proof }) => ({ sequence, text, proof })),
    attested: attestedOf({ ...source, body }),
    ...{ opened, checkpoint, publicKey },
  };
  return { ...unsigned, signature: hex(sign(bundleMessage(unsigned))) };
}
