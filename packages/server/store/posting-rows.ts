// SPDX-License-Identifier: Apache-2.0
// Postings read back from their transfers, with the entries of the log that caused them, and the statements that were
// issued over them.

import type { Transfer } from '@rapport/core/ledger/accounts.ts';
import { type Cause, causeOf, causeOfOwn } from '@rapport/core/ledger/book-entry.ts';
import type { Posting } from '@rapport/core/ledger/posting.ts';
import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import { bookEntryOf, entryOfText, type LogEntry } from './log-entry.ts';
import type { Scope } from './open.ts';
import type { TransferRow } from './tables.ts';

export interface PayeeBefore {
  readonly agreement: string;
  readonly payee: string;
  /** Only what stands below this sequence. */
  readonly before: number;
}

/** The postings of an agreement to a payee, in the order of the log. */
export async function readPostings(
  { workspace, query }: Scope,
  { agreement, payee, before }: PayeeBefore,
): Promise<readonly Posting[]> {
  const rows = await query
    .selectFrom('transfer')
    .innerJoin('log', (join) =>
      join.onRef('log.workspace', '=', 'transfer.workspace').onRef('log.sequence', '=', 'transfer.sequence'),
    )
    .where('transfer.workspace', '=', workspace)
    .where('transfer.agreement', '=', agreement)
    .where('transfer.payee', '=', payee)
    .where('transfer.part', '<>', 'own')
    .where('transfer.sequence', '<', before)
    .orderBy('transfer.sequence')
    .orderBy('transfer.ordinal')
    .selectAll('transfer')
    .select('log.body')
    .execute();
  return postingsOf(rows);
}

/** Transfers in the order of the log, put together into the postings that they book. */
export function postingsOf(rows: readonly (TransferRow & { readonly body: string })[]): readonly Posting[] {
  const postings: Posting[] = [];
  for (const row of rows) {
    const amount = row.raises ? row.amount : -row.amount;
    const part = row.part === 'held' ? { due: 0n, held: amount } : { due: amount, held: 0n };
    const before = postings.at(-1);
    if (before !== undefined && isOfPosting(row, before)) {
      const due = before.due + part.due;
      const held = before.held + part.held;
      postings[postings.length - 1] = {
        ...before,
        due,
        held,
        transfers: [...before.transfers, transferOf(row)],
      };
      continue;
    }
    const { clause, component, payee, period, asset, accounting, sequence } = row;
    postings.push({
      ...{ clause, component, payee, period, asset, ...part, accounting },
      recorded: sequence,
      causes: [causeOfEntry(entryOfText(row.body))],
      transfers: [transferOf(row)],
    });
  }
  return postings;
}

function isOfPosting(row: TransferRow, posting: Posting): boolean {
  return (
    row.sequence === posting.recorded &&
    row.clause === posting.clause &&
    row.payee === posting.payee &&
    row.period === posting.period &&
    row.asset === posting.asset
  );
}

function transferOf({ asset, amount, ...row }: TransferRow): Transfer {
  return {
    debit: { party: row.debit_party, asset, purpose: row.debit_purpose as Transfer['debit']['purpose'] },
    credit: { party: row.credit_party, asset, purpose: row.credit_purpose as Transfer['credit']['purpose'] },
    asset,
    amount,
  };
}

/** What a posting says about the entry that brought it about. */
export function causeOfEntry(entry: LogEntry): Cause {
  switch (entry.kind) {
    case 'fact':
    case 'attribute':
    case 'decision':
    case 'opening':
    case 'day':
    case 'close':
      return causeOf(bookEntryOf(entry, null));
    case 'version':
      return { kind: 'version', id: entry.agreement, revision: entry.version };
    case 'recomputed':
      return { kind: 'recomputation', id: entry.agreement, revision: 0 };
    case 'commitment':
    case 'hold placed':
    case 'hold posted':
    case 'hold voided':
      return causeOfOwn(entry);
    case 'complete':
    case 'statement issued':
    case 'statement approved':
    case 'approval taken back':
      throw new RangeError(`An entry ${entry.kind} brings no posting about.`);
  }
}

/** Every statement issued to a payee under an agreement, for any period, oldest first. */
export async function readEarlierStatements(
  { workspace, query }: Scope,
  { agreement, payee, before }: PayeeBefore,
): Promise<readonly StatementBody[]> {
  const rows = await query
    .selectFrom('statement')
    .where('workspace', '=', workspace)
    .where('agreement', '=', agreement)
    .where('payee', '=', payee)
    .where('sequence', '<', before)
    .orderBy('sequence')
    .select('body')
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as StatementBody);
}
