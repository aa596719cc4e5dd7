// SPDX-License-Identifier: Apache-2.0
// The owner of one workspace: takes what waits in its queue as one batch, computes it in memory, commits it in one
// transaction, and only then answers. Any doubt about a commit or the ownership ends the writer for good; what it held in
// memory is forgotten, and whoever opens the next one loads the log again.

import type { Store } from '../store/open.ts';
import type { Row } from '../store/tables.ts';
import { type OwnedByAnother, openWriterSession, type WriterSession } from '../store/writer-session.ts';
import type { AgreementBooks } from './agreement-books.ts';
import type { Submission } from './batch-work.ts';
import { type Batcher, BatchLost, needsStillness, newBatcher } from './batcher.ts';
import { type LedgerReads, ledgerReads } from './ledger-reads.ts';
import { loadPartition } from './loading.ts';
import { recoverPartition } from './recovery.ts';
import { newSlices } from './slices.ts';
import { activeVersions } from './view.ts';
import type {
  ActiveVersion,
  BooksView,
  Decided,
  DecideOutcome,
  Receipt,
  Submitted,
  Writer,
} from './writing.ts';

/** The most entries of one batch; only a larger `together` makes a larger one. */
export const batchEntriesMax = 500;

export interface WriterOptions {
  readonly store: Store;
  readonly workspace: number;
  /** How this process calls itself, for the people who look. */
  readonly owner: string;
}

/** What was asked for may or may not be recorded: ask again, it will be recorded once. */
export class WriterEnded extends Error {
  override readonly name = 'WriterEnded';
  /** There is no room on the disk of the database: asking again is of use once there is. */
  readonly isDiskFull: boolean;

  constructor(reason: string, isDiskFull = false) {
    super(reason);
    this.isDiskFull = isDiskFull;
  }
}

interface Submit {
  readonly kind: 'submit';
  readonly submission: Submission;
  readonly done: (receipts: readonly Receipt[]) => void;
  readonly failed: (error: Error) => void;
}
/** Work on books that stand still. */
interface Still {
  readonly kind: 'still';
  readonly work: () => Promise<void>;
  readonly failed: (error: Error) => void;
}

/** Takes the partition and loads it, or says who has it. */
export async function openWriter(options: WriterOptions): Promise<Writer | OwnedByAnother> {
  const { store, workspace, owner } = options;
  const session = await openWriterSession(store.url, workspace, owner);
  if (session.kind !== 'owner') return session;
  try {
    return await runWriter(session, ledgerReads(store, workspace));
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** Loads what the session's log holds, and works until the session is lost or closed. */
export async function runWriter(
  session: WriterSession,
  reads: LedgerReads,
  slices = newSlices(),
): Promise<Writer> {
  const marks: Row<'dirty'>[] = [];
  for await (const rows of session.readAll('dirty')) marks.push(...rows);
  const loaded =
    marks.length === 0
      ? await loadPartition(session, reads)
      : await recoverPartition(session, reads, marks, slices);
  return ownerOf(session, newBatcher({ session, reads, slices, ...loaded }));
}

function ownerOf(session: WriterSession, batcher: Batcher): Writer {
  const queue: (Submit | Still)[] = [];
  /** Computed, and not yet certain to be committed. */
  const unanswered = new Set<Submit>();
  let wake: () => void = () => undefined;
  let state: 'open' | 'closing' | 'ended' = 'open';
  let tellEnd: (reason: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => {
    tellEnd = resolve;
  });

  function end(reason: string): void {
    if (state === 'ended') return;
    state = 'ended';
    const error = new WriterEnded(reason, session.isDiskFull());
    for (const job of [...unanswered, ...queue.splice(0)]) job.failed(error);
    wake();
    tellEnd(reason);
    session.close().catch(() => undefined);
  }

  function add(job: Submit | Still): void {
    if (state !== 'open') job.failed(new WriterEnded('The writer is closed.'));
    else queue.push(job);
    wake();
  }

  async function run(): Promise<void> {
    while (state !== 'ended') {
      const [job] = queue;
      if (job === undefined) {
        if (batcher.hasSlices()) await batcher.writeSlice();
        else if (state === 'closing') return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      } else if (job.kind === 'still') {
        queue.shift();
        await batcher.settle();
        await job.work();
      } else {
        await batcher.gather(entriesWaiting(queue));
        await takeBatch(nextBatch(queue));
      }
    }
  }

  async function takeBatch(jobs: readonly Submit[]): Promise<void> {
    for (const job of jobs) unanswered.add(job);
    const submissions = jobs.map(({ submission }) => submission);
    try {
      await batcher.take(submissions, (receipts) => {
        for (const [place, job] of jobs.entries()) {
          unanswered.delete(job);
          job.done(receipts[place]!);
        }
      });
    } catch (error) {
      if (!(error instanceof BatchLost)) refuseToRepeat(jobs, error as Error);
      throw error;
    }
  }

  /** What cannot be computed ends the writer; whoever sent it must not be told to send it again. */
  function refuseToRepeat(jobs: readonly Submit[], error: Error): void {
    for (const job of jobs) {
      unanswered.delete(job);
      job.failed(error);
    }
  }

  const running = run()
    .then(() => batcher.settle())
    .catch((error: Error) => end(error.message));
  void session.lost.then(end);

  function submit(submission: Submission): Promise<readonly Receipt[]> {
    return new Promise((done, failed) => {
      add({ kind: 'submit', submission, done, failed });
    });
  }

  /** A failure of the question is the caller's; a failure of the books ends the writer. */
  function still<T>(work: (view: BooksView) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const answer = async () => {
        try {
          resolve(await work(batcher.view()));
        } catch (error) {
          reject(error as Error);
        }
      };
      add({ kind: 'still', work: answer, failed: reject });
    });
  }

  async function record<T>({ entries, value }: Decided<T> & { kind: 'decided' }): Promise<DecideOutcome<T>> {
    if (entries.length === 0) return { kind: 'done', value, sequences: [] };
    let receipts: readonly Receipt[];
    try {
      receipts = await batcher.takeOne({ entries, together: true });
    } catch (error) {
      end((error as Error).message);
      throw new WriterEnded((error as Error).message, session.isDiskFull());
    }
    const refused = receipts.find((receipt) => receipt.kind === 'refused');
    if (refused?.kind === 'refused') return { kind: 'refused', refusal: refused.refusal };
    const sequences = receipts.flatMap((receipt) => ('sequence' in receipt ? [receipt.sequence] : []));
    return { kind: 'done', value, sequences };
  }

  return {
    workspace: session.workspace,
    declared: declaring(batcher),
    submit: async (entries, { together }) => {
      if (entries.length === 0) return [];
      const parts = together ? [entries] : slices(entries);
      return (await Promise.all(parts.map((part) => submit({ entries: part, together })))).flat();
    },
    decide: (decision) =>
      still(async (view) => {
        const decided = await decision(view);
        return decided.kind === 'refused' ? decided : record(decided);
      }),
    unwritten: () => batcher.unwritten(),
    read: (question) => still(async (view) => question(view)),
    ended,
    close: async () => {
      if (state === 'open') state = 'closing';
      wake();
      await running;
      if (state === 'ended') return;
      state = 'ended';
      await session.close();
      tellEnd('closed');
    },
  };
}

