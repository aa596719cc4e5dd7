// SPDX-License-Identifier: Apache-2.0
// The tree as written: names are still words, chains still read left to right, nothing is resolved or typed. Every
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

export interface FieldTree extends Node {
  readonly one: boolean;
  readonly name: Name;
  readonly type: TypeTree | null;
  readonly mayStayOpen: boolean;
}
export type TypeTree = Node &
  (
    | {
        readonly kind: 'word';
        readonly word: 'text' | 'number' | 'count' | 'percent' | 'date' | 'duration' | 'yes or no';
      }
    | { readonly kind: 'currency'; readonly code: string }
    | { readonly kind: 'name'; readonly name: Name }
    | { readonly kind: 'oneOf'; readonly options: readonly Text[] }
  );
export interface PathTree extends Node {
  readonly field: Name;
  readonly ofIts: Name | null;
}
export type Trait = Node &
  (
    | { readonly kind: 'counts on'; readonly path: PathTree }
    | { readonly kind: 'lasts'; readonly from: Name; readonly through: Name }
    | { readonly kind: 'order'; readonly paths: readonly PathTree[] }
    | { readonly kind: 'lowers'; readonly field: Name; readonly link: Name; readonly by: Name | null }
  );

export type BandTree = Node &
  (
    | { readonly kind: 'up to' | 'up to and including' | 'below' | 'from'; readonly bound: Expr }
    | { readonly kind: 'above'; readonly bound: Expr | null }
    | { readonly kind: 'otherwise' }
  );

export type RowTree = Node &
  (
    | { readonly kind: 'at most' | 'at least' | 'times'; readonly of: Expr; readonly when: Expr | null }
    | { readonly kind: 'during'; readonly from: Expr | null; readonly through: Expr | null }
    | { readonly kind: 'released when'; readonly condition: Expr }
    | { readonly kind: 'released in share'; readonly part: Expr; readonly whole: Expr }
    | {
        readonly kind: 'held back';
        readonly share: Expr;
        readonly through: Expr | null;
        readonly until: Expr | null;
      }
    | {
        readonly kind: 'vests';
        readonly parts: Expr;
        readonly every: Expr;
        readonly from: Expr;
        readonly first: Expr | null;
      }
    | { readonly kind: 'usable from' | 'usable through'; readonly date: Expr }
    | { readonly kind: 'usable while active'; readonly factKind: Name; readonly every: Expr }
    | { readonly kind: 'for every'; readonly step: Expr; readonly asset: Name }
    | {
        readonly kind: 'taking';
        readonly amount: Expr;
        readonly asset: Name;
        readonly ifShort: 'refused' | 'as far as they go';
      }
    | { readonly kind: 'while it lasts'; readonly atMost: Expr | null }
    | {
        readonly kind: 'on a return';
        readonly mode: ReturnWords;
        readonly givesBack: boolean /** `taking back 50% of what it earned` */;
        readonly share: Expr | null;
      }
    | { readonly kind: 'on a shortage'; readonly mode: 'carried' | 'negative' | 'waived' }
    | { readonly kind: 'as it grows' }
    | { readonly kind: 'when ends'; readonly unit: PeriodWord }
    | { readonly kind: 'posted on'; readonly date: Expr }
    | { readonly kind: 'once'; readonly reversible: boolean }
    | { readonly kind: 'prorated'; readonly by: 'days' | 'whole months' }
    | { readonly kind: 'rounded'; readonly rounding: RoundingWords }
    | { readonly kind: 'late facts'; readonly sentence: string }
    | { readonly kind: 'formerly'; readonly name: Text }
  );
export type ReturnWords =
  | 'none'
  | 'as if the sale had been smaller'
  | 'as a negative sale today'
  | 'taking back what it earned'
  | 'taking back what was paid';

