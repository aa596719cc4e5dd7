// SPDX-License-Identifier: Apache-2.0
// What an evaluation gives: one entitlement per clause, payee, period and asset, with the lines behind it. Totals
// are what is posted; lines are a view, and always add up to their total.

import type { Rational } from '../values/rational.ts';
import type { NewPromises } from './promise.ts';
import type { WaitingFor } from './value.ts';

export interface Key {
  /** Clause or settlement id; for components that come of themselves ("Points used") the asset id and state: "Points/used". */
  readonly clause: string;
  readonly component: string;
  readonly payee: string;
  /** Label of the earned period; "" when there is none. */
  readonly period: string;
  readonly asset: string;
}

export type LineNote =
  | 'credit'
  | 'minimum'
  | 'cap'
  | 'adjustment'
  | 'return'
  | 'held'
  | 'unattributed'
  | 'taken'
  /** Given once, and kept although its ground has gone. */
  | 'kept';

/** The part of a total that one fact bears. */
export interface Line {
  /** Kind and id of the fact behind it; null where no single fact is. */
  readonly fact: { readonly kind: string; readonly id: string } | null;
  readonly exact: Rational;
  /** In the asset's smallest unit; lines sum exactly to the total. */
  readonly amount: bigint;
  readonly note: LineNote;
}

export interface Entitlement extends Key {
  /** Before rounding. */
  readonly exact: Rational;
  /** In the asset's smallest unit, released and due as of the day of evaluation. */
  readonly amount: bigint;
  /** Earned but not yet released (held, unvested, waiting for cash), smallest unit. */
  readonly held: bigint;
  /** `forecast` before the posting moment; `provisional` when something it rests on is still waiting. */
  readonly state: 'final' | 'provisional' | 'forecast';
  readonly waiting: readonly WaitingFor[];
  readonly lines: readonly Line[];
}

export interface Evaluation {
  /** Sorted by clause order, payee, period. Zero amounts are left out unless they have lines or something waits. */
  readonly entitlements: readonly Entitlement[];
  /** What it used and granted that nobody has promised yet; the books promise it in the same step. Left out when nothing. */
  readonly promises?: NewPromises;
}
