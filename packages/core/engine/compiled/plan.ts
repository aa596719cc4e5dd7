// SPDX-License-Identifier: Apache-2.0
// What the compiled engine will do with a program, as data and closures: stages (a table of facts grouped by one key),
// the measures folded there, and per clause the formula of its total and how its lines run. A clause that has no such
// plan says why, and whether the reference evaluator can take it payee by payee.

import type { Clause } from '../../program/clause.ts';
import type { PeriodUnit } from '../../values/calendar.ts';
import type { RowSet } from './fact-set.ts';
import type { NumberFormula, TruthFormula } from './formula.ts';
import type { CodeFormula, RowScope } from './row-formula.ts';

/** What a formula of a payee and period reads. */
export interface Frame {
  /** The inputs of the clause, in its order. */
  readonly values: Float64Array;
  /** The running sum of the input that the lines follow. */
  prefix: number;
}

/** A sum over the members of a set, or their number where `each` is null. */
export interface Measure {
  readonly set: number;
  readonly each: NumberFormula<number> | null;
  readonly name: string;
  /** Equal for measures that add the same, of whatever set; empty for a number of members. */
  readonly column: string;
  readonly scale: number;
  /** What is added, with the terms that stand in it; empty for a field as entered. */
  readonly terms: string;
}

/** A table of facts grouped by one key: all that can be folded together. */
export interface Stage {
  readonly name: string;
  readonly scope: RowScope;
  readonly key: CodeFormula;
  readonly sets: RowSet[];
  readonly measures: Measure[];
  readonly links: CodeFormula[];
}

/** A set of distinct parties: those that a link of the members of a set leads to, and combinations of such sets. */
export type DistinctSet =
  | { readonly kind: 'links'; readonly set: number; readonly link: number; readonly shift: number }
  | {
      readonly kind: 'both' | 'without' | 'either';
      readonly left: DistinctSet;
      readonly right: DistinctSet;
    };

/** One thing that a formula of a payee and period reads. `shift` counts periods; below zero lie earlier ones. */
export type Input =
  | { readonly kind: 'measure'; readonly measure: number; readonly shift: number }
  | { readonly kind: 'distinct'; readonly set: DistinctSet };

export type LinePlan =
  /** Line i is the rise of a function of the running sum of an input. */
  | {
      readonly kind: 'running';
      readonly measure: number;
      readonly shift: number;
      readonly cumulative: NumberFormula<Frame>;
      /** Before the cap, to tell which lines the cap has cut; null without one. */
      readonly uncapped: NumberFormula<Frame> | null;
    }
  /** The total is shared in proportion to a measure, equally where that has both signs or is zero. */
  | { readonly kind: 'shared'; readonly measure: number; readonly shift: number }
  /** No fact stands behind it. */
  | { readonly kind: 'unattributed' };

export interface ClausePlan {
  readonly index: number;
  readonly clause: Clause;
  readonly stage: Stage;
  readonly unit: PeriodUnit | null;
  readonly inputs: readonly Input[];
  readonly total: NumberFormula<Frame>;
  /** Where it does not hold, there is nothing to pay and no line. */
  readonly active: TruthFormula<Frame> | null;
  readonly lines: LinePlan;
  /** Decimals of the asset. */
  readonly decimals: number;
  /** The multiple that amounts are rounded to, in smallest units. */
  readonly step: number;
  /** Whether it reads facts of its own payee alone. */
  readonly isSeparable: boolean;
}

/** Where a clause runs, and why, as data. */
export interface ClausePlace {
  readonly clause: string;
  readonly runs: 'compiled' | 'by payee' | 'whole';
  /** Stage of a compiled clause. */
  readonly stage: string | null;
  /** Why it is not compiled; empty when it is. */
  readonly reason: string;
}

/** How many periods back a clause looks. */
export function reachOf(plan: ClausePlan): number {
  return plan.inputs.reduce(
    (reach, input) => Math.max(reach, input.kind === 'measure' ? -input.shift : reachOfSet(input.set)),
    0,
  );
}

function reachOfSet(set: DistinctSet): number {
  return set.kind === 'links' ? -set.shift : Math.max(reachOfSet(set.left), reachOfSet(set.right));
}
