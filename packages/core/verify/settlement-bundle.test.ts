// SPDX-License-Identifier: Apache-2.0
// A bundle over a settlement: a draw that is owed and recovered is recomputed month by month, also over balances that the
// books have settled for good.

import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { knownAt } from '../engine/known.ts';
import { evaluate } from '../engine/reference/evaluate.ts';
import { statementBody } from '../explain/statement-body.ts';
import { compile } from '../language/compile.ts';
import type { BookEntry } from '../ledger/book-entry.ts';
import { applyEntry, newBooks } from '../ledger/books.ts';
import { bookRules } from '../ledger/roles.ts';
import { hex, utf8 } from '../proof/bytes.ts';
import { canonicalText } from '../proof/canonical.ts';
import { agreementHash } from '../proof/document.ts';
import { inclusionProof, leafHash, merkleRoot } from '../proof/merkle.ts';
import { parseIsoDay } from '../values/date.ts';
import { rational } from '../values/rational.ts';
import type { VerifySignature } from './bundle.ts';
import { bookEntryOf, entryText, isEvaluated, type LogEntry } from './log-entry.ts';
import { makeBundle } from './make-bundle.ts';
import { bundleBytes, checkpointMessage } from './messages-signed.ts';
import { verifyBundle } from './verify-bundle.ts';

const text = readFileSync(new URL('../../../examples/draw-recoverable.md', import.meta.url), 'utf8');
const program = compile(text, 'draw.md').program!;
const agreement = 'draw';
const hash = agreementHash({ text, semantics: 1 });
const day = (of: string) => parseIsoDay(of)!;

function deal(id: string, amount: number, closed: string): LogEntry {
  const fields = {
    Representative: { kind: 'party', value: 'ann' },
    Amount: { kind: 'quantity', value: rational(amount) },
    Closed: { kind: 'date', value: day(closed) },
  } as const;
  return { kind: 'fact', fact: { kind: 'Deal', id, revision: 1, fields } };
}
const begins = (of: string): LogEntry => ({ kind: 'day', zone: 'UTC', day: day(of) });

const entries: readonly LogEntry[] = [
  { kind: 'version', agreement, version: 1, hash, from: null, to: null },
  begins('2026-01-31'),
  deal('D-1', 10_000, '2026-01-10'),
  begins('2026-02-28'),
  deal('D-2', 30_000, '2026-02-10'),
  begins('2026-03-05'),
  { kind: 'close', agreement, period: '2026-01' },
  { kind: 'close', agreement, period: '2026-02' },
  begins('2026-03-31'),
  deal('D-3', 12_000, '2026-03-10'),
  begins('2026-04-01'),
  { kind: 'statement issued', agreement, payee: 'ann', period: '2026-03' },
];

const keys = generateKeyPairSync('ed25519');
const signed = (message: Uint8Array) => Uint8Array.from(sign(null, message, keys.privateKey));
const check: VerifySignature = ({ publicKey, message, signature }) =>
  verify(null, message, { key: Buffer.from(publicKey), format: 'der', type: 'spki' }, signature);

test('a recovered draw is recomputed over the balance that was settled before', async () => {
  const versions = [{ program, from: null, to: null }] as const;
  const books = newBooks(bookRules([program]));
  books.recorded = 1;
  for (const entry of entries.slice(1)) {
    const taken: BookEntry = isEvaluated(entry)
      ? bookEntryOf(entry, books.today)
      : { kind: 'statement issued', payee: 'ann', period: '2026-03' };
    applyEntry(books, taken, (all, told) => ({
      entitlements: evaluate(versions, { ...knownAt(all, books.today ?? 0), ...told }).entitlements,
      keys: 'all',
    }));
  }
  const known = knownAt(books.entries, books.today!);
  const body = statementBody({
    agreement: { id: agreement, version: 1, hash },
    versions: [versions[0]],
    known: { ...known, settled: books.settled },
    evaluation: { entitlements: [...books.entitled.values()] },
    statement: books.statements[0]!,
    postings: books.postings,
    payments: [],
    awaited: [],
    earlier: [],
  });
  expect(body.items.map(({ component, due, role }) => [component, due, role])).toEqual([
    ['Commission', '1200.00', 'settled'],
    ['Pay', '600.00', 'settlement'],
  ]);
  const leaves = entries.map((entry) => leafHash(utf8(entryText(entry))));
  const head = {
    size: leaves.length,
    root: hex(merkleRoot(leaves)),
    keyId: 'k',
    signedAt: '2026-04-01T00:00:00Z',
  };
  const bundle = makeBundle({
    workspace: 'w',
    agreement,
    versions: [{ version: 1, text, semantics: 1, sequence: 1 }],
    statement: { sequence: entries.length, body: canonicalText(body) },
    entries: entries.map((entry, index) => ({
      sequence: index + 1,
      entry,
      text: entryText(entry),
      proof: inclusionProof(index, leaves).map(hex),
    })),
    programs: versions,
    everything: entries.map((entry, index) => ({ sequence: index + 1, entry })),
    settled: books.settled,
    promised: books.promised,
    opened: [],
    checkpoint: { ...head, signature: hex(signed(checkpointMessage('w', head))) },
    publicKey: hex(keys.publicKey.export({ format: 'der', type: 'spki' })),
    sign: signed,
  });
  const report = await verifyBundle(new TextDecoder().decode(bundleBytes(bundle)), check);
  expect(report).toMatchObject({
    kind: 'verified',
    verdicts: [
      { component: 'Commission', kind: 'recomputed' },
      { component: 'Pay', kind: 'recomputed', due: '600.00' },
    ],
  });
});
