// SPDX-License-Identifier: Apache-2.0
// What of the books the next entry depends on: which days are closed and settled, what was posted and entitled last,
// holds, commitments. It changes in place, entry by entry, and does not grow with the log; whoever keeps the log, the
// postings and the transfers decides where.

import type { Entitlement, Key } from '../program/entitlement.ts';
import type { Entry, FromBooks, SettledThrough } from '../program/log.ts';
import {
  type FrozenLine,
  type GrowingPromised,
  keepTotal,
  type NewPromises,
  noPromises,
  nothingPromised,
  promise,
} from '../program/promise.ts';
import type { Day } from '../values/date.ts';
import { parsePeriod } from '../values/period.ts';
import { accountingPeriod, type Closed, closePeriod } from './accounting-period.ts';
import { type Cause, type Commitment, causeOf } from './book-entry.ts';
import { compareKeys, type Difference, differences, keyText, type PostedTotal } from './differences.ts';
import { type Holds, type TimedOut, timeOutHolds } from './holds.ts';
import { type Posting, transfersOf } from './posting.ts';
import type { BookRules } from './roles.ts';
import { isSettled, settledBy } from './settled.ts';

/** What an evaluation of the log says after its latest entry. */
export type Entitled = {
  /** What it promises newly (`Evaluation.promises`). */
  readonly promises?: NewPromises;
} & (
  | { readonly keys: 'all'; readonly entitlements: readonly Entitlement[] }
  /** The keys (as `keyText`) that may have changed, each once, and at the same place what stands there now. */
  | { readonly keys: readonly string[]; readonly now: readonly (Entitlement | null)[] }
);

export interface OpenBooks {
  readonly rules: BookRules;
  closed: Closed;
  /** Of each settlement, what is settled for good: its closed periods that are over. */
  settled: readonly SettledThrough[];
  today: Day | null;
  readonly posted: Map<string, PostedTotal>;
  readonly entitled: Map<string, Entitlement>;
  /** By label of an earned period, the period in which its differences are accounted now. */
  readonly accounting: Map<string, string>;
  readonly holds: Holds;
  readonly commitments: Map<string, Commitment>;
  /** What is never derived again: it is told to every evaluation. */
  readonly promised: GrowingPromised;
}

export function newOpenBooks(rules: BookRules): OpenBooks {
  return {
    rules,
    closed: [],
    settled: [],
    today: null,
    posted: new Map(),
    entitled: new Map(),
    accounting: new Map(),
    holds: new Map(),
    commitments: new Map(),
    promised: nothingPromised(),
  };
}

/** What one entry of the log brought about. */
export interface Step {
  readonly postings: readonly Posting[];
  readonly timedOut: readonly TimedOut[];
  /** What is promised from here on: uses and grants that the evaluation made. */
  readonly promises: NewPromises;
}

/** Takes in an entry that is no repeat, at its place in the log. `evaluate` is asked once, after what the entry closes. */
export function takeEntry(
  books: OpenBooks,
  entry: Entry,
  recorded: number,
  evaluate: (told: FromBooks) => Entitled,
): Step {
  if (entry.kind === 'close') {
    const period = parsePeriod(books.rules.calendar, entry.period);
    if (period !== null) books.closed = closePeriod(books.closed, period);
  }
  if (entry.kind === 'day') books.today = entry.day;
  if (entry.kind === 'close' || entry.kind === 'day') books.accounting.clear();
  const timedOut = entry.kind === 'day' ? timeOutHolds(books.holds, entry.day) : [];
  const entitled = evaluate(books);
  const promises = entitled.promises ?? noPromises;
  promise(books.promised, promises);
  const postings = postDifferences(books, causeOf(entry), recorded, entitled);
  if (entry.kind === 'close' || entry.kind === 'day') books.settled = settledBy(books);
  return { postings, timedOut, promises };
}

/** Posts what the evaluated keys differ by from what was posted for them, at one place of the log. */
export function postDifferences(
  books: OpenBooks,
  cause: Cause,
  recorded: number,
  entitled: Entitled,
): readonly Posting[] {
  const found = entitled.keys === 'all' ? differencesOfAll(books, entitled.entitlements) : [];
  if (entitled.keys !== 'all') {
    for (const [place, text] of entitled.keys.entries()) {
      const difference = differenceOf(books, text, entitled.now[place] ?? null);
      if (difference !== null) found.push(difference);
    }
    if (found.length > 1) found.sort(compareKeys);
  }
  const postings = found.map((difference): Posting => {
    const { clause, component, payee, period, asset, due, held } = difference;
    const accounting = accountedIn(books, period);
    const transfers = transfersOf(difference, books.rules);
    const causes = [cause];
    return { clause, component, payee, period, asset, due, held, accounting, recorded, causes, transfers };
  });
  for (const posting of postings) {
    addPosting(books.posted, posting);
    keep(books, posting);
  }
  return postings;
}

function differencesOfAll(books: OpenBooks, entitlements: readonly Entitlement[]): Difference[] {
  const isOpen = (key: Key) => !isSettled(books, key);
  for (const [text, key] of books.entitled) if (isOpen(key)) books.entitled.delete(text);
  const now = entitlements.filter(isOpen);
  for (const entitlement of now) books.entitled.set(keyText(entitlement), entitlement);
  const posted = now.filter((key) => books.rules.roleOf(key).kind !== 'shown');
  return [...differences([...books.posted.values()].filter(isOpen), posted)];
}

/** The same for one key. */
function differenceOf(books: OpenBooks, text: string, now: Entitlement | null): Difference | null {
  const before = books.posted.get(text);
  const key = now ?? before ?? books.entitled.get(text);
  if (key === undefined || isSettled(books, key)) return null;
  if (now === null) books.entitled.delete(text);
  else books.entitled.set(text, now);
  const isPosted = now !== null && now.state !== 'forecast' && books.rules.roleOf(now).kind !== 'shown';
  const due = (isPosted ? now.amount : 0n) - (before?.due ?? 0n);
  const held = (isPosted ? now.held : 0n) - (before?.held ?? 0n);
  if (due === 0n && held === 0n) return null;
  const { clause, component, payee, period, asset } = key;
  return { clause, component, payee, period, asset, due, held };
}

/** Labels of accounting periods are asked for by every posting, and change with days and closes alone. */
function accountedIn(books: OpenBooks, earned: string): string {
  let label = books.accounting.get(earned);
  if (label === undefined) {
    label = accountingPeriod({ ...books, calendar: books.rules.calendar }, earned);
    books.accounting.set(earned, label);
  }
  return label;
}

/** What a clause with "once, and kept" was posted with is kept from here on. */
function keep({ rules, posted, promised }: OpenBooks, posting: Posting): void {
  if (!rules.keeps(posting.clause)) return;
  const { clause, payee, period, asset } = posting;
  const amount = posted.get(keyText(posting))?.due ?? 0n;
  if (amount > 0n) keepTotal(promised, { clause, payee, period, asset, amount });
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

/** Where the agreement says so, the lines of an issued statement stay. */
export function freezeLines(
  { rules, promised }: OpenBooks,
  items: readonly (Omit<Key, 'component'> & { readonly lines: readonly FrozenLine[] })[],
): void {
  if (!rules.freezes) return;
  for (const item of items)
    if (item.lines.length > 0)
      promised.frozen.set(
        keyText(item),
        item.lines.map(({ fact, amount, note }) => ({ fact, amount, note })),
      );
}
