// SPDX-License-Identifier: Apache-2.0
// Verifies a bundle from its bytes alone: the one form, both signatures, every entry in the log, the signed texts, the
// statement, the opened values, and last the arithmetic of each item. Whoever wants to know that the log is the one that
// others see compares the key and the checkpoint with theirs.

import { compile } from '../language/compile.ts';
import type { StatementBody } from '../ledger/statement-body.ts';
import type { Version } from '../program/program.ts';
import { fromHex, hex, utf8 } from '../proof/bytes.ts';
import { canonicalText } from '../proof/canonical.ts';
import { agreementHash } from '../proof/document.ts';
import { leafHash, verifyInclusion } from '../proof/merkle.ts';
import { isSealOf } from '../proof/sealed-field.ts';
import { sha256 } from '../proof/sha256.ts';
import { givenFrom } from './attested-value.ts';
import { type Bundle, type BundleEntry, bundleFormat, type VerifySignature } from './bundle.ts';
import { inForce } from './in-force.ts';
import { type BalanceVerdict, judged, type NothingVerdict, type Problem, type Verdict } from './judge.ts';
import { entryOfText } from './log-entry.ts';
import { bundleMessage, checkpointMessage } from './messages-signed.ts';
import type { Sequenced } from './recompute.ts';

export type BundleReport =
  | {
      readonly kind: 'verified';
      readonly body: StatementBody;
      readonly verdicts: readonly Verdict[];
      /** What stands open beside the items. */
      readonly balances: readonly BalanceVerdict[];
      /** Clauses that gave nothing. */
      readonly nothing: readonly NothingVerdict[];
      readonly checkpoint: Bundle['checkpoint'];
      /** SHA-256 of the public key: compare it with the one that the payer published. */
      readonly keyFingerprint: string;
      /** Entries whose place in the log was proven. */
      readonly entries: number;
    }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** The text of a bundle's file. Never throws for what stands in it. */
export async function verifyBundle(text: string, verify: VerifySignature): Promise<BundleReport> {
  const bundle = bundleOf(text);
  if ('code' in bundle) return { kind: 'refused', problems: [bundle] };
  try {
    return await verified(bundle, verify);
  } catch (error) {
    // What is signed is sound; what is not may be of any shape, and is no bundle.
    const reason = error instanceof Error ? error.message : `${error}`;
    return { kind: 'refused', problems: [{ code: 'bundle_unreadable', facts: { reason } }] };
  }
}

function bundleOf(text: string): Bundle | Problem {
  try {
    const bundle = JSON.parse(text) as Bundle;
    if (bundle?.format !== bundleFormat)
      return { code: 'bundle_unreadable', facts: { reason: `it is not of the format "${bundleFormat}"` } };
    return `${canonicalText(bundle)}\n` === text ? bundle : { code: 'bundle_not_canonical', facts: {} };
  } catch (error) {
    const reason = error instanceof Error ? error.message : `${error}`;
    return { code: 'bundle_unreadable', facts: { reason } };
  }
}

async function verified(bundle: Bundle, verify: VerifySignature): Promise<BundleReport> {
  const signatures = await signatureProblems(bundle, verify);
  if (signatures.length === 0) return checked(bundle);
  // A change of any byte ends here. What was changed is looked for, to name it; nothing found makes up for a signature.
  return { kind: 'refused', problems: [...signatures, ...namedProblems(bundle)] };
}

/** What is wrong inside a bundle that nobody signed, as far as it can be read. */
function namedProblems(bundle: Bundle): readonly Problem[] {
  try {
    const report = checked(bundle);
    return report.kind === 'refused' ? report.problems : [];
  } catch {
    return [];
  }
}

/** Everything but the signatures. */
function checked(bundle: Bundle): BundleReport {
  const { attested, checkpoint, statement } = bundle;
  const entries = bundle.entries.map(({ sequence, text }) => ({ sequence, entry: entryOfText(text) }));
  const body = JSON.parse(statement.body) as StatementBody;
  const versions = versionsOf(bundle, entries);
  const problems: Problem[] = [
    ...entryProblems(bundle),
    ...statementProblems(bundle, body, entries),
    ...sealProblems(bundle),
    ...versions.problems,
  ];
  if (versions.versions.length === 0) return { kind: 'refused', problems };
  const { payee } = body;
  const given = (through: number) => givenFrom(attested.values, { payee, through });
  const recomputing = { versions: versions.versions, body, entries, attested, given };
  const { verdicts, balances, nothing, problems: found } = judged(recomputing);
  problems.push(...found);
  if (problems.length > 0) return { kind: 'refused', problems };
  const keyFingerprint = hex(sha256(bytesOf(bundle.publicKey)));
  return {
    kind: 'verified',
    body,
    verdicts,
    balances,
    nothing,
    checkpoint,
    keyFingerprint,
    entries: entries.length,
  };
}

