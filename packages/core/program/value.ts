// SPDX-License-Identifier: Apache-2.0
// Values at run time. Besides a value, an evaluation may be `none` (an empty mean, a division by nothing) or
// `waiting` (a fact or field that is not there yet); the three never stand in for one another.

import type { Day } from '../values/date.ts';
import type { Duration } from '../values/duration.ts';
import type { Period } from '../values/period.ts';
import type { Rational } from '../values/rational.ts';

/** A value that a blank, a field of a fact or a dated attribute can hold. */
export type Scalar =
  | { readonly kind: 'quantity'; readonly value: Rational }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'yesNo'; readonly value: boolean }
  | { readonly kind: 'date'; readonly value: Day }
  | { readonly kind: 'duration'; readonly value: Duration }
  /** Id of a party or thing. */
  | { readonly kind: 'party'; readonly value: string }
  /** Id of another fact (a link). */
  | { readonly kind: 'fact'; readonly value: string }
  /** Explicitly open: an end that has not come, which is not the same as unknown. */
  | { readonly kind: 'open' };

export type Value =
  | Scalar
  | { readonly kind: 'level'; readonly status: string; readonly rank: number }
  | { readonly kind: 'period'; readonly value: Period };

/** What a line or a sum waits for: the field of a fact, a dated attribute, a decision, or a fact itself. */
export interface Waiting {
  readonly kind: 'waiting';
  readonly for: readonly WaitingFor[];
}
export interface WaitingFor {
  readonly what: 'field' | 'attribute' | 'decision' | 'fact';
  /** Name of the field, attribute, decision or kind of fact. */
  readonly name: string;
  /** Id of the fact or party that lacks it. */
  readonly of: string;
}
export interface None {
  readonly kind: 'none';
}
export type Result<T> = T | Waiting | None;
