// SPDX-License-Identifier: Apache-2.0
// What a batch of changes writes, as rows: pure, so that a replay can compare row by row. Ordinals count within an entry,
// through its agreements in the order of their names; a key that changes twice in a batch is written once.

import type { Transfer } from '@rapport/core/ledger/accounts.ts';
import type { OpenBooks } from '@rapport/core/ledger/open-books.ts';
import type { Posting } from '@rapport/core/ledger/posting.ts';
import type { Key } from '@rapport/core/program/entitlement.ts';
import { hex, utf8 } from '@rapport/core/proof/bytes.ts';
import { canonicalText } from '@rapport/core/proof/canonical.ts';
import { sha256 } from '@rapport/core/proof/sha256.ts';
import { rationalText } from '@rapport/core/values/rational.ts';
import { type Batch, emptyBatch } from '../store/batch.ts';
import { identityOf } from '../store/log-entry.ts';
import type { Row } from '../store/tables.ts';
import type { AgreementChanges } from './agreement-books.ts';
import type { Changes, Partition } from './partition.ts';
import { partRows, promiseRows } from './promises.ts';
import type { PrivateValue, Submitted } from './writing.ts';

/** An entry that was taken in, with who brought it. */
export interface Recorded {
  readonly changes: Changes;
  readonly from: Pick<Submitted, 'actor' | 'source' | 'load' | 'private'>;
}

type TransferRow = Row<'transfer'>;

/** The batch that commits these entries, the first of which follows the last committed. */
export function batchOf(partition: Partition, recorded: readonly Recorded[]): Batch {
  const head = recorded.at(-1)?.changes.sequence ?? partition.head;
  const batch = emptyBatch(head);
  return {
    ...batch,
    log: recorded.map(({ changes, from }) => {
      const { load = null, actor, source } = from;
      const { kind, name, subject, revision } = identityOf(changes.entry);
      const { sequence, text: body } = changes;
      return { sequence, kind, name, subject, revision, body, actor, source, load };
    }),
    transfers: recorded.flatMap(({ changes }) => transferRows(changes)),
    ...ownRows(recorded.map(({ changes }) => changes)),
    posted: postedRows(
      partition,
      recorded.map(({ changes }) => changes),
    ),
    settled: settledRows(recorded.map(({ changes }) => changes)),
    private: recorded.flatMap(({ from }) =>
      (from.private ?? []).map((value: PrivateValue) => ({ ...value })),
    ),
    outbox: outboxRows(recorded.map(({ changes }) => changes)),
  };
}

/** Transfers of an entry with their ordinals. */
export function transferRows({ sequence, agreements }: Changes): readonly TransferRow[] {
  const rows: TransferRow[] = [];
  for (const changes of inOrder(agreements)) {
    const { agreement } = changes;
    for (const { transfer } of changes.timedOut)
      rows.push(ownRow(sequence, rows.length, agreement, transfer));
    for (const transfer of changes.transfers) rows.push(ownRow(sequence, rows.length, agreement, transfer));
    for (const posting of changes.postings) {
      for (const transfer of posting.transfers)
        rows.push(postingRow(sequence, rows.length, agreement, posting, transfer));
    }
  }
  return rows;
}

function inOrder(agreements: readonly AgreementChanges[]): readonly AgreementChanges[] {
  return agreements.length < 2
    ? agreements
    : agreements.toSorted((a, b) => (a.agreement < b.agreement ? -1 : 1));
}

function postingRow(
  sequence: number,
  ordinal: number,
  agreement: string,
  posting: Posting,
  { debit, credit, asset, amount }: Transfer,
): TransferRow {
  const isHeld = debit.purpose === 'held' || credit.purpose === 'held';
  return {
    sequence,
    ordinal,
    agreement,
    clause: posting.clause,
    component: posting.component,
    payee: posting.payee,
    period: posting.period,
    accounting: posting.accounting,
    part: isHeld ? 'held' : 'due',
    raises: (isHeld ? posting.held : posting.due) > 0n,
    debit_party: debit.party,
    debit_purpose: debit.purpose,
    credit_party: credit.party,
    credit_purpose: credit.purpose,
    asset,
    amount,
  };
}

/** A transfer of a hold or a commitment; the payee is the one whose accounts it moves between. */
function ownRow(
  sequence: number,
  ordinal: number,
  agreement: string,
  { debit, credit, asset, amount }: Transfer,
): TransferRow {
  return {
    sequence,
    ordinal,
    agreement,
    clause: '',
    component: '',
    payee: credit.party,
    period: '',
    accounting: '',
    part: 'own',
    raises: true,
    debit_party: debit.party,
    debit_purpose: debit.purpose,
    credit_party: credit.party,
    credit_purpose: credit.purpose,
    asset,
    amount,
  };
}

