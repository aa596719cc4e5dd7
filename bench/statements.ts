// SPDX-License-Identifier: Apache-2.0
// One statement of many deals: the whole of it with its explanations, the bundle around it, and its verification by
// somebody who has nothing else. One representative; the work should grow with the deals alone.
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { knownAt } from '../packages/core/engine/known.ts';
import { allOf } from '../packages/core/engine/reference/asked.ts';
import { evaluate } from '../packages/core/engine/reference/evaluate.ts';
import { statementBody } from '../packages/core/explain/statement-body.ts';
import { compile } from '../packages/core/language/compile.ts';
import { keyText } from '../packages/core/ledger/differences.ts';
import { transfersOf } from '../packages/core/ledger/posting.ts';
import { bookRules } from '../packages/core/ledger/roles.ts';
import { statementOf } from '../packages/core/ledger/statement.ts';
import type { Version } from '../packages/core/program/program.ts';
import { nothingPromised } from '../packages/core/program/promise.ts';
import { hex, utf8 } from '../packages/core/proof/bytes.ts';
import { canonicalText } from '../packages/core/proof/canonical.ts';
import { agreementHash } from '../packages/core/proof/document.ts';
import { leafHash, nodeHash } from '../packages/core/proof/merkle.ts';
import { inclusionOf, type NodeAt, rootOf } from '../packages/core/proof/merkle-nodes.ts';
import { parseIsoDay } from '../packages/core/values/date.ts';
import { rational } from '../packages/core/values/rational.ts';
import { bookEntryOf, entryText, isEvaluated, type LogEntry } from '../packages/core/verify/log-entry.ts';
import { makeBundle } from '../packages/core/verify/make-bundle.ts';
import { bundleBytes, checkpointMessage } from '../packages/core/verify/messages-signed.ts';
import { verifyBundle } from '../packages/core/verify/verify-bundle.ts';
import { fastest, machineText, report, timeText } from './measure.ts';

const agreement = 'hardware-sales';
const [payee, period] = ['ann', '2026-Q1'];
const text = readFileSync('examples/hardware-sales/agreement.md', 'utf8');
const { program } = compile(text, 'agreement.md');
if (program === null) throw new Error('The agreement does not compile.');
const versions: readonly [Version] = [{ program, from: null, to: null }];
const rules = bookRules([program]);
const hash = agreementHash({ text, semantics: 1 });
const keys = generateKeyPairSync('ed25519');
const signed = (message: Uint8Array) => Uint8Array.from(sign(null, message, keys.privateKey));
const first = parseIsoDay('2026-01-01')!;

/** A log with so many won deals in one quarter, all of one representative. */
function logOf(deals: number): readonly LogEntry[] {
  const begun = parseIsoDay('2026-12-31')!;
  const entries: LogEntry[] = [
    { kind: 'version', agreement, version: 1, hash, from: null, to: null },
    { kind: 'day', zone: 'UTC', day: begun },
  ];
  for (let index = 0; index < deals; index += 1) {
    const fields = {
      Representative: { kind: 'party', value: payee },
      Customer: { kind: 'party', value: `C-${index % 97}` },
      Stage: { kind: 'text', value: 'Won' },
      Amount: { kind: 'quantity', value: rational(100 + index) },
      Engaged: { kind: 'date', value: first + (index % 60) },
      Closed: { kind: 'date', value: first + (index % 80) + 5 },
    } as const;
    entries.push({ kind: 'fact', fact: { kind: 'Deal', id: `D-${index}`, revision: 1, fields } });
  }
  return [...entries, { kind: 'statement issued', agreement, payee, period }];
}

/** Every node of the tree, made once. */
function nodesOver(entries: readonly LogEntry[]): NodeAt {
  const levels = [entries.map((entry) => leafHash(utf8(entryText(entry))))];
  while (levels.at(-1)!.length > 1) {
    const below = levels.at(-1)!;
    levels.push(
      Array.from({ length: below.length >> 1 }, (_, at) => nodeHash(below[2 * at]!, below[2 * at + 1]!)),
    );
  }
  return ({ level, position }) => levels[level]![position]!;
}

console.log(machineText());
for (const deals of [500, 5000]) {
  const log = logOf(deals);
  const recorded = log.length - 1;
  const known = knownAt(
    log.flatMap((entry) => (isEvaluated(entry) ? [bookEntryOf(entry, null)] : [])),
    parseIsoDay('2026-12-31')!,
  );
  const made = await fastest(5, () => {
    const evaluation = evaluate(versions, known, allOf(payee));
    const entitled = new Map(evaluation.entitlements.map((one) => [keyText(one), one]));
    const postings = evaluation.entitlements.map(({ amount: due, ...key }) => ({
      ...{ ...key, due, accounting: key.period, recorded, causes: [] },
      transfers: transfersOf({ ...key, due }, rules),
    }));
    const { calendar } = program.policies;
    const request = { payee, period, calendar, recorded, previous: null };
    const statement = statementOf(postings, request, (key) => entitled.get(key));
    return statementBody({
      agreement: { id: agreement, version: 1, hash },
      ...{ versions, known, evaluation, statement, postings },
      ...{ payments: [], awaited: [], earlier: [] },
    });
  });
  report(`a statement of ${deals.toLocaleString('en')} deals, evaluated and explained`, timeText(made));
  const nodeAt = nodesOver(log);
  const head = {
    size: log.length,
    root: hex(rootOf(log.length, nodeAt)),
    keyId: 'bench',
    signedAt: '2026-12-31T00:00:00Z',
  };
  const sequenced = log.map((entry, index) => ({ sequence: index + 1, entry }));
  const entries = sequenced.map((one) => ({
    ...one,
    text: entryText(one.entry),
    proof: inclusionOf(one.sequence - 1, log.length, nodeAt).map(hex),
  }));
  const bundled = await fastest(3, () =>
    makeBundle({
      workspace: 'bench',
      agreement,
      versions: [{ version: 1, text, semantics: 1, sequence: 1 }],
      statement: { sequence: log.length, body: canonicalText(made.result) },
      ...{ entries, programs: versions, everything: sequenced },
      ...{ settled: [], promised: nothingPromised(), opened: [] },
      checkpoint: { ...head, signature: hex(signed(checkpointMessage('bench', head))) },
      publicKey: hex(keys.publicKey.export({ format: 'der', type: 'spki' })),
      sign: signed,
    }),
  );
  report('  its bundle: recomputed, attested, signed', timeText(bundled));
  const file = new TextDecoder().decode(bundleBytes(bundled.result));
  const verified = await fastest(3, () =>
    verifyBundle(file, ({ publicKey, message, signature }) =>
      verify(null, message, { key: Buffer.from(publicKey), format: 'der', type: 'spki' }, signature),
    ),
  );
  if (verified.result.kind !== 'verified') throw new Error(JSON.stringify(verified.result.problems));
  report('  verified from the bundle alone', timeText(verified));
}
