// SPDX-License-Identifier: Apache-2.0
// One agreement in memory: its versions, its evaluation and its open books. It takes the entries of the log that concern
// it, in their order, and gives what each one changed. A loader brings it to where the log stands.

import type { PaymentMade } from '@rapport/core/explain/statement-body.ts';
import type { Closed } from '@rapport/core/ledger/accounting-period.ts';
import { closePeriod } from '@rapport/core/ledger/accounting-period.ts';
import type { Transfer } from '@rapport/core/ledger/accounts.ts';
import type { Cause, OwnEntry, Refusal } from '@rapport/core/ledger/book-entry.ts';
import { keyText, type PostedTotal } from '@rapport/core/ledger/differences.ts';
import { placeHold, resolveHold, type TimedOut, timeOutHolds } from '@rapport/core/ledger/holds.ts';
import { newOpenBooks, type OpenBooks, postDifferences, takeEntry } from '@rapport/core/ledger/open-books.ts';
import { takeOwn } from '@rapport/core/ledger/own-entries.ts';
import type { Posting } from '@rapport/core/ledger/posting.ts';
import { bookRules } from '@rapport/core/ledger/roles.ts';
import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import type { FactKind } from '@rapport/core/program/declaration.ts';
import type { Entitlement, Key } from '@rapport/core/program/entitlement.ts';
import type { Entry, Fact, SettledThrough } from '@rapport/core/program/log.ts';
import type { Program, Version } from '@rapport/core/program/program.ts';
import {
  type GrowingPromised,
  type HoldEnd,
  type NewPromises,
  promise,
} from '@rapport/core/program/promise.ts';
import { type Day, firstDay } from '@rapport/core/values/date.ts';
import { parsePeriod } from '@rapport/core/values/period.ts';
import { inForce } from '@rapport/core/verify/in-force.ts';
import { bookEntryOf, type LogEntry } from '../store/log-entry.ts';
import { type Awaiting, awaitingOf } from './completeness.ts';
import { type Evaluator, evaluatorLoader, fits } from './evaluator.ts';
import { freezeBody, keepPosted, type PointsInLog } from './promises.ts';

/** A version of an agreement as the log activated it, with its checked program. */
export interface Terms {
  readonly version: number;
  readonly hash: string;
  readonly program: Program;
  readonly from: Day | null;
  readonly to: Day | null;
}

/** What one entry changed in one agreement. */
export interface AgreementChanges {
  readonly agreement: string;
  readonly postings: readonly Posting[];
  /** Transfers of holds and commitments. */
  readonly transfers: readonly Transfer[];
  readonly timedOut: readonly TimedOut[];
  /** The keys whose entitlement changed, as it is now; one that is no longer there has no entitlement. */
  readonly keys: readonly { readonly text: string; readonly key: Key; readonly now: Entitlement | null }[];
  /** What is settled for good, when that has moved. */
  readonly settled: readonly SettledThrough[] | null;
  /** What the books promise from here on. */
  readonly promises: NewPromises;
}

export interface AgreementBooks {
  readonly agreement: string;
  readonly terms: readonly [Terms, ...Terms[]];
  readonly versions: readonly [Version, ...Version[]];
  readonly zone: string;
  /** By id, the kinds of fact that its versions declare, the newest first. */
  readonly factKinds: ReadonlyMap<string, readonly FactKind[]>;
  readonly books: OpenBooks;
  /** Labels, in the order of closing. */
  readonly closedPeriods: string[];
  /** In the order of the log. */
  readonly payments: PaymentMade[];
  /** The approvals that stand, by `approvalName`. */
  readonly approvals: Map<string, Approval>;
  readonly evaluator: Evaluator;
  readonly awaiting: Awaiting;
}

/** A version of a statement that may be paid. */
export interface Approval {
  /** Label of the accounting period. */
  readonly period: string;
  readonly version: number;
  /** Postings through this place of the log are in that version. */
  readonly recorded: number;
  /** Place in the log of the entry that approved it. */
  readonly sequence: number;
}

export function approvalName({ payee, period }: { readonly payee: string; readonly period: string }): string {
  return `${payee}\u0000${period}`;
}

/** What stands in the derived tables and need not be computed again. */
export interface Standing {
  readonly posted: Iterable<PostedTotal>;
  readonly settled: readonly SettledThrough[];
  /** Statements issued before, the earliest first; only those of agreements that freeze their lines are asked for. */
  readonly issued: readonly StatementBody[];
  readonly promised: (inLog: PointsInLog) => GrowingPromised;
}

export interface AgreementLoader {
  /** Entries of the log in their order, without those that the log holds twice; others than its own are passed over. */
  take(entry: LogEntry, sequence: number): void;
  open(standing: Standing): AgreementBooks;
  /** Whether what it opens needs the statements that were issued before. */
  readonly freezes: boolean;
}