export type PayeeTree = Node &
  (
    | { readonly kind: 'each'; readonly party: Name }
    /** `the Manager of its Representative of each Deal`: path from the fact outward is read right to left. */
    | { readonly kind: 'of each'; readonly path: readonly Name[]; readonly fact: Name }
    | { readonly kind: 'for each'; readonly party: Name; readonly fact: Name }
  );
export type DueTree = Node &
  (
    | { readonly kind: 'each'; readonly unit: PeriodWord }
    | { readonly kind: 'in its'; readonly unit: PeriodWord; readonly date: Name | null }
  );

export type BalanceTree = Node &
  (
    | {
        readonly kind: 'at least';
        readonly amount: Expr;
        readonly from: Expr | null;
        readonly through: Expr | null;
      }
    | { readonly kind: 'at most'; readonly amount: Expr; readonly excess: 'lost' | 'carried' }
    | { readonly kind: 'forgiven' }
    | { readonly kind: 'owed'; readonly share: Expr; readonly from: Expr | null }
    | { readonly kind: 'paid ahead' }
  );

export type ChangeTree = Node &
  (
    | { readonly kind: 'rises at once'; readonly counts: 'with' | 'before'; readonly factKind: Name }
    | { readonly kind: 'rises at the end'; readonly unit: PeriodWord }
    | { readonly kind: 'falls at once' }
    | {
        readonly kind: 'falls at the end';
        readonly unit: PeriodWord;
        readonly oneStep: boolean;
        readonly after: Expr | null;
      }
    | { readonly kind: 'keeps'; readonly length: Expr; readonly anew: boolean }
  );

export type StepTree = Node &
  (
    | {
        readonly kind: 'has';
        readonly later: boolean;
        readonly subject: Name;
        readonly id: Text;
        readonly fields: readonly { readonly name: Name; readonly value: Literal }[];
        readonly from: string | null;
        readonly through: string | null;
      }
    | { readonly kind: 'void'; readonly later: boolean; readonly subject: Name; readonly id: Text }
    | {
        readonly kind: 'decided';
        readonly later: boolean;
        readonly decision: Name;
        readonly of: Text;
        readonly span: string;
        readonly value: Literal;
        readonly by: Text | null;
      }
    | {
        readonly kind: 'opening';
        readonly component: Text;
        readonly of: Text;
        readonly amount: Literal;
        readonly on: string;
        readonly through: string | null;
      }
    | { readonly kind: 'closed'; readonly span: string }
    | { readonly kind: 'with'; readonly blank: Name; readonly value: Literal }
    | { readonly kind: 'as of'; readonly day: string }
    | {
        readonly kind: 'gives';
        readonly payee: Text;
        readonly span: string;
        readonly amounts: readonly {
          readonly component: Text;
          readonly amount: Literal;
          readonly now: Literal | null;
        }[];
      }
    | { readonly kind: 'gives nothing else' }
  );

