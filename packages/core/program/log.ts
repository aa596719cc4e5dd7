// SPDX-License-Identifier: Apache-2.0
// The log that programs are evaluated over: facts with revisions, dated attributes, decisions, opening balances,
// closes. Entries are only ever added; a revision supersedes the one before it, a void revision takes it away.

import type { Day } from '../values/date.ts';
import type { Rational } from '../values/rational.ts';
import type { Promised } from './promise.ts';
import type { Scalar } from './value.ts';

/** One revision of a fact. A field that is not given is unknown: whatever needs it waits. */
export interface Fact {
  readonly kind: string;
  readonly id: string;
  /** Counts from 1. */
  readonly revision: number;
  readonly fields: Readonly<Record<string, Scalar>>;
  readonly isVoid?: boolean;
}

/** The value of a dated (or static: `from` null) attribute of a party or thing, from a day on, until replaced or `through`. */
export interface AttributeFact {
  readonly party: string;
  readonly of: string;
  readonly attribute: string;
  readonly value: Scalar;
  readonly from: Day | null;
  readonly through: Day | null;
}

export interface DecisionFact {
  readonly decision: string;
  readonly of: string;
  /** Label of the period. */
  readonly period: string;
  readonly value: Scalar;
  readonly author: string;
  readonly reason: string;
}

/** A balance brought in from before: a debt ("Pay owed"), points, a cumulative position. */
export interface OpeningBalance {
  readonly component: string;
  readonly of: string;
  readonly amount: Rational;
  readonly on: Day;
  /** For points: last day of use. */
  readonly through: Day | null;
}

export type Entry =
  | { readonly kind: 'fact'; readonly fact: Fact; readonly recordedOn: Day | null }
  | { readonly kind: 'attribute'; readonly fact: AttributeFact; readonly recordedOn: Day | null }
  | { readonly kind: 'decision'; readonly fact: DecisionFact; readonly recordedOn: Day | null }
  | { readonly kind: 'opening'; readonly balance: OpeningBalance; readonly recordedOn: Day | null }
  /** The day has begun in the agreement's zone. */
  | { readonly kind: 'day'; readonly day: Day }
  /** The period with this label is closed: later differences are accounted in the earliest open one. */
  | { readonly kind: 'close'; readonly period: string; readonly recordedOn: Day | null };

/** What a settlement has settled, through the last day of closed periods: it is never computed again. */
export interface SettledThrough {
  /** Settlement id. */
  readonly settlement: string;
  readonly through: Day;
  readonly payees: readonly {
    readonly of: string;
    /** All that had fallen due by then, smallest units; what is earned otherwise by now falls due next. */
    readonly due: bigint;
    readonly debt: bigint;
    readonly carried: bigint;
  }[];
}

/** One revision of a fact as it came: agreements may treat a late one in a way of its own. */
export interface Recording {
  readonly fact: Fact;
  /** The day it was recorded on; null where nobody said, and then it is never too many days late. */
  readonly on: Day | null;
  /** Labels of the periods that were closed when it came. */
  readonly closed: readonly string[];
}

/** How facts came, in the order of the log. */
export interface Arrivals {
  /** Every revision, void ones too. */
  readonly recordings: readonly Recording[];
  /** The day that began last. */
  readonly today: Day | null;
  /** Labels of the periods that are closed by now. */
  readonly closed: readonly string[];
}

/** What the books tell an evaluation. */
export type FromBooks = Pick<Known, 'settled' | 'promised'>;

/** What is known at one point of the log: latest revisions only, voided facts gone. Order carries no meaning. */
export interface Known {
  readonly facts: readonly Fact[];
  readonly attributes: readonly AttributeFact[];
  readonly decisions: readonly DecisionFact[];
  readonly openings: readonly OpeningBalance[];
  /** How facts came; left out where nothing can be late. */
  readonly arrivals?: Arrivals;
  /** From the books; without it settlements fold over all periods. */
  readonly settled?: readonly SettledThrough[];
  /** From the books: what was promised, and is never derived again. */
  readonly promised?: Promised;
  /** The first day on which any fact of all counts, where these are only a part of them. */
  readonly start?: Day;
  /** Evaluate at the close of this day: facts that count later are not seen, lots usable through it are still there. */
  readonly asOf: Day;
}
