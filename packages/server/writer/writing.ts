// SPDX-License-Identifier: Apache-2.0
// What the owner of a partition offers to the rest of the server: entries taken in exactly once, decisions on settled
// books, questions between batches. Types only; writer.ts keeps these promises.
import type { PaymentMade } from '@rapport/core/explain/statement-body.ts';
import type { Commitment } from '@rapport/core/ledger/book-entry.ts';
import type { Difference } from '@rapport/core/ledger/differences.ts';
import type { Holds } from '@rapport/core/ledger/holds.ts';
import type { Posting } from '@rapport/core/ledger/posting.ts';
import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import type { Entitlement, Key } from '@rapport/core/program/entitlement.ts';
import type { Entry, Known } from '@rapport/core/program/log.ts';
import type { Version } from '@rapport/core/program/program.ts';
import type { Day } from '@rapport/core/values/date.ts';
import type { LogEntry } from '../store/log-entry.ts';
import type { Approval } from './agreement-books.ts';
import type { Delivered } from './completeness.ts';

export type { Approval, Delivered };

/** Why something that a caller asked for is not done. `code` has its sentences in wire/messages.ts. */
export interface Refusal {
  readonly code: string;
  readonly facts: Readonly<Record<string, string>>;
  /** Where in the request: `/body/data/Amount`. */
  readonly place?: string;
  /** With same_revision_other_content: what was recorded first, and what came now. */
  readonly contents?: { readonly recorded: unknown; readonly given: unknown };
}

/** A personal value that stands in the entry as its seal. */
export interface PrivateValue {
  readonly record: string;
  readonly field: string;
  readonly party: string;
  readonly salt: Buffer;
  readonly ciphertext: Buffer;
}

export interface Submitted {
  readonly entry: LogEntry;
  /** `user:<id>`, `key:<id>` or `job:<name>`. */
  readonly actor: string;
  /** Which system said so; empty for our own. */
  readonly source: string;
  readonly load?: number;
  readonly private?: readonly PrivateValue[];
}

export type Receipt =
  | { readonly kind: 'recorded' | 'repeated'; readonly sequence: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Another one of a `together` was refused. */
  | { readonly kind: 'not recorded' };

/** A version of an agreement in force, with its number and text. */
export interface ActiveVersion extends Version {
  readonly version: number;
  readonly hash: string;
}

export interface BooksView {
  /** Sequence of the last entry that the books hold. */
  readonly head: number;
  /** The latest day that has begun in a zone, by the log; null before the first. */
  today(zone: string): Day | null;
  agreements(): readonly string[];
  versions(agreement: string): readonly ActiveVersion[];
  /** Periods that are closed, in the order of their closing. */
  closed(agreement: string): readonly string[];
  known(agreement: string, asOf?: Day): Known;
  /** What the payee's entitlements rest on, now or if these entries were there; they are not in it themselves. */
  knownFor(agreement: string, payee: string, entries?: readonly Entry[]): Known;
  /** With lines; null where the key is entitled to nothing. */
  entitlement(agreement: string, key: Key): Entitlement | null;
  /** Without lines. */
  entitlementsOf(agreement: string, payee: string | null): readonly Entitlement[];
  /** In the order of the log. They are not kept in memory: they are read from the books. */
  postingsOf(agreement: string, payee: string): Promise<readonly Posting[]>;
  /**
   * The version issued last, and the next one as it would be issued now: null where nothing was posted since. The
   * period must be one of the agreement's calendar.
   */
  statement(
    agreement: string,
    of: { readonly payee: string; readonly period: string },
  ): Promise<{ readonly issued: StatementBody | null; readonly draft: StatementBody | null }>;
  /** Payments to a payee, in the order of the log. */
  paymentsOf(agreement: string, payee: string): readonly PaymentMade[];
  /** What was recorded under the id; null where nothing was. */
  commitmentOf(agreement: string, id: string): Commitment | null;
  /** The version of a statement that is approved; null where none is. */
  approvalOf(agreement: string, of: { readonly payee: string; readonly period: string }): Approval | null;
  /** How many statements of a period are approved, by its label. */
  approvedIn(agreement: string): ReadonlyMap<string, number>;
  /** Feeds that have not delivered everything that may count in the agreement through a day. */
  awaited(agreement: string, through: Day): readonly Delivered[];
  /** Whether a clause or settlement rests on what a feed brings. */
  isAwaitedBy(agreement: string, clause: string, feed: Delivered): boolean;
  /** Whether an asset is kept in lots, and so used rather than paid. */
  isInLots(agreement: string, asset: string): boolean;
  holds(agreement: string): Holds;
  /**
   * What an evaluation from the facts differs by from what was posted to the payee: nothing, or something is wrong.
   * Under other versions: what they would change. Null where it would read so many facts that the books stood still.
   */
  audit(agreement: string, payee: string, under?: readonly Version[]): readonly Difference[] | null;
  /** What everybody would be entitled to if these entries were there too. Nothing is recorded. */
  overlaid(agreement: string, entries: readonly Entry[]): readonly Entitlement[];
}

export interface Writer {
  readonly workspace: number;
  /** Versions in force by agreement, at once: what facts are checked against before they are submitted. */
  declared(): ReadonlyMap<string, readonly ActiveVersion[]>;
  /** Resolves after the commit that holds them. A repeat is answered as the first time. `together`: all or nothing. */
  submit(entries: readonly Submitted[], how: { readonly together: boolean }): Promise<readonly Receipt[]>;
  /** Decides on settled books and records what was decided in the same step. */
  decide<T>(decision: (view: BooksView) => Decided<T> | Promise<Decided<T>>): Promise<DecideOutcome<T>>;
  /** Between batches, on settled books; they stand still until the answer is there. */
  read<T>(question: (view: BooksView) => T | Promise<T>): Promise<T>;
  /** Transfers of acknowledged entries that are still to be written, in slices: how far a recomputation is. */
  unwritten(): number;
  /** Why the ownership ended. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

export type Decided<T> =
  | { readonly kind: 'decided'; readonly entries: readonly Submitted[]; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export type DecideOutcome<T> =
  | { readonly kind: 'done'; readonly value: T; readonly sequences: readonly number[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** One writer per workspace in this process, opened when first asked for, and again after it was lost. */
export interface Writers {
  of(workspace: number): Promise<Writer>;
  close(): Promise<void>;
}
