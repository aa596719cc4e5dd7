// SPDX-License-Identifier: Apache-2.0
// The verification bundle of an issued statement: what concerns its payee is read from the log, proven under a signed head,
// recomputed, and what does not come out the same is attested. Facts of colleagues never leave the log.

import { compile } from '@rapport/core/language/compile.ts';
import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import type { Fact } from '@rapport/core/program/log.ts';
import type { Program, Version } from '@rapport/core/program/program.ts';
import { hex } from '@rapport/core/proof/bytes.ts';
import { inclusionOf } from '@rapport/core/proof/merkle-nodes.ts';
import { restsOnOthers } from '@rapport/core/verify/attest.ts';
import type { BundleEntry, BundleVersion } from '@rapport/core/verify/bundle.ts';
import { concernsOf } from '@rapport/core/verify/concerns.ts';
import { inForce } from '@rapport/core/verify/in-force.ts';
import { isEvaluated } from '@rapport/core/verify/log-entry.ts';
import { makeBundle } from '@rapport/core/verify/make-bundle.ts';
import { bundleBytes } from '@rapport/core/verify/messages-signed.ts';
import type { Sequenced } from '@rapport/core/verify/recompute.ts';
import type { Caller } from '../access/caller.ts';
import { readVersion } from '../store/agreement-rows.ts';
import { entryOfText, type LogEntry } from '../store/log-entry.ts';
import { entriesOfKind, readLog } from '../store/log-rows.ts';
import type { Scope } from '../store/open.ts';
import { readPrivate } from '../store/private-rows.ts';
import { listCheckpoints } from '../store/proof-rows.ts';
import { readStatement, type StatementKey } from '../store/statement-rows.ts';
import { workspaceName } from '../store/workspace-rows.ts';
import { promisedThen } from './bundle-promises.ts';
import type { Context } from './context.ts';
import { mediaTypes, type StatementFile } from './download-statement.ts';
import { findStatement } from './found-statement.ts';
import { computedOver, followLog } from './merkle-log.ts';
import { openRows, recordOf } from './open-personal.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { signingKey } from './signing-key.ts';

/** Entries that are read at once. */
const pageSize = 5_000;

export async function downloadBundle(
  context: Context,
  caller: Caller,
  asked: StatementKey & { readonly version: number },
): Promise<Outcome<StatementFile>> {
  const found = await findStatement(context, caller, asked, 'bundles.read');
  if (found.kind === 'refused') return found;
  const { workspace } = caller;
  const { agreement, payee, period } = asked;
  const size = await followLog(context, workspace);
  const key = await signingKey(context, workspace);
  const writer = await context.writers.of(workspace);
  const { settled = [], postings } = await writer.read(async (view) => ({
    settled: view.knownFor(agreement, payee).settled,
    postings: await view.postingsOf(agreement, payee),
  }));
  const bundle = await context.store.within(workspace, async (scope) => {
    const row = await readStatement(scope, asked);
    const head = (await listCheckpoints(scope, { below: size + 1, limit: 1 }))[0];
    if (row === null || head === undefined) return null;
    const versions = await versionsOf(scope, agreement, row.sequence);
    const programs = inForce(versions.map(({ version, program }) => ({ ...program, version })));
    const { sequence } = row;
    const candidates = await entriesFor(scope, programs, { payee, through: sequence });
    const facts = candidates.flatMap(({ entry }) => (entry.kind === 'fact' ? [entry.fact] : []));
    const terms = programs.map(({ program }) => program) as [Program, ...Program[]];
    const concerns = concernsOf({ agreement, programs: terms, facts }, payee);
    const entries = candidates.filter(({ entry }) => concerns(entry));
    const promised = await promisedThen(scope, {
      ...{ agreement, payee, sequence, programs: terms, entries, postings },
    });
    const body = JSON.parse(row.body) as StatementBody;
    const source = { body, programs, entries, settled, promised };
    const everything = restsOnOthers(source)
      ? await evaluatedThrough(scope, terms, agreement, sequence)
      : entries;
    const own = entries.flatMap(({ entry }) => (entry.kind === 'fact' ? [entry.fact] : []));
    return makeBundle({
      workspace: await workspaceName(scope),
      agreement,
      versions: versions.map(({ program: _, ...version }) => version),
      statement: { sequence, body: row.body },
      entries: await proven(scope, entries, head.size),
      ...{ programs, everything, settled, promised },
      opened: await openedOf(context, scope, own),
      checkpoint: {
        size: head.size,
        root: head.root.toString('hex'),
        keyId: head.key_id,
        signedAt: head.signed_at.toISOString(),
        signature: head.signature.toString('hex'),
      },
      publicKey: key.publicKey.toString('hex'),
      sign: (message) => key.sign(message),
    });
  });
  if (bundle === null) return refused('statement_unknown', { agreement, payee, period });
  const fileName = `${agreement} ${period} ${found.value.names[payee] ?? payee} v${asked.version}.bundle.json`;
  return done({ mediaType: mediaTypes.json, fileName, bytes: bundleBytes(bundle) });
}

