// SPDX-License-Identifier: Apache-2.0
// The checked program of one version of an agreement: declarations, clauses, policies, worked examples. It is
// immutable, printable as JSON, and all that engines and readings know of the text.

import type { Calendar } from '../values/calendar.ts';
import type { Day } from '../values/date.ts';
import type { Rational } from '../values/rational.ts';
import type { AmendmentMode, Clause, LateMode, ReturnMode, Settlement } from './clause.ts';
import type {
  Blank,
  BurnOrder,
  Decision,
  DeclaredAsset,
  DerivedKind,
  FactKind,
  NamedValue,
  PartyKind,
  Rounding,
  Status,
  Table,
} from './declaration.ts';
import type { Span } from './diagnostic.ts';
import type { Proration } from './expression.ts';
import type { AttributeFact, DecisionFact, Fact, OpeningBalance } from './log.ts';
import type { Scalar } from './value.ts';

export interface Policies {
  readonly calendar: Calendar;
  readonly zone: string;
  readonly rounding: Rounding;
  readonly late: LateMode;
  readonly returns: ReturnMode;
  readonly amendments: AmendmentMode;
  readonly proration: Proration;
  readonly attribution: 'cumulative' | 'freeze';
}

/** One step of a worked example. */
export type ExampleStep = { readonly at: Span } & (
  | { readonly kind: 'fact'; readonly fact: Fact; readonly later: boolean; readonly recordedOn: Day | null }
  | { readonly kind: 'void'; readonly factKind: string; readonly id: string; readonly recordedOn: Day | null }
  | { readonly kind: 'attribute'; readonly fact: AttributeFact; readonly later: boolean }
  | { readonly kind: 'decision'; readonly fact: DecisionFact; readonly later: boolean }
  | { readonly kind: 'opening'; readonly balance: OpeningBalance }
  | { readonly kind: 'close'; readonly period: string }
  | { readonly kind: 'with'; readonly blank: string; readonly value: Scalar }
  | { readonly kind: 'as of'; readonly day: Day }
  | {
      readonly kind: 'gives';
      readonly payee: string;
      readonly period: string;
      readonly amounts: readonly {
        readonly component: string;
        readonly amount: Rational;
        readonly asset: string;
        readonly now: Rational | null;
        readonly at: Span;
      }[];
    }
  | { readonly kind: 'gives nothing else' }
);
export interface Example {
  readonly name: string;
  readonly at: Span;
  readonly steps: readonly ExampleStep[];
}

export interface Program {
  readonly title: string;
  /** Version of the semantics that the text is written for. */
  readonly semantics: number;
  readonly blanks: readonly Blank[];
  readonly assets: readonly DeclaredAsset[];
  readonly parties: readonly PartyKind[];
  readonly factKinds: readonly FactKind[];
  readonly derivedKinds: readonly DerivedKind[];
  readonly values: readonly NamedValue[];
  readonly tables: readonly Table[];
  readonly statuses: readonly Status[];
  readonly decisions: readonly Decision[];
  readonly clauses: readonly Clause[];
  readonly settlements: readonly Settlement[];
  readonly burns: readonly BurnOrder[];
  readonly policies: Policies;
  readonly examples: readonly Example[];
}

/** A program with the stretch of days [from, to) in which it is in force; null is without end. */
export interface Version {
  readonly program: Program;
  readonly from: Day | null;
  readonly to: Day | null;
}
