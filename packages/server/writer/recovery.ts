// SPDX-License-Identifier: Apache-2.0
// An owner that ended while rows were kept back left marks. The next one replays the whole log in memory, which gives the
// partition and every row that there should be, and keeps back what is missing, to be written as before.

import { identityText } from '../store/log-entry.ts';
import type { Row } from '../store/tables.ts';
import type { WriterSession } from '../store/writer-session.ts';
import { newFactIndex } from './fact-index.ts';
import type { LedgerReads } from './ledger-reads.ts';
import type { Loaded } from './loading.ts';
import { newPartition } from './partition.ts';
import { replay } from './replay.ts';
import type { Slices } from './slices.ts';

/** Entries of one step; it only bounds what is in hand at once. */
const stepEntries = 500;

export async function recoverPartition(
  session: Pick<WriterSession, 'head' | 'readLog'>,
  reads: LedgerReads,
  marks: readonly Row<'dirty'>[],
  slices: Slices,
): Promise<Loaded> {
  const facts = newFactIndex(session.head);
  const first = Math.min(...marks.map(({ sequence }) => sequence));
  const written = await reads.transfersFrom(first);
  let partition = newPartition();
  const missing: Row<'transfer'>[] = [];
  const posted = new Map<string, Row<'posted'>>();
  async function* rows(through: number) {
    for await (const page of session.readLog(0)) {
      const wanted = page.filter(({ sequence }) => sequence <= through);
      if (wanted.length > 0) yield wanted;
      if (wanted.length < page.length) return;
    }
  }
  for await (const step of replay({ rows, reads, head: session.head }, stepEntries)) {
    partition = step.partition;
    const { log, transfers, posted: changed, head } = step.batch;
    for (const row of log) if (row.kind === 'fact') facts.add(identityText({ ...row, kind: 'fact' }));
    if (head < first) continue;
    missing.push(
      ...transfers.filter(
        ({ sequence, ordinal }) => sequence >= first && !written.has(`${sequence} ${ordinal}`),
      ),
    );
    for (const row of changed) {
      const { agreement, clause, payee, period, asset } = row;
      if (row.sequence >= first) posted.set(JSON.stringify([agreement, clause, payee, period, asset]), row);
    }
  }
  slices.keep(missing, [...posted.values()], marks);
  return { partition, facts };
}
