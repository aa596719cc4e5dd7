// SPDX-License-Identifier: Apache-2.0
// From submissions to commits, one batch after the other. Two commits may be under way while the next batch is computed,
// so that the database never waits for us; a caller is answered when the commit that holds its entries is certain, and
// all before it.

import type { Posting } from '@rapport/core/ledger/posting.ts';
import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import { type Batch, emptyBatch } from '../store/batch.ts';
import { entryOfText, identityOf, identityText, type LogEntry } from '../store/log-entry.ts';
import type { WriterSession } from '../store/writer-session.ts';
import type { AgreementBooks } from './agreement-books.ts';
import { type KnownEntry, type Submission, workOn } from './batch-work.ts';
import type { FactIndex } from './fact-index.ts';
import type { IssuedBefore } from './issuing.ts';
import type { LedgerReads } from './ledger-reads.ts';
import { openAnew, openUnder } from './loading.ts';
import type { Partition, Sources } from './partition.ts';
import type { Recorded } from './rows.ts';
import type { Slices } from './slices.ts';
import { viewOf } from './view.ts';
import type { BooksView, Receipt } from './writing.ts';

/** Below so many waiting entries a batch is not begun before the last commit is done, so that batches fill. */
const earlyStart = 200;

/** Commits that may be under way at once. */
const commitsMax = 2;

/** Whether the ownership is lost: nothing more is answered. */
export class BatchLost extends Error {
  override readonly name = 'BatchLost';
}

export interface Batcher {
  readonly partition: Partition;
  view(): BooksView;
  /** Lets entries gather while a commit is under way, unless enough are there. */
  gather(count: number): Promise<void>;
  /** Computes a batch and sends it; `answered` is told when it is committed. Throws when the ownership is lost. */
  take(
    submissions: readonly Submission[],
    answered: (receipts: readonly (readonly Receipt[])[]) => void,
  ): Promise<void>;
  /** The same for one, committed when it returns. */
  takeOne(submission: Submission): Promise<readonly Receipt[]>;
  /** Waits until everything that was computed is committed, what was kept back too. */
  settle(): Promise<void>;
  /** Whether rows were kept back that are not on their way. */
  hasSlices(): boolean;
  /** How many transfers were kept back. */
  unwritten(): number;
  /** Commits one slice of what was kept back. */
  writeSlice(): Promise<void>;
}

export interface BatcherParts {
  readonly session: Pick<WriterSession, 'commit' | 'findSame' | 'readLog'>;
  readonly reads: LedgerReads;
  readonly partition: Partition;
  readonly facts: FactIndex;
  readonly slices: Slices;
}

