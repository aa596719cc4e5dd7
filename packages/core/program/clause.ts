// SPDX-License-Identifier: Apache-2.0
// Operative clauses: what is paid, issued or moved, to whom, when, and through which rows. Rows act top to bottom.
// A settlement collects clauses into a balance per payee.

import type { Rounding } from './declaration.ts';
import type { Span } from './diagnostic.ts';
import type { Expression, PeriodUnitName, Proration, Variable } from './expression.ts';
import type { SetExpression } from './set.ts';

/** For what the clause computes one amount. */
export type Occasion =
  /** Once for each payee and period. */
  | { readonly kind: 'period'; readonly unit: PeriodUnitName; readonly period: Variable }
  /** For each fact of a set; booked in the period of `date` (null unit: over the whole history). */
  | {
      readonly kind: 'fact';
      readonly facts: SetExpression & { kind: 'facts' };
      readonly fact: Variable;
      readonly unit: PeriodUnitName | null;
      readonly period: Variable | null;
      readonly date: Expression;
    }
  /** For each fact that lasts, in each period through which it lasts. */
  | {
      readonly kind: 'lasting';
      readonly facts: SetExpression & { kind: 'facts' };
      readonly fact: Variable;
      readonly unit: PeriodUnitName;
      readonly period: Variable;
    }
  /** Once for each payee over the whole history. */
  | { readonly kind: 'ever' };

export type ReturnMode = 'none' | 'as if smaller' | 'negative today' | 'what it earned' | 'what was paid';
export type LateMode =
  | { readonly kind: 'restate' }
  | { readonly kind: 'count in the open period' }
  | { readonly kind: 'cut off'; readonly afterDays: number }
  | { readonly kind: 'ignore after lock' };
export type AmendmentMode = 'segment' | 'splice' | 'restate';
export type ShortageMode = 'negative' | 'carried' | 'waived';

export type Row = { readonly at: Span } & (
  | { readonly kind: 'at most' | 'at least'; readonly limit: Expression; readonly when: Expression | null }
  | { readonly kind: 'times'; readonly factor: Expression; readonly when: Expression | null }
  /** Only facts that count from … through … (a SPIFF with dates). */
  | { readonly kind: 'during'; readonly from: Expression | null; readonly through: Expression | null }
  | { readonly kind: 'released when'; readonly condition: Expression }
  | { readonly kind: 'released in share'; readonly part: Expression; readonly whole: Expression }
  | {
      readonly kind: 'held back';
      readonly share: Expression;
      readonly through: Expression | null;
      readonly until: Expression | null;
    }
  /** `parts` equal parts, one each `every` after `from`; what falls after the payee has left is forfeited. */
  | {
      readonly kind: 'vests';
      readonly parts: Expression;
      readonly every: Expression;
      readonly from: Expression;
      readonly first: Expression | null;
    }
  | { readonly kind: 'usable from' | 'usable through'; readonly date: Expression }
  /** Expiry by activity: alive while a fact of the kind comes at least every `every`. */
  | {
      readonly kind: 'usable while active';
      readonly activity: SetExpression & { kind: 'facts' };
      readonly every: Expression;
    }
  | { readonly kind: 'for every'; readonly step: Expression; readonly asset: string }
  | {
      readonly kind: 'taking';
      readonly amount: Expression;
      readonly asset: string;
      readonly ifShort: 'refused' | 'as far as they go';
    }
  | { readonly kind: 'while it lasts'; readonly atMost: Expression | null }
  | {
      readonly kind: 'on a return';
      readonly mode: ReturnMode;
      readonly restoresTaken: boolean;
      readonly share: Expression | null;
    }
  | { readonly kind: 'on a shortage'; readonly mode: ShortageMode }
  | { readonly kind: 'as it grows' }
  | { readonly kind: 'when the period ends' }
  | { readonly kind: 'posted on'; readonly date: Expression }
  | { readonly kind: 'once'; readonly reversible: boolean }
  | { readonly kind: 'prorated'; readonly by: Proration }
  | { readonly kind: 'rounded'; readonly rounding: Rounding }
  | { readonly kind: 'late facts'; readonly mode: LateMode }
);

export interface Clause {
  /** Stable: survives renaming (`formerly`) and renumbering. */
  readonly id: string;
  /** The component's name as printed between quotes. */
  readonly name: string;
  readonly at: Span;
  /** Number and title of the section it stands in, for statements and comparisons. */
  readonly section: string;
  readonly action: 'pays' | 'issues' | 'moves';
  /** Party kind id of the payer; for `moves` null. */
  readonly payer: string | null;
  /** The payee: bound variable, its party kind, and for fact occasions the expression that leads from the fact to it. */
  readonly payee: { readonly variable: Variable; readonly party: string; readonly from: Expression | null };
  /** For `moves`: the two accounts. */
  readonly accounts: { readonly from: string; readonly to: string } | null;
  readonly occasion: Occasion;
  readonly asset: string;
  readonly amount: Expression;
  readonly rows: readonly Row[];
  /** The rules in force for this clause, from the agreement's policies and the clause's own rows. */
  readonly rounding: Rounding;
  readonly returns: ReturnMode;
  readonly late: LateMode;
  /** When a difference is posted; from the rows, or provably-growing → 'grows', else 'ends'. */
  readonly posts:
    | { readonly kind: 'grows' }
    | { readonly kind: 'ends' }
    | { readonly kind: 'on'; readonly date: Expression };
  /** Fact kinds and party attributes of *other* parties that it reads: attested, not recomputed. */
  readonly foreignReads: readonly string[];
}

export type BalanceRow = { readonly at: Span } & (
  | {
      readonly kind: 'at least';
      readonly amount: Expression;
      readonly from: Expression | null;
      readonly through: Expression | null;
    }
  | { readonly kind: 'at most'; readonly amount: Expression; readonly excess: 'lost' | 'carried' }
  | { readonly kind: 'forgiven' }
  /** The shortfall becomes a debt, recovered at `share` of the pay above the minimum, from `from` on. */
  | { readonly kind: 'owed'; readonly share: Expression; readonly from: Expression | null }
  | { readonly kind: 'paid ahead' }
);

export interface Settlement {
  readonly id: string;
  readonly name: string;
  readonly at: Span;
  readonly section: string;
  readonly payer: string;
  readonly payee: { readonly variable: Variable; readonly party: string };
  readonly unit: PeriodUnitName;
  readonly period: Variable;
  readonly asset: string;
  /** Ids of the clauses that flow in. */
  readonly from: readonly string[];
  readonly rows: readonly BalanceRow[];
}
