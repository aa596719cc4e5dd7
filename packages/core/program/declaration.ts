// SPDX-License-Identifier: Apache-2.0
// What an agreement declares: parties, things, assets, kinds of fact, named values, tables, statuses, decisions.
// Ids are the declared names in the singular; a name is declared once and only once in a document.

import type { Rational } from '../values/rational.ts';
import type { RoundingMode } from '../values/rounding.ts';
import type { Span } from './diagnostic.ts';
import type { Expression, PeriodUnitName, Proration, Variable } from './expression.ts';
import type { SetExpression } from './set.ts';
import type { Type } from './type.ts';
import type { Scalar } from './value.ts';

export interface Declared {
  /** The declared name, singular. */
  readonly id: string;
  readonly at: Span;
}

/** A blank of the document and its value; null while it is not filled in. */
export interface Blank extends Declared {
  readonly type: Type;
  readonly value: Scalar | null;
  /** The text between the brackets, before the name. */
  readonly text: string;
  /** Heading of the section whose prose holds it. */
  readonly section: string;
}

/** A declared asset: points, tokens, vouchers. Currencies need no declaration. */
export interface DeclaredAsset extends Declared {
  readonly decimals: number;
}

export interface Field {
  readonly name: string;
  readonly type: Type;
  readonly mayStayOpen: boolean;
  /** For dated attributes: at most one value at a time; overlap is refused. */
  readonly one: boolean;
}

/** A kind of party or thing. `role` party can be paid; things cannot. */
export interface PartyKind extends Declared {
  readonly role: 'the party' | 'parties' | 'things';
  readonly plural: string;
  /** Static attributes (`each Representative has Joined (date)`). */
  readonly fields: readonly Field[];
  /** Dated attributes (`has at any time`). */
  readonly attributes: readonly Field[];
  /** Participation, as names of fields. */
  readonly lasts: { readonly from: string; readonly through: string } | null;
  /** The one self-link that `within` and `at any level` follow. */
  readonly parent: string | null;
}

/** A path of field names from a fact through links, ending in a date or value: ['Deal', 'Closed']. */
export type Path = readonly string[];

export interface FactKind extends Declared {
  readonly plural: string;
  readonly fields: readonly Field[];
  readonly countsOn: Path;
  /** Declared order after the counting date; ends implicitly with the id. */
  readonly order: readonly Path[];
  readonly lasts: { readonly from: string; readonly through: string } | null;
  /** `lowers Amount of its Invoice`: the link, the lowered field, and the own field that lowers it (same name and unit). */
  readonly lowers: { readonly link: string; readonly field: string; readonly by: string } | null;
}

/** A kind made from another: a selection, or the first or last of each. */
export interface DerivedKind extends Declared {
  readonly plural: string;
  readonly base: string;
  readonly item: Variable;
  readonly rule:
    | { readonly kind: 'whose'; readonly condition: Expression }
    /** First or last in the declared order for each value of `each` (in each `unit`, when given). */
    | { readonly kind: 'first' | 'last'; readonly each: Expression; readonly unit: PeriodUnitName | null };
}

/** A named value: of a fact, of a party, of neither; per period or not. */
export interface NamedValue extends Declared {
  /** What it is `of`, bound in the body. */
  readonly of: Variable | null;
  /** The period, bound in the body; `unit` null means any. */
  readonly period: { readonly variable: Variable; readonly unit: PeriodUnitName | null } | null;
  readonly body: Expression;
}

export type TableMode =
  | 'slice' // each slice at its own rate
  | 'whole' // one rate on the whole
  | 'reached' // the amount of the band reached
  | 'proportion' // the amount of each band in proportion
  | 'lines'; // in straight lines

/** One band: it holds from `from` (null: from below everything) to `to` (null: without end). */
export interface Band {
  readonly from: { readonly value: Expression; readonly inclusive: boolean } | null;
  readonly to: { readonly value: Expression; readonly inclusive: boolean } | null;
  readonly result: Expression;
  /** For straight lines: `rising` this much for each `per` above the band's start. */
  readonly slope: { readonly rising: Expression; readonly per: Expression; readonly whole: boolean } | null;
  readonly at: Span;
}

/** A piecewise function of one measure. */
export interface BandTable extends Declared {
  readonly kind: 'bands';
  readonly mode: TableMode;
  readonly input: Type;
  readonly result: Type;
  readonly bands: readonly Band[];
}

/** Rows × columns, each axis either bands of a quantity or keys (texts, parties, things, levels). */
export interface MatrixTable extends Declared {
  readonly kind: 'matrix';
  readonly rows: readonly Key[];
  /** Empty for a list with one column of results. */
  readonly columns: readonly Key[];
  readonly cells: readonly (readonly Expression[])[];
  readonly input: { readonly rows: Type; readonly columns: Type | null };
  readonly result: Type;
}
export type Key =
  | { readonly kind: 'is'; readonly value: Expression }
  | { readonly kind: 'band'; readonly from: Band['from']; readonly to: Band['to'] }
  | { readonly kind: 'otherwise' };
export type Table = BandTable | MatrixTable;

/** A status with hysteresis: Bronze, Silver, Gold. */
export interface Status extends Declared {
  readonly of: Variable;
  /** The measure, with `of` bound; facts are seen through the position of evaluation. */
  readonly measure: Expression;
  /** The window of the measure moves with this period (`in the year so far`), or null for a rolling or whole window. */
  readonly period: { readonly variable: Variable; readonly unit: PeriodUnitName } | null;
  /** The fact at hand of a rolling measure (`in the 12 months before it`), or null. */
  readonly levels: readonly { readonly name: string; readonly from: Expression | null }[];
  readonly rises:
    | { readonly when: 'at once'; readonly counts: 'with' | 'before'; readonly factKind: string }
    | { readonly when: 'end'; readonly unit: PeriodUnitName };
  readonly falls:
    | null
    | { readonly when: 'at once' }
    | {
        readonly when: 'end';
        readonly unit: PeriodUnitName;
        readonly oneStep: boolean;
        readonly grace: Expression | null;
      };
  /** A level once reached is kept at least this long; `restarts` counts anew at each rise. */
  readonly keeps: { readonly length: Expression; readonly restarts: boolean } | null;
}

export interface Decision extends Declared {
  readonly decider: string;
  readonly of: Variable;
  readonly period: { readonly variable: Variable; readonly unit: PeriodUnitName };
  readonly type: Type;
  readonly within: Expression;
  readonly otherwise: Expression;
}

/** Points are used in order of …; who shares a wallet. */
export interface BurnOrder {
  readonly asset: string;
  readonly order: readonly ('expiry' | 'issue')[];
  readonly pool: { readonly party: string; readonly attribute: string } | null;
  readonly at: Span;
}

export interface Rounding {
  /** Null: to the asset's smallest unit. */
  readonly step: Rational | null;
  readonly mode: RoundingMode;
}

export type { Proration, SetExpression };