/** Holds and how they ended, commitments, statements. */
function ownRows(
  changes: readonly Changes[],
): Pick<Batch, 'holds' | 'holdEnds' | 'commitments' | 'statements'> {
  const holds: Row<'hold'>[] = [];
  const holdEnds: Row<'hold_end'>[] = [];
  const commitments: Row<'commitment'>[] = [];
  const statements: Batch['statements'][number][] = [];
  for (const { sequence, entry, agreements, statement } of changes) {
    for (const { agreement, timedOut, promises } of agreements) {
      for (const { hold } of timedOut) holdEnds.push({ agreement, hold, state: 'timed out', sequence });
      commitments.push(...promiseRows(agreement, promises, sequence));
    }
    switch (entry.kind) {
      case 'hold placed': {
        const { id, ...hold } = entry.hold;
        const named = agreements.flatMap(({ promises }) => promises.holds).find((one) => one.id === id);
        const lots = partRows(named?.lots ?? []);
        holds.push({ agreement: entry.agreement, hold: id, ...hold, lots, sequence });
        break;
      }
      case 'hold posted':
      case 'hold voided': {
        const state = entry.kind === 'hold posted' ? 'posted' : 'voided';
        holdEnds.push({ agreement: entry.agreement, hold: entry.hold, state, sequence });
        break;
      }
      case 'commitment': {
        const { id, lots, what, party, asset, amount, reference } = entry.commitment;
        const named = agreements.flatMap(({ promises }) => promises.uses).find((use) => use.id === id);
        commitments.push({
          agreement: entry.agreement,
          commitment: id,
          ...{ what, party, asset, amount, reference },
          lots: partRows(named?.lots ?? lots),
          sequence,
        });
        break;
      }
      default:
        break;
    }
    if (statement === null) continue;
    const { payee, version } = statement;
    const body = canonicalText(statement);
    const key = { agreement: statement.agreement.id, payee, period: statement.period.label };
    statements.push({ ...key, version, body, hash: hex(sha256(utf8(body))), sequence });
  }
  return { holds, holdEnds, commitments, statements };
}

/** What stands for each key that changed, after all of them. */
function postedRows(partition: Partition, changes: readonly Changes[]): Batch['posted'] {
  const changed = new Map<string, Map<string, { readonly key: Key; readonly sequence: number }>>();
  for (const { sequence, agreements } of changes) {
    for (const { agreement, keys } of agreements) {
      const last = changed.get(agreement) ?? new Map();
      changed.set(agreement, last);
      for (const { text, key } of keys) last.set(text, { key, sequence });
    }
  }
  const rows: Row<'posted'>[] = [];
  for (const [agreement, keys] of changed) {
    const { books } = partition.agreements.get(agreement)!;
    for (const [text, { key, sequence }] of keys)
      rows.push(postedRow(agreement, books, { text, key, sequence }));
  }
  return rows;
}

function postedRow(
  agreement: string,
  { entitled, posted }: OpenBooks,
  { text, key, sequence }: { readonly text: string; readonly key: Key; readonly sequence: number },
): Row<'posted'> {
  const now = entitled.get(text);
  const total = posted.get(text);
  const { clause, component, payee, period, asset } = now ?? total ?? key;
  return {
    agreement,
    clause,
    component,
    payee,
    period,
    asset,
    due: total?.due ?? 0n,
    held: total?.held ?? 0n,
    exact: now === undefined ? '0' : rationalText(now.exact),
    state: now?.state ?? 'final',
    waiting: (now?.waiting ?? []).map((waiting) => ({ ...waiting })),
    sequence,
  };
}

function settledRows(changes: readonly Changes[]): Batch['settled'] {
  const rows = new Map<string, Batch['settled'][number]>();
  for (const { sequence, agreements } of changes)
    for (const { agreement, settled } of agreements)
      if (settled !== null) rows.set(agreement, { agreement, body: canonicalText(settled), sequence });
  return [...rows.values()];
}

/** What others are told: that there are postings in this stretch of the log, each statement, each close. */
function outboxRows(changes: readonly Changes[]): Batch['outbox'] {
  const rows: Batch['outbox'][number][] = [];
  const posted = changes.filter(({ agreements }) => agreements.some(({ postings }) => postings.length > 0));
  const [first] = posted;
  const last = posted.at(-1);
  if (first !== undefined && last !== undefined) {
    const body = { from: first.sequence, through: last.sequence };
    rows.push({ sequence: last.sequence, topic: 'posted', body });
  }
  for (const { sequence, entry, statement } of changes) {
    if (entry.kind === 'close') {
      const { agreement, period } = entry;
      rows.push({ sequence, topic: 'closed', body: { agreement, period } });
    }
    if (entry.kind === 'statement approved' || entry.kind === 'approval taken back') {
      const { kind: topic, agreement, payee, period, version } = entry;
      rows.push({ sequence, topic, body: { agreement, payee, period, version } });
    }
    if (entry.kind === 'commitment' && entry.commitment.what === 'payment') {
      const { id, party: payee, period = null } = entry.commitment;
      rows.push({ sequence, topic: 'paid', body: { agreement: entry.agreement, payee, period, id } });
    }
    if (statement !== null) {
      const { payee, version } = statement;
      const body = { agreement: statement.agreement.id, payee, period: statement.period.label, version };
      rows.push({ sequence, topic: 'statement issued', body });
    }
  }
  return rows;
}
