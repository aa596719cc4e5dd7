// SPDX-License-Identifier: Apache-2.0
// What the checker knows while it works: the declarations by name, what is bound at a place in the text, and what
// has been found so far. Values and tables are checked when first needed, so their order in the text is free.

import type {
  DerivedKind,
  FactKind,
  Field,
  NamedValue,
  PartyKind,
  Status,
  Table,
} from '../../program/declaration.ts';
import type { Span } from '../../program/diagnostic.ts';
import type { Expression, PeriodUnitName, Variable } from '../../program/expression.ts';
import type { Policies } from '../../program/program.ts';
import type { Type } from '../../program/type.ts';
import type { BlankTree, Name, Statement } from '../tree.ts';
import type { Report } from './report.ts';

export type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

/** A result that is made when first asked for. `busy` while it is being made: asking then is a circle. */
export type Lazy<T> = { state: 'todo' | 'busy' | 'failed' } | { readonly state: 'done'; readonly value: T };

export type Declaration = { readonly id: string; readonly plural: string | null; readonly at: Span } & (
  | {
      readonly kind: 'party';
      readonly role: PartyKind['role'];
      fields: Field[];
      attributes: Field[];
      lasts: PartyKind['lasts'];
    }
  | { readonly kind: 'asset'; readonly decimals: number }
  | { readonly kind: 'fact'; readonly tree: Of<'has'>; fact: FactKind | null }
  | { readonly kind: 'derived'; readonly tree: Of<'derived'> }
  | { readonly kind: 'value'; readonly tree: Of<'value'>; lazy: Lazy<NamedValue> }
  | { readonly kind: 'table'; readonly tree: Of<'table'> | Of<'matrix'>; lazy: Lazy<Table> }
  | { readonly kind: 'status'; readonly tree: Of<'status'> }
  | { readonly kind: 'level'; readonly status: string; readonly rank: number }
  | { readonly kind: 'decision'; readonly tree: Of<'decides'>; type: Type | null }
  | { readonly kind: 'blank'; readonly tree: BlankTree }
);
export type Declared<K extends Declaration['kind']> = Extract<Declaration, { kind: K }>;

export interface Found {
  readonly declaration: Declaration;
  readonly isPlural: boolean;
}

export interface Context {
  readonly report: Report;
  readonly names: Map<string, Found>;
  /** Units that uses demand of bare numbers in blanks; filled by a first run, read by the second. */
  readonly demands: Map<string, { readonly type: Type; readonly at: Span }>;
  readonly clauseNames: ReadonlyMap<string, ClauseTree>;
  readonly usedBlanks: Map<string, Set<number>>;
  readonly derivedKinds: Map<string, DerivedKind>;
  readonly statuses: Map<string, Status>;
  policies: Policies | null;
  /** Section of the statement at hand. */
  section: number;
  nextVariable: number;
  readonly usedPeriods: Span[];
  /** The section in which each statement stands. */
  readonly sections: ReadonlyMap<Statement, number>;
}
export type ClauseTree = Of<'pays'> | Of<'moves'>;

/** What is bound where an expression stands. */
export interface Env {
  /** Everything that `the X` can mean, the innermost last. */
  readonly bound: readonly Variable[];
  /** What `it` and `its` mean; bare fields are its fields. */
  readonly it: Variable | null;
  readonly payee: Variable | null;
  /** The fact at hand. */
  readonly fact: Variable | null;
  readonly period: { readonly expression: Expression; readonly unit: PeriodUnitName | null } | null;
  /** In the measure of a status facts are seen through the position of evaluation: `so far` needs no window. */
  readonly isStatus: boolean;
  /** Inside `prorated by`: a dated attribute is weighted over the period. */
  readonly isProrated: boolean;
}

export const emptyEnv: Env = {
  bound: [],
  it: null,
  payee: null,
  fact: null,
  period: null,
  isStatus: false,
  isProrated: false,
};

export function variable(context: Context, name: string, type: Type): Variable {
  context.nextVariable += 1;
  return { id: context.nextVariable, name, type };
}

export function reference(bound: Variable, at: Span): Expression {
  return { kind: 'variable', variable: bound, type: bound.type, at };
}

export function find(context: Context, name: string): Found | null {
  return context.names.get(name) ?? null;
}

export function findKind<K extends Declaration['kind']>(
  context: Context,
  name: Name | string,
  kind: K,
): Declared<K> | null {
  const found = find(context, typeof name === 'string' ? name : name.text);
  return found !== null && found.declaration.kind === kind ? (found.declaration as Declared<K>) : null;
}

/** The declared kind of fact that a kind is made of; itself when it is declared. */
export function baseKind(context: Context, kind: string): FactKind | null {
  const seen = new Set<string>();
  let id = kind;
  for (;;) {
    const declaration = context.names.get(id)?.declaration;
    if (declaration?.kind === 'fact') return declaration.fact;
    if (declaration?.kind !== 'derived' || seen.has(id)) return null;
    seen.add(id);
    id = singularName(context, declaration.tree.base.text);
  }
}

/** Whether a kind of fact is `ancestor` or made of it. */
export function isKindOf(context: Context, kind: string, ancestor: string): boolean {
  const seen = new Set<string>();
  for (let id = kind; ; ) {
    if (id === ancestor) return true;
    const declaration = context.names.get(id)?.declaration;
    if (declaration?.kind !== 'derived' || seen.has(id)) return false;
    seen.add(id);
    id = singularName(context, declaration.tree.base.text);
  }
}

function singularName(context: Context, name: string): string {
  return context.names.get(name)?.declaration.id ?? name;
}
