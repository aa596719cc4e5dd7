// SPDX-License-Identifier: Apache-2.0
// Sets of facts as membership of rows: conditions, and at most one choice of the first or last of each. A choice is
// made over the whole table, since it looks past any payee or period.

import { missingDay, openDay } from '../../program/columns.ts';
import type { DerivedKind } from '../../program/declaration.ts';
import type { Expression } from '../../program/expression.ts';
import type { Program } from '../../program/program.ts';
import { joinedFormula, type TruthFormula } from './formula.ts';
import { type CodeFormula, codeOfRow, type RowScope, truthOfRow, withItem } from './row-formula.ts';
import { unsupported } from './unsupported.ts';

/** 1: a member; 0: not; NaN: not known. */
export type Membership = TruthFormula<number>;

/** The first (or last) row of each code, among those that fulfil the conditions before it. */
export interface Choice {
  readonly kind: 'first' | 'last';
  readonly each: CodeFormula;
  readonly candidate: Membership;
}

export interface RowSet {
  /** Equal for equal sets. */
  readonly name: string;
  /** Membership but for the choice. */
  readonly test: Membership;
  readonly choice: Choice | null;
}

/** The declared kind behind a kind. */
export function baseKind(program: Program, kind: string): string {
  const derived = program.derivedKinds.find(({ id }) => id === kind);
  return derived === undefined ? kind : baseKind(program, derived.base);
}

/** The set of rows of a kind, restricted by conditions on its item. `scope` has the item bound. */
export function rowSet(kind: string, where: readonly Expression[], scope: RowScope): RowSet {
  const { tests, choice } = stepsOf(kind, scope);
  const own = where.map((condition) => truthOfRow(condition, scope));
  const name = where.length === 0 ? kind : `${kind} ${JSON.stringify(where.map(withoutPlaces))}`;
  return { name, test: joinedFormula('and', [...tests, ...own]), choice };
}

/** A condition as data, without where it stands. */
function withoutPlaces(node: unknown): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value) =>
      key === 'at' ? undefined : typeof value === 'bigint' ? `${value}` : value,
    ),
  );
}

interface Steps {
  readonly tests: readonly Membership[];
  readonly choice: Choice | null;
}

function stepsOf(kind: string, scope: RowScope): Steps {
  const derived = scope.program.derivedKinds.find(({ id }) => id === kind);
  if (derived === undefined) return { tests: [], choice: null };
  const base = stepsOf(derived.base, scope);
  const inner = withItem(scope, derived.item);
  const { rule } = derived;
  if (rule.kind === 'whose') {
    const condition = scope.conditions.get(kind) ?? truthOfRow(rule.condition, inner);
    scope.conditions.set(kind, condition);
    return { tests: [...base.tests, condition], choice: base.choice };
  }
  if (base.choice !== null) unsupported('a choice among chosen facts');
  return { tests: base.tests, choice: choiceOf(derived, rule, inner, base.tests) };
}

function choiceOf(
  _derived: DerivedKind,
  rule: DerivedKind['rule'] & { kind: 'first' | 'last' },
  scope: RowScope,
  tests: readonly Membership[],
): Choice {
  if (rule.unit !== null) unsupported('a first of each period');
  return { kind: rule.kind, each: codeOfRow(rule.each, scope), candidate: joinedFormula('and', tests) };
}

/** Rows by their declared order: negative when `a` counts before `b`. */
export type RowOrder = (a: number, b: number) => number;

/** The order of rows of one day: the declared paths, then the id. */
export function tieOrder(scope: RowScope): RowOrder {
  const { table } = scope;
  const paths = table.kind.order.filter((path) => path.join() !== table.kind.countsOn.join());
  const orders = paths.map((path): RowOrder => {
    const [field, ...rest] = path;
    const column = field === undefined || rest.length > 0 ? undefined : table.columns.get(field);
    if (column === undefined || column.kind === 'code') unsupported('an order by a text or behind a link');
    if (column.kind === 'day') {
      const place = (row: number) => {
        const value = column.values[row]!;
        return value === missingDay ? Infinity : value === openDay ? 1e9 : value;
      };
      return (a, b) => compareNumbers(place(a), place(b));
    }
    return (a, b) => {
      const x = column.values[a]!;
      const y = column.values[b]!;
      if (Number.isFinite(x) && Number.isFinite(y)) return x - y;
      const left = column.at(a);
      const right = column.at(b);
      if (left === null || right === null) return Number(left === null) - Number(right === null);
      const difference = left.n * right.d - right.n * left.d;
      return difference < 0n ? -1 : difference > 0n ? 1 : 0;
    };
  });
  const { ids } = table;
  if (orders.length === 0) return (a, b) => ids.compare(a, b);
  return (a, b) => {
    for (const order of orders) {
      const result = order(a, b);
      if (result !== 0) return result;
    }
    return ids.compare(a, b);
  };
}

function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
