// SPDX-License-Identifier: Apache-2.0
// A bundle of the story of statement-sample.ts, for tests of whoever makes or reads bundles. The key comes from outside.

import {
  ann,
  sampleAgreement,
  sampleLogEntries,
  sampleProgram,
  sampleText,
} from '../explain/statement-sample.ts';
import type { StatementBody } from '../ledger/statement-body.ts';
import { nothingPromised } from '../program/promise.ts';
import { hex, utf8 } from '../proof/bytes.ts';
import { canonicalText } from '../proof/canonical.ts';
import { inclusionProof, leafHash, merkleRoot } from '../proof/merkle.ts';
import type { Bundle } from './bundle.ts';
import { concernsOf } from './concerns.ts';
import { entryText } from './log-entry.ts';
import { makeBundle } from './make-bundle.ts';
import { checkpointMessage } from './messages-signed.ts';

/** The bundle of one of the statements. */
export function sampleBundle(
  body: StatementBody,
  { publicKey, sign }: { readonly publicKey: string; readonly sign: (message: Uint8Array) => Uint8Array },
): Bundle {
  const entries = sampleLogEntries();
  const leaves = entries.map((entry) => leafHash(utf8(entryText(entry))));

  const program = sampleProgram();
  const facts = entries.flatMap((entry) => (entry.kind === 'fact' ? [entry.fact] : []));
  const concerns = concernsOf({ agreement: sampleAgreement, programs: [program], facts }, ann);
  const head = {
    size: entries.length,
    root: hex(merkleRoot(leaves)),
    keyId: 'k1',
    signedAt: '2026-06-05T08:00:00Z',
  };
  return makeBundle({
    workspace: 'northwind',
    agreement: sampleAgreement,
    versions: [{ version: 1, text: sampleText, semantics: 1, sequence: 1 }],
    statement: { sequence: body.recorded + 1, body: canonicalText(body) },
    entries: entries
      .slice(0, body.recorded + 1)
      .map((entry, index) => ({
        sequence: index + 1,
        entry,
        text: entryText(entry),
        proof: inclusionProof(index, leaves).map(hex),
      }))
      .filter(({ entry }) => concerns(entry)),
    programs: [{ program, from: null, to: null }],
    everything: entries.slice(0, body.recorded + 1).map((entry, index) => ({ sequence: index + 1, entry })),
    settled: [],
    promised: nothingPromised(),
    opened: [],
    checkpoint: { ...head, signature: hex(sign(checkpointMessage('northwind', head))) },
    publicKey,
    sign,
  });
}