export function agreementLoader(agreement: string, terms: readonly [Terms, ...Terms[]]): AgreementLoader {
  const versions = versionsOf(terms);
  const programs = versions.map(({ program }) => program) as [Program, ...Program[]];
  const evaluation = evaluatorLoader(versions);
  const books = newOpenBooks(bookRules(programs));
  const factKinds = kindsOf(programs);
  const zone = programs.at(-1)!.policies.zone;
  const closedPeriods: string[] = [];
  const payments: PaymentMade[] = [];
  const approvals = new Map<string, Approval>();
  const opened = { agreement, terms, versions, zone, factKinds, books, closedPeriods, payments, approvals };
  const redeemedOn = new Map<string, Day>();
  const held = new Map<string, { readonly day: Day; readonly end: HoldEnd | null }>();

  return {
    freezes: books.rules.freezes,
    take: (entry, sequence) => {
      if (!concerns(opened, entry)) return;
      switch (entry.kind) {
        case 'commitment': {
          const { id, asset, amount } = entry.commitment;
          if (amount > 0n && books.rules.isInLots(asset)) redeemedOn.set(id, books.today ?? firstDay);
          books.commitments.set(id, entry.commitment);
          notePayment(opened, entry, sequence);
          return;
        }
        case 'hold placed': {
          const { id, asset } = entry.hold;
          if (books.rules.isInLots(asset)) held.set(id, { day: books.today ?? firstDay, end: null });
          placeHold(books.holds, entry.hold);
          return;
        }
        case 'hold posted':
        case 'hold voided': {
          const kind = entry.kind === 'hold posted' ? 'posted' : 'voided';
          const before = held.get(entry.hold);
          resolveHold(books.holds, entry.hold, kind, before !== undefined);
          if (before !== undefined)
            held.set(entry.hold, { ...before, end: { kind, day: books.today ?? firstDay } });
          return;
        }
        case 'version':
        case 'recomputed':
        case 'complete':
        case 'statement issued':
          return;
        case 'statement approved':
        case 'approval taken back':
          takeApproval(opened, entry, sequence);
          return;
        case 'day':
          books.today = entry.day;
          timeOutHolds(books.holds, entry.day);
          break;
        case 'close':
          books.closed = closedAfter(books, entry.period);
          closedPeriods.push(entry.period);
          break;
        default:
          break;
      }
      evaluation.take(bookEntryOf(entry, books.today));
    },
    open: ({ posted, settled, promised, issued }) => {
      books.settled = settled;
      for (const total of posted) books.posted.set(keyText(total), total);
      const restored = promised({ redeemedOn, held });
      promise(books.promised, {
        uses: [...restored.uses.values()].flat(),
        holds: [...restored.holds.values()].flat(),
        grants: [...restored.grants.values()].flat(),
      });
      for (const [key, lines] of restored.frozen) books.promised.frozen.set(key, lines);
      for (const body of issued) freezeBody(books, body);
      keepPosted(books.promised, books.posted.values(), books.rules);
      const evaluator = evaluation.open(books);
      for (const entitlement of evaluator.all()) books.entitled.set(keyText(entitlement), entitlement);
      return { ...opened, evaluator, awaiting: awaitingOf(programs) };
    },
  };
}

function closedAfter({ closed, rules }: OpenBooks, label: string): Closed {
  const period = parsePeriod(rules.calendar, label);
  return period === null ? closed : closePeriod(closed, period);
}

/** Whether an entry of the log is one of this agreement's. */
export function concerns(
  {
    agreement,
    zone,
    factKinds,
    versions,
  }: Pick<AgreementBooks, 'agreement' | 'zone' | 'factKinds' | 'versions'>,
  entry: LogEntry,
): boolean {
  switch (entry.kind) {
    case 'fact':
      return factKinds.has(entry.fact.kind);
    case 'attribute': {
      const { party, attribute } = entry.fact;
      return versions.some(({ program }) =>
        program.parties.some(
          ({ id, fields, attributes }) =>
            id === party && [...fields, ...attributes].some(({ name }) => name === attribute),
        ),
      );
    }
    case 'day':
      return entry.zone === zone;
    case 'complete':
      return false;
    default:
      return entry.agreement === agreement;
  }
}

/** The first field of a fact whose value is not of the declared type; null when all are. */
export function fieldMisfit(
  fact: Fact,
  kinds: readonly FactKind[],
): { readonly field: string; readonly expected: string; readonly found: string } | null {
  for (const { fields } of kinds) {
    for (const field of fields) {
      const scalar = fact.fields[field.name];
      if (scalar !== undefined && !fits(scalar, field))
        return { field: field.name, expected: field.type.kind, found: scalar.kind };
    }
  }
  return null;
}

/** Takes in an entry that agreements are evaluated over. */
export function takeLogEntry(of: AgreementBooks, entry: Entry, sequence: number): AgreementChanges {
  const { books, evaluator, agreement } = of;
  const before = books.settled;
  if (entry.kind === 'close') of.closedPeriods.push(entry.period);
  let keys: readonly string[] = [];
  const was = new Map<string, Key>();
  const step = takeEntry(books, entry, sequence, (told) => {
    const entitled = evaluator.take(entry, told);
    keys = entitled.keys === 'all' ? [] : entitled.keys;
    for (const key of keys) {
      const known = books.entitled.get(key) ?? books.posted.get(key);
      if (known !== undefined) was.set(key, known);
    }
    return entitled;
  });
  return {
    agreement,
    postings: step.postings,
    transfers: [],
    timedOut: step.timedOut,
    keys: changedKeys(books, keys, was),
    settled: books.settled === before ? null : books.settled,
    promises: step.promises,
  };
}