export function newBatcher({ session, reads, partition, facts, slices }: BatcherParts): Batcher {
  /** Commits under way, the oldest first, each with the facts of its batch. */
  const underWay: { readonly facts: ReadonlyMap<string, KnownEntry>; readonly done: Promise<void> }[] = [];
  /** The end of the latest commit, and so of all. */
  let commit: Promise<void> = Promise.resolve();

  async function take(
    submissions: readonly Submission[],
    answered: (receipts: readonly (readonly Receipt[])[]) => void,
  ): Promise<void> {
    const entries = submissions.flatMap((submission) => submission.entries.map(({ entry }) => entry));
    if (entries.some(needsStillness) || (!slices.isEmpty && entries.some(needsSettled))) await settle();
    const sources = await sourcesFor(entries);
    const found = await foundAmong(entries);
    const recorded = new Map([...underWay.flatMap((batch) => [...batch.facts]), ...found]);
    const before = new Set(recorded.keys());
    const done = workOn({ partition, facts, recorded, sources }, submissions);
    for (const identity of before) recorded.delete(identity);
    while (underWay.length >= commitsMax) await underWay[0]!.done;
    const { batch, receipts } = done;
    begin(batch === null ? null : slices.cut(batch), recorded, () => answered(receipts));
  }

  function begin(batch: Batch | null, facts: ReadonlyMap<string, KnownEntry>, committed: () => void): void {
    const before = commit;
    const sent = batch === null ? Promise.resolve('committed' as const) : session.commit(batch);
    commit = Promise.all([sent, before]).then(([outcome]) => {
      if (outcome === 'lost') throw new BatchLost('The partition is lost.');
      underWay.shift();
      committed();
    });
    commit.catch(() => undefined);
    underWay.push({ facts, done: commit });
  }

  async function writeSlice(): Promise<void> {
    await commit;
    begin(slices.cut(emptyBatch(partition.head)), new Map(), () => undefined);
    await commit;
  }

  async function settle(): Promise<void> {
    await commit;
    while (!slices.isEmpty) await writeSlice();
  }

  /** Facts among these that the log has already, with their texts. */
  async function foundAmong(entries: readonly LogEntry[]): Promise<ReadonlyMap<string, KnownEntry>> {
    const wanted = entries.filter(
      (entry) => entry.kind === 'fact' && facts.mayHave(identityText(identityOf(entry))),
    );
    const found = new Map<string, KnownEntry>();
    if (wanted.length === 0) return found;
    for (const { body, sequence } of (await session.findSame(wanted.map(identityOf))).values())
      found.set(identityText(identityOf(entryOfText(body))), { text: body, sequence });
    return found;
  }

  async function sourcesFor(entries: readonly LogEntry[]): Promise<(soFar: readonly Recorded[]) => Sources> {
    const opened = new Map<LogEntry, AgreementBooks>();
    const issued = new Map<string, IssuedBefore>();
    for (const entry of entries) {
      if (entry.kind === 'version') {
        const books = await openUnder(
          session.readLog(0),
          entry,
          partition.agreements.get(entry.agreement),
          reads.programOf,
        );
        if (books !== null) opened.set(entry, books);
      } else if (entry.kind === 'recomputed') {
        const before = partition.agreements.get(entry.agreement);
        if (before === undefined) continue;
        const posted = await reads.postedIn(entry.agreement);
        opened.set(entry, await openAnew(session.readLog(0), before, posted));
      } else if (entry.kind === 'statement issued') {
        const { agreement, payee } = entry;
        const name = JSON.stringify([agreement, payee]);
        if (!issued.has(name)) issued.set(name, await reads.issuedBefore(agreement, payee));
      }
    }
    return (soFar) => ({
      opened: (entry) => opened.get(entry) ?? null,
      issued: (agreement, payee) => {
        const { postings, earlier } = issued.get(JSON.stringify([agreement, payee]))!;
        return {
          postings: [...postings, ...postingsAmong(soFar, agreement, payee)],
          earlier: [...earlier, ...statementsAmong(soFar, agreement, payee)],
        };
      },
    });
  }

  async function takeOne(submission: Submission): Promise<readonly Receipt[]> {
    let receipts: readonly Receipt[] = [];
    await take([submission], ([given]) => {
      receipts = given ?? [];
    });
    await commit;
    return receipts;
  }

  return {
    partition,
    view: () => viewOf(partition, (agreement, payee) => reads.issuedBefore(agreement, payee)),
    gather: async (count) => {
      if (count < earlyStart) await commit;
    },
    take,
    takeOne,
    settle,
    hasSlices: () => !slices.isEmpty,
    unwritten: () => slices.waiting,
    writeSlice,
  };
}

/** Entries that redeem, pay or close: keys that they rest on are settled before. */
function needsSettled(entry: LogEntry): boolean {
  return entry.kind === 'close' || entry.kind === 'commitment' || entry.kind.startsWith('hold ');
}

/** Entries that need what the database holds about all before them. */
export function needsStillness(entry: LogEntry): boolean {
  return entry.kind === 'version' || entry.kind === 'recomputed' || entry.kind === 'statement issued';
}

function postingsAmong(soFar: readonly Recorded[], agreement: string, payee: string): readonly Posting[] {
  return soFar.flatMap(({ changes }) =>
    changes.agreements
      .filter((one) => one.agreement === agreement)
      .flatMap(({ postings }) => postings.filter((posting) => posting.payee === payee)),
  );
}

function statementsAmong(
  soFar: readonly Recorded[],
  agreement: string,
  payee: string,
): readonly StatementBody[] {
  return soFar
    .flatMap(({ changes }) => changes.statement ?? [])
    .filter((body) => body.agreement.id === agreement && body.payee === payee);
}
