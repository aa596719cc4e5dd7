// SPDX-License-Identifier: Apache-2.0
// The checked expression: names are resolved, every node has its type and its place in the text, and every
// binder introduces a `Variable` that references name by id. Both engines, the reading and `explain` walk this one tree.

import type { RoundingMode } from '../values/rounding.ts';
import type { Span } from './diagnostic.ts';
import type { SetExpression } from './set.ts';
import type { Type } from './type.ts';
import type { Scalar } from './value.ts';

/** Something bound: the fact, party, thing or period at hand. Ids are unique in a program. */
export interface Variable {
  readonly id: number;
  readonly name: string;
  readonly type: Type;
}

/** When a dated attribute (or a relation, or a status) is read. */
export type Moment =
  /** On the counting date of a fact at hand (the default inside a fact). */
  | { readonly kind: 'counting'; readonly fact: Variable }
  | { readonly kind: 'start'; readonly period: Expression }
  | { readonly kind: 'end'; readonly period: Expression }
  | { readonly kind: 'on'; readonly date: Expression }
  /** The mean over the days of the period, each day at its own value. */
  | { readonly kind: 'weighted'; readonly period: Expression }
  /** On the day of evaluation (`as of`). */
  | { readonly kind: 'now' };

export type Fold = 'sum' | 'count' | 'mean' | 'least' | 'greatest' | 'first' | 'last';
export type Comparison = 'is' | 'is not' | 'at least' | 'at most' | 'more than' | 'less than';

/** How a target or amount is reduced when a payee takes part in only a part of the period. */
export type Proration = 'days' | 'whole months';

export type Expression = { readonly type: Type; readonly at: Span } & (
  | { readonly kind: 'literal'; readonly value: Scalar }
  | { readonly kind: 'level'; readonly status: string; readonly rank: number }
  | { readonly kind: 'blank'; readonly blank: string }
  | { readonly kind: 'variable'; readonly variable: Variable }
  /** A field of a fact or a static attribute of a party or thing. `of` may itself be a field that is a link. */
  | { readonly kind: 'field'; readonly of: Expression; readonly field: string }
  /** A dated attribute of a party or thing. */
  | {
      readonly kind: 'attribute';
      readonly of: Expression;
      readonly attribute: string;
      readonly moment: Moment;
    }
  /** A named value applied to what it is `of` and, if it is per period, to a period. */
  | {
      readonly kind: 'call';
      readonly value: string;
      readonly of: Expression | null;
      readonly period: Expression | null;
    }
  /** `each` is null for `count`. Fewer than `leastCount` items make `none`. */
  | {
      readonly kind: 'fold';
      readonly fold: Fold;
      readonly set: SetExpression;
      readonly item: Variable;
      readonly each: Expression | null;
      readonly leastCount: Expression | null;
    }
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'lesser' | 'greater'; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'compare';
      readonly comparison: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** `left` is `right` or lies below it along the one self-link of its kind. */
  | { readonly kind: 'within'; readonly left: Expression; readonly right: Expression }
  /** `item` is an element of `set`. */
  | { readonly kind: 'member'; readonly item: Expression; readonly set: SetExpression }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  /** The first case that holds; without `otherwise` the result is zero of its type. */
  | {
      readonly kind: 'cases';
      readonly cases: readonly { readonly when: Expression; readonly then: Expression }[];
      readonly otherwise: Expression | null;
    }
  | {
      readonly kind: 'table';
      readonly table: string;
      readonly on: Expression;
      readonly and: Expression | null;
    }
  /** `rate` for each `step` of `of`; `whole` drops what does not fill a step. */
  | {
      readonly kind: 'per';
      readonly rate: Expression;
      readonly step: Expression;
      readonly of: Expression;
      readonly whole: boolean;
    }
  /** Whole days (or completed months) from one date to another; a duration. */
  | {
      readonly kind: 'elapsed';
      readonly from: Expression;
      readonly to: Expression;
      readonly unit: 'days' | 'months';
    }
  /** A date moved by a duration; months are clamped, counted from `date`. */
  | {
      readonly kind: 'shifted';
      readonly date: Expression;
      readonly by: Expression;
      readonly direction: 1 | -1;
    }
  /** First or last day of the calendar period of `unit` that contains `date`. */
  | {
      readonly kind: 'edge';
      readonly edge: 'start' | 'end';
      readonly unit: PeriodUnitName;
      readonly date: Expression;
    }
  /** First or last day of a period at hand. */
  | { readonly kind: 'periodEdge'; readonly edge: 'start' | 'end'; readonly period: Expression }
  /** 1-based place of a period in its year (the second quarter: 2). */
  | { readonly kind: 'ordinal'; readonly period: Expression; readonly unit: PeriodUnitName }
  /** A period `by` periods later (negative: earlier) than another. */
  | { readonly kind: 'shiftedPeriod'; readonly period: Expression; readonly by: number }
  /** The calendar period of `unit` that contains a date (`in the month of Closed`, the year of a quarter). */
  | { readonly kind: 'periodOf'; readonly unit: PeriodUnitName; readonly date: Expression }
  /** The days from … through …, both within, as a period (`in the year so far` of a named value); null is without end. */
  | { readonly kind: 'span'; readonly from: Expression | null; readonly through: Expression | null }
  | {
      readonly kind: 'round';
      readonly of: Expression;
      readonly step: Expression;
      readonly mode: RoundingMode;
    }
  | { readonly kind: 'ifNone'; readonly of: Expression; readonly otherwise: Expression }
  /** Value of a per-period value now less its value at the period before. */
  | {
      readonly kind: 'rise';
      readonly value: string;
      readonly of: Expression | null;
      readonly period: Expression;
    }
  | {
      readonly kind: 'prorated';
      readonly of: Expression;
      readonly party: Expression;
      readonly period: Expression;
      readonly by: Proration;
    }
  /** The level of a status. */
  | { readonly kind: 'status'; readonly status: string; readonly of: Expression; readonly moment: Moment }
  /** The place (1 is best; equals share the better place) of a party among its kind by a value. */
  | {
      readonly kind: 'place';
      readonly value: string;
      readonly of: Expression;
      readonly period: Expression | null;
      readonly lowestFirst: boolean;
    }
  /** Points of a wallet at this point of the fold. */
  | {
      readonly kind: 'balance';
      readonly asset: string;
      readonly state: 'usable' | 'pending';
      readonly of: Expression;
    }
  /** What another clause entitles the same payee to, unrounded. */
  | {
      readonly kind: 'entitlement';
      readonly clause: string;
      readonly of: Expression;
      readonly period: Expression | null;
    }
  /** A human judgement about a party in a period; waits until it is there or its deadline has passed. */
  | {
      readonly kind: 'decision';
      readonly decision: string;
      readonly of: Expression;
      readonly period: Expression;
    }
  /** The set itself, where a named value is a set. */
  | { readonly kind: 'set'; readonly set: SetExpression }
);

export type PeriodUnitName =
  | 'day'
  | 'week'
  | 'month'
  | 'quarter'
  | 'half'
  | 'year'
  | 'contract month'
  | 'contract quarter'
  | 'contract year';