/** Gives the same map until a version is put into force, so that what is made of it can be kept. */
function declaring({ partition }: Batcher): Writer['declared'] {
  let last: ReadonlyMap<string, AgreementBooks> = new Map();
  let versions: ReadonlyMap<string, readonly ActiveVersion[]> = new Map();
  return () => {
    const now = partition.agreements;
    const isSame = now.size === last.size && [...now].every(([name, books]) => last.get(name) === books);
    if (!isSame) {
      last = new Map(now);
      versions = new Map([...now].map(([agreement, books]) => [agreement, activeVersions(books)]));
    }
    return versions;
  };
}

/** Parts of at most a batch; what makes books anew is a part of its own, since it reads the log as it is committed. */
function slices(entries: readonly Submitted[]): readonly (readonly Submitted[])[] {
  const parts: Submitted[][] = [];
  for (const submitted of entries) {
    const last = parts.at(-1);
    const isAlone = readsWholeLog(submitted) || (last?.[0] !== undefined && readsWholeLog(last[0]));
    if (last === undefined || last.length === batchEntriesMax || isAlone) parts.push([submitted]);
    else last.push(submitted);
  }
  return parts;
}

function readsWholeLog({ entry: { kind } }: Submitted): boolean {
  return kind === 'version' || kind === 'recomputed';
}

function entriesWaiting(queue: readonly (Submit | Still)[]): number {
  let count = 0;
  for (const job of queue) {
    if (job.kind === 'still' || count >= batchEntriesMax) break;
    count += job.submission.entries.length;
  }
  return count;
}

/** Takes submissions from the front until a batch is full; what needs the books to stand still begins a batch. */
function nextBatch(queue: (Submit | Still)[]): readonly Submit[] {
  const jobs: Submit[] = [];
  let count = 0;
  for (;;) {
    const [job] = queue;
    if (job === undefined || job.kind === 'still') return jobs;
    const { entries } = job.submission;
    const standsAlone = entries.some(({ entry }) => needsStillness(entry));
    if (jobs.length > 0 && (standsAlone || count + entries.length > batchEntriesMax)) return jobs;
    queue.shift();
    jobs.push(job);
    count += entries.length;
    if (standsAlone) return jobs;
  }
}
