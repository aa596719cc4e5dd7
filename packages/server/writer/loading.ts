// SPDX-License-Identifier: Apache-2.0
// From the log to a workspace in memory: one pass over the log, page by page, into the loaders of its agreements. What was
// posted comes from the derived table, so nothing is posted again.

import type { PostedTotal } from '@rapport/core/ledger/differences.ts';
import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import type { SettledThrough } from '@rapport/core/program/log.ts';
import { nothingPromised } from '@rapport/core/program/promise.ts';
import { entryOfText, identityOf, identityText } from '../store/log-entry.ts';
import type { LogRow, Row } from '../store/tables.ts';
import type { WriterSession } from '../store/writer-session.ts';
import {
  type AgreementBooks,
  type AgreementLoader,
  agreementLoader,
  type Standing,
  type Terms,
} from './agreement-books.ts';
import { type FactIndex, newFactIndex } from './fact-index.ts';
import type { Activation, LedgerReads, ProgramOf } from './ledger-reads.ts';
import { newPartition, note, type Partition } from './partition.ts';
import { promisedBy } from './promises.ts';

export interface Loaded {
  readonly partition: Partition;
  readonly facts: FactIndex;
}

/** Everything that the log holds, as the session found it. */
export async function loadPartition(
  session: Pick<WriterSession, 'head' | 'readLog' | 'readPosted' | 'readAll'>,
  { activations, programOf }: Pick<LedgerReads, 'activations' | 'programOf'>,
): Promise<Loaded> {
  const partition = newPartition();
  const facts = newFactIndex(session.head);
  const loaders = new Map<string, AgreementLoader>();
  for (const [agreement, terms] of await termsOf(await activations(), programOf))
    loaders.set(agreement, agreementLoader(agreement, terms));
  for await (const rows of session.readLog(0)) {
    for (const { sequence, body } of rows) {
      const entry = entryOfText(body);
      if (entry.kind === 'fact') facts.add(identityText(identityOf(entry)));
      note(partition, entry, body, sequence);
      for (const loader of loaders.values()) loader.take(entry, sequence);
      partition.head = sequence;
    }
  }
  const posted = await postedBy(session);
  const settled = await settledOf(session);
  const commitments: Row<'commitment'>[] = [];
  for await (const rows of session.readAll('commitment')) commitments.push(...rows);
  const holds: Row<'hold'>[] = [];
  for await (const rows of session.readAll('hold')) holds.push(...rows);
  const statements = [...loaders.values()].some(({ freezes }) => freezes) ? await statementsIn(session) : [];
  for (const [agreement, loader] of loaders) {
    const issued = statements.filter((body) => body.agreement.id === agreement);
    const isOwn = (row: { readonly agreement: string }) => row.agreement === agreement;
    const standing: Standing = {
      posted: posted.get(agreement) ?? [],
      settled: settled.get(agreement) ?? [],
      promised: (inLog) => promisedBy(commitments.filter(isOwn), holds.filter(isOwn), inLog),
      issued,
    };
    partition.agreements.set(agreement, loader.open(standing));
  }
  return { partition, facts };
}

/** Every issued statement, the earliest first. */
async function statementsIn(session: Pick<WriterSession, 'readAll'>): Promise<readonly StatementBody[]> {
  const rows: Row<'statement'>[] = [];
  for await (const page of session.readAll('statement')) rows.push(...page);
  return rows.sort((a, b) => a.sequence - b.sequence).map(({ body }) => JSON.parse(body) as StatementBody);
}

/** Of each agreement the versions that the log activated, the last word about each. */
export async function termsOf(
  activations: readonly Activation[],
  programOf: ProgramOf,
): Promise<ReadonlyMap<string, readonly [Terms, ...Terms[]]>> {
  const found = new Map<string, [Terms, ...Terms[]]>();
  for (const { agreement, version, hash, from, to } of activations) {
    const program = await programOf(agreement, version);
    if (program === null)
      throw new Error(`The log activates version ${version} of ${agreement}, which is no program.`);
    const terms = { version, hash, program, from, to };
    const others = (found.get(agreement) ?? []).filter((other) => other.version !== version);
    found.set(agreement, [terms, ...others]);
  }
  return found;
}

/** The books of an agreement under one more version, with all that the log held before its activation. */
export async function openUnder(
  log: AsyncIterable<readonly LogRow[]>,
  activation: Activation,
  before: AgreementBooks | undefined,
  programOf: ProgramOf,
): Promise<AgreementBooks | null> {
  const program = await programOf(activation.agreement, activation.version);
  if (program === null) return null;
  const { version, hash, from, to, agreement } = activation;
  const others = (before?.terms ?? []).filter((other) => other.version !== version);
  const loader = agreementLoader(agreement, [{ version, hash, program, from, to }, ...others]);
  for await (const rows of log)
    for (const { body, sequence } of rows) loader.take(entryOfText(body), sequence);
  return loader.open({
    posted: before?.books.posted.values() ?? [],
    settled: before?.books.settled ?? [],
    promised: () => before?.books.promised ?? nothingPromised(),
    issued: [],
  });
}

/** The books of an agreement made anew from all that the log holds; `posted` is what its transfers add up to. */
export async function openAnew(
  log: AsyncIterable<readonly LogRow[]>,
  { agreement, terms, books: { settled, promised } }: AgreementBooks,
  posted: Iterable<PostedTotal>,
): Promise<AgreementBooks> {
  const loader = agreementLoader(agreement, terms);
  for await (const rows of log)
    for (const { body, sequence } of rows) loader.take(entryOfText(body), sequence);
  return loader.open({ posted, settled, promised: () => promised, issued: [] });
}

async function postedBy(
  session: Pick<WriterSession, 'readPosted'>,
): Promise<ReadonlyMap<string, readonly PostedTotal[]>> {
  const found = new Map<string, PostedTotal[]>();
  for await (const rows of session.readPosted()) {
    for (const { agreement, clause, component, payee, period, asset, due, held } of rows) {
      if (due === 0n && held === 0n) continue;
      const list = found.get(agreement) ?? [];
      if (list.length === 0) found.set(agreement, list);
      list.push({ clause, component, payee, period, asset, due, held });
    }
  }
  return found;
}

async function settledOf(
  session: Pick<WriterSession, 'readAll'>,
): Promise<ReadonlyMap<string, readonly SettledThrough[]>> {
  const found = new Map<string, readonly SettledThrough[]>();
  for await (const rows of session.readAll('settled'))
    for (const { agreement, body } of rows) found.set(agreement, settledOfText(body));
  return found;
}

function settledOfText(body: string): readonly SettledThrough[] {
  return (JSON.parse(body) as SettledThrough[]).map((one) => ({
    ...one,
    payees: one.payees.map(({ of, due, debt, carried }) => ({
      of,
      due: BigInt(due),
      debt: BigInt(debt),
      carried: BigInt(carried),
    })),
  }));
}
