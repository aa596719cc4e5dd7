// SPDX-License-Identifier: Apache-2.0
// The tree as written: statements, rows, blanks and the whole document. Names are still words, nothing is resolved
// or typed. Every node carries its span. The formatter prints this tree; the checker makes a program of it.

import type { Span } from '../program/diagnostic.ts';
import type { Expr, Literal, Name, Node, PeriodWord, RoundingWords, Text } from './tree-expression.ts';

export type * from './tree-expression.ts';

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
        readonly recorded: string | null;
      }
    | {
        readonly kind: 'void';
        readonly later: boolean;
        readonly subject: Name;
        readonly id: Text;
        readonly recorded: string | null;
      }
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