function changedKeys(
  books: OpenBooks,
  keys: readonly string[],
  was: ReadonlyMap<string, Key>,
): AgreementChanges['keys'] {
  return keys.flatMap((text) => {
    const now = books.entitled.get(text) ?? null;
    const key = now ?? was.get(text);
    return key === undefined ? [] : [{ text, key, now }];
  });
}

/** Takes in a hold, the end of one, or a commitment. */
export function takeOwnEntry(
  of: AgreementBooks,
  entry: Exclude<OwnEntry, { readonly kind: 'statement issued' }>,
  sequence: number,
): { readonly kind: 'taken'; readonly changes: AgreementChanges } | Refusal | { readonly kind: 'repeated' } {
  const { books, agreement, evaluator } = of;
  let keys: readonly string[] = [];
  const was = new Map<string, Key>();
  const outcome = takeOwn(books, entry, sequence, (told) => {
    const entitled = evaluator.again(partyOf(books, entry), told);
    keys = entitled.keys === 'all' ? [] : entitled.keys;
    for (const key of keys) {
      const known = books.entitled.get(key) ?? books.posted.get(key);
      if (known !== undefined) was.set(key, known);
    }
    return entitled;
  });
  if (outcome.kind !== 'done') return outcome;
  notePayment(of, entry, sequence);
  const { transfers, postings, promises } = outcome;
  const changes = {
    agreement,
    postings,
    transfers,
    timedOut: [],
    keys: changedKeys(books, keys, was),
    settled: null,
    promises,
  };
  return { kind: 'taken', changes };
}

/** Whose wallet an entry of ours is about. */
export function partyOf(
  { holds }: Pick<OpenBooks, 'holds'>,
  entry: Exclude<OwnEntry, { readonly kind: 'statement issued' }>,
): string {
  switch (entry.kind) {
    case 'commitment':
      return entry.commitment.party;
    case 'hold placed':
      return entry.hold.party;
    case 'hold posted':
    case 'hold voided':
      return holds.get(entry.hold)?.party ?? '';
  }
}

function notePayment(
  { books, payments }: Pick<AgreementBooks, 'books' | 'payments'>,
  entry: OwnEntry,
  sequence: number,
): void {
  if (entry.kind !== 'commitment' || entry.commitment.what !== 'payment') return;
  const { commitment } = entry;
  payments.push({ commitment, sequence, on: commitment.paidOn ?? books.today });
}

/** Takes in an approval, or that one is taken back; what is approved last is what holds. */
export function takeApproval(
  { approvals }: Pick<AgreementBooks, 'approvals'>,
  entry: LogEntry & { readonly kind: 'statement approved' | 'approval taken back' },
  sequence: number,
): void {
  const name = approvalName(entry);
  if (entry.kind === 'statement approved') {
    const { period, version, recorded } = entry;
    approvals.set(name, { period, version, recorded, sequence });
  } else if (approvals.get(name)?.version === entry.version) approvals.delete(name);
}

/** What other terms, or the first ones, change: every key is compared with what was posted before. */
export function takeTerms(of: AgreementBooks, version: number, sequence: number): AgreementChanges {
  return takeAll(of, { kind: 'version', id: of.agreement, revision: version }, sequence, []);
}

/** What books that were made anew differ by from `before`, which they replace: every key of either is written again. */
export function takeAnew(of: AgreementBooks, before: AgreementBooks, sequence: number): AgreementChanges {
  const cause = { kind: 'recomputation', id: of.agreement, revision: 0 };
  return takeAll(of, cause, sequence, [...before.books.posted.values()]);
}

function takeAll(
  { books, evaluator, agreement }: AgreementBooks,
  cause: Cause,
  sequence: number,
  before: readonly Key[],
): AgreementChanges {
  const entitlements = evaluator.all();
  const promises = evaluator.promises();
  promise(books.promised, promises);
  const gone = [...before, ...books.posted.values()];
  const postings = postDifferences(books, cause, sequence, { entitlements, keys: 'all' });
  const was = new Map<string, Key>(gone.map((key) => [keyText(key), key]));
  const keys = [...new Set([...entitlements.map(keyText), ...was.keys()])];
  return {
    agreement,
    postings,
    transfers: [],
    timedOut: [],
    keys: changedKeys(books, keys, was),
    settled: null,
    promises,
  };
}

/** The versions with their days: each ends where the next one begins, at the latest. */
function versionsOf(terms: readonly [Terms, ...Terms[]]): readonly [Version, ...Version[]] {
  return inForce(terms) as [Version, ...Version[]];
}

function kindsOf(programs: readonly Program[]): ReadonlyMap<string, readonly FactKind[]> {
  const kinds = new Map<string, FactKind[]>();
  for (const program of programs.toReversed())
    for (const kind of program.factKinds) kinds.set(kind.id, [...(kinds.get(kind.id) ?? []), kind]);
  return kinds;
}
