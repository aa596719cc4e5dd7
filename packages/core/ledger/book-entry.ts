// SPDX-License-Identifier: Apache-2.0
// What the books record: entries of the log that agreements are evaluated over, and facts of our own that are never
// derived again: holds and how they ended, commitments, statements issued. And why an entry may be refused.

import type { Entry } from '../program/log.ts';
import type { Day } from '../values/date.ts';
import type { Part } from './wallet.ts';

/** Something we have promised or done. It is never undone: what goes wrong later is a shortage. */
export interface Commitment {
  readonly id: string;
  readonly what: 'redemption' | 'voucher' | 'payment' | 'tier' | 'token';
  readonly party: string;
  readonly asset: string;
  /** Taken from what is due, in smallest units, not below zero; zero for what is no amount, such as a tier. */
  readonly amount: bigint;
  /** For points: the lots that it takes; with none, the books name them, in the order of use. */
  readonly lots: readonly Part[];
  /** What was handed out: the code of a voucher, the reference of a payment, the name of a tier. */
  readonly reference: string;
  /** Of a payment: label of the accounting period whose statement it pays; without one its day tells. */
  readonly period?: string;
  /** Of a payment: the day on which it was paid; without one the day that had begun last when it was recorded. */
  readonly paidOn?: Day;
}

/** Part of what is due to a party, set aside until it is posted or voided, or its last day is over. */
export interface Hold {
  readonly id: string;
  readonly party: string;
  readonly asset: string;
  /** Above zero. */
  readonly amount: bigint;
  /** The last day; null: it does not time out. */
  readonly through: Day | null;
}

export type OwnEntry =
  | { readonly kind: 'commitment'; readonly commitment: Commitment }
  | { readonly kind: 'hold placed'; readonly hold: Hold }
  | { readonly kind: 'hold posted' | 'hold voided'; readonly hold: string }
  /** The statement of a payee for an accounting period is issued as it stands; a version of it never changes. */
  | { readonly kind: 'statement issued'; readonly payee: string; readonly period: string };

export type BookEntry = Entry | OwnEntry;

export function isOwnEntry(entry: BookEntry): entry is OwnEntry {
  return (
    entry.kind === 'commitment' ||
    entry.kind === 'hold placed' ||
    entry.kind === 'hold posted' ||
    entry.kind === 'hold voided' ||
    entry.kind === 'statement issued'
  );
}

/** What brought a difference about: the fact, day, decision or close, by kind and id. */
export interface Cause {
  readonly kind: string;
  readonly id: string;
  /** Of a fact; 0 for what has no revisions. */
  readonly revision: number;
}

export function causeOf(entry: Entry): Cause {
  switch (entry.kind) {
    case 'fact':
      return { kind: entry.fact.kind, id: entry.fact.id, revision: entry.fact.revision };
    case 'attribute':
      return { kind: entry.fact.attribute, id: entry.fact.of, revision: 0 };
    case 'decision':
      return { kind: entry.fact.decision, id: `${entry.fact.of} ${entry.fact.period}`, revision: 0 };
    case 'opening':
      return { kind: entry.balance.component, id: entry.balance.of, revision: 0 };
    case 'day':
      return { kind: 'day', id: `${entry.day}`, revision: 0 };
    case 'close':
      return { kind: 'close', id: entry.period, revision: 0 };
  }
}

/** The same of an entry of our own: points that were redeemed, held, used or given back. */
export function causeOfOwn(entry: Exclude<OwnEntry, { readonly kind: 'statement issued' }>): Cause {
  switch (entry.kind) {
    case 'commitment':
      return { kind: entry.commitment.what, id: entry.commitment.id, revision: 0 };
    case 'hold placed':
      return { kind: entry.kind, id: entry.hold.id, revision: 0 };
    case 'hold posted':
    case 'hold voided':
      return { kind: entry.kind, id: entry.hold, revision: 0 };
  }
}

/** Why an entry is not recorded, in order of precedence. */
export type RefusalCode =
  | 'same_revision_other_content'
  | 'same_commitment_other_content'
  | 'same_hold_other_content'
  | 'amount_not_positive'
  | 'points_short'
  | 'hold_unknown'
  | 'hold_already_resolved';

export interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly facts: Readonly<Record<string, string>>;
}
