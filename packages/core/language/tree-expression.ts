// SPDX-License-Identifier: Apache-2.0
// Words, literals, chains and expressions of the tree as written: names are still words, chains still read left to right, nothing is resolved or typed. Every
// node carries its span. The formatter prints this tree; the checker makes a program of it.

import type { Span } from '../program/diagnostic.ts';

export interface Node {
  readonly at: Span;
}
/** A run of Capitalised words, single spaces. */
export interface Name extends Node {
  readonly text: string;
}
export interface Text extends Node {
  readonly text: string;
}

export type PeriodWord =
  | 'day'
  | 'week'
  | 'month'
  | 'quarter'
  | 'half'
  | 'year'
  | 'contract month'
  | 'contract quarter'
  | 'contract year';
export type FoldWord = 'sum' | 'count' | 'mean' | 'least' | 'greatest' | 'first' | 'last' | 'rise';

export type Literal = Node &
  (
    | { readonly kind: 'money'; readonly currency: string; readonly number: string }
    /** Digits with optional sign and point; thousands commas removed. */
    | { readonly kind: 'number'; readonly number: string }
    | { readonly kind: 'percent'; readonly number: string }
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'date'; readonly iso: string }
    /** "90 days", "1 year 6 months". */
    | { readonly kind: 'duration'; readonly text: string }
    /** "500 Points". */
    | { readonly kind: 'assetAmount'; readonly number: string; readonly asset: Name }
    | { readonly kind: 'yesNo'; readonly value: boolean }
    | { readonly kind: 'open' }
    /** A name used as a value (a level, or in examples). */
    | { readonly kind: 'named'; readonly name: Name }
  );

export type Link = Node &
  (
    | {
        readonly kind: 'name';
        readonly article: 'the' | 'a' | 'its' | null;
        readonly name: Name;
        readonly atAnyLevel: boolean;
      }
    | { readonly kind: 'fold'; readonly fold: FoldWord }
    | { readonly kind: 'it' }
    | { readonly kind: 'literal'; readonly literal: Literal }
  );

export type Scope = Node &
  (
    | {
        readonly kind: 'period';
        readonly unit: PeriodWord | 'period';
        readonly shift: 0 | -1 /** `in the same quarter of the year before` */;
        readonly yearBefore: boolean;
      }
    | { readonly kind: 'so far in'; readonly unit: PeriodWord }
    /** `in the month of Closed`: the period that contains a date. */
    | { readonly kind: 'period of'; readonly unit: PeriodWord; readonly date: Name }
    | {
        readonly kind: 'rolling';
        readonly length: Link;
        readonly end:
          | { readonly kind: 'before it' }
          | { readonly kind: 'before' | 'to the end of'; readonly unit: PeriodWord | 'period' };
      }
    | { readonly kind: 'so far' }
    | { readonly kind: 'before it' }
    | { readonly kind: 'through' | 'before'; readonly unit: PeriodWord | 'period' }
    | { readonly kind: 'between'; readonly from: Expr; readonly through: Expr }
    | { readonly kind: 'lasting'; readonly moment: Moment }
  );

export type Moment = Node &
  (
    | { readonly kind: 'start' | 'end' | 'average'; readonly unit: PeriodWord | 'period' }
    | { readonly kind: 'on'; readonly date: Name }
    | { readonly kind: 'now' }
  );

export interface Part extends Node {
  readonly links: readonly Link[];
  readonly scope: Scope | null;
  readonly moment: Moment | null;
  /** `, of at least N`: fewer items make none. */
  readonly leastCount: Expr | null;
}

export type ComparisonWord = 'is' | 'at least' | 'at most' | 'more than' | 'less than' | 'not' | 'within';

export type Expr = Node &
  (
    | {
        readonly kind: 'chain';
        readonly part: Part;
        readonly who: { readonly not: boolean; readonly part: Part } | null;
      }
    | {
        readonly kind: 'binary';
        readonly operator: '+' | '-' | '*' | '/';
        readonly left: Expr;
        readonly right: Expr;
      }
    | { readonly kind: 'negative'; readonly of: Expr }
    | { readonly kind: 'group'; readonly of: Expr }
    | { readonly kind: 'table'; readonly table: Part; readonly on: Expr; readonly and: Expr | null }
    | {
        readonly kind: 'per';
        readonly rate: Part;
        readonly whole: boolean;
        readonly step: Expr;
        readonly of: Expr;
      }
    | { readonly kind: 'elapsed'; readonly unit: 'days' | 'months'; readonly from: Expr; readonly to: Expr }
    | { readonly kind: 'lesser' | 'greater'; readonly left: Expr; readonly right: Expr }
    | {
        readonly kind: 'shifted';
        readonly by: Expr;
        readonly direction: 'after' | 'before';
        readonly date: Expr;
      }
    | {
        readonly kind: 'edge';
        readonly edge: 'start' | 'end';
        readonly unit: PeriodWord | 'period';
        readonly date: Expr | null;
      }
    | { readonly kind: 'ordinal'; readonly unit: PeriodWord }
    | { readonly kind: 'amountOf'; readonly clause: Text; readonly scope: Scope | null }
    | {
        readonly kind: 'place';
        readonly of: Expr;
        readonly by: Name;
        readonly lowest: boolean;
        readonly scope: Scope | null;
      }
    | {
        readonly kind: 'balance';
        readonly state: 'usable' | 'pending';
        readonly asset: Name;
        readonly of: Expr | null;
      }
    | { readonly kind: 'prorated'; readonly of: Expr; readonly by: 'days' | 'whole months' }
    | {
        readonly kind: 'compare';
        readonly comparison: ComparisonWord;
        readonly left: Expr;
        readonly right: Expr;
      }
    | { readonly kind: 'oneOf'; readonly left: Expr; readonly options: readonly Expr[] }
    | { readonly kind: 'range'; readonly left: Expr; readonly from: Expr; readonly through: Expr }
    | { readonly kind: 'exists'; readonly not: boolean; readonly set: Expr }
    | { readonly kind: 'and' | 'or'; readonly parts: readonly Expr[] }
    | {
        readonly kind: 'cases';
        readonly cases: readonly { readonly then: Expr; readonly when: Expr }[];
        readonly otherwise: Expr | null;
      }
    | { readonly kind: 'ifNone'; readonly of: Expr; readonly otherwise: Expr }
    | { readonly kind: 'round'; readonly of: Expr; readonly rounding: RoundingWords }
  );

export interface RoundingWords extends Node {
  readonly direction: 'up' | 'down' | null;
  readonly to:
    | { readonly kind: 'whole'; readonly noun: string }
    | { readonly kind: 'cent' }
    | { readonly kind: 'decimals'; readonly count: number }
    | { readonly kind: 'nearest'; readonly step: Expr };
}
