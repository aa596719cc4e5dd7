// SPDX-License-Identifier: Apache-2.0
// The books as a fold over the log. Each entry is recorded once, entitlements are evaluated anew, and the
// differences are posted; nothing posted is ever rewritten. What is posted depends on the order of the entries
// alone: one difference per entry and key, whether entries come one by one or in batches. Books change in place.

import type { Entitlement, Key } from '../program/entitlement.ts';
import type { Entry, SettledThrough } from '../program/log.ts';
import type { Day } from '../values/date.ts';
import { parsePeriod } from '../values/period.ts';
import { accountingPeriod, type Closed, closePeriod } from './accounting-period.ts';
import type { Transfer } from './accounts.ts';
import {
  type BookEntry,
  type Commitment,
  causeOf,
  isOwnEntry,
  type OwnEntry,
  type Refusal,
} from './book-entry.ts';
import { differences, keyText, type PostedTotal } from './differences.ts';
import { type HoldOutcome, type Holds, placeHold, resolveHold, timeOutHolds } from './holds.ts';
import { type Posting, transfersOf } from './posting.ts';
import type { BookRules } from './roles.ts';
import { isSameContent } from './same-content.ts';
import { isSettled, settledBy } from './settled.ts';
import { type Statement, statementOf } from './statement.ts';

/** What an evaluation of the log says after its latest entry. */
export interface Entitled {
  readonly entitlements: readonly Entitlement[];
  /** The keys (as `keyText`) that may have changed; 'all' when every key was evaluated. */
  readonly keys: 'all' | readonly string[];
}
/** `settled` is what is known of settlements that are over (`Known.settled`). */
export type Evaluate = (entries: readonly Entry[], settled: readonly SettledThrough[]) => Entitled;

export interface Books {
  readonly rules: BookRules;
  /** The entries that agreements are evaluated over, in the order of the log. */
  readonly entries: Entry[];
  /** Place of the entry recorded last; counts from 1. */
  recorded: number;
  closed: Closed;
  /** Of each settlement, what is settled for good: its closed periods that are over. */
  settled: readonly SettledThrough[];
  today: Day | null;
  readonly postings: Posting[];
  /** Transfers of holds and commitments, beside those of postings. */
  readonly ownTransfers: Transfer[];
  readonly posted: Map<string, PostedTotal>;
  readonly entitled: Map<string, Entitlement>;
  /** By what it is about, the entry recorded last. */
  readonly latest: Map<string, Entry>;
  readonly holds: Holds;
  readonly commitments: Map<string, Commitment>;
  readonly statements: Statement[];
}

export type Applied =
  | { readonly kind: 'recorded'; readonly recorded: number; readonly postings: readonly Posting[] }
  /** Nothing is recorded again. */
  | { readonly kind: 'repeated' }
  | Refusal;

export function newBooks(rules: BookRules): Books {
  return {
    rules,
    entries: [],
    recorded: 0,
    closed: [],
    settled: [],
    today: null,
    postings: [],
    ownTransfers: [],
    posted: new Map(),
    entitled: new Map(),
    latest: new Map(),
    holds: new Map(),
    commitments: new Map(),
    statements: [],
  };
}

/** Records one entry and posts what follows from it. */
export function applyEntry(books: Books, entry: BookEntry, evaluate: Evaluate): Applied {
  if (isOwnEntry(entry)) return recordOwn(books, entry);
  const known = isKnown(books, entry);
  if (known !== null) return known;
  books.recorded += 1;
  books.entries.push(entry);
  if (entry.kind === 'close') {
    const period = parsePeriod(books.rules.calendar, entry.period);
    if (period !== null) books.closed = closePeriod(books.closed, period);
  }
  if (entry.kind === 'day') {
    books.today = entry.day;
    books.ownTransfers.push(...timeOutHolds(books.holds, entry.day));
  }
  const postings = post(books, entry, evaluate(books.entries, books.settled));
  if (entry.kind === 'close' || entry.kind === 'day') books.settled = settledBy(books);
  return { kind: 'recorded', recorded: books.recorded, postings };
}

/** Records a batch; a batch is a commit, and nothing else depends on it. */
export function applyBatch(
  books: Books,
  entries: readonly BookEntry[],
  evaluate: Evaluate,
): readonly Applied[] {
  return entries.map((entry) => applyEntry(books, entry, evaluate));
}

/** Every transfer of the books, in the order of recording within postings and within own entries. */
export function transfersIn(books: Books): readonly Transfer[] {
  return [...books.postings.flatMap(({ transfers }) => transfers), ...books.ownTransfers];
}

/** A repeat, or a known revision with other content; null when the entry is new. Days never go back. */
function isKnown(books: Books, entry: Entry): Applied | null {
  if (entry.kind === 'day')
    return books.today !== null && entry.day <= books.today ? { kind: 'repeated' } : null;
  const name = nameOf(entry);
  const latest = books.latest.get(name);
  if (latest !== undefined && isSameContent({ ...latest, recordedOn: null }, { ...entry, recordedOn: null }))
    return { kind: 'repeated' };
  if (latest !== undefined && entry.kind === 'fact') {
    const { kind, id, revision } = entry.fact;
    const facts = { id: `${kind} ${id}`, revision: `${revision}` };
    return { kind: 'refused', code: 'same_revision_other_content', facts };
  }
  books.latest.set(name, entry);
  return null;
}

