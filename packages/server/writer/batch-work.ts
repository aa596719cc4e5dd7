// SPDX-License-Identifier: Apache-2.0
// One batch: what was submitted, screened for repeats and refusals, taken in, and turned into rows. All that needs the
// database is asked for before; then nothing waits, so that no other batch comes between.

import type { OpenBooks } from '@rapport/core/ledger/open-books.ts';
import { takeOwn } from '@rapport/core/ledger/own-entries.ts';
import { copyOf, heldPoints } from '@rapport/core/program/promise.ts';
import type { Batch } from '../store/batch.ts';
import { entryText, identityOf, identityText, type LogEntry } from '../store/log-entry.ts';
import { partyOf } from './agreement-books.ts';
import type { FactIndex } from './fact-index.ts';
import { type Partition, type Sources, screen, takeIn } from './partition.ts';
import { batchOf, type Recorded } from './rows.ts';
import type { Receipt, Refusal, Submitted } from './writing.ts';

/** What one caller submitted at once. */
export interface Submission {
  readonly entries: readonly Submitted[];
  readonly together: boolean;
}

/** An entry as it is known by its identity. */
export interface KnownEntry {
  readonly sequence: number;
  readonly text: string;
}

export interface BatchContext {
  readonly partition: Partition;
  readonly facts: FactIndex;
  /** Facts that are in the log or on their way there, as far as this batch asks for them. */
  readonly recorded: Map<string, KnownEntry>;
  /** What entries need beside the partition; the batch so far is part of it. */
  readonly sources: (soFar: readonly Recorded[]) => Sources;
}

export interface BatchDone {
  readonly receipts: readonly (readonly Receipt[])[];
  /** Null when there is nothing to write. */
  readonly batch: Batch | null;
  readonly recorded: readonly Recorded[];
}

/** Takes in the submissions in their order. */
export function workOn(context: BatchContext, submissions: readonly Submission[]): BatchDone {
  const recorded: Recorded[] = [];
  const receipts = submissions.map((submission) => receiptsOf(context, recorded, submission));
  const batch = recorded.length === 0 ? null : batchOf(context.partition, recorded);
  return { receipts, batch, recorded };
}

function receiptsOf(
  context: BatchContext,
  soFar: Recorded[],
  { entries, together }: Submission,
): readonly Receipt[] {
  if (!together) return entries.map((submitted) => receiptOf(context, soFar, submitted));
  const refusals = refusalsOf(
    context,
    entries.map(({ entry }) => entry),
  );
  if (refusals.some((refusal) => refusal !== null))
    return refusals.map((refusal) =>
      refusal === null ? { kind: 'not recorded' } : { kind: 'refused', refusal },
    );
  return entries.map((submitted) => {
    const receipt = receiptOf(context, soFar, submitted);
    if (receipt.kind === 'refused')
      throw new Error(`An entry was refused after its screening: ${receipt.refusal.code}.`);
    return receipt;
  });
}

function receiptOf(context: BatchContext, soFar: Recorded[], submitted: Submitted): Receipt {
  const { entry } = submitted;
  const identity = identityText(identityOf(entry));
  const known = entry.kind === 'fact' ? againstKnown(entry, context.recorded.get(identity)) : null;
  if (known !== null) return known;
  const taken = takeIn(context.partition, entry, context.sources(soFar));
  if (taken.kind !== 'recorded') return taken;
  const { sequence, text } = taken.changes;
  soFar.push({ changes: taken.changes, from: submitted });
  if (entry.kind === 'fact') {
    context.facts.add(identity);
    context.recorded.set(identity, { sequence, text });
  }
  return { kind: 'recorded', sequence };
}

type FactEntry = LogEntry & { readonly kind: 'fact' };

/** A fact that is there already: a repeat, or refused with both contents; null when it is not there. */
function againstKnown(entry: FactEntry, known: KnownEntry | undefined): Receipt | null {
  if (known === undefined) return null;
  const text = entryText(entry);
  return known.text === text
    ? { kind: 'repeated', sequence: known.sequence }
    : { kind: 'refused', refusal: otherContent(entry, known.text, text) };
}

