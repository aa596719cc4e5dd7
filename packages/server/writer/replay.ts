// SPDX-License-Identifier: Apache-2.0
// The whole log of a workspace once more, from its first entry, into empty books. What comes out is given batch by batch;
// it must be what the books hold, byte for byte, however many entries a batch has.

import type { Batch } from '../store/batch.ts';
import { entryOfText } from '../store/log-entry.ts';
import type { LogRow } from '../store/tables.ts';
import type { AgreementBooks } from './agreement-books.ts';
import { needsStillness } from './batcher.ts';
import type { IssuedBefore } from './issuing.ts';
import type { LedgerReads } from './ledger-reads.ts';
import { openAnew, openUnder } from './loading.ts';
import { newPartition, type Partition, type Sources, takeIn } from './partition.ts';
import { batchOf, type Recorded } from './rows.ts';

/** Where the log comes from. */
export interface LogToReplay {
  /** In pages, oldest first, through the sequence `through`. */
  readonly rows: (through: number) => AsyncIterable<readonly LogRow[]>;
  readonly reads: Pick<LedgerReads, 'programOf' | 'issuedBefore'>;
  /** The last entry to replay. */
  readonly head: number;
}

export interface Replayed {
  readonly batch: Batch;
  /** The partition after the batch; it changes in place. */
  readonly partition: Partition;
}

/** An entry of the log that does not go in again the way it did: the books and the program disagree. */
export class ReplayStopped extends Error {
  override readonly name = 'ReplayStopped';
  readonly sequence: number;

  constructor(sequence: number, why: string) {
    super(`Entry ${sequence} does not go in again: ${why}.`);
    this.sequence = sequence;
  }
}

/** What each batch of so many entries writes. Ask for one batch after the other: statements read what stood before. */
export async function* replay(log: LogToReplay, batchEntries: number): AsyncGenerator<Replayed> {
  const partition = newPartition();
  let recorded: Recorded[] = [];
  for await (const rows of log.rows(log.head)) {
    for (const row of rows) {
      const entry = entryOfText(row.body);
      if (needsStillness(entry) && recorded.length > 0) {
        yield { batch: batchOf(partition, recorded), partition };
        recorded = [];
      }
      const taken = takeIn(partition, entry, await sourcesAt(log, partition, row));
      if (taken.kind === 'refused') throw new ReplayStopped(row.sequence, taken.refusal.code);
      if (taken.kind === 'repeated') throw new ReplayStopped(row.sequence, 'it repeats an earlier one');
      if (partition.head !== row.sequence)
        throw new ReplayStopped(row.sequence, `${partition.head} was to come`);
      const { actor, source, load } = row;
      recorded.push({
        changes: taken.changes,
        from: { actor, source, ...(load === null ? {} : { load }) },
      });
      if (recorded.length < batchEntries) continue;
      yield { batch: batchOf(partition, recorded), partition };
      recorded = [];
    }
  }
  if (recorded.length > 0) yield { batch: batchOf(partition, recorded), partition };
}

async function sourcesAt(log: LogToReplay, partition: Partition, row: LogRow): Promise<Sources> {
  const entry = entryOfText(row.body);
  let opened: AgreementBooks | null = null;
  let issued: IssuedBefore = { postings: [], earlier: [] };
  if (entry.kind === 'version') {
    const before = partition.agreements.get(entry.agreement);
    opened = await openUnder(log.rows(row.sequence - 1), entry, before, log.reads.programOf);
  } else if (entry.kind === 'recomputed') {
    const before = partition.agreements.get(entry.agreement)!;
    opened = await openAnew(log.rows(row.sequence - 1), before, [...before.books.posted.values()]);
  } else if (entry.kind === 'statement issued')
    issued = await log.reads.issuedBefore(entry.agreement, entry.payee, row.sequence);
  return { opened: () => opened, issued: () => issued };
}
