// SPDX-License-Identifier: Apache-2.0
// Seams: the places where an evaluation for one payee reads what others did. With that payee's facts alone it cannot
// compute them, so a value may be given there: a total, a mean, a count, a place, whether a fact is the first of its
// kind. What is one other person's alone has no seam: it waits, and what rests on it can only be given as a whole.
import type { Clause } from '../../program/clause.ts';
import type { DerivedKind } from '../../program/declaration.ts';
import type { Expression } from '../../program/expression.ts';
import type { Type } from '../../program/type.ts';
import type { Value } from '../../program/value.ts';
import type { Day } from '../../values/date.ts';
import { answer } from './expression.ts';
import type { FactRecord } from './order.ts';
import { type Answer, waiting } from './result.ts';
import type { Scope } from './scope.ts';
import { type AtHand, atHandFact, keyOfSeam, readUnder, type SeamKey, seamNames } from './seam-key.ts';
import { isPersonal, whoseIs, whoseValue } from './whose.ts';
import { declaredKind, type World } from './world.ts';

/** What is given in the place of what cannot be computed. */
export interface Given {
  /** The one whose facts are known; those of others are not. */
  readonly payee: string;
  /** Null: nothing is given there. */
  readonly at: (seam: Seam) => Answer | null;
  /** The first day on which the payee plays a part, or (`everything`) on which anything counts; `own`: by what is known. */
  readonly firstDay: (kind: string | typeof everyFact, own: FirstDay) => FirstDay;
}

/** Null: there is no saying. Undefined: nowhere named. */
export type FirstDay = Day | null | undefined;

/** All facts there are, in the place of a kind of party. */
export const everyFact = Symbol('every fact');

export interface Seam {
  readonly key: SeamKey;
  /** What is asked: an expression, whether `record` is of the derived kind, or the amount of a clause. */
  readonly node: Expression | DerivedKind | Clause;
  readonly record: FactRecord | null;
  readonly scope: Scope;
}

/** The value of an expression at a possible seam: what is given for it, or what `own` computes. */
export function atSeam(node: Expression, scope: Scope, own: () => Answer): Answer {
  const { given } = scope.world.asked;
  if (given === null) return own();
  switch (whoseValue(node, scope, given.payee)) {
    case 'own':
      return own();
    case 'one':
      return notGiven(scope.world, node);
    case 'group':
      return (
        given.at({ key: keyOfSeam(node, scope), node, record: null, scope }) ?? notGiven(scope.world, node)
      );
  }
}

/** Whether a value is given instead of computed: no facts stand behind it here. */
export function isGiven(node: Expression, scope: Scope): boolean {
  const { given } = scope.world.asked;
  return given !== null && whoseValue(node, scope, given.payee) !== 'own';
}

/** What a clause gives before its rows: given as a whole where nothing less helps. */
export function amountOf(
  clause: Clause,
  {
    payee,
    period,
    record,
  }: { readonly payee: string; readonly period: string; readonly record: FactRecord | null },
  scope: Scope,
): { readonly amount: Answer; readonly isGiven: boolean } {
  const { given } = scope.world.asked;
  if (given === null) return { amount: answer(clause.amount, scope), isGiven: false };
  const at: readonly AtHand[] = [
    { name: clause.payee.party, kind: 'party', value: payee },
    ...(period === '' ? [] : [{ name: 'period', kind: 'period', value: period } as const]),
    ...(record === null ? [] : [atHandFact(record)]),
  ];
  const key = { seam: `clause ${clause.id}`, at, ...readUnder(scope) };
  const amount = given.at({ key, node: clause, record, scope });
  return amount === null
    ? { amount: answer(clause.amount, scope), isGiven: false }
    : { amount, isGiven: true };
}

/** Whether a record is the first or last of its kind among everybody's; null where the payee's facts decide alone. */
export function membershipOf(
  kind: DerivedKind,
  each: { readonly type: Type; readonly value: Value; readonly isFields: boolean },
  scope: Scope,
): ((record: FactRecord) => boolean) | null {
  const { given } = scope.world.asked;
  if (given === null || !isPersonal(declaredKind(scope.world.program, kind.base), scope.world)) return null;
  if (each.isFields && whoseIs(each.type, each.value, scope, given.payee) === 'own') return null;
  return (record) => {
    const key = { seam: `kind ${kind.id}`, at: [atHandFact(record)], ...readUnder(scope) };
    const found = given.at({ key, node: kind, record, scope });
    return found?.kind === 'yesNo' && found.value;
  };
}

function notGiven(world: World, node: Expression): Answer {
  return waiting({ what: 'fact', name: seamNames(world).get(node) ?? node.kind, of: '' });
}