interface LoggedEntry extends Omit<BundleEntry, 'proof'> {
  readonly entry: LogEntry;
}

/** The texts that were in force by then, each with the entry that says so. */
async function versionsOf(
  scope: Scope,
  agreement: string,
  through: number,
): Promise<readonly (BundleVersion & { readonly program: Version })[]> {
  const entries = await entriesOfKind(scope, { kind: 'version', name: agreement });
  const found: (BundleVersion & { readonly program: Version })[] = [];
  for (const { sequence, body } of entries) {
    const entry = entryOfText(body);
    if (entry.kind !== 'version' || sequence > through) continue;
    const { version, from, to } = entry;
    const row = await readVersion(scope, { agreement, version });
    const { program } = compile(row?.text ?? '', '');
    if (row === null || program === null)
      throw new Error(`${agreement} ${version} is in force without a text.`);
    found.push({
      version,
      sequence,
      text: row.text,
      semantics: row.semantics,
      program: { program, from, to },
    });
  }
  return found;
}

/** Entries that may concern the payee: what names colleagues alone is never even parsed. */
async function entriesFor(
  scope: Scope,
  versions: readonly Version[],
  { payee, through }: { readonly payee: string; readonly through: number },
): Promise<readonly LoggedEntry[]> {
  const named = kindsNamingPeople(versions);
  const own = new Set<string>();
  const found: LoggedEntry[] = [];
  for (let after = 0; ; ) {
    const rows = await readLog(scope, { after, limit: pageSize });
    for (const { sequence, kind, name, subject, body } of rows) {
      if (sequence > through) return found;
      if (kind === 'fact' && named.has(name)) {
        const fact = `${name}\u0000${subject}`;
        if (!own.has(fact) && !body.includes(payee)) continue;
        own.add(fact);
      }
      found.push({ sequence, text: body, entry: entryOfText(body) });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return found;
    after = last.sequence;
  }
}

/** All that the agreement was evaluated over: the facts of everybody, from which others' totals are made. */
async function evaluatedThrough(
  scope: Scope,
  programs: readonly Program[],
  agreement: string,
  through: number,
): Promise<readonly Sequenced[]> {
  const kinds = new Set(programs.flatMap(({ factKinds }) => factKinds.map(({ id }) => id)));
  const found: Sequenced[] = [];
  for (let after = 0; ; ) {
    const rows = await readLog(scope, { after, limit: pageSize });
    for (const { sequence, kind, name, body } of rows) {
      if (sequence > through) return found;
      if (kind === 'fact' && !kinds.has(name)) continue;
      const entry = entryOfText(body);
      const isOfOther = 'agreement' in entry && entry.agreement !== agreement;
      if (isEvaluated(entry) && !isOfOther) found.push({ sequence, entry });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return found;
    after = last.sequence;
  }
}

/** Kinds of facts with a person in one of their own fields. */
function kindsNamingPeople(versions: readonly Version[]): ReadonlySet<string> {
  return new Set(
    versions.flatMap(({ program }) => {
      const people = new Set(program.parties.filter(({ role }) => role === 'parties').map(({ id }) => id));
      return program.factKinds
        .filter(({ fields }) => fields.some(({ type }) => type.kind === 'party' && people.has(type.of)))
        .map(({ id }) => id);
    }),
  );
}

async function proven(scope: Scope, entries: readonly LoggedEntry[], size: number) {
  const proofs = await computedOver(scope, (nodeAt) =>
    entries.map(({ sequence }) => inclusionOf(sequence - 1, size, nodeAt)),
  );
  return entries.map((entry, index) => ({ ...entry, proof: proofs[index]!.map(hex) }));
}

/** The personal values in the facts, with the salts that show what their seals are of. */
async function openedOf(context: Context, scope: Scope, facts: readonly Fact[]) {
  const rows = await readPrivate(scope, facts.map(recordOf));
  const opened = await openRows(context, scope, rows);
  return rows.flatMap(({ record, field, salt }) => {
    const value = opened.get(record)?.get(field);
    return value === undefined ? [] : [{ record, field, value, salt: salt.toString('hex') }];
  });
}