/** What a later entry of the same name repeats, replaces or contradicts. */
function nameOf(entry: Exclude<Entry, { kind: 'day' }>): string {
  switch (entry.kind) {
    case 'fact':
      return JSON.stringify(['fact', entry.fact.kind, entry.fact.id, entry.fact.revision]);
    case 'attribute':
      return JSON.stringify([
        'attribute',
        entry.fact.party,
        entry.fact.of,
        entry.fact.attribute,
        entry.fact.from,
      ]);
    case 'decision':
      return JSON.stringify(['decision', entry.fact.decision, entry.fact.of, entry.fact.period]);
    case 'opening':
      return JSON.stringify(['opening', entry.balance.component, entry.balance.of, entry.balance.on]);
    case 'close':
      return JSON.stringify(['close', entry.period]);
  }
}

function post(books: Books, entry: Entry, { entitlements, keys }: Entitled): readonly Posting[] {
  const isOpen = (key: Key) => !isSettled(books, key);
  const known =
    keys === 'all' ? [...books.entitled.values()] : keys.flatMap((key) => books.entitled.get(key) ?? []);
  for (const entitlement of known.filter(isOpen)) books.entitled.delete(keyText(entitlement));
  const now = entitlements.filter(isOpen);
  for (const entitlement of now) books.entitled.set(keyText(entitlement), entitlement);
  const posted = now.filter((key) => books.rules.roleOf(key).kind !== 'shown');
  const baseline =
    keys === 'all' ? [...books.posted.values()] : keys.flatMap((key) => books.posted.get(key) ?? []);
  const postings = differences(baseline.filter(isOpen), posted).map(
    (difference): Posting => ({
      ...difference,
      accounting: accountingPeriod({ ...books, calendar: books.rules.calendar }, difference.period),
      recorded: books.recorded,
      causes: [causeOf(entry)],
      transfers: transfersOf(difference, books.rules),
    }),
  );
  for (const { clause, component, payee, period, asset, due, held } of postings) {
    const key = keyText({ clause, payee, period, asset });
    const before = books.posted.get(key) ?? { due: 0n, held: 0n };
    const total = {
      clause,
      component,
      payee,
      period,
      asset,
      due: before.due + due,
      held: before.held + held,
    };
    if (total.due === 0n && total.held === 0n) books.posted.delete(key);
    else books.posted.set(key, total);
  }
  books.postings.push(...postings);
  return postings;
}

function recordOwn(books: Books, entry: OwnEntry): Applied {
  switch (entry.kind) {
    case 'hold placed':
      return recordTransfers(books, placeHold(books.holds, entry.hold));
    case 'hold posted':
      return recordTransfers(books, resolveHold(books.holds, entry.hold, 'posted'));
    case 'hold voided':
      return recordTransfers(books, resolveHold(books.holds, entry.hold, 'voided'));
    case 'commitment':
      return recordTransfers(books, commit(books, entry.commitment));
    case 'statement issued':
      return issueStatement(books, entry);
  }
}

function recordTransfers(books: Books, outcome: HoldOutcome): Applied {
  if (outcome.kind !== 'done') return outcome;
  books.recorded += 1;
  books.ownTransfers.push(...outcome.transfers);
  return { kind: 'recorded', recorded: books.recorded, postings: [] };
}

/** What is promised leaves what is due, whatever stands behind it now or later; a due below zero is a shortage. */
function commit(books: Books, commitment: Commitment): HoldOutcome {
  const { id, party, asset, amount } = commitment;
  const known = books.commitments.get(id);
  if (known !== undefined)
    return isSameContent(known, commitment)
      ? { kind: 'repeated' }
      : { kind: 'refused', code: 'same_commitment_other_content', facts: { id } };
  if (amount < 0n)
    return { kind: 'refused', code: 'amount_not_positive', facts: { id, amount: `${amount}` } };
  books.commitments.set(id, commitment);
  const debit = { party, asset, purpose: 'due' } as const;
  const credit = { party, asset, purpose: 'paid' } as const;
  return { kind: 'done', transfers: amount === 0n ? [] : [{ debit, credit, asset, amount }] };
}

/** A further version only when something was posted since the last one. */
function issueStatement(
  books: Books,
  { payee, period }: { readonly payee: string; readonly period: string },
): Applied {
  const previous =
    books.statements.findLast((statement) => statement.payee === payee && statement.period === period) ??
    null;
  const request = { payee, period, recorded: books.recorded, previous };
  const statement = statementOf(books.postings, request, (key) => books.entitled.get(key));
  if (previous !== null && statement.changes.length === 0) return { kind: 'repeated' };
  books.recorded += 1;
  books.statements.push(statement);
  return { kind: 'recorded', recorded: books.recorded, postings: [] };
}
