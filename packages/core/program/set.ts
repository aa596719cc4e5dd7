// SPDX-License-Identifier: Apache-2.0
// Sets of facts, and of parties or things. Chains of words ("Won Deals of Representatives of the Manager in the
// quarter") arrive here as one set of facts with conditions on its item. Sets of parties hold no duplicates.

import type { Expression, Moment, Variable } from './expression.ts';

export type SetExpression =
  /** Facts of a kind (declared or derived) whose item fulfils every condition and that count in the window. */
  | {
      readonly kind: 'facts';
      readonly factKind: string;
      readonly item: Variable;
      readonly where: readonly Expression[];
      readonly window: Window;
    }
  /** All known parties or things of a kind that fulfil every condition (for instance: whose Manager is …). */
  | {
      readonly kind: 'parties';
      readonly party: string;
      readonly item: Variable;
      readonly where: readonly Expression[];
    }
  /** The distinct parties, things or facts that a link of each item leads to: Customers of Won Deals. */
  | {
      readonly kind: 'through';
      readonly of: SetExpression;
      readonly item: Variable;
      readonly link: Expression;
    }
  | {
      readonly kind: 'both' | 'without' | 'either';
      readonly left: SetExpression;
      readonly right: SetExpression;
    }
  /** A named value that is a set. */
  | {
      readonly kind: 'named';
      readonly value: string;
      readonly of: Expression | null;
      readonly period: Expression | null;
    }
  /** A relation followed at any level: everybody below `top` along `attribute`, on the moment. */
  | {
      readonly kind: 'below';
      readonly party: string;
      readonly attribute: string;
      readonly top: Expression;
      readonly moment: Moment;
    };

/** Which facts count, by their counting date and declared order. Everything later than `as of` is never seen. */
export type Window =
  | { readonly kind: 'all' }
  | { readonly kind: 'period'; readonly period: Expression }
  /** From the start of the enclosing calendar period of `unit` through the end of the period (or the fact at hand). */
  | {
      readonly kind: 'toDate';
      readonly unit: 'month' | 'quarter' | 'half' | 'year';
      readonly end: { readonly period: Expression } | { readonly fact: Variable };
    }
  /** Everything through the last day of the period. */
  | { readonly kind: 'through'; readonly period: Expression }
  /** Everything before the first day of the period. */
  | { readonly kind: 'beforePeriod'; readonly period: Expression }
  /** Up to and with the fact at hand in the declared order. */
  | { readonly kind: 'soFar'; readonly fact: Variable }
  /** Strictly earlier than the fact at hand in the declared order, from `length` before its counting date (inclusive). */
  | { readonly kind: 'beforeFact'; readonly fact: Variable; readonly length: Expression | null }
  /** The `length` that ends with the period's last day (`to`), or with the day before its first (`before`). */
  | {
      readonly kind: 'rolling';
      readonly period: Expression;
      readonly length: Expression;
      readonly ends: 'to' | 'before';
    }
  | { readonly kind: 'between'; readonly from: Expression; readonly through: Expression }
  /** Facts with an interval (`lasts from … through …`) that last on the moment's day, whatever their counting date. */
  | { readonly kind: 'lasting'; readonly moment: Moment };
