// SPDX-License-Identifier: Apache-2.0
// What of the books the next entry depends on: which days are closed and settled, what was posted and entitled last,
// holds, commitments. It changes in place, entry by entry, and does not grow with the log; whoever keeps the log, the
// postings and the transfers decides where.

import type { Entitlement, Key } from '../program/entitlement.ts';
import type { Entry, SettledThrough } from '../program/log.ts';
import type { Day } from '../values/date.ts';
import { parsePeriod } from '../values/period.ts';
import { accountingPeriod, type Closed, closePeriod } from './accounting-period.ts';
import type { Transfer } from './accounts.ts';
import { type Cause, type Commitment, causeOf, type OwnEntry } from './book-entry.ts';
import { differences, keyText, type PostedTotal } from './differences.ts';
import {
  type HoldOutcome,
  type Holds,
  placeHold,
  resolveHold,
  type TimedOut,
  timeOutHolds,
} from './holds.ts';
import { type Posting, transfersOf } from './posting.ts';
import type { BookRules } from './roles.ts';
import { isSameContent } from './same-content.ts';
import { isSettled, settledBy } from './settled.ts';

/** What an evaluation of the log says after its latest entry. */
export interface Entitled {
  readonly entitlements: readonly Entitlement[];
  /** The keys (as `keyText`) that may have changed; 'all' when every key was evaluated. */
  readonly keys: 'all' | readonly string[];
}

export interface OpenBooks {
  readonly rules: BookRules;
  closed: Closed;
  /** Of each settlement, what is settled for good: its closed periods that are over. */
  settled: readonly SettledThrough[];
  today: Day | null;
  readonly posted: Map<string, PostedTotal>;
  readonly entitled: Map<string, Entitlement>;
  readonly holds: Holds;
  readonly commitments: Map<string, Commitment>;
}

export function newOpenBooks(rules: BookRules): OpenBooks {
  return {
    rules,
    closed: [],
    settled: [],
    today: null,
    posted: new Map(),
    entitled: new Map(),
    holds: new Map(),
    commitments: new Map(),
  };
}

/** What one entry of the log brought about. */
export interface Step {
  readonly postings: readonly Posting[];
  readonly timedOut: readonly TimedOut[];
}

/** Takes in an entry that is no repeat, at its place in the log. `evaluate` is asked once, after what the entry closes. */
export function takeEntry(
  books: OpenBooks,
  entry: Entry,
  recorded: number,
  evaluate: (settled: readonly SettledThrough[]) => Entitled,
): Step {
  if (entry.kind === 'close') {
    const period = parsePeriod(books.rules.calendar, entry.period);
    if (period !== null) books.closed = closePeriod(books.closed, period);
  }
  if (entry.kind === 'day') books.today = entry.day;
  const timedOut = entry.kind === 'day' ? timeOutHolds(books.holds, entry.day) : [];
  const postings = postDifferences(books, causeOf(entry), recorded, evaluate(books.settled));
  if (entry.kind === 'close' || entry.kind === 'day') books.settled = settledBy(books);
  return { postings, timedOut };
}

/** Posts what the evaluated keys differ by from what was posted for them, at one place of the log. */
export function postDifferences(
  books: OpenBooks,
  cause: Cause,
  recorded: number,
  { entitlements, keys }: Entitled,
): readonly Posting[] {
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
      recorded,
      causes: [cause],
      transfers: transfersOf(difference, books.rules),
    }),
  );
  for (const posting of postings) addPosting(books.posted, posting);
  return postings;
}

/** Adds what a posting posts to what was posted for its key. */
export function addPosting(posted: Map<string, PostedTotal>, posting: Posting): void {
  const { clause, component, payee, period, asset } = posting;
  const key = keyText(posting);
  const before = posted.get(key) ?? { due: 0n, held: 0n };
  const due = before.due + posting.due;
  const held = before.held + posting.held;
  if (due === 0n && held === 0n) posted.delete(key);
  else posted.set(key, { clause, component, payee, period, asset, due, held });
}

/** Takes in a hold, the end of one, or a commitment; a refused or repeated one changes nothing. */
export function takeOwn(
  books: OpenBooks,
  entry: Exclude<OwnEntry, { readonly kind: 'statement issued' }>,
): HoldOutcome {
  switch (entry.kind) {
    case 'hold placed':
      return placeHold(books.holds, entry.hold);
    case 'hold posted':
      return resolveHold(books.holds, entry.hold, 'posted');
    case 'hold voided':
      return resolveHold(books.holds, entry.hold, 'voided');
    case 'commitment':
      return commit(books, entry.commitment);
  }
}

/** What is promised leaves what is due, whatever stands behind it now or later; a due below zero is a shortage. */
function commit(books: OpenBooks, commitment: Commitment): HoldOutcome {
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
  const transfers: readonly Transfer[] = amount === 0n ? [] : [{ debit, credit, asset, amount }];
  return { kind: 'done', transfers };
}
