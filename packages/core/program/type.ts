// SPDX-License-Identifier: Apache-2.0
// The types of the language. The unit of a quantity is part of its type: USD and EUR never meet, and a
// quotient ("points per USD") carries both. Percent, count and number share the empty unit and differ in flavour.

/** One base of a unit: an asset id ("USD", "Points"), or "day" / "month" for rates per time. */
export interface UnitPart {
  readonly base: string;
  /** Positive above the line, negative below it; never zero. */
  readonly exponent: number;
}

/** Product of parts, sorted by base; the empty list is dimensionless. */
export type Unit = readonly UnitPart[];

/** How a dimensionless or single-unit quantity is printed, and what `of` means on its right. */
export type Flavour = 'amount' | 'number' | 'count' | 'percent';

export type Type =
  | { readonly kind: 'quantity'; readonly unit: Unit; readonly flavour: Flavour }
  | { readonly kind: 'duration' }
  | { readonly kind: 'date' }
  | { readonly kind: 'text' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'yesNo' }
  | { readonly kind: 'party'; readonly of: string }
  | { readonly kind: 'fact'; readonly of: string }
  | { readonly kind: 'level'; readonly of: string }
  | { readonly kind: 'period' }
  | { readonly kind: 'set'; readonly of: 'facts' | 'parties'; readonly element: string };