function otherContent({ fact }: FactEntry, recorded: string, given: string): Refusal {
  const facts = { kind: fact.kind, id: fact.id, revision: `${fact.revision}` };
  const contents = { recorded: JSON.parse(recorded).fact, given: JSON.parse(given).fact };
  return { code: 'same_revision_other_content', facts, contents };
}

/** For each entry why it would be refused if those before it were taken in; null where it would not be. Changes nothing. */
function refusalsOf(context: BatchContext, entries: readonly LogEntry[]): readonly (Refusal | null)[] {
  const recorded = new Map<string, KnownEntry>();
  const trial = newTrial(context.partition);
  return entries.map((entry) => {
    if (entry.kind === 'fact') {
      const identity = identityText(identityOf(entry));
      const known = againstKnown(entry, recorded.get(identity) ?? context.recorded.get(identity));
      if (known !== null) return known.kind === 'refused' ? known.refusal : null;
      recorded.set(identity, { sequence: 0, text: entryText(entry) });
    }
    const screened = screen(context.partition, entry);
    if (screened !== null) return screened.kind === 'refused' ? screened.refusal : null;
    return trial(entry);
  });
}

/** Tries holds and commitments on copies of those that they name. */
function newTrial(partition: Partition): (entry: LogEntry) => Refusal | null {
  const copies = new Map<string, Pick<OpenBooks, 'holds' | 'commitments' | 'promised'>>();
  return (entry) => {
    if (
      entry.kind !== 'commitment' &&
      entry.kind !== 'hold placed' &&
      entry.kind !== 'hold posted' &&
      entry.kind !== 'hold voided'
    )
      return null;
    const { books, evaluator } = partition.agreements.get(entry.agreement)!;
    const copy = copies.get(entry.agreement) ?? {
      holds: new Map(),
      commitments: new Map(),
      promised: books.promised,
    };
    copies.set(entry.agreement, copy);
    const { holds, commitments } = copy;
    if (entry.kind === 'commitment') {
      const { id } = entry.commitment;
      const known = books.commitments.get(id);
      if (known !== undefined && !commitments.has(id)) commitments.set(id, known);
    } else {
      const id = entry.kind === 'hold placed' ? entry.hold.id : entry.hold;
      const known = books.holds.get(id);
      if (known !== undefined && !holds.has(id)) holds.set(id, { ...known });
    }
    const party = partyOf(copy, entry);
    if (isAboutPoints(books, copy, entry, party)) {
      const promised = copy.promised === books.promised ? copyOf(books.promised) : copy.promised;
      copies.set(entry.agreement, { ...copy, promised });
      const tried = { ...books, holds, commitments, promised, posted: new Map(), entitled: new Map() };
      const outcome = takeOwn(tried, entry, 0, (told) => evaluator.again(party, told));
      evaluator.again(party, books);
      return outcome.kind === 'refused' ? { code: outcome.code, facts: outcome.facts } : null;
    }
    const outcome = takeOwn({ ...books, holds, commitments }, entry, 0, asksNothing);
    return outcome.kind === 'refused' ? { code: outcome.code, facts: outcome.facts } : null;
  };
}

/** Whether lots are taken or given back. */
function isAboutPoints(
  { rules }: OpenBooks,
  { promised }: Pick<OpenBooks, 'promised'>,
  entry: Parameters<typeof partyOf>[1],
  party: string,
): boolean {
  switch (entry.kind) {
    case 'commitment':
      return rules.isInLots(entry.commitment.asset);
    case 'hold placed':
      return rules.isInLots(entry.hold.asset);
    case 'hold posted':
    case 'hold voided':
      return heldPoints(promised, party, entry.hold) !== null;
  }
}

function asksNothing(): never {
  throw new Error('What is no point of a wallet asks no evaluation.');
}