export type Statement = Node &
  (
    | { readonly kind: 'party'; readonly name: Name }
    | {
        readonly kind: 'parties';
        readonly role: 'parties' | 'things';
        readonly names: readonly { readonly plural: Name; readonly singular: Name | null }[];
      }
    | { readonly kind: 'asset'; readonly name: Name; readonly decimals: number }
    | { readonly kind: 'attributes'; readonly of: Name; readonly fields: readonly FieldTree[] }
    | {
        readonly kind: 'has';
        readonly of: Name;
        readonly fields: readonly FieldTree[];
        readonly traits: readonly Trait[];
      }
    | {
        readonly kind: 'derived';
        readonly name: Name;
        readonly base: Name;
        readonly rule:
          | { readonly kind: 'whose'; readonly condition: Expr }
          | { readonly kind: 'first' | 'last'; readonly each: Name; readonly unit: PeriodWord | null };
      }
    | {
        readonly kind: 'value';
        readonly name: Name;
        readonly of: Name | null;
        readonly period: PeriodWord | 'period' | null;
        readonly plural: boolean;
        readonly body: Expr /** rows of `the first that applies` are `cases` in body */;
        readonly firstThatApplies: boolean;
      }
    | {
        readonly kind: 'table';
        readonly name: Name;
        readonly mode: TableModeWords;
        readonly bands: readonly {
          readonly band: BandTree;
          readonly result: Expr;
          readonly rising: { readonly by: Expr; readonly per: Expr; readonly whole: boolean } | null;
        }[];
      }
    /** From a captioned Markdown table. */
    | {
        readonly kind: 'matrix';
        readonly name: Name;
        readonly rows: readonly KeyTree[];
        readonly columns: readonly KeyTree[];
        readonly cells: readonly (readonly Expr[])[];
      }
    | {
        readonly kind: 'status';
        readonly name: Name;
        readonly of: Name;
        readonly measure: Expr;
        readonly levels: readonly { readonly name: Name; readonly from: Expr | null }[];
        readonly changes: readonly ChangeTree[];
      }
    | {
        readonly kind: 'pays';
        readonly payer: Name;
        readonly asset: Name | null;
        readonly payee: PayeeTree;
        readonly due: DueTree | null;
        readonly component: Text;
        readonly amount: Expr;
        readonly rows: readonly RowTree[];
      }
    | {
        readonly kind: 'moves';
        readonly party: Name;
        readonly from: Text;
        readonly to: Text;
        readonly unit: PeriodWord;
        readonly component: Text;
        readonly amount: Expr;
        readonly rows: readonly RowTree[];
      }
    | {
        readonly kind: 'settles';
        readonly payer: Name;
        readonly payee: Name;
        readonly unit: PeriodWord;
        readonly name: Text;
        readonly from: readonly Text[];
        readonly rows: readonly BalanceTree[];
      }
    | {
        readonly kind: 'decides';
        readonly decider: Name;
        readonly name: Name;
        readonly of: Name;
        readonly unit: PeriodWord;
        readonly type: TypeTree;
        readonly within: Expr;
        readonly otherwise: Expr;
      }
    | { readonly kind: 'burn'; readonly asset: Name; readonly order: readonly ('expiry' | 'issue')[] }
    | { readonly kind: 'pool'; readonly asset: Name; readonly members: Name; readonly by: Name }
    | { readonly kind: 'policy'; readonly key: string; readonly sentence: string; readonly sentenceAt: Span }
    | { readonly kind: 'example'; readonly name: Text; readonly steps: readonly StepTree[] }
  );
export type TableModeWords =
  | 'each slice at its own rate'
  | 'one rate on the whole'
  | 'the amount of the band reached'
  | 'the amount of each band in proportion'
  | 'in straight lines';
export type KeyTree = Node &
  ({ readonly kind: 'value'; readonly value: Expr } | { readonly kind: 'band'; readonly band: BandTree });

/** A blank as written: `[5% : Base Rate]`. */
export interface BlankTree extends Node {
  /** Everything before the last ` : `, trimmed; "" or "…" or "USD …" when empty. */
  readonly text: string;
  readonly value: Literal | null;
  /** For empty blanks that carry a type: `[USD … : Quota]`. */
  readonly typeHint: string | null;
  readonly name: Name;
  /** Index into `sections`. */
  readonly section: number;
}

/** One section of the document: heading and what stands below it until the next. */
export interface SectionTree extends Node {
  readonly heading: string;
  readonly depth: number;
}

export interface StatementInDocument {
  readonly statement: Statement;
  readonly section: number;
}

/** The whole file: text, sections, blanks, statements in document order. */
export interface DocumentTree extends Node {
  readonly source: string;
  readonly text: string;
  readonly title: string;
  readonly sections: readonly SectionTree[];
  readonly blanks: readonly BlankTree[];
  readonly statements: readonly StatementInDocument[];
  /** Spans of the fenced blocks (contents only). */
  readonly blocks: readonly Span[];
}