async function signatureProblems(bundle: Bundle, verify: VerifySignature): Promise<readonly Problem[]> {
  const { checkpoint, publicKey, signature, workspace } = bundle;
  const isSigned = async (message: Uint8Array, signed: string) =>
    await verify({ publicKey: bytesOf(publicKey), message, signature: bytesOf(signed) });
  const problems: Problem[] = [];
  if (!(await isSigned(bundleMessage(bundle), signature)))
    problems.push({ code: 'bundle_signature_wrong', facts: {} });
  if (!(await isSigned(checkpointMessage(workspace, checkpoint), checkpoint.signature)))
    problems.push({ code: 'checkpoint_signature_wrong', facts: {} });
  return problems;
}

/** Every entry stands in the log at its place, and they come in its order. */
function entryProblems({ entries, checkpoint }: Bundle): readonly Problem[] {
  const root = bytesOf(checkpoint.root);
  const isIncluded = ({ sequence, text, proof }: BundleEntry) =>
    verifyInclusion({
      leaf: leafHash(utf8(text)),
      index: sequence - 1,
      size: checkpoint.size,
      proof: proof.map(bytesOf),
      root,
    });
  return entries.flatMap((entry, place): Problem[] => {
    const facts = { sequence: `${entry.sequence}` };
    const before = entries[place - 1];
    if (before !== undefined && before.sequence >= entry.sequence)
      return [{ code: 'entries_out_of_order', facts }];
    return isIncluded(entry) ? [] : [{ code: 'entry_not_in_log', facts }];
  });
}

/** The texts compile, and the log says that texts of these hashes are in force. */
function versionsOf(
  { agreement, versions }: Bundle,
  entries: readonly Sequenced[],
): { readonly versions: readonly Version[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const found = versions.flatMap(({ version, text, semantics, sequence }) => {
    const facts = { version: `${version}` };
    const entry = entries.find((one) => one.sequence === sequence)?.entry;
    const isInForce =
      entry?.kind === 'version' &&
      entry.agreement === agreement &&
      entry.version === version &&
      entry.hash === agreementHash({ text, semantics });
    if (!isInForce) {
      problems.push({ code: 'text_not_signed', facts });
      return [];
    }
    const { program } = compile(text, '');
    if (program === null) {
      problems.push({ code: 'text_does_not_compile', facts });
      return [];
    }
    return [{ version, program, from: entry.from, to: entry.to }];
  });
  return { versions: problems.length > 0 ? [] : inForce(found), problems };
}

/** The body is the one that was issued, to this payee, at that place in the log. */
function statementProblems(
  { agreement, statement }: Bundle,
  body: StatementBody,
  entries: readonly Sequenced[],
): readonly Problem[] {
  const problems: Problem[] = [];
  if (hex(sha256(utf8(statement.body))) !== statement.hash)
    problems.push({ code: 'statement_changed', facts: {} });
  const issued = entries.find(({ sequence }) => sequence === statement.sequence)?.entry;
  const isIssued =
    issued?.kind === 'statement issued' &&
    issued.agreement === agreement &&
    body.agreement.id === agreement &&
    issued.payee === body.payee &&
    issued.period === body.period.label &&
    body.recorded < statement.sequence;
  if (!isIssued)
    problems.push({ code: 'statement_not_issued', facts: { sequence: `${statement.sequence}` } });
  return problems;
}

/** Every opened value is the one that an entry has the seal of. */
function sealProblems({ entries, opened }: Bundle): readonly Problem[] {
  return opened.flatMap(({ record, field, value, salt }) => {
    const isSealed = entries.some(({ text }) =>
      (text.match(/[0-9a-f]{64}/g) ?? []).some((seal) =>
        isSealOf(seal, { record, field, value, salt: bytesOf(salt) }),
      ),
    );
    return isSealed ? [] : [{ code: 'value_not_sealed' as const, facts: { record, field } }];
  });
}

/** Lower-case hexadecimal only, so that bytes have one form. */
function bytesOf(text: string): Uint8Array {
  const bytes = typeof text === 'string' && text === text.toLowerCase() ? fromHex(text) : null;
  if (bytes === null) throw new RangeError('Bytes are written as lower-case hexadecimal digits.');
  return bytes;
}
