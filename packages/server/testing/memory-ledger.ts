// SPDX-License-Identifier: Apache-2.0
// A database of one workspace in memory, as far as a writer sees it: commits are atomic, ownership is fenced by epochs, and
// a commit can be lost before or after it took effect. So that thousands of crashes fit into a second.

import { compile } from '@rapport/core/language/compile.ts';
import type { PostedTotal } from '@rapport/core/ledger/differences.ts';
import { addPosting } from '@rapport/core/ledger/open-books.ts';
import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import type { Batch } from '../store/batch.ts';
import { entryOfText, identityOf } from '../store/log-entry.ts';
import { postingsOf } from '../store/posting-rows.ts';
import type { LogRow, PostedRow, Row, TransferRow } from '../store/tables.ts';
import { identityText, type LoadedTable, type WriterSession } from '../store/writer-session.ts';
import type { Activation, LedgerReads } from '../writer/ledger-reads.ts';
import type { LogToReplay } from '../writer/replay.ts';

/** What becomes of a commit. */
export type Fate = 'committed' | 'lost before' | 'lost after';

export interface MemoryLedger {
  readonly log: readonly LogRow[];
  readonly transfers: readonly TransferRow[];
  /** Entries of which not everything is written. */
  readonly dirty: ReadonlyMap<number, Row<'dirty'>>;
  readonly statements: readonly Omit<Row<'statement'>, 'issued_at'>[];
  posted(): readonly PostedRow[];
  /** A new owner; sessions before it can write no more. */
  open(fate?: () => Fate): WriterSession;
  readonly reads: LedgerReads;
  toReplay(): LogToReplay;
}

/** `texts` are the texts of versions, by agreement and version. */
export function memoryLedger(texts: ReadonlyMap<string, string>): MemoryLedger {
  const log: LogRow[] = [];
  const transfers: TransferRow[] = [];
  const places = new Set<string>();
  const statements: Omit<Row<'statement'>, 'issued_at'>[] = [];
  const posted = new Map<string, PostedRow>();
  const settled = new Map<string, Row<'settled'>>();
  const commitments: Row<'commitment'>[] = [];
  const holds: Row<'hold'>[] = [];
  const dirty = new Map<number, Row<'dirty'>>();
  const bodies = new Map<number, string>();
  const byIdentity = new Map<string, LogRow>();
  let epoch = 0;
  let head = 0;

  function write(batch: Batch): void {
    const recorded_at = new Date(0);
    for (const row of batch.log) {
      const kept = { ...row, recorded_at };
      if (row.sequence !== log.length + 1) throw new Error(`Sequence ${row.sequence} leaves a gap.`);
      const identity = identityText(row);
      if (row.kind === 'fact' && byIdentity.has(identity)) throw new Error(`Twice in the log: ${identity}.`);
      byIdentity.set(identity, kept);
      bodies.set(row.sequence, row.body);
      log.push(kept);
    }
    for (const row of batch.transfers) {
      const place = `${row.sequence} ${row.ordinal}`;
      if (places.has(place)) throw new Error(`Transfer ${place} is there already.`);
      places.add(place);
      transfers.push(row);
    }
    transfers.sort((a, b) => a.sequence - b.sequence || a.ordinal - b.ordinal);
    for (const { sequence } of batch.dirtySettled) dirty.delete(sequence);
    for (const row of batch.dirty) dirty.set(row.sequence, row);
    statements.push(...batch.statements);
    commitments.push(...batch.commitments);
    holds.push(...batch.holds);
    for (const row of batch.settled) settled.set(row.agreement, row);
    for (const row of batch.posted) {
      const { agreement, clause, payee, period, asset } = row;
      posted.set(JSON.stringify([agreement, clause, payee, period, asset]), row);
    }
    head = batch.head;
  }

  function kept(table: LoadedTable): readonly unknown[] {
    if (table === 'settled') return [...settled.values()];
    if (table === 'dirty') return [...dirty.values()];
    if (table === 'hold') return holds;
    return table === 'commitment' ? commitments : [];
  }

  const reads: LedgerReads = {
    programOf: async (agreement, version) => {
      const text = texts.get(versionName(agreement, version));
      return text === undefined ? null : compile(text, agreement).program;
    },
    activations: async () => log.filter(({ kind }) => kind === 'version').map(activationOf),
    issuedBefore: async (agreement, payee, before = Number.MAX_SAFE_INTEGER) => {
      const own = transfers.filter(
        (row) =>
          row.agreement === agreement && row.payee === payee && row.part !== 'own' && row.sequence < before,
      );
      return {
        postings: postingsOf(own.map((row) => ({ ...row, body: bodies.get(row.sequence)! }))),
        earlier: statements
          .filter((row) => row.agreement === agreement && row.payee === payee && row.sequence < before)
          .map(({ body }) => JSON.parse(body) as StatementBody),
      };
    },
    postedIn: async (agreement) => {
      const own = transfers.filter((row) => row.agreement === agreement && row.part !== 'own');
      const totals = new Map<string, PostedTotal>();
      for (const posting of postingsOf(own.map((row) => ({ ...row, body: bodies.get(row.sequence)! }))))
        addPosting(totals, posting);
      return [...totals.values()];
    },
    transfersFrom: async (first) =>
      new Set(
        transfers
          .filter(({ sequence }) => sequence >= first)
          .map(({ sequence, ordinal }) => `${sequence} ${ordinal}`),
      ),
  };

  return {
    log,
    dirty,
    transfers,
    statements,
    posted: () => [...posted.values()],
    reads,
    toReplay: () => ({
      head: log.length,
      reads,
      rows: (through) => pages(log.filter(({ sequence }) => sequence <= through)),
    }),
    open: (fate = () => 'committed') => {
      epoch += 1;
      const own = epoch;
      let at = head;
      let tell: (reason: string) => void = () => undefined;
      const lost = new Promise<string>((resolve) => {
        tell = resolve;
      });
      return {
        kind: 'owner',
        workspace: 1,
        epoch: own,
        get head() {
          return at;
        },
        lost,
        isDiskFull: () => false,
        commit: async (batch) => {
          await Promise.resolve();
          const outcome = own === epoch && at === head ? fate() : 'lost before';
          if (outcome !== 'lost before') write(batch);
          at = batch.head;
          if (outcome === 'committed') return 'committed';
          tell(outcome);
          return 'lost';
        },
        readLog: (after) => pages(log.slice(after)),
        findSame: async (identities) =>
          new Map(
            identities.flatMap((identity) => {
              const row = byIdentity.get(identityText(identity));
              return row === undefined ? [] : [[identityText(identity), row] as const];
            }),
          ),
        readPosted: () => pages([...posted.values()]),
        readAll: ((table: LoadedTable) => pages(kept(table))) as WriterSession['readAll'],
        close: async () => undefined,
      };
    },
  };
}

export function versionName(agreement: string, version: number): string {
  return JSON.stringify([agreement, version]);
}

function activationOf({ body }: LogRow): Activation {
  const entry = entryOfText(body);
  if (entry.kind !== 'version') throw new Error(`${identityOf(entry).kind} activates nothing.`);
  return entry;
}

async function* pages<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < rows.length; start += 100) yield rows.slice(start, start + 100);
}
