// SPDX-License-Identifier: Apache-2.0
// What a program costs at worst, before it runs: how many facts its folds visit, for so many facts of each kind,
// payees and periods. An engine that keeps its promise never does more than a constant times this.
import type { Expression } from '../../program/expression.ts';
import type { Program } from '../../program/program.ts';
import type { SetExpression } from '../../program/set.ts';
import { type Index, indexOf } from './program-index.ts';
import { clauseExpressions, partsOf, setsOf } from './walk.ts';

/** How much there is. */
export interface Amounts {
  /** Facts of each declared kind. */
  readonly facts: Readonly<Record<string, number>>;
  /** Parties or things of each kind. */
  readonly parties: Readonly<Record<string, number>>;
  /** Periods in which a payee takes part. */
  readonly periods: number;
}

export interface ClauseCost {
  readonly clause: string;
  /** How often the amount is computed. */
  readonly evaluations: number;
  /** Facts visited over all evaluations, where each payee's facts are at hand by key. */
  readonly visits: number;
}

/** Worst-case work per clause, in document order. */
export function costOf(program: Program, amounts: Amounts): readonly ClauseCost[] {
  const index = indexOf(program);
  return program.clauses.map((clause) => {
    const { occasion } = clause;
    const payees = amounts.parties[clause.payee.party] ?? 1;
    const isFact = occasion.kind === 'fact' || occasion.kind === 'lasting';
    const facts = isFact ? factsOf(occasion.facts.factKind, index, amounts) : 0;
    const times = occasion.kind === 'ever' || occasion.kind === 'fact' ? 1 : amounts.periods;
    const evaluations = (isFact ? facts : payees) * times;
    const keys = isFact ? facts : payees;
    const visitsEach = clauseExpressions(clause).reduce(
      (sum, expression) => sum + visitsOf(expression, { index, amounts, keys: Math.max(1, keys) }, new Set()),
      0,
    );
    return { clause: clause.id, evaluations, visits: Math.ceil(evaluations * Math.max(1, visitsEach)) };
  });
}

interface Scene {
  readonly index: Index;
  readonly amounts: Amounts;
  /** Over how many keys the facts of a kind are spread. */
  readonly keys: number;
}

function factsOf(kind: string, index: Index, amounts: Amounts): number {
  let id = kind;
  for (
    let derived = index.derivedKinds.get(id);
    derived !== undefined;
    derived = index.derivedKinds.get(id)
  ) {
    id = derived.base;
  }
  return amounts.facts[id] ?? 0;
}

function visitsOf(expression: Expression, scene: Scene, calls: ReadonlySet<string>): number {
  let visits = setsOf(expression).reduce((sum, set) => sum + setVisits(set, scene, calls), 0);
  if (expression.kind === 'call' || expression.kind === 'rise')
    visits += callVisits(expression.value, scene, calls);
  return partsOf(expression).reduce((sum, part) => sum + visitsOf(part, scene, calls), visits);
}

function callVisits(id: string, scene: Scene, calls: ReadonlySet<string>): number {
  const body = scene.index.values.get(id)?.body;
  return body === undefined || calls.has(id) ? 0 : visitsOf(body, scene, new Set([...calls, id]));
}

function setVisits(set: SetExpression, scene: Scene, calls: ReadonlySet<string>): number {
  if (set.kind === 'named') return callVisits(set.value, scene, calls);
  if (set.kind === 'parties' || set.kind === 'below') return scene.amounts.parties[set.party] ?? 0;
  if (set.kind !== 'facts') return 0;
  const all = factsOf(set.factKind, scene.index, scene.amounts);
  const isKeyed = set.where.some(
    (condition) => condition.kind === 'compare' && condition.left.kind === 'field',
  );
  return isKeyed ? all / scene.keys : all;
}
