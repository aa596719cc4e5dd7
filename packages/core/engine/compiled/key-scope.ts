// SPDX-License-Identifier: Apache-2.0
// Where an expression about a payee and a period stands: which variables are the payee and which the period, and the
// stage that its facts are folded in. A clause belongs to one stage.

import type { Expression, Variable } from '../../program/expression.ts';
import type { FactStore } from '../../program/fact-store.ts';
import type { Program } from '../../program/program.ts';
import type { Day } from '../../values/date.ts';
import { baseKind } from './fact-set.ts';
import type { Input, Stage } from './plan.ts';
import type { Relation } from './relation.ts';
import { codeOfRow, countingDay, type RowScope, withItem } from './row-formula.ts';
import { unsupported } from './unsupported.ts';

export type Bound = { readonly kind: 'payee' } | { readonly kind: 'period'; readonly shift: number };

/** What all clauses of a program share while they are planned. */
export interface Planning {
  readonly program: Program;
  readonly store: FactStore;
  readonly asOf: Day;
  readonly stages: Map<string, Stage>;
  readonly relations: Map<string, Relation>;
  /** Whether a formula reads the day of evaluation itself. */
  readonly today: { isRead: boolean };
  /** Whether a relation is followed from what another one leads to. */
  readonly chain: { isFollowed: boolean };
}

export interface KeyScope extends Planning {
  readonly bound: ReadonlyMap<number, Bound>;
  readonly inputs: Input[];
  /** Set by the first set of facts that is met. */
  readonly stage: { of: Stage | null };
}

export function periodBound(expression: Expression, scope: KeyScope): Bound & { kind: 'period' } {
  if (expression.kind === 'variable') {
    const bound = scope.bound.get(expression.variable.id);
    return bound?.kind === 'period' ? bound : unsupported('a period that is not at hand');
  }
  if (expression.kind !== 'shiftedPeriod') unsupported(`a period by ${expression.kind}`);
  const { shift } = periodBound(expression.period, scope);
  if (shift + expression.by > 0) unsupported('a later period');
  return { kind: 'period', shift: shift + expression.by };
}

/** The rows of a declared kind, with no variable bound. */
export function rowsOf(planning: Planning, kind: string): RowScope {
  const { program, store, asOf, relations, today, chain } = planning;
  const table = store.tables.get(baseKind(program, kind)) ?? unsupported(`no facts of kind ${kind}`);
  return { program, store, table, asOf, items: new Set(), relations, today, chain, conditions: new Map() };
}

/** The stage of a kind's facts grouped by a link of the item. */
export function stageOf(scope: KeyScope, kind: string, item: Variable, link: Expression): Stage {
  const rows = rowsOf(scope, kind);
  countingDay(rows);
  const key = codeOfRow(link, withItem(rows, item));
  const name = `${rows.table.kind.id} by ${key.path}`;
  const { stage } = scope;
  if (stage.of !== null && stage.of.name !== name) unsupported('facts under two keys');
  let found = scope.stages.get(name);
  if (found === undefined) {
    found = { name, scope: rows, key, sets: [], measures: [], links: [] };
    scope.stages.set(name, found);
  }
  if (rows.program.factKinds.some(({ lowers }) => lowers !== null && lowersTable(lowers.link, rows))) {
    unsupported('facts that others lower');
  }
  stage.of = found;
  return found;
}

/** Whether any kind of fact can lower facts of this table: its link leads here. */
function lowersTable(link: string, rows: RowScope): boolean {
  return rows.program.factKinds.some(({ lowers, fields }) => {
    if (lowers?.link !== link) return false;
    const type = fields.find(({ name }) => name === link)?.type;
    return type?.kind === 'fact' && baseKind(rows.program, type.of) === rows.table.kind.id;
  });
}
