// SPDX-License-Identifier: Apache-2.0
// The books as a fold over the log. Each entry is recorded once, entitlements are evaluated anew, and the
// differences are posted; nothing posted is ever rewritten. What is posted depends on the order of the entries
// alone: one difference per entry and key, whether entries come one by one or in batches. Books change in place.

import type { Entry, FromBooks } from '../program/log.ts';
import type { Transfer } from './accounts.ts';
import { type BookEntry, isOwnEntry, type OwnEntry, type Refusal } from './book-entry.ts';
import { type Entitled, freezeLines, newOpenBooks, type OpenBooks, takeEntry } from './open-books.ts';
import { takeOwn } from './own-entries.ts';
import type { Posting } from './posting.ts';
import type { BookRules } from './roles.ts';
import { isSameContent } from './same-content.ts';
import { type Statement, statementOf } from './statement.ts';

/** `told` is what the books add to what is known: settlements that are over, and promises. */
export type Evaluate = (entries: readonly Entry[], told: FromBooks) => Entitled;

export interface Books extends OpenBooks {
  /** The entries that agreements are evaluated over, in the order of the log. */
  readonly entries: Entry[];
  /** Place of the entry recorded last; counts from 1. */
  recorded: number;
  readonly postings: Posting[];
  /** Transfers of holds and commitments, beside those of postings. */
  readonly ownTransfers: Transfer[];
  /** By what it is about, the entry recorded last. */
  readonly latest: Map<string, Entry>;
  readonly statements: Statement[];
}

export type Applied =
  | { readonly kind: 'recorded'; readonly recorded: number; readonly postings: readonly Posting[] }
  /** Nothing is recorded again. */
  | { readonly kind: 'repeated' }
  | Refusal;

export function newBooks(rules: BookRules): Books {
  return {
    ...newOpenBooks(rules),
    entries: [],
    recorded: 0,
    postings: [],
    ownTransfers: [],
    latest: new Map(),
    statements: [],
  };
}

/** Records one entry and posts what follows from it. */
export function applyEntry(books: Books, entry: BookEntry, evaluate: Evaluate): Applied {
  if (isOwnEntry(entry)) return recordOwn(books, entry, evaluate);
  const known = isKnown(books, entry);
  if (known !== null) return known;
  books.recorded += 1;
  books.entries.push(entry);
  const step = takeEntry(books, entry, books.recorded, (told) => evaluate(books.entries, told));
  books.ownTransfers.push(...step.timedOut.map(({ transfer }) => transfer));
  books.postings.push(...step.postings);
  return { kind: 'recorded', recorded: books.recorded, postings: step.postings };
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

function recordOwn(books: Books, entry: OwnEntry, evaluate: Evaluate): Applied {
  return entry.kind === 'statement issued'
    ? issueStatement(books, entry)
    : recordStep(
        books,
        takeOwn(books, entry, books.recorded + 1, (told) => evaluate(books.entries, told)),
      );
}

function recordStep(books: Books, step: ReturnType<typeof takeOwn>): Applied {
  if (step.kind !== 'done') return step;
  books.recorded += 1;
  books.ownTransfers.push(...step.transfers);
  books.postings.push(...step.postings);
  return { kind: 'recorded', recorded: books.recorded, postings: step.postings };
}

/** A further version only when something was posted since the last one. */
function issueStatement(
  books: Books,
  { payee, period }: { readonly payee: string; readonly period: string },
): Applied {
  const previous =
    books.statements.findLast((statement) => statement.payee === payee && statement.period === period) ??
    null;
  const request = {
    payee,
    period,
    recorded: books.recorded,
    previous,
    calendar: books.rules.calendar,
  };
  const statement = statementOf(books.postings, request, (key) => books.entitled.get(key));
  if (previous !== null && statement.changes.length === 0) return { kind: 'repeated' };
  books.recorded += 1;
  books.statements.push(statement);
  freezeLines(books, statement.items);
  return { kind: 'recorded', recorded: books.recorded, postings: [] };
}
