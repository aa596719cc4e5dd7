// SPDX-License-Identifier: Apache-2.0
// A workspace replayed into an empty ledger and compared with its books, byte for byte: transfers, holds, commitments,
// statements, and what stands as posted. Work goes on meanwhile; what is recorded after the start is left out.

import { canonicalText } from '@rapport/core/proof/canonical.ts';
import type { Batch } from '../store/batch.ts';
import { headOf, readLog } from '../store/log-rows.ts';
import type { Store } from '../store/open.ts';
import { listPosted, type PostedKey } from '../store/posted-rows.ts';
import { type BooksBetween, readBooksBetween } from '../store/replay-rows.ts';
import type { LogRow, PostedRow } from '../store/tables.ts';
import { ledgerReads } from './ledger-reads.ts';
import { type LogToReplay, ReplayStopped, replay } from './replay.ts';

/** A row that one side has and the other has not, or not so. */
export interface ReplayDifference {
  readonly table: string;
  /** As canonical text; null where there is none. */
  readonly replayed: string | null;
  readonly kept: string | null;
}

export interface ReplayReport {
  /** Entries that were replayed: all through this sequence, unless `stopped` says why not. */
  readonly entries: number;
  readonly rows: number;
  readonly differenceCount: number;
  /** The first of them. */
  readonly differences: readonly ReplayDifference[];
  readonly stopped: string | null;
}

export interface ReplayCheckOptions {
  /** Entries of a batch; the outcome does not depend on it. */
  readonly batchEntries?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** The most differences that a report tells in full. */
const toldMax = 20;
const pageRows = 2000;

export async function checkReplay(
  store: Store,
  workspace: number,
  { batchEntries = 500, onProgress = () => undefined }: ReplayCheckOptions = {},
): Promise<ReplayReport> {
  const log = await logOf(store, workspace);
  const found = newFindings();
  const posted = new Map<string, PostedRow>();
  let entries = 0;
  let stopped: string | null = null;
  try {
    for await (const { batch } of replay(log, batchEntries)) {
      const kept = await store.within(workspace, (scope) => readBooksBetween(scope, entries, batch.head));
      compareBooks(found, batch, kept);
      for (const row of batch.posted) posted.set(nameOf(row), row);
      entries = batch.head;
      onProgress(entries, log.head);
    }
    await comparePosted(found, store, workspace, posted, log.head);
  } catch (error) {
    if (!(error instanceof ReplayStopped)) throw error;
    stopped = error.message;
  }
  const { rows, count, told } = found;
  return { entries, rows, differenceCount: count, differences: told, stopped };
}

/** The log of a workspace as it stands now. */
async function logOf(store: Store, workspace: number): Promise<LogToReplay> {
  async function* rows(through: number): AsyncGenerator<readonly LogRow[]> {
    for (let after = 0; ; ) {
      const page = await store.within(workspace, (scope) => readLog(scope, { after, limit: pageRows }));
      const wanted = page.filter(({ sequence }) => sequence <= through);
      if (wanted.length > 0) yield wanted;
      if (wanted.length < pageRows) return;
      after = wanted.at(-1)!.sequence;
    }
  }
  return { rows, head: await store.within(workspace, headOf), reads: ledgerReads(store, workspace) };
}

interface Findings {
  rows: number;
  count: number;
  readonly told: ReplayDifference[];
}

function newFindings(): Findings {
  return { rows: 0, count: 0, told: [] };
}

function tell(found: Findings, difference: ReplayDifference): void {
  found.count += 1;
  if (found.told.length < toldMax) found.told.push(difference);
}

function compareBooks(found: Findings, batch: Batch, kept: BooksBetween): void {
  for (const table of ['transfers', 'holds', 'holdEnds', 'commitments', 'statements'] as const) {
    const replayed = new Set(batch[table].map(rowText));
    found.rows += replayed.size;
    for (const text of kept[table].map(rowText))
      if (!replayed.delete(text)) tell(found, { table, replayed: null, kept: text });
    for (const text of replayed) tell(found, { table, replayed: text, kept: null });
  }
}

/** What stands as posted at the end; keys that were posted to after the start of the replay are left out. */
async function comparePosted(
  found: Findings,
  store: Store,
  workspace: number,
  replayed: Map<string, PostedRow>,
  head: number,
): Promise<void> {
  for (let after: PostedKey | undefined; ; ) {
    const position = after === undefined ? {} : { after };
    const page = await store.within(workspace, (scope) =>
      listPosted(scope, { ...position, limit: pageRows }),
    );
    for (const row of page) {
      const expected = replayed.get(nameOf(row));
      replayed.delete(nameOf(row));
      if (row.sequence > head) continue;
      found.rows += 1;
      const [text, kept] = [expected === undefined ? null : rowText(expected), rowText(row)];
      if (text !== kept) tell(found, { table: 'posted', replayed: text, kept });
    }
    if (page.length < pageRows) break;
    after = page.at(-1)!;
  }
  for (const row of replayed.values()) tell(found, { table: 'posted', replayed: rowText(row), kept: null });
}

function rowText(row: object): string {
  const { workspace: _, ...rest } = row as { workspace?: number };
  return canonicalText(rest);
}

function nameOf({ agreement, clause, payee, period, asset }: PostedKey): string {
  return JSON.stringify([agreement, clause, payee, period, asset]);
}
